from collections.abc import Sequence

import pytest

from factories import make_document
from headwater.alignment.links import DeepLinks, shows_text
from headwater.corpus.passages import slice_passages
from headwater.domain.documents import Document, Passage, Provenance
from headwater.domain.spans import Span

URL = "https://www.gov.uk/government/news/new-deals"
TEXT = (
    "About the figures\n\nThe Border Security Command will receive £75 million.\n\n"
    "Day | People | Boats\n13 August 2026 | 0 | 0\n14 August 2026 | 93 | 1\n\n"
    "About the figures\n\nThey are provisional."
)


def passages_of(document: Document, text: str = TEXT) -> tuple[Passage, ...]:
    return tuple(
        Passage(n, document, n, cut.text, cut.span, cut.kind, cut.heading) for n, cut in enumerate(slice_passages(text))
    )


def links_of(document: Document, text: str = TEXT) -> list[str]:
    passages = passages_of(document, text)
    links = DeepLinks(lambda _identifier, _version: passages)
    return [links.to(passage) for passage in passages]


def test_each_passage_of_a_page_has_its_own_link() -> None:
    assert links_of(make_document(url=URL)) == [
        f"{URL}#:~:text=About%20the%20figures,-The",
        f"{URL}#:~:text=The%20Border%20Security%20Command%20will%20receive%20%C2%A375%20million.",
        f"{URL}#:~:text=Day,Boats",
        f"{URL}#:~:text=13%20August%202026",
        f"{URL}#:~:text=14%20August%202026,1",
        f"{URL}#:~:text=1-,About%20the%20figures",
        f"{URL}#:~:text=They%20are%20provisional.",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"url": ""}, ""),
        ({"url": "urn:headwater:seed:release"}, ""),
        ({"url": "javascript:alert(1)"}, ""),
        ({"url": "https://["}, ""),
        # The page shows the words of the latest version only.
        ({"url": URL, "is_latest": False}, URL),
        ({"url": "https://hansard.parliament.uk/x#contribution-1"}, "https://hansard.parliament.uk/x#contribution-1"),
        ({"url": "https://a.uk/table.CSV?x=1"}, "https://a.uk/table.CSV?x=1"),
        ({"url": "https://a.uk/plan.pdf"}, "https://a.uk/plan.pdf"),
    ],
)
def test_a_place_that_cannot_be_named_is_not_named(changes: dict[str, object], expected: str) -> None:
    assert set(links_of(make_document(**changes))) == {expected}


def test_a_passage_of_a_pdf_file_has_its_page() -> None:
    document = make_document(url="https://a.uk/plan.PDF", provenance=Provenance(page_starts=(0, TEXT.index("Day |"))))
    assert [link.rpartition("#")[2] for link in links_of(document)] == ["page=1"] * 2 + ["page=2"] * 5


def test_words_that_no_address_can_hold() -> None:
    assert links_of(make_document(url=URL), "half \ud800 a sign of it.") == [URL]


def test_a_given_text_is_linked_to_its_address() -> None:
    passages = passages_of(make_document(id="given", url=URL))
    links = DeepLinks(lambda _identifier, _version: ())
    links.learn(passages)
    assert "#:~:text=They" in links.to(passages[-1])


def test_a_document_is_read_once() -> None:
    passages, asked = passages_of(make_document(url=URL)), []

    def ask(identifier: str, version: int) -> Sequence[Passage]:
        asked.append((identifier, version))
        return passages

    links = DeepLinks(ask)
    assert {bool(links.to(passage)) for passage in passages} == {True}
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.gov.uk/news/1", True),
        ("https://www.federalreserve.gov/x.htm", True),
        ("https://www.gov.uk/x#top", False),
        ("https://a.uk/y.ods", False),
    ],
)
def test_addresses_that_show_text(address: str, expected: bool) -> None:
    assert shows_text(address) is expected


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        # the mark is where the sign stands: no part of a fragment goes over it, nor takes the word it is set at
        (
            "The fund^ paid three million to nine ports in the north last year.",
            "paid%20three%20million%20to%20nine%20ports",
        ),
        ("Ministers met the masters of all nine ports in March and agreed on sums.^", "Ministers%20met%20the"),
        ("Short^ note.", "note."),
    ],
)
def test_fragments_keep_clear_of_marks_of_footnotes(words: str, fragment: str) -> None:
    text = words.replace("^", "")
    document = make_document(provenance=Provenance(note_marks=(words.index("^"),)))
    passages = (Passage(1, document, 0, text, Span(0, len(text))),)
    link = DeepLinks(lambda _identifier, _version: passages).to(passages[0])
    assert link.partition("text=")[2].startswith(fragment)
