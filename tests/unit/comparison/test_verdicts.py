"""The verdict table: complete, in the right order, every row with an example and within reach."""

import itertools

import pytest

from headwater.comparison.verdicts import COLUMNS, decide_verdict, verdict_table
from headwater.domain.claims import ClaimKind
from headwater.domain.findings import Effect, Finding, Lane, Severity, Side
from headwater.domain.spans import Span
from headwater.domain.support import Support, SupportLevel
from headwater.domain.verdicts import Verdict

SIDE = Side("words", Span(0, 5))
DAY = Side("3 May", Span(0, 5))


def finding(lane: Lane, effect: Effect, severity: Severity = Severity.MEDIUM) -> Finding:
    return Finding("TEST", lane, "kind", effect, severity, SIDE, SIDE, "explained")


QUOTATION = {
    "none": (),
    "verbatim": (finding(Lane.QUOTATION, Effect.AGREES, Severity.INFO),),
    "altered": (finding(Lane.QUOTATION, Effect.SHIFTS),),
    "not_found": (finding(Lane.QUOTATION, Effect.NOT_STATED),),
}
CONTENT = [None, Effect.NOT_STATED]
EFFECTS = [None, *Effect]
FIGURE = {None: (), **{effect: (effect,) for effect in Effect}, "partly": (Effect.AGREES, Effect.NOT_STATED)}
FIGURE["in part"] = (Effect.AGREES, Effect.UNDECIDED)
OTHER = [*EFFECTS, "day"]


def outcomes() -> itertools.product:
    return itertools.product(ClaimKind, QUOTATION, FIGURE, OTHER, CONTENT, SupportLevel)


def decide(kind, quotation, figure, other, content, level, *, is_found=True):
    findings = list(QUOTATION[quotation])
    findings += [finding(Lane.FIGURE, effect) for effect in FIGURE[figure]]
    if other == "day":
        findings.append(Finding("TEST", Lane.DATE, "kind", Effect.AGREES, Severity.INFO, DAY, DAY, "explained"))
    elif other:
        findings.append(finding(Lane.NAME, other))
    findings += [finding(Lane.CONTENT, content)] if content else []
    return decide_verdict(kind, findings, Support(level, 0.5), is_found=is_found)


def test_every_combination_is_decided_and_every_row_is_reached() -> None:
    reached = {decide(*outcome, is_found=is_found).row for outcome in outcomes() for is_found in (True, False)}
    assert reached == {row.id for row in verdict_table()}


@pytest.mark.parametrize("row", verdict_table(), ids=lambda row: row.id)
def test_rows_are_whole(row) -> None:
    assert row.reason
    assert row.reason.endswith(".")
    assert set(row.example) == {"text", "corpus" if "matter" in row.conditions else "source", "verdict"}
    assert row.example["verdict"] == row.verdict.value
    assert set(row.conditions) <= set(COLUMNS)


def test_nothing_is_said_by_a_source_that_was_not_found() -> None:
    for outcome in outcomes():
        assert decide(*outcome, is_found=False).verdict in {Verdict.NOT_IN_SOURCE, Verdict.NOT_CHECKABLE}


def test_support_is_earned_by_content_by_a_verbatim_quotation_by_a_figure_or_by_a_day() -> None:
    supported = [o for o in outcomes() if decide(*o).verdict is Verdict.SUPPORTED]
    assert supported
    for _, quotation, figure, other, _, level in supported:
        earned = quotation == "verbatim" or figure in {Effect.AGREES, "in part"} or other == "day"
        assert level is not SupportLevel.NONE or earned


@pytest.mark.parametrize(
    ("surface", "verdict"), [("3 May", "supported"), ("2014", "supported"), ("May", "not_in_source")]
)
def test_a_day_earns_support_by_its_number(surface: str, verdict: str) -> None:
    side = Side(surface, Span(0, len(surface)))
    agreed = Finding("TEST", Lane.DATE, "kind", Effect.AGREES, Severity.INFO, side, side, "explained")
    weak = Support(SupportLevel.NONE, 0.2)
    assert decide_verdict(ClaimKind.STATEMENT, [agreed], weak).verdict.value == verdict
    missed = finding(Lane.NAME, Effect.NOT_STATED)
    assert decide_verdict(ClaimKind.STATEMENT, [agreed, missed], weak).verdict is Verdict.NOT_IN_SOURCE


def test_a_part_that_is_not_stated_is_never_passed_over() -> None:
    for outcome in outcomes():
        _, quotation, _, _, content, _ = outcome
        if content and quotation == "none" and outcome[0] is ClaimKind.STATEMENT:
            assert decide(*outcome).verdict is not Verdict.SUPPORTED


def test_contradiction_is_decided_only_by_a_fact_that_contradicts() -> None:
    for outcome in outcomes():
        _, _, figure, other, _, _ = outcome
        contradicted = decide(*outcome).verdict is Verdict.CONTRADICTED
        assert not contradicted or Effect.CONTRADICTS in {figure, other}
    assert (
        decide(ClaimKind.STATEMENT, "none", Effect.CONTRADICTS, None, None, SupportLevel.FULL).verdict
        is Verdict.CONTRADICTED
    )


def test_a_shift_of_severity_info_moves_no_verdict() -> None:
    findings = [finding(Lane.FIGURE, Effect.SHIFTS, Severity.INFO)]
    assert decide_verdict(ClaimKind.STATEMENT, findings, Support(SupportLevel.FULL, 0.9)).verdict is Verdict.SUPPORTED
