"""Reads stretches named from the document's date: today, last year, this Thursday, the past year, a year ago."""

from __future__ import annotations

from dataclasses import replace

from headwater.domain.quantities import PeriodKind
from headwater.extraction import calendar
from headwater.extraction.date_context import before, begins_sentence, is_today, is_weekday
from headwater.extraction.date_expressions import Expression, Yearly
from headwater.extraction.date_grammar import Parsed, Source, in_months, skip
from headwater.extraction.date_relative import Ago, FinancialNeighbour, Neighbour, Rolling, Weekday, Weekend
from headwater.extraction.date_sequels import Adjacent, Later
from headwater.extraction.date_stretches import Beside, Preceding
from headwater.extraction.date_tokens import (
    CONTEXT,
    DAYS_FROM_NOW,
    MONTHS,
    SEASONS,
    UNITS,
    WEEKDAYS,
    WORDS,
    Tokens,
    count_of,
)

_OFFSETS = {"last": -1, "this": 0, "current": 0, "next": 1}
_PARTS_OF_DAY = frozenset(WORDS["day_parts"]["words"])
_YEAR_NAMES = frozenset(CONTEXT["neighbours"]["financial"])
_LATER = frozenset(CONTEXT["neighbours"]["later"])
_ROUNDING = frozenset(CONTEXT["neighbours"]["rounding"])
_AGO = frozenset(CONTEXT["neighbours"]["ago"])
_EARLIER = frozenset(CONTEXT["neighbours"]["earlier"])
_BEFORE_LAST = frozenset(CONTEXT["neighbours"]["before_last"])
_MODALS = frozenset(CONTEXT["neighbours"]["modals"])
_ADVERBS = frozenset(CONTEXT["neighbours"]["adverbs"])
_ADVERBS_DEEP = 4  # words between a modal and its verb: "will probably only just last"
_MONTHS_IN_HALF_A_YEAR = 6  # half a quarter or a month is nobody's period


def day_from_now(source: Source, at: int) -> Parsed | None:
    """Read "today", "yesterday evening", "tomorrow"."""
    tokens = source.tokens
    if not is_today(tokens, at):
        return None
    end = at + 2 if tokens[at + 1].word in _PARTS_OF_DAY else at + 1
    return Neighbour("day", DAYS_FROM_NOW[tokens[at].word]), end


def neighbour(source: Source, at: int) -> Parsed | None:
    """Read "last year", "this week", "next Thursday", "last June", "this summer", "this morning", "last night"."""
    tokens = source.tokens
    offset = _OFFSETS[tokens[at].word]
    word, end = tokens[at + 1].word, at + 2
    if word in _PARTS_OF_DAY and tokens[at].word in ("this", "last"):
        return Neighbour("day", offset if word == "night" else 0), end
    if word in _YEAR_NAMES and tokens[end].word == "year":
        return FinancialNeighbour(offset, source.order), end + 1
    if word in UNITS and UNITS[word] not in ("day", "half") and not word.endswith("s"):
        return None if _articled_unit(source, at) else (Neighbour(UNITS[word], offset), end)
    return _named_neighbour(source, at, offset)


def _named_neighbour(source: Source, at: int, offset: int) -> Parsed | None:
    tokens, word, end = source.tokens, source.tokens[at + 1].word, at + 2
    if word in SEASONS:
        return _season(word, offset), end
    if not tokens[at + 1].text[:1].isupper() or tokens[at].word == "current":
        return None
    if word in WEEKDAYS:
        return _weekday(tokens, end, Weekday(WEEKDAYS[word], offset, this=offset == 0))
    return (_month(MONTHS[word], offset), end) if word in MONTHS else None


def _articled_unit(source: Source, at: int) -> bool:
    """Say whether "the" makes it a rolling unit ("the last year") or part of another ("the last week of October")."""
    tokens = source.tokens
    return tokens[at].word != "this" and before(tokens, at).word == "the" and tokens[at].word != "current"


def _weekday(tokens: Tokens, end: int, weekday: Weekday) -> Parsed:
    return weekday, end + 1 if tokens[end].word in _PARTS_OF_DAY else end


def _season(word: str, offset: int) -> Expression:
    first, last = SEASONS[word]
    expression = in_months(first, (last - first) % 12 + 1, PeriodKind.RANGE)
    if offset == 0:
        return replace(expression, nearest=True)
    return replace(expression, strict=offset)


def _month(month: int, offset: int) -> Yearly:
    expression = in_months(month, 1, PeriodKind.MONTH)
    return replace(expression, offset=0) if offset == 0 else replace(expression, strict=offset)


def weekday(source: Source, at: int) -> Parsed | None:
    """Read "Thursday", "Thursday night"."""
    tokens = source.tokens
    if not is_weekday(tokens, at):
        return None
    return _weekday(tokens, at + 1, Weekday(WEEKDAYS[tokens[at].word]))


def rolling(source: Source, at: int) -> Parsed | None:
    """Read "last 12 months", "the last year", "past three weeks", "next five years", "coming decade".

    Without a count it is rolling only after "the" ("in the last year") or with "past" and "coming".
    """
    tokens, word = source.tokens, source.tokens[at].word
    end = skip(tokens, at + 1, "full")
    halves = _halves(tokens, at, end)
    if halves is not None:
        return halves
    count = count_of(tokens[end])
    if count is not None and (tokens[end].word in ("a", "an") or not _led(tokens, at)):
        return None
    if count is None:
        unit = UNITS.get(tokens[end].word)
        rolls = word in ("past", "coming") or before(tokens, at).word == "the"
        if not rolls or unit in ("half", "weekend", "century") or tokens[end].word.endswith("s"):
            return None
        count, end = 1, end - 1
    else:
        unit = UNITS.get(tokens[end + 1].word)
    if unit is None or count == 0 or tokens[end + 2].word in ("of", "in"):
        return None
    if unit == "day" and count == 1:
        return None  # "the last day", "the next day" are days of a story
    return Rolling(count, unit, ahead=word in ("next", "coming")), end + 2


def _led(tokens: Tokens, at: int) -> bool:
    """Say whether "last" before a count is no verb: "in the last two weeks", but "talks last two days"."""
    left = before(tokens, at)
    return tokens[at].word != "last" or not left.word or left.word in _BEFORE_LAST or begins_sentence(tokens, at)


def is_verb(tokens: Tokens, at: int) -> bool:
    """Say whether "last" is a verb: "will last two weeks of June", "could typically last a year"."""
    left = at - 1
    while left > at - _ADVERBS_DEEP and before(tokens, left + 1).word in _ADVERBS:
        left -= 1
    return tokens[at].word == "last" and before(tokens, left + 1).word in _MODALS


def _halves(tokens: Tokens, at: int, end: int) -> Parsed | None:
    """Read "past half-century", "last half year", "past year and a half", "next two and a half years"."""
    rolls = tokens[at].word in ("past", "coming") or (
        before(tokens, at).word == "the" and before(tokens, at - 1).word in _BEFORE_LAST
    )
    if tokens[end].word == "half":
        end = skip(tokens, end + 1, "-")
        months = calendar.MONTHS_OF.get(tokens[end].word, 0) // 2
        closes = end + 1
    else:
        count = count_of(tokens[end])
        unit_at = end + 1 if count else end
        after, unit = unit_at + 1, UNITS.get(tokens[unit_at].word, "")
        if _and_a_half(tokens, unit_at):
            after = unit_at + 4
            unit = UNITS.get(tokens[unit_at + 3].word, "")
        elif not _and_a_half(tokens, after):
            return None
        else:
            after += 3
        months = (calendar.MONTHS_OF.get(unit, 0) * (2 * (count or 1) + 1)) // 2
        rolls = rolls or (count is not None and _led(tokens, at))
        closes = after
    if months < _MONTHS_IN_HALF_A_YEAR or not rolls:
        return None
    return Rolling(months, "month", ahead=tokens[at].word in ("next", "coming")), closes


def _and_a_half(tokens: Tokens, at: int) -> bool:
    return (tokens[at].word, tokens[at + 1].word, tokens[at + 2].word) == ("and", "a", "half")


def beside(source: Source, at: int) -> Parsed | None:
    """Read "previous year", "preceding quarter", "following month": by the stretch named before."""
    tokens = source.tokens
    count = count_of(tokens[at + 1])
    if count is not None and count > 1 and tokens[at + 2].word in UNITS and tokens[at].word != "following":
        return Preceding(count, UNITS[tokens[at + 2].word]), at + 3
    unit, following = UNITS.get(tokens[at + 1].word), tokens[at].word == "following"
    if unit in (None, "half", "weekend") or tokens[at + 1].word.endswith("s") or tokens[at + 2].text == "-":
        return None
    if following and before(tokens, at).word != "the":
        return None  # "following week-long talks", "following year after year of cuts"
    return Adjacent(1 if following else -1, str(unit)), at + 2


def next_day(source: Source, at: int) -> Parsed | None:
    """Read "next day" of "the next day", "next morning": in a story, the day after the date before it."""
    tokens = source.tokens
    told = before(tokens, at).word == "the" and tokens[at + 1].word in ("day", "morning")
    goes_on = tokens[at + 2].kind == "word" and tokens[at + 2].word in ("of", "or", "off", "delivery")
    return (Adjacent(1, "day"), at + 2) if told and not goes_on and tokens[at + 2].text != "-" else None


def counted_ago(source: Source, at: int) -> Parsed | None:
    """Read "three years ago", "a year earlier", "the year before", "two weeks from now", "in three years' time"."""
    tokens = source.tokens
    count = 1 if tokens[at].word == "the" else count_of(tokens[at])
    unit = UNITS.get(tokens[at + 1].word.rstrip("'"))
    if count is None or unit is None or unit == "half" or before(tokens, at).word == "half" or _compound(tokens, at):
        return None  # "half a century ago"
    end, mark = at + 2, tokens[at + 2].word
    if tokens[at].word == "the":
        whole = mark == "before" and unit != "day" and tokens[end + 1].kind != "word"
        return (Adjacent(-1, unit), end + 1) if whole else None
    if mark in _AGO:
        return Ago(count, unit), end + 1
    if mark in _EARLIER or (mark == "before" and tokens[end + 1].kind != "word"):
        return Beside(-count, unit), end + 1
    return _later(tokens, at, count, unit) or _ahead(source, at, count, unit)


def _compound(tokens: Tokens, at: int) -> bool:
    """Say whether a hyphen ties the count to a larger one: the "five" of "twenty-five years ago"."""
    return before(tokens, at).text == "-" and count_of(before(tokens, at - 1)) is not None


def _later(tokens: Tokens, at: int, count: int, unit: str) -> Parsed | None:
    """Read "two days later", "a month afterwards", "six weeks after that"; not the rounded "nearly a year later"."""
    end, mark = at + 2, tokens[at + 2].word
    pair = mark == "after" and tokens[end + 1].word in ("that", "this") and tokens[end + 2].kind != "word"
    if not (mark in _LATER or pair) or unit == "weekend" or before(tokens, at).word in _ROUNDING:
        return None
    if before(tokens, at).word == "and" and before(tokens, at - 1).word in UNITS:
        return None  # "a year and two months later" is longer
    end += 2 if pair else 1
    return None if tokens[end].word in ("than", "this", "in", "on", "that") and not pair else (Later(count, unit), end)


def _ahead(source: Source, at: int, count: int, unit: str) -> Parsed | None:
    tokens, end = source.tokens, at + 2
    if tokens[end].word == "from" and tokens[end + 1].word in ("now", "today"):
        return Ago(-count, unit), end + 2
    end = skip(tokens, end, "'", "’", "'s")
    if tokens[end].word == "time" and before(tokens, at).word == "in":
        return Ago(-count, unit), end + 1
    return None


def unit_beyond(source: Source, at: int) -> Parsed | None:
    """Read "the week after next", "the year before last", "the day after tomorrow", "over the weekend"."""
    tokens = source.tokens
    unit = UNITS.get(tokens[at + 1].word)
    pair = (tokens[at + 2].word, tokens[at + 3].word)
    if unit == "weekend" and before(tokens, at).word in ("over", "at", "on", "during"):
        return Weekend(), at + 2
    steps = {("after", "next"): 2, ("before", "last"): -2}
    if unit == "day":
        steps = {("after", "tomorrow"): 2, ("before", "yesterday"): -2}
    if unit is None or unit == "half" or pair not in steps:
        return None
    return Neighbour(unit, steps[pair]), at + 4
