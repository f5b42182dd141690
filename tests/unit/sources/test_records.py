from datetime import UTC, datetime
from hashlib import sha256

import pytest

from corpus_factories import TEXT, make_fields
from headwater.domain.errors import UnreadableRecordError
from headwater.sources.records import parse_moment, parse_record


def test_a_full_record() -> None:
    record = parse_record(
        make_fields(
            content_sha256=sha256(TEXT.encode()).hexdigest(),
            updated_at="2024-11-08",
            description="New deals.",
            speaker=["Rudd, Kevin", "Governor Lisa D. Cook"],
            blockquotes=["We act."],
            withdrawn_notice={"explanation": "Out of date.", "withdrawn_at": "2019-05-15T11:29:10Z"},
            change_history=[
                {"public_timestamp": "2024-11-08T00:00:00Z", "note": "Figure corrected."},
                {"public_timestamp": "2024-11-07T00:00:00Z", "note": "First published."},
            ],
            content_id="5bb6c04e",
            unknown=[1, 2],
        ),
        "corpus.jsonl",
        7,
    )
    assert record.first_published == datetime(2024, 11, 7, 10, 30, tzinfo=UTC)
    assert record.updated == datetime(2024, 11, 8)
    assert record.speaker == "Kevin Rudd; Governor Lisa D. Cook"
    assert record.withdrawn == "Out of date. (withdrawn 2019-05-15)"
    assert record.change_note == "Figure corrected."
    assert record.block_quotes == ("We act.",)
    assert record.origin == "corpus.jsonl:7"
    assert record.external_id == ""


def test_what_is_not_said_is_left_open() -> None:
    fields = {name: make_fields()[name] for name in ("url", "publisher", "document_type", "title", "text")}
    record = parse_record(fields, "x")
    assert (record.language, record.licence, record.first_published, record.speaker) == ("en", "", None, "")
    assert record.withdrawn == record.change_note == ""


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": None}, "text must be text, it is null"),
        ({"text": 5}, "text must be text, it is a number"),
        ({"text": ""}, "text is empty"),
        ({"text": " \n "}, "text is empty"),
        ({"text": "— … !"}, "text holds no word"),
        ({"text": "half \ud800"}, "lone surrogate) at position 5"),
        ({"url": ""}, "url is empty"),
        ({"title": ["a"]}, "title must be text, it is a list"),
        ({"publisher": True}, "publisher must be text, it is a truth value"),
        ({"language": 1}, "language must be text, it is a number"),
        ({"first_published_at": "last May"}, "first_published_at is not a date or time in ISO 8601: 'last May'"),
        ({"updated_at": "03-04-2020"}, "updated_at is not a date or time in ISO 8601: '03-04-2020'"),
        ({"updated_at": "31-02-2020"}, "updated_at is not a date"),
        ({"updated_at": 20240101}, "updated_at must be text, it is a number"),
        ({"content_sha256": "0" * 64}, "text is not the one whose content_sha256 is given"),
        ({"speaker": {"name": "x"}}, "speaker must be a list of texts, it is an object"),
        ({"speaker": [None]}, "speaker must be text, it is null"),
        ({"blockquotes": [1]}, "blockquotes must be text, it is a number"),
        ({"change_history": "yesterday"}, "change_history must be a list of objects"),
        ({"withdrawn_notice": [1]}, "withdrawn_notice must be text, it is a list"),
    ],
)
def test_a_bad_record_is_named_with_file_line_and_reason(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(UnreadableRecordError) as caught:
        parse_record(make_fields(**changes), "corpus.jsonl", 7)
    assert str(caught.value).startswith("corpus.jsonl:7: ")
    assert reason in str(caught.value)


@pytest.mark.parametrize("name", ["url", "publisher", "document_type", "title", "text"])
def test_missing_fields(name: str) -> None:
    fields = make_fields()
    del fields[name]
    with pytest.raises(UnreadableRecordError, match=f"{name} is missing"):
        parse_record(fields, "x", 1)


@pytest.mark.parametrize("value", [[], None, "text", 5])
def test_only_an_object_is_a_record(value: object) -> None:
    with pytest.raises(UnreadableRecordError, match="expected an object"):
        parse_record(value, "x", 1)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Rudd, Kevin", "Kevin Rudd"),
        ("O’Neil, Clare M.", "Clare M. O’Neil"),
        ("Nick Gibb MP", "Nick Gibb MP"),
        ("Smith, MP", "Smith, MP"),
        ("Yvette Cooper, Home Secretary", "Yvette Cooper, Home Secretary"),
    ],
)
def test_names_of_registers_are_turned(written: str, read: str) -> None:
    assert parse_record(make_fields(speaker=[written]), "x").speaker == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2021-04-20", datetime(2021, 4, 20)),
        ("2019-07-18 11:37:00.0", datetime(2019, 7, 18, 11, 37)),
        ("18-12-2020", datetime(2020, 12, 18)),
        ("12/18/2020", datetime(2020, 12, 18)),
        ("04.04.2020", datetime(2020, 4, 4)),
        ("2014-12-02T00:00:00.000Z", datetime(2014, 12, 2, tzinfo=UTC)),
        ("2026-08-12T13:20:27+01:00", datetime(2026, 8, 12, 12, 20, 27, tzinfo=UTC)),
    ],
)
def test_moments(written: str, read: datetime) -> None:
    assert parse_moment(written) == read
