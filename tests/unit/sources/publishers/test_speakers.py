"""Who says the passages of real documents as their readers give them, and how that is known."""

from headwater.corpus.passages import PassageSlice, slice_passages
from headwater.domain.documents import DocumentRecord, PassageKind, SpeakerBasis
from headwater.sources.fetching.contract import Fetched
from headwater.sources.publishers.govuk_items import read_item
from headwater.sources.publishers.web_pages import read_page
from publisher_server import govuk_items, payload


def passages_of(record: DocumentRecord) -> tuple[PassageSlice, ...]:
    quotes, basis = record.block_quotes, record.speaker_basis
    return slice_passages(record.text, block_quotes=quotes, speaker=record.speaker, speaker_basis=basis)


def item(name: str) -> tuple[PassageSlice, ...]:
    record = read_item(govuk_items()[name], Fetched("u", 200, {}, b"", "", ""), "")
    assert isinstance(record, DocumentRecord)
    return passages_of(record)


def test_seven_paragraphs_of_a_block_quote_without_marks() -> None:
    lead, *quoted = item("news_article__news_article_withdrawn")
    assert (lead.text, lead.kind) == ("Prime Minister Theresa May said:", PassageKind.HEADING)
    assert {part.speaker for part in quoted} == {"Prime Minister Theresa May"}
    assert {part.speaker_basis for part in quoted} == {SpeakerBasis.BLOCK_QUOTE}
    assert {part.kind for part in quoted} == {PassageKind.QUOTE}
    assert quoted[-1].text.endswith("along with health and happiness in the year ahead.")


def test_a_speech_by_its_metadata() -> None:
    spoken = item("speech__best-practice-oral-statement")
    said = [part for part in spoken if part.kind is not PassageKind.HEADING]
    assert {(part.speaker, part.speaker_basis) for part in said if part.speaker} == {
        ("The Rt Hon Theresa May MP", SpeakerBasis.METADATA)
    }
    assert sum(bool(part.speaker) for part in said) >= 0.9 * len(said)


def test_block_quotes_of_press_releases_name_who_was_announced() -> None:
    named = {}
    for name in ("news_article__news_article_press_release", "news_article__best-practice-press-release",
                 "news_article__best-practice-news-story"):  # fmt: skip
        for part in item(name):
            if part.kind is PassageKind.QUOTE:
                assert part.speaker_basis in {SpeakerBasis.BLOCK_QUOTE, SpeakerBasis.LEAD_IN, SpeakerBasis.BESIDE}
                named.setdefault(part.speaker, part.speaker_basis)
    assert len(named) >= 3
    assert "" not in named


def test_a_page_of_the_european_parliament_names_its_rapporteurs() -> None:
    raw = payload("pages/eu_parliament_press-release_20221014IPR43206.html.xz")
    url = "https://www.europarl.europa.eu/news/en/press-room/20221014IPR43206/x"
    record = read_page(Fetched(url, 200, {}, raw, "", ""), DocumentRecord("", "", url, "", ""))
    assert record is not None
    said = {part.speaker: part.speaker_basis for part in passages_of(record) if part.speaker}
    assert set(said.values()) == {SpeakerBasis.BESIDE}
    assert any("Ismail Ertug" in speaker for speaker in said)
    assert any("Jörgen Warborn" in speaker for speaker in said)


def test_multi_paragraph_quotation_with_marks() -> None:
    text = (
        "The Home Secretary said:\n\n“We returned 9,400 people.\n\n“We will go on.”\n\nThe figures are published today."
    )
    said = [(part.speaker, part.speaker_basis) for part in slice_passages(text)]
    home = ("The Home Secretary", SpeakerBasis.LEAD_IN)
    assert said == [("", SpeakerBasis.UNKNOWN), home, home, ("", SpeakerBasis.UNKNOWN)]
