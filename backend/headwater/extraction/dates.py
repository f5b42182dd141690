"""Dates and periods of a text as days: `extract_dates` reads them, `find_date_order` tells day-first from month-first.

How it works: a scan for anchors (a month, a weekday, a unit of time, a year) passes over text without any; only the
others are cut into tokens, read by a grammar of bounded depth (`periods.py`), and resolved from the document's date.
Readings of news are documented where they are decided: weekdays in `date_relative.py`, dates without a year in
`date_expressions.py`, bare years in `date_context.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from headwater.domain.quantities import DateMention, PeriodKind
from headwater.domain.spans import Span
from headwater.extraction import date_frames as frames
from headwater.extraction import periods
from headwater.extraction.calendar import Period
from headwater.extraction.date_base import is_base
from headwater.extraction.date_context import continues_years, find_tense, sentence_start
from headwater.extraction.date_expressions import Expression, Setting, Yearly
from headwater.extraction.date_grammar import Parsed, Rule, Source, in_whole_year
from headwater.extraction.date_neighbours import beside, counted_ago, next_day, unit_beyond
from headwater.extraction.date_relative import Ago, FinancialNeighbour, Neighbour, Rolling
from headwater.extraction.date_sequels import Adjacent, Later
from headwater.extraction.date_stretches import Beside, Counted, Portion, Preceding, Since, SoFar
from headwater.extraction.date_tokens import (
    ANCHOR,
    CARDINALS,
    CONTEXT,
    UNITS,
    Tokens,
    may_hold_anchor,
    month_day_order,
    tokenise,
    year_of,
)
from headwater.extraction.date_years import fiscal_named

Order = Literal["uk", "us"]
REMEMBERED = 4_096  # texts, a kilobyte each: ranking reads the days of passages that are compared afterwards


class _Place(NamedTuple):
    """The whole text, and where the line that is read begins in it."""

    text: str
    offset: int


class _Reading(NamedTuple):
    """An expression and its tokens, before resolution."""

    expression: Expression
    at: int
    end: int
    base: bool


# Rules that look beyond one stretch, by the first word; the joined stretch comes last for every token.
_FRAMES: dict[str, tuple[Rule, ...]] = {
    "since": (frames.since,),
    "from": (frames.from_to,),
    "between": (frames.from_to,),
    "rest": (frames.rest,),
    "remainder": (frames.rest,),
    "so": (frames.so_far,),
    "same": (frames.same_period,),
    "the": (frames.same_period, counted_ago, unit_beyond, periods.rolling_with_article),
    "this": (frames.same_period,),
    "previous": (beside,),
    "preceding": (beside,),
    "following": (beside,),
    "next": (next_day,),
    **dict.fromkeys(UNITS, (frames.so_far, frames.counted)),
    **dict.fromkeys(CARDINALS, (counted_ago, frames.counted)),
    **dict.fromkeys(("financial", "fiscal", "tax"), (frames.so_far, frames.counted)),
}

_STARTERS = frozenset(_FRAMES) | periods.WORDS_THAT_BEGIN


def extract_dates(text: str, *, published: date | None = None, order: Order = "uk") -> tuple[DateMention, ...]:
    """Read the dates and periods of a text.

    Args:
        text: Working text; spans are of it.
        published: The document's own date, from which "today" and "last year" are resolved; None leaves them
            unresolved, with the reason.
        order: "uk" reads 07/11/2024 as 7 November and years from April, "us" as 11 July and fiscal years from October.

    Returns:
        The mentions in order of appearance; they do not overlap.

    >>> [(m.surface, str(m.first), str(m.last)) for m in extract_dates("It rose in the year to June 2024.")]
    [('year to June 2024', '2023-07-01', '2024-06-30')]
    >>> extract_dates("Some 2024 people came."), extract_dates("They may march.")
    ((), ())
    """
    return _extract(text, published, order) if may_hold_anchor(text) else ()


@lru_cache(maxsize=REMEMBERED)
def _extract(text: str, published: date | None, order: Order) -> tuple[DateMention, ...]:
    mentions: list[DateMention] = []
    for line in _dated_lines(text):
        tokens = tokenise(line.slice(text))
        readings = _borrow_years(tokens, list(_readings(Source(tokens, order))))
        mentions.extend(_resolved(_Place(text, line.start), tokens, readings, published))
    return tuple(mentions)


def _dated_lines(text: str) -> Iterator[Span]:
    """Yield the lines that hold an anchor: a newline ends whatever may be a date."""
    at = 0
    while (anchor := ANCHOR.search(text, at)) is not None:
        start = max(text.rfind("\n", at, anchor.start()) + 1, at)
        end = text.find("\n", anchor.start())
        yield Span(start, at := len(text) if end < 0 else end)


def _readings(source: Source) -> Iterator[_Reading]:
    """Yield what the grammar reads, from left to right, the longest frame first."""
    tokens, at, last = source.tokens, 0, None
    while tokens[at].kind != "end":
        token = tokens[at]
        starts = token.word in _STARTERS if token.word else token.kind in periods.KINDS
        listed = last is not None and token.kind == "int" and continues_years(tokens, at, last.end)
        found = _fiscal_year(source, at, last) if listed else None
        if found is None and starts:
            found = _read(source, at)
        if found is None and listed:
            found = _year(tokens, at)
        if found is None:
            at += 1
            continue
        expression, end, base = found
        last = _Reading(expression, at, end, base)
        yield last
        at = end


def _year(tokens: Tokens, at: int) -> tuple[Expression, int, bool] | None:
    """Read the next year of a list."""
    year = year_of(tokens[at])
    return None if year is None else (in_whole_year(year), at + 1, is_base(tokens, at))


def _fiscal_year(source: Source, at: int, last: _Reading | None) -> tuple[Expression, int, bool] | None:
    """Read the next year of a list of financial years: "fiscal years 1997, 1998 and 1999"."""
    year = year_of(source.tokens[at])
    if year is None or last is None or not isinstance(last.expression, Yearly):
        return None
    if last.expression.kind is not PeriodKind.FINANCIAL_YEAR:
        return None
    return fiscal_named(year, source.order), at + 1, last.base


def _read(source: Source, at: int) -> tuple[Expression, int, bool] | None:
    tokens = source.tokens
    rules = (counted_ago, frames.counted) if tokens[at].kind == "int" else _FRAMES.get(tokens[at].word, ())
    parsed: Parsed | None
    for rule in rules:
        parsed = rule(source, at)
        if parsed is not None:
            base = rule is frames.same_period or isinstance(parsed[0], Beside) or _is_base(tokens, at, parsed[0])
            return parsed[0], parsed[1], base
    parsed = periods.joined(source, at)
    return None if parsed is None else (parsed[0], parsed[1], _is_base(tokens, at, parsed[0]))


def _is_base(tokens: Tokens, at: int, expression: Expression) -> bool:
    when = periods.is_day(expression) or isinstance(expression, (Counted, Rolling, Portion))
    return is_base(tokens, at, when=when)


_LISTING = frozenset([",", "and", "or", "&", "to", "in", "on", "until", "from"])
_LIST_REACH = 3  # tokens between two items of a list: ", and in"


def _borrow_years(tokens: Tokens, readings: list[_Reading]) -> list[_Reading]:
    """Give the year of "June and July 2024" to June: a list states it once, at its end."""
    for index in range(len(readings) - 2, -1, -1):
        this, following = readings[index], readings[index + 1]
        between = tokens[this.end : following.at]
        if not this.expression.yearless or len(between) > _LIST_REACH or not between:
            continue
        if all((token.word or token.text) in _LISTING for token in between):
            readings[index] = this._replace(expression=this.expression.with_year_of(following.expression))
    return readings


class _Anchor(NamedTuple):
    """A resolved stretch, and where it stands."""

    period: Period
    reading: _Reading


def _resolved(place: _Place, tokens: Tokens, readings: list[_Reading], published: date | None) -> Iterator[DateMention]:
    """Yield the mentions; a stretch named by another ("a year earlier") takes the last one before it."""
    anchor: _Anchor | None = None
    for index, reading in enumerate(readings):
        expression, at, end = reading.expression, reading.at, reading.end
        if isinstance(expression, Later) and _dated_beside(tokens, readings, index):
            continue  # "a week later, on 26 April": the date itself is written
        near = None if anchor is None or not _reaches(tokens, reading, anchor.reading) else anchor.period
        tense = find_tense(tokens, at, end) if published is not None and expression.uses_tense else None
        if reading.base:
            tense = "past"
        period = expression.resolve(Setting(published, tense, near))
        if not isinstance(expression, (Beside, Preceding, Since)) and period.first is not None and not reading.base:
            anchor = _Anchor(period, reading)
        if isinstance(expression, Later):
            anchor = None  # "a year later ... two years later": whether from the first date or the second is open
        if isinstance(expression, Later) and expression.count > 1 and period.first is None:
            continue  # "five years later" without its date is a figure, and compared as one
        yield _mention(place, tokens, reading, period)


def _reaches(tokens: Tokens, reading: _Reading, anchor: _Reading) -> bool:
    """Say whether the date before may be meant: in the same sentence; for a story, in the two before it as well."""
    start = sentence_start(tokens, reading.at)
    if isinstance(reading.expression, (Later, Adjacent)) and not reading.base:
        if _told(tokens, anchor.at) or (isinstance(reading.expression, Later) and isinstance(anchor.expression, _NOW)):
            return False
        for _ in range(_STORY_REACH):
            start = sentence_start(tokens, start - 1) if start > 0 else 0
    return not isinstance(reading.expression, (Beside, Preceding, Later, Adjacent)) or anchor.at >= start


def _dated_beside(tokens: Tokens, readings: list[_Reading], index: int) -> bool:
    """Say whether a date stands right beside: "17 May, three weeks later", "a week later, on 26 April"."""
    this = readings[index]
    gaps = [tokens[readings[index - 1].end : this.at]] if index > 0 else []
    gaps += [tokens[this.end : readings[index + 1].at]] if index + 1 < len(readings) else []
    return any(len(gap) <= _LIST_REACH and all((t.word or t.text) in _BESIDE for t in gap) for gap in gaps)


_BESIDE = frozenset([",", "(", "–", "—", "-", "on", "in"])
_NOW = (Neighbour, FinancialNeighbour, Rolling, Ago, SoFar, Portion)  # of the day of writing, no date of a story
_STORY_REACH = 2  # sentences back; farther on a reader too looks for another date
_TELLING = frozenset(CONTEXT["neighbours"]["telling"])


def _told(tokens: Tokens, at: int) -> bool:
    """Say whether a date only tells when something was said: "said on Thursday that a month later ..."."""
    return any(token.word in _TELLING for token in tokens[max(at - 2, 0) : at])


def _mention(place: _Place, tokens: Tokens, reading: _Reading, period: Period) -> DateMention:
    span = Span(tokens[reading.at].start, tokens[reading.end - 1].end).shift(place.offset)
    return DateMention(
        surface=span.slice(place.text),
        span=span,
        kind=period.kind,
        first=period.first,
        last=period.last,
        relative=period.relative,
        base=reading.base,
        unresolved=period.unresolved,
    )


_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/-])")


def find_date_order(text: str) -> Order | None:
    """Return "uk" where the text writes the day before the month, "us" where after, None where it shows neither.

    Numeric dates with a number over 12 and dates with a month's name are counted; the majority decides.
    """
    votes = 0
    for match in _NUMERIC.finditer(text):
        one, two = int(match[1]), int(match[3])
        votes += (12 < one <= 31 and two <= 12) - (12 < two <= 31 and one <= 12)
    votes += month_day_order(text)
    return None if votes == 0 else "uk" if votes > 0 else "us"
