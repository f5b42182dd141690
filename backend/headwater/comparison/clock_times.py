"""Times of day: "by 5 p.m." for "no later than 4:00:00 p.m.".

A time differs where the passages that the search found first have times of day, and the document has this one nowhere.
Times of two zones are not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.figure_rules import figure_rules
from headwater.comparison.statements import TEXTS_REMEMBERED
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding, Lane
from headwater.domain.spans import Span
from headwater.extraction.numeral_types import CARDINALS

READ = 2  # passages in which the other time may stand
NOON, MINUTES = 12, 60
ROUND, ROUNDED = 5, 5  # minutes: a time told to the five minutes may stand for one so far off
NEAR, BEFORE = 30, 24  # minutes off "shortly before six", and the characters before it in which that is said
ZONE = 18  # characters behind a time in which its zone stands
_TIME = re.compile(
    r"(?<![\d£$€.,:/])(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?(?:[:.]\d\d(?:\.\d+)?)?[ ]?"
    r"(?P<half>[ap])\.?[ ]?m\b\.?|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?![\d:])"
    r"|\b(?P<word>noon|midday|midnight)\b)",
    re.IGNORECASE,
)
_IN_PASSING = re.compile(  # "from 9 to 5pm", "9.30-17.00", "ten o'clock": enough to say that a time is told
    r"(?<![\d£$€.,:/])(?:(?P<hour>\d{1,2}+)(?:[:.](?P<minute>[0-5]\d))?+(?=[ ]?(?:[-–—]|to\b|un?til+\b|and\b|or\b)[ ]?"
    r"\d{1,2}+(?:[:.]\d\d)?+[ ]?[ap]\.?[ ]?m\b)|(?P<hour24>[01]?\d|2[0-3])[:.](?P<minute24>[0-5]\d)(?![\d:])"
    r"|\b(?P<word>\d{1,2}+|[a-z]{3,6}+)[ ]o['’]clock\b)",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\b(eastern|central|mountain|pacific|gmt|bst|utc|cet|aest|aedt|et|est|edt|pt|pst|pdt|local)\b", re.I
)
_ROUGHLY = re.compile(
    r"\b(about|around|roughly|approximately|circa|some|nearly|almost|towards?|just|shortly|soon|moments|minutes?|past)\b",
    re.I,
)
_WORDS = {"noon": NOON * MINUTES, "midday": NOON * MINUTES, "midnight": 0}


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day in its text.

    Args:
        minutes: From midnight.
        zone: As written, or "".
        span: Where it stands.
        room: Minutes by which it may be off, being told roughly.
    """

    minutes: int
    zone: str
    span: Span
    room: int = 0

    def is_among(self, told: Iterable[int]) -> bool:
        """Say whether the hands stand where they stand at one of some times, as far as it is told."""
        dial = NOON * MINUTES
        return any(min((self.minutes - one) % dial, (one - self.minutes) % dial) <= self.room for one in told)


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
        minutes = _minutes(match)
        room = NEAR if _ROUGHLY.search(text, max(0, match.start() - BEFORE), match.start()) else 0
        room = room or (0 if minutes % ROUND else ROUNDED)
        yield ClockTime(minutes, zone.group(1).lower() if zone else "", span, room)


def _minutes(match: re.Match[str]) -> int:
    if match["word"]:
        return _WORDS[match["word"].lower()]
    if match["hour24"]:
        return int(match["hour24"]) * MINUTES + int(match["minute24"])
    later = NOON if match["half"].lower() == "p" else 0
    return (int(match["hour"]) % NOON + later) * MINUTES + int(match["minute"] or 0)


def hours_told(text: str) -> frozenset[int]:
    """Return where the hands stand at all times that a text tells, those included that may be something else.

    Args:
        text: Working text.

    >>> sorted(minutes // 60 for minutes in hours_told("Open from 9 to 5pm; prayers at ten o'clock and 18.00"))
    [5, 6, 9, 10]
    """
    return frozenset([*map(_on_the_dial, read_times(text)), *_in_passing(text)])


def _in_passing(text: str) -> Iterator[int]:
    for match in _IN_PASSING.finditer(text):
        if match["word"]:
            hour = CARDINALS.get(match["word"].lower(), match["word"])
        else:
            hour = match["hour"] or match["hour24"]
        if str(hour).isdigit():
            minute = int(match["minute"] or match["minute24"] or 0)
            yield (int(hour) * MINUTES + minute) % (NOON * MINUTES)


def without_told_hours(findings: Sequence[Finding], passages: Sequence[Annotated]) -> tuple[Finding, ...]:
    """Leave out what was found of a time of day that some passage tells.

    Args:
        findings: Of one claim.
        passages: All of the document.
    """
    if not any(finding.kind == Outcome.OTHER_HOUR.value for finding in findings):
        return tuple(findings)
    told = frozenset().union(*(hours_told(passage.text) for passage in passages))
    return tuple(
        finding
        for finding in findings
        if finding.kind != Outcome.OTHER_HOUR.value
        or not any(one.is_among(told) for one in read_times(finding.claimed.surface))
    )


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
    known = {minutes for passage in passages for minutes in hours_told(passage.text)}
    taken = {_on_the_dial(one) for one in own}
    first = {id(passage) for passage in passages[:READ]}
    free = [(one, passage) for one, passage in official if id(passage) in first and _on_the_dial(one) not in taken]
    findings = []
    for one in own:
        faced = [pair for pair in free if "" in {one.zone, pair[0].zone} or one.zone == pair[0].zone]
        if faced and not one.is_among(known):
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
