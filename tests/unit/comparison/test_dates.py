import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from headwater.comparison.date_rules import DateOutcome, date_rules
from headwater.comparison.dates import compare_dates, compare_periods
from headwater.domain.facts import Annotated, Facts
from headwater.domain.findings import Effect, Lane
from headwater.domain.spans import MappedText
from headwater.extraction.dates import extract_dates
from headwater.extraction.quantities import extract_quantities

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("date_cases.toml").read_text(encoding="utf-8"))[
    "case"
]
PUBLISHED = date(2024, 11, 7)  # a Thursday


def annotate(
    text: str, published: date | None = PUBLISHED, offset: int = 0, passage_id: int | None = None
) -> Annotated:
    dates = extract_dates(text, published=published)
    quantities = extract_quantities(text, exclude=tuple(mention.span for mention in dates))
    return Annotated(MappedText.identity(text), Facts(dates=dates, quantities=quantities), offset, passage_id)


def kinds(case: dict[str, Any]) -> list[str]:
    published = None if case.get("undated") else PUBLISHED
    findings = compare_dates(
        annotate(case["claimed"], published), [annotate(case["official"], published, offset=100, passage_id=7)]
    )
    return [finding.kind for finding in findings]


@pytest.mark.parametrize("case", CASES, ids=[case["claimed"][:60] for case in CASES])
def test_every_pair_of_the_bank_has_its_outcomes(case: dict[str, Any]) -> None:
    assert kinds(case) == case["expected"]


def test_the_bank_covers_every_outcome() -> None:
    assert len(CASES) >= 80
    # Asked of whole documents: test_date_absent.py, test_date_said.py.
    of_passages = set(DateOutcome) - {DateOutcome.NOWHERE, DateOutcome.OTHER_WEEKDAY}
    assert {kind for case in CASES for kind in case["expected"]} == {outcome.value for outcome in of_passages}


@pytest.mark.parametrize("outcome", list(DateOutcome))
def test_every_outcome_has_a_rule_with_its_own_id(outcome: DateOutcome) -> None:
    ids = [rule.id for rule in date_rules().values()]
    assert date_rules()[outcome].id.startswith("DAT-")
    assert ids.count(date_rules()[outcome].id) == 1


def test_a_finding_points_into_both_originals() -> None:
    claim = annotate("Serbia signed the treaty on 9 November 2024.")
    passage = annotate("The treaty with Serbia was signed on 7 November 2024.", offset=100, passage_id=7)
    (finding,) = compare_dates(claim, [passage])
    assert finding.lane is Lane.DATE
    assert finding.claimed.span.slice(claim.text) == finding.claimed.surface == "9 November 2024"
    assert finding.official is not None
    assert finding.official.span.shift(-100).slice(passage.text) == finding.official.surface == "7 November 2024"
    assert finding.passage_id == 7
    assert finding.effect is Effect.CONTRADICTS
    assert "2 days later" in finding.explanation


def test_without_passages_a_date_is_not_stated() -> None:
    (finding,) = compare_dates(annotate("The treaty was signed in June 2023."), [])
    assert finding.official is None
    assert finding.effect is Effect.NOT_STATED


def test_a_claim_without_a_date_has_no_finding() -> None:
    assert compare_dates(annotate("The treaty was signed."), [annotate("It was signed on 7 November 2024.")]) == ()


def test_an_equal_date_of_another_statement_does_not_hide_the_one_that_differs() -> None:
    source = [
        annotate("The treaty with Serbia was signed by ministers on 7 November 2024."),
        annotate("A hospital in Leeds closed on 9 November 2024."),
    ]
    (finding,) = compare_dates(annotate("Ministers signed the treaty with Serbia on 9 November 2024."), source)
    assert finding.kind == "differs"


def test_a_further_passage_never_changes_an_agreement() -> None:
    claim = annotate("The treaty was signed on 7 November 2024.")
    source = [annotate("The treaty was signed on November 7, 2024.")]
    more = [*source, annotate("Food prices rose by 3% in 2019 and the harvest failed in May 2018.")]
    assert [f.kind for f in compare_dates(claim, source)] == [f.kind for f in compare_dates(claim, more)] == ["same"]


@pytest.mark.parametrize(
    ("claimed", "official", "relation", "words"),
    [
        ("in 2022", "in 2023", "disjoint", "one year earlier"),
        ("in June 2024", "in 2024", "inside", "30 days of the 366 that the source names"),
        ("in 2024", "in June 2024", "contains", "366 days, of which the source names 30"),
        ("on 9 November 2024", "on 7 November 2024", "disjoint", "2 days later"),
        ("in May 2024", "in March 2024", "disjoint", "2 months later"),
        ("in the year to March 2024", "in 2023", "overlaps", "3 months later"),
        ("in Q3 2024", "in July to September 2024", "same", "the same days"),
        ("since 2010", "since 1 January 2010", "contains", "365 days, of which the source names 1"),
        ("today", "on 7 November 2024", "same", "the same days"),
        ("so far this year", "from 1 January to 6 November 2024", "same", "the same days"),
        ("in early 2023", "in May 2023", "overlaps", "4 months earlier"),
        ("by the end of 2025", "in December 2025", "inside", "one day of the 31 that the source names"),
    ],
)
def test_periods_are_compared_by_their_days(claimed: str, official: str, relation: str, words: str) -> None:
    (ours,), (theirs,) = extract_dates(claimed, published=PUBLISHED), extract_dates(official, published=PUBLISHED)
    outcome = compare_periods(ours, theirs)
    assert (outcome.relation.value, outcome.words) == (relation, words)


@pytest.mark.parametrize(
    ("claimed", "official", "same"),
    [
        ("for 2016/17", "for the 2016/2017 academic year", True),
        ("in 2016-17", "the academic year 2016/17", True),
        ("for the 2016/2017 academic year", "in 2016/17", True),
        ("in 2016-2017", "in 2016/17", True),
        ("for 2015/16", "for the 2016/2017 academic year", False),
        ("in 2016/17", "between 2016/2018", False),
        ("the financial year 2016/17", "the academic year 2016/2017", False),
        ("in 2016", "for the 2016/2017 academic year", False),
    ],
)
def test_two_years_in_a_row_do_not_say_which_kind_of_year(claimed: str, official: str, *, same: bool) -> None:
    (ours,), (theirs,) = extract_dates(claimed, published=PUBLISHED), extract_dates(official, published=PUBLISHED)
    assert (compare_periods(ours, theirs).relation.value == "same") is same


@pytest.mark.parametrize(
    ("claimed", "official", "relation"),
    [
        ("on Thursday", "today", "unresolved"),
        ("yesterday", "today", "unresolved"),
        ("last year", "last year", "same"),
        ("in the last year", "last year", "overlaps"),
        ("in June", "in June 2024", "same"),
        ("in June", "in July 2024", "disjoint"),
        ("last year", "in 2023", "unresolved"),
    ],
)
def test_without_a_date_of_publication_only_what_holds_on_any_day_is_told(
    claimed: str, official: str, relation: str
) -> None:
    (ours,), (theirs,) = extract_dates(claimed), extract_dates(official)
    assert compare_periods(ours, theirs).relation.value == relation
