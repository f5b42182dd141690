"""Times of day: "by 5 p.m." for "no later than 4:00:00 p.m.".

A time differs where the passages that the search found first have times of day, and no passage has this one. Times of
two zones are not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.figure_rules import figure_rules
from headwater.comparison.statements import TEXTS_REMEMBERED
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding, Lane
from headwater.domain.spans import Span

READ = 2  # passages in which the other time may stand
NOON, MINUTES = 12, 60
ZONE = 18  # characters behind a time in which its zone stands
_TIME = re.compile(
    r"(?<![\d£$€.,:/-])(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?(?:[:.]\d\d(?:\.\d+)?)?[ ]?"
    r"(?P<half>[ap])\.?[ ]?m\b\.?|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?![\d:])"
    r"|\b(?P<word>noon|midday|midnight)\b)",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\b(eastern|central|mountain|pacific|gmt|bst|utc|cet|aest|aedt|et|est|edt|pt|pst|pdt|local)\b", re.I
)
_WORDS = {"noon": NOON * MINUTES, "midday": NOON * MINUTES, "midnight": 0}


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day in its text.

    Args:
        minutes: From midnight.
        zone: As written, or "".
        span: Where it stands.
    """

    minutes: int
    zone: str
    span: Span


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_times(text: str) -> tuple[ClockTime, ...]:
    """Return the times of day of a text, in order.

    Args:
        text: Working text.
    """
    return tuple(_times(text))


def _times(text: str) -> Iterator[ClockTime]:
    for match in _TIME.finditer(text):
        span = Span(match.start(), match.end())
        zone = _ZONE.search(text, match.end(), match.end() + ZONE)
        yield ClockTime(_minutes(match), zone.group(1).lower() if zone else "", span)


def _minutes(match: re.Match[str]) -> int:
    if match["word"]:
        return _WORDS[match["word"].lower()]
    if match["hour24"]:
        return int(match["hour24"]) * MINUTES + int(match["minute24"])
    later = NOON if match["half"].lower() == "p" else 0
    return (int(match["hour"]) % NOON + later) * MINUTES + int(match["minute"] or 0)


def compare_times(claim: Annotated, passages: Sequence[Annotated]) -> tuple[Finding, ...]:
    """Find the times of day that the passages give otherwise.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.
    """
    own = [one for one in read_times(claim.text) if not any(q.inner.overlaps(one.span) for q in claim.facts.quotations)]
    if not own:
        return ()
    official = [(one, passage) for passage in passages for one in read_times(passage.text)]
    known, taken = ({_on_the_dial(one) for one in times} for times in ((one for one, _ in official), own))
    first = {id(passage) for passage in passages[:READ]}
    free = [(one, passage) for one, passage in official if id(passage) in first and _on_the_dial(one) not in taken]
    findings = []
    for one in own:
        faced = [pair for pair in free if "" in {one.zone, pair[0].zone} or one.zone == pair[0].zone]
        if faced and _on_the_dial(one) not in known:
            findings.append(_finding(claim, one, *faced[0]))
    return tuple(findings)


def _on_the_dial(time: ClockTime) -> int:
    """Return where the hands stand: "8.30" of the morning and "20:30" are one."""
    return time.minutes % (NOON * MINUTES)


def _finding(claim: Annotated, own: ClockTime, official: ClockTime, passage: Annotated) -> Finding:
    rule = figure_rules()[Outcome.OTHER_HOUR]
    ours, theirs = claim.side(own.span), passage.side(official.span)
    return Finding(
        rule.id,
        Lane.FIGURE,
        Outcome.OTHER_HOUR.value,
        rule.effect,
        rule.severity,
        ours,
        theirs,
        f"The article says “{ours.surface}”, the source “{theirs.surface}”.",
        passage_id=passage.passage_id,
    )
