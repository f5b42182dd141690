from datetime import UTC, date, datetime

import pytest

from headwater.domain.documents import DocumentRecord, SpeakerBasis
from headwater.domain.errors import InvalidInputError, UnreadableRecordError
from headwater.sources.publishers.contract import Departure, Found, SourceEntry
from headwater.sources.publishers.hansard import HansardReader
from headwater.sources.publishers.parliament_written import API, WrittenQuestionsReader, WrittenStatementsReader
from publisher_server import LocalFetcher, PublisherServer, as_json

TODAY = date(2024, 3, 14)


def questions(**options: str) -> WrittenQuestionsReader:
    entry = SourceEntry("questions", "Questions", "parliament_questions", {"from": "2024-01-01", **options})
    return WrittenQuestionsReader(entry, today=lambda: TODAY)


def records_of(reader: object, found: Found, fetcher: LocalFetcher) -> list[DocumentRecord]:
    records = list(reader.read(found, fetcher))  # type: ignore[attr-defined]
    assert all(isinstance(record, DocumentRecord) for record in records)
    return records


def question(identifier: int) -> Found:
    return Found(str(identifier), f"{API}/writtenquestions/questions/{identifier}?expandMember=true")


def test_all_answers_are_found_with_their_corrections(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    found = list(questions().find(None, fetcher, ""))
    assert {one.key for one in found} == {str(value["id"]) for value in publishers.questions}
    changed = {one.key: one.updated for one in found}
    by_uin = {value["uin"]: str(value["id"]) for value in publishers.questions}
    assert changed[by_uin["7947"]] == datetime(2024, 2, 5, tzinfo=UTC)  # answered on 11 January, corrected then
    assert sum(one.key == by_uin["7947"] for one in found) == 2  # among the answers, and among the corrections


def test_a_stopped_search_goes_on_where_it_was(fetcher: LocalFetcher) -> None:
    whole = list(questions().find(None, fetcher, ""))
    middle = len(whole) // 2
    rest = list(questions().find(None, fetcher, whole[middle].cursor))
    assert {one.key for one in whole[middle:]} <= {one.key for one in rest}
    assert len(rest) < len(whole)


def test_since_and_houses(fetcher: LocalFetcher) -> None:
    recent = list(questions().find(datetime(2024, 3, 1, tzinfo=UTC), fetcher, ""))
    assert [one.updated for one in recent] == [datetime(2024, 3, 12, tzinfo=UTC)]
    assert list(questions(house="Lords").find(None, fetcher, "")) == []
    with pytest.raises(InvalidInputError, match="option 'from'"):
        list(questions(**{"from": "March"}).find(None, fetcher, ""))


def test_an_answer_field_by_field(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    value = next(value for value in publishers.questions if value["uin"] == "8024")
    [record] = records_of(questions(), question(value["id"]), fetcher)
    assert record.text.startswith("To ask the Secretary of State for Environment, Food and Rural Affairs, whether")
    assert record.text.endswith("The full answer ends here, with 4,321 cases.")  # the list cuts it with "..."
    assert record.publisher == "UK Parliament – House of Commons"
    assert record.document_type == "written_answer"
    assert record.url == "https://questions-statements.parliament.uk/written-questions/detail/2024-01-05/8024"
    assert record.title == "Incinerators"
    assert record.licence == "Open Parliament Licence v3.0"
    assert record.first_published == record.updated == datetime(2024, 3, 12, tzinfo=UTC)
    assert record.external_id == "written-question/1679703"
    assert (record.speaker, record.description) == ("Member 4861", "Asked by Member 4410")
    assert record.provenance.publishers[1] == "Department for Environment, Food and Rural Affairs"
    assert record.change_note == record.withdrawn == ""


def test_a_corrected_answer_is_two_versions_of_one_document(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    value = next(value for value in publishers.questions if value["uin"] == "7947")
    first, corrected = records_of(questions(), question(value["id"]), fetcher)
    assert first.external_id == corrected.external_id
    assert "1,234 cases" in first.text and "4,321" not in first.text
    assert "4,321 cases" in corrected.text and "1,234" not in corrected.text
    assert first.updated == datetime(2024, 1, 11, tzinfo=UTC)
    assert corrected.updated == datetime(2024, 2, 5, tzinfo=UTC)
    assert corrected.change_note == "Answer corrected on 2024-02-05."
    assert first.change_note == ""
    assert [note.kind for note in corrected.provenance.notes] == ["correction"]
    assert "orrected" not in corrected.text


def test_holding_withdrawn_and_unanswered(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    base = publishers.questions[0]
    publishers.questions += [
        base | {"id": 1, "answerIsHolding": True},
        base | {"id": 2, "isWithdrawn": True},
        base | {"id": 3, "answerText": None},
        base
        | {
            "id": 4,
            "answerText": "<table><tr><th>Year</th><th>Sites</th></tr><tr><td>2023</td><td>11</td></tr></table>",
        },
    ]
    [holding] = records_of(questions(), question(1), fetcher)
    assert holding.change_note == "A holding answer: a full one is to follow."
    [withdrawn] = records_of(questions(), question(2), fetcher)
    assert withdrawn.withdrawn == "The question was withdrawn."
    assert records_of(questions(), question(3), fetcher) == []
    [table] = records_of(questions(), question(4), fetcher)
    assert table.text.endswith("Year | Sites\n2023 | 11")
    assert list(questions().read(question(5), fetcher)) == [Departure(question(5).url, external_id="5")]


def test_written_statements(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    entry = SourceEntry("statements", "Statements", "parliament_statements", {"from": "2009-10-20"})
    reader = WrittenStatementsReader(entry, today=lambda: date(2009, 10, 30))
    found = list(reader.find(None, fetcher, ""))
    assert len(found) == len(publishers.statements)
    records = [record for one in found for record in records_of(reader, one, fetcher)]
    assert len(records) == len(found) - 1  # one only points to an oral statement
    first = records[0]
    assert first.title == "Byelaws and Consent Regimes"
    assert first.speaker == "The Secretary of State for Communities and Local Government (John Denham)"
    assert first.url == "https://questions-statements.parliament.uk/written-statements/detail/2009-10-27/HCWS1"
    assert first.text.startswith("I am today announcing action to further the Government's commitment")
    assert first.first_published == datetime(2009, 10, 27, tzinfo=UTC)
    [note] = records[1].provenance.notes
    assert (note.note, note.kind) == ("Correction: Byelaws and Consent Regimes", "correction")
    assert {record.publisher for record in records} == {
        "UK Parliament – House of Commons",
        "UK Parliament – House of Lords",
    }


def hansard() -> HansardReader:
    entry = SourceEntry("hansard", "Hansard", "hansard", {"from": "2009-10-27"})
    return HansardReader(entry, today=lambda: date(2009, 10, 30))


def test_debates_are_found_by_day_and_house(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    [found] = hansard().find(None, fetcher, "")
    assert found.key == "A1B2C3D4-0001"
    assert found.updated is None  # a day that is still edited is read again
    assert list(hansard().find(None, fetcher, "2009-10-30:Lords:0")) == []
    assert sum("sectionsforday" in request for request in publishers.requests) == 8 + 1


def test_contributions_under_their_speakers(fetcher: LocalFetcher) -> None:
    [found] = hansard().find(None, fetcher, "")
    records = records_of(hansard(), found, fetcher)
    first, chair, second = records[:3]
    assert first.speaker == "The Secretary of State for Health (Andy Burnham)"
    assert first.speaker_basis is SpeakerBasis.HANSARD_ITEM
    assert first.text.startswith(
        "I beg to move,\n\nThat this House has considered the matter of the Social Care Green Paper."
    )
    assert "480" not in first.text  # a column's number
    assert first.title == "Social Care Green Paper"
    assert first.document_type == "oral_contribution"
    assert first.publisher == "UK Parliament – House of Commons"
    assert first.url == (
        "https://hansard.parliament.uk/Commons/2009-10-29/debates/A1B2C3D4-0001/SocialCareGreenPaper#contribution-C0002"
    )
    assert first.first_published == datetime(2009, 10, 29, tzinfo=UTC)
    assert first.updated == datetime(2009, 11, 2, 10, 15, tzinfo=UTC)
    assert first.external_id == "contribution/C0002"
    assert chair.speaker == "Madam Deputy Speaker (Sylvia Heal)"
    assert second.speaker == "The Secretary of State for Health (Andy Burnham)"  # the report says "Andy Burnham" now
    assert {record.speaker for record in records[3:]} == {
        "The Secretary of State for Health (Andy Burnham)",
        "Mr. Paul Burstow",
        "Mr. Stephen O'Brien",
        "The Prime Minister (Gordon Brown)",  # the report says the office alone; the register of Members the name
    }
    assert not any("rose" in record.text[:20] or "indicated assent" in record.text for record in records)
    assert len({record.external_id for record in records}) == len(records)
    assert records[-1].block_quotes == ("No one will lose their home to pay for care.",)


def test_an_office_without_a_name_stays_one(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    for item in publishers.debates["A1B2C3D4-0001"]["Items"]:
        if item["AttributedTo"] == "The Prime Minister":
            item["MemberId"] = 999
    [found] = hansard().find(None, fetcher, "")
    assert records_of(hansard(), found, fetcher)[-1].speaker == "The Prime Minister"


def test_answers_that_are_no_documents(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    publishers.pages[question(9).url] = as_json({"value": None})
    publishers.pages["https://hansard-api.parliament.uk/debates/debate/X.json"] = as_json({})
    with pytest.raises(UnreadableRecordError, match="holds no document"):
        list(questions().read(question(9), fetcher))
    with pytest.raises(UnreadableRecordError, match="holds no debate"):
        list(hansard().read(Found("X", "https://hansard-api.parliament.uk/debates/debate/X.json"), fetcher))
