"""What readers yield, stored: versions of corrected documents, notes beside the words, speakers with their grounds."""

from datetime import date

from headwater.corpus.rows import document_id
from headwater.corpus.store import CorpusStore
from headwater.domain.documents import Document, DocumentRecord, SpeakerBasis
from headwater.sources.publishers.contract import Found, SourceEntry
from headwater.sources.publishers.govuk import CONTENT
from headwater.sources.publishers.hansard import HansardReader
from headwater.sources.publishers.ons import SITE
from headwater.sources.publishers.parliament_written import API
from headwater.sources.publishers.readers import make_reader
from publisher_server import LocalFetcher, PublisherServer, govuk_items


def stored(store: CorpusStore, fetcher: LocalFetcher, kind: str, found: Found) -> Document:
    """Store what a find is read into, and return the one document that it is."""
    reader = make_reader(SourceEntry("x", "X", kind, {"translations": "no"}))
    records = [record for record in reader.read(found, fetcher) if isinstance(record, DocumentRecord)]
    store.add_documents(records)
    [document] = store.documents(sorted({document_id(record) for record in records})).values()
    return document


def test_a_corrected_answer_supersedes_what_was_said_first(
    store: CorpusStore, fetcher: LocalFetcher, publishers: PublisherServer
) -> None:
    value = next(value for value in publishers.questions if value["uin"] == "7947")
    url = f"{API}/writtenquestions/questions/{value['id']}?expandMember=true"
    document = stored(store, fetcher, "parliament_questions", Found(str(value["id"]), url))
    assert document.is_latest
    assert document.version == 2
    assert document.change_note == "Answer corrected on 2024-02-05."
    assert [note.kind for note in document.provenance.notes] == ["correction"]
    first, second = store.versions(document.id)
    assert (first.is_latest, second.is_latest) == (False, True)
    assert first.updated is not None and first.updated.date() == date(2024, 1, 11)


def test_a_corrected_bulletin_is_two_versions(store: CorpusStore, fetcher: LocalFetcher) -> None:
    uri = "/economy/inflationandpriceindices/bulletins/consumerpriceinflation/2015-06-16"
    document = stored(store, fetcher, "ons", Found(uri, f"{SITE}{uri}/data"))
    assert (document.version, document.is_latest) == (2, True)
    stored(store, fetcher, "ons", Found(uri, f"{SITE}{uri}/data"))  # read again: nothing new
    assert [one.version for one in store.versions(document.id)] == [1, 2]


def test_a_withdrawn_page_keeps_its_words_and_its_speaker(store: CorpusStore, fetcher: LocalFetcher) -> None:
    path = govuk_items()["news_article__news_article_withdrawn"]["base_path"]
    document = stored(store, fetcher, "govuk", Found(path, CONTENT + path))
    assert document.withdrawn.startswith("We’ve withdrawn this news article")
    assert document.provenance.publishers == ("Prime Minister's Office, 10 Downing Street",)
    lead, *quoted = store.passages_of(document.id)
    assert lead.speaker_basis is SpeakerBasis.UNKNOWN
    assert {(part.speaker, part.speaker_basis) for part in quoted} == {
        ("Prime Minister Theresa May", SpeakerBasis.BLOCK_QUOTE)
    }


def test_contributions_to_a_debate_are_passages_under_their_speakers(store: CorpusStore, fetcher: LocalFetcher) -> None:
    reader = HansardReader(SourceEntry("h", "H", "hansard", {"from": "2009-10-27"}), today=lambda: date(2009, 10, 30))
    [found] = reader.find(None, fetcher, "")
    records = [record for record in reader.read(found, fetcher) if isinstance(record, DocumentRecord)]
    store.add_documents(records)
    passages = [part for record in records for part in store.passages_of(document_id(record))]
    assert {part.speaker_basis for part in passages if part.speaker} >= {SpeakerBasis.HANSARD_ITEM}
    assert "The Secretary of State for Health (Andy Burnham)" in {part.speaker for part in passages}
    assert len({part.document.url for part in passages}) == len(records)  # each has an address of its own
