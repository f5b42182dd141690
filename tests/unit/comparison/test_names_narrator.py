from datetime import date

import pytest

from headwater.comparison.names import compare_names
from headwater.comparison.names_narrator import misses_a_name, with_narrator
from headwater.domain.facts import Annotated
from headwater.domain.spans import MappedText, Span
from headwater.extraction.facts import ReadingContext, extract_facts
from headwater.text.sentences import split_sentences

MESSAGE = (
    "We celebrate the agents of the Secret Service.",
    "Their mission has never been more vital.",
    "I am grateful for their service.",
)
NOTICE = ("The agency celebrates its agents.", "Their mission has never been more vital.", "Offices close on Monday.")
ARTICLE = "Agents guarded Donald Trump. Trump said the mission had never been more vital. {last}"


def annotate(text: str, span: Span | None = None) -> Annotated:
    mapped = MappedText.identity(text)
    whole = span or Span(0, len(text))
    part = mapped.slice(whole)
    return Annotated(part, extract_facts(part.text, ReadingContext(date(2026, 7, 5))))


def severities(article: str, document: tuple[str, ...]) -> list[str]:
    first = next(iter(split_sentences(article)))
    claim = annotate(article, first)
    findings = compare_names(claim, [annotate(text) for text in document[:2]])
    return [f.rule for f in with_narrator(findings, claim, document) if f.severity.value in {"medium", "high", "low"}]


@pytest.mark.parametrize(
    ("document", "last", "expected"),
    [
        (MESSAGE, "Offices close on Monday.", ["NAM-SPEAKER"]),
        (NOTICE, "Offices close on Monday.", ["NAM-NOT-STATED"]),
        (
            MESSAGE,
            "John Roe added thanks. Mr Roe told agents to rest. Mr Roe spoke. Mr Roe said more.",
            ["NAM-NOT-STATED"],
        ),
    ],
)
def test_who_tells_a_document_is_read_from_all_of_it(document: tuple[str, ...], last: str, expected: list[str]) -> None:
    assert severities(ARTICLE.format(last=last), document) == expected


def test_nothing_is_missed_where_every_name_stands() -> None:
    claim = annotate("The Secret Service is thanked.")
    assert not misses_a_name(compare_names(claim, [annotate(MESSAGE[0])]))


@pytest.mark.parametrize(
    ("claim", "official", "expected"),
    [
        (
            "Aid will be approved by the Health Secretary in May.",
            "The Education Secretary shall write to schools. The Transport Secretary shall be told of ferries.",
            ["NAM-NOT-STATED"],
        ),
        (
            "Repairs fall to the minister for housing this year.",
            "The Minister for Health closed two wards. The Minister for Transport did not answer.",
            ["NAM-NOT-STATED"],
        ),
        (
            "Aid will be approved by the Health Secretary in May.",
            "The Secretary of State will approve the aid. The Foreign Secretary was told.",
            ["NAM-SPEAKER"],
        ),
        ("Aid will be approved by the Health Secretary in May.", "Aid will be approved in May.", ["NAM-SPEAKER"]),
        (
            "“Aid is on its way,” the Health Secretary said.",
            "The Education Secretary said: “Aid is on its way.”",
            ["NAM-SPEAKER"],
        ),
        (
            "Aid will be approved by the Secretary of Education in May.",
            "The Education Secretary shall approve aid in May.",
            [],
        ),
    ],
)
def test_an_office_among_others_is_told_from_one_left_to_the_reader(
    claim: str, official: str, expected: list[str]
) -> None:
    found = compare_names(annotate(claim), [annotate(official)])
    assert [f.rule for f in found if f.severity.value in {"medium", "high", "low"}] == expected


@pytest.mark.parametrize(
    ("claim", "official", "expected"),
    [
        ("The chancellor, Robert Bell, founded the line.", "The line was founded by the Vice-Chancellor.", True),
        ("Mayor Jane Roe opened the quay.", "The deputy mayor opened the quay.", True),
        ("The home secretary, Jane Roe, saw the map.", "The Shadow Home Secretary saw the map.", True),
        ("The chancellor, Robert Bell, founded the line.", "The line was founded by the Chancellor.", False),
        ("Mayor Jane Roe opened the quay.", "The mayor and the deputy mayor opened the quay.", False),
        ("The vice-chancellor, Robert Bell, founded the line.", "The line was founded by the Vice-Chancellor.", False),
    ],
)
def test_a_holder_is_not_added_to_the_office_above_the_one_stated(claim: str, official: str, *, expected: bool) -> None:
    found = compare_names(annotate(claim), [annotate(official)])
    assert any(f.rule == "NAM-NOT-STATED" for f in found) is expected
