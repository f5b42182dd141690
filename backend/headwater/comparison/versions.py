"""Figures and dates that differ between the versions of one official document, each version cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from headwater.comparison.dates import compare_dates
from headwater.comparison.figures import compare_figures
from headwater.comparison.rules import Rule, read_rules
from headwater.domain.documents import Document
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Finding, Lane


class VersionOutcome(StrEnum):
    """What a difference between two versions means for the text."""

    CHANGED_SINCE = "changed_since"  # the text was right on its day
    SUPERSEDED = "superseded"  # the text has no day, and follows what is no longer said
    NOT_IN_FORCE = "not_in_force"  # the text follows what was not said on its day
    CHANGED_BEFORE = "changed_before"  # the text follows what is said; it was once said otherwise
    BOTH_OTHERWISE = "both_otherwise"  # the text follows neither


@dataclass(frozen=True, slots=True)
class VersionPair:
    """The version that a claim was judged by, and another one.

    Args:
        followed: The version that the findings are about.
        other: The other version.
        day: Of the text, or None.
        followed_in_force: Whether the followed version was in force on that day, or is the latest.
    """

    followed: Document
    other: Document
    day: date | None
    followed_in_force: bool


@cache
def version_rules() -> Mapping[VersionOutcome, Rule]:
    """Return the rule of every outcome.

    >>> version_rules()[VersionOutcome.SUPERSEDED].id
    'VER-SUPERSEDED'
    """
    return read_rules("versions.toml", VersionOutcome)


def compare_versions(
    claim: Annotated, findings: Sequence[Finding], other: Annotated, pair: VersionPair
) -> tuple[Finding, ...]:
    """Name the figures and dates of a claim that another version of its source gives otherwise.

    Args:
        claim: The claim.
        findings: Of the claim against the version it follows.
        other: The passage that faces its evidence in the other version.
        pair: The two versions, and the text's day.

    Returns:
        At most one finding for each figure and date; each points into the other version.
    """
    own = {f.claimed.span: f for f in findings if f.lane in {Lane.FIGURE, Lane.DATE} and f.official is not None}
    if not own:
        return ()
    return tuple(_differing(own.values(), _by_place(claim, other), pair))


def _by_place(claim: Annotated, other: Annotated) -> dict[tuple[Lane, object], Finding]:
    found = (*compare_figures(claim, [other]), *compare_dates(claim, [other]))
    return {(finding.lane, finding.claimed.span): finding for finding in found if finding.official is not None}


def _differing(
    own: Iterable[Finding], others: Mapping[tuple[Lane, object], Finding], pair: VersionPair
) -> Iterator[Finding]:
    for finding in own:
        facing = others.get((finding.lane, finding.claimed.span))
        outcome = _outcome(finding, facing, pair) if facing else None
        if facing is not None and outcome is not None:
            yield _finding(finding, facing, outcome, pair)


def _outcome(finding: Finding, facing: Finding, pair: VersionPair) -> VersionOutcome | None:
    ours, theirs = finding.effect is Effect.CONTRADICTS, facing.effect is Effect.CONTRADICTS
    if ours:
        return VersionOutcome.BOTH_OTHERWISE if theirs and _words(finding) != _words(facing) else None
    if not theirs:
        return None
    if pair.other.version < pair.followed.version and pair.followed_in_force:
        return VersionOutcome.CHANGED_BEFORE
    if pair.followed_in_force:
        return VersionOutcome.CHANGED_SINCE
    return VersionOutcome.SUPERSEDED if pair.day is None else VersionOutcome.NOT_IN_FORCE


def _words(finding: Finding) -> str:
    return " ".join(finding.official.surface.split()) if finding.official else ""


def _finding(finding: Finding, facing: Finding, outcome: VersionOutcome, pair: VersionPair) -> Finding:
    rule = version_rules()[outcome]
    words = rule.explanation.format(
        followed=version_name(pair.followed),
        other=version_name(pair.other),
        theirs=_words(finding),
        changed=_words(facing),
    )
    return Finding(
        rule.id,
        finding.lane,
        outcome.value,
        rule.effect,
        rule.severity,
        finding.claimed,
        facing.official,
        words[0].upper() + words[1:],
        facing.passage_id,
        (finding.official,) if finding.official else (),
    )


def version_name(document: Document) -> str:
    """Return how a version is put into words: by its day, or by its number.

    Args:
        document: The version.
    """
    moment = document.updated or document.first_published
    if moment is None:
        return f"version {document.version}"
    return f"the version of {moment.day} {moment:%B %Y}"
