"""The verdict of a claim: one pure function over typed evidence, and a table of rows with an example each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from headwater.domain.claims import ClaimKind
from headwater.domain.findings import Effect, Finding, Lane, Severity
from headwater.domain.support import Support
from headwater.domain.verdicts import Verdict

COLUMNS = ("kind", "matter", "quotation", "figure", "day", "other", "content", "support")

NOWHERE = "V10"  # the row for a claim that no passage holds

# The weightiest outcome of a lane speaks for it.
WEIGHT = (Effect.AGREES, Effect.UNDECIDED, Effect.SHIFTS, Effect.NOT_STATED, Effect.CONTRADICTS)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the verdict table: conditions by column, and what they decide."""

    id: str
    conditions: Mapping[str, frozenset[str]]
    verdict: Verdict
    reason: str
    example: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict, why, and the row that gave it."""

    verdict: Verdict
    reason: str
    row: str


@cache
def verdict_table() -> tuple[Row, ...]:
    """Return the rows in the order they are tried."""
    table = tomllib.loads((Path(__file__).parent / "verdicts.toml").read_text("utf-8"))
    return tuple(
        Row(
            row["id"],
            {column: frozenset(row[column]) for column in COLUMNS if column in row},
            Verdict(row["verdict"]),
            row["reason"],
            row["example"],
        )
        for row in table["row"]
    )


def decide_verdict(
    kind: ClaimKind, findings: Sequence[Finding], support: Support, *, is_found: bool = True
) -> Decision:
    """Decide one claim's verdict from what its lanes found and how far its content is covered.

    Args:
        kind: Of the claim.
        findings: Of all lanes.
        support: How far the aligned passages carry the claim.
        is_found: Whether an official source was found that speaks of the claim's matter.

    Raises:
        LookupError: If no row holds; the table's own tests show that this cannot happen.
    """
    seen = {
        "kind": kind.value,
        "matter": "found" if is_found else "not_found",
        "quotation": _quotation(findings),
        "figure": _figure(findings),
        "day": "agrees" if any(map(_is_explicit_day, findings)) else "none",
        "other": _weightiest(f for f in findings if f.lane not in {Lane.FIGURE, Lane.QUOTATION, Lane.CONTENT}),
        "content": _weightiest(f for f in findings if f.lane is Lane.CONTENT),
        "support": support.level.value,
    }
    for row in verdict_table():
        if all(seen[column] in allowed for column, allowed in row.conditions.items()):
            return Decision(row.verdict, row.reason, row.id)
    raise LookupError(f"no row of the verdict table holds for {seen}")


def supports(verdict: Verdict) -> bool:
    """Say whether a verdict rests on passages that speak to the claim."""
    return verdict in {Verdict.SUPPORTED, Verdict.SHIFTED, Verdict.CONTRADICTED}


def _quotation(findings: Sequence[Finding]) -> str:
    own = [finding for finding in findings if finding.lane is Lane.QUOTATION]
    if not own:
        return "none"
    if any(finding.effect is Effect.NOT_STATED for finding in own):
        return "not_found"
    altered = any(finding.effect is not Effect.AGREES and finding.severity is not Severity.INFO for finding in own)
    return "altered" if altered else "verbatim"


def _figure(findings: Sequence[Finding]) -> str:
    own = [finding for finding in findings if finding.lane is Lane.FIGURE]
    effects = {finding.effect for finding in own}
    if Effect.CONTRADICTS not in effects and Effect.NOT_STATED in effects and effects & {Effect.AGREES, Effect.SHIFTS}:
        return "partly"
    if effects == {Effect.AGREES, Effect.UNDECIDED}:
        return Effect.AGREES.value  # one figure of the claim is stated, of the other nothing can be said
    return _weightiest(own)


def _is_explicit_day(finding: Finding) -> bool:
    """Say whether a date that agrees has a day's or a year's number: "this month" agrees with any month's text."""
    explicit = any(character.isdigit() for character in finding.claimed.surface)
    return finding.lane is Lane.DATE and finding.effect is Effect.AGREES and explicit


def _weightiest(findings: Iterable[Finding]) -> str:
    effects = [_weighed(finding) for finding in findings]
    return max(effects, key=WEIGHT.index).value if effects else "none"


def _weighed(finding: Finding) -> Effect:
    """A remark is worth showing and moves no verdict: a shift of severity info, a lesser thing that is not stated."""
    if finding.effect is Effect.SHIFTS and finding.severity is Severity.INFO:
        return Effect.AGREES
    if finding.effect is Effect.NOT_STATED and finding.severity in {Severity.INFO, Severity.LOW}:
        return Effect.UNDECIDED
    return finding.effect
