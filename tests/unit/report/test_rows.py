"""Rows of figures: both values, how much they differ, what is counted and when."""

from decimal import Decimal

import pytest

from factories import make_document
from headwater.checking import CheckContext
from headwater.domain.claims import Claim, ClaimKind
from headwater.domain.documents import Passage
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Finding, Lane, Severity, Side
from headwater.domain.quantities import Quantity
from headwater.domain.spans import MappedText, Span
from headwater.domain.verdicts import ClaimReport, ScoredPassage, Verdict
from headwater.extraction.facts import ReadingContext, extract_facts
from headwater.report.rows import RowReader, differ


def figure(text: str) -> Quantity:
    found = extract_facts(text, ReadingContext()).quantities
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("article", "official", "difference", "relative"),
    [
        ("It costs £57 million.", "It costs £75 million.", "-18000000", "-24.0%"),
        ("It costs £75 million.", "It costs £75m.", "0", "0%"),
        ("Some 9,400 people left.", "Some 4,700 people left.", "+4700", "+100.0%"),
        ("It is 2 km long.", "It is 1,500 metres long.", "+0.5", "+33.3%"),
        ("A share of 12%.", "A share of 10 per cent.", "+2", "+20.0%"),
        ("It costs £57 million.", "It costs €75 million.", "", ""),
        ("It costs £57 million.", "Some 75 million people left.", "", ""),
        ("It rose by 10-15%.", "It rose by 12%.", "", ""),
    ],
)
def test_figures_are_subtracted_where_they_can_be(article: str, official: str, difference: str, relative: str) -> None:
    assert differ(figure(article), figure(official)) == {"difference": difference, "relative": relative}


def test_a_difference_from_nothing_has_no_share() -> None:
    here, there = figure("Some 5 boats came."), figure("Some 0 boats came.")
    assert there.value == Decimal(0)
    assert differ(here, there) == {"difference": "+5", "relative": ""}


def annotated(text: str) -> Annotated:
    return Annotated(MappedText.identity(text), extract_facts(text, ReadingContext()))


def side(text: str, words: str) -> Side:
    start = text.index(words)
    return Side(words, Span(start, start + len(words)))


def test_a_row_holds_both_sides_and_what_is_counted() -> None:
    article = "In 2024 some 9,400 people were returned."
    official = "In 2024, 9,000 people were returned."
    passage = Passage(7, make_document(), 1, official, Span(0, len(official)))
    finding = Finding(
        "FIG-DIFFERS", Lane.FIGURE, "differs", Effect.CONTRADICTS, Severity.HIGH, side(article, "9,400"),
        side(official, "9,000"), "400 more", 7,
    )  # fmt: skip
    claim = Claim("c1", article, Span(0, len(article)), ClaimKind.STATEMENT, annotated(article))
    scored = ScoredPassage(passage, 1.0, 0.9, 0.9)
    rows = RowReader().rows_of(ClaimReport(claim, Verdict.CONTRADICTED, "", (scored,), findings=(finding,)))
    (row,) = rows["figures"]
    assert (row["article"], row["official"], row["value"], row["official_value"]) == ("9,400", "9,000", "9400", "9000")
    assert (row["difference"], row["relative"], row["counted"], row["period"]) == ("+400", "+4.4%", "people", "2024")
    assert (row["claim"], row["finding"], row["verdict"], row["severity"]) == ("c1", 0, "contradicts", "high")
    assert rows["quotations"] == rows["particulars"] == []


def test_the_context_of_a_check_is_a_type_of_the_domain() -> None:
    from headwater.domain.context import CheckContext as OfDomain

    assert OfDomain is CheckContext
