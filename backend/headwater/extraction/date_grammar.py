"""Reads one stretch of the year as the calendar names it: days, months, quarters, seasons, feast days.

Every function looks at the tokens from `at` on and returns what it read with the index after it, or None. None of them
looks further than a bounded number of tokens, so that the whole is linear.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, NamedTuple

from headwater.domain.quantities import PeriodKind
from headwater.extraction import calendar
from headwater.extraction.calendar import Period
from headwater.extraction.date_context import before, begins_sentence, glued, is_month
from headwater.extraction.date_expressions import Bounds, Expression, Fixed, Yearly, whole_year
from headwater.extraction.date_stretches import Through
from headwater.extraction.date_tokens import (
    CONTEXT,
    MONTHS,
    SEASONS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    WORDS,
    Token,
    Tokens,
    day_of,
    full_year,
    year_of,
)


class Source(NamedTuple):
    """The tokens of a text and the order of its numeric dates."""

    tokens: Tokens
    order: str


Parsed = tuple[Expression, int]
Rule = Callable[[Source, int], Parsed | None]


def _day_in(month: int, day: int, year: int) -> Bounds | None:
    found = calendar.find_day(year, month, day)
    return (found, found) if found else None


def months_in(month: int, count: int, year: int) -> Bounds | None:
    """Return the bounds of whole months of a year."""
    return calendar.months_from(year, month, count)


def _holiday_in(index: int, year: int) -> Bounds | None:
    row = WORDS["holidays"][index]
    if "easter" in row:
        day = calendar.shift_days(calendar.easter_sunday(year), row["easter"])
    elif "nth" in row:
        found = calendar.nth_weekday(year, row["month"], row["weekday"], row["nth"])
        if found is None:
            return None
        day = calendar.shift_days(found, row.get("shift", 0))
    else:
        return _day_in(row["month"], row["day"], year)
    return day, day


def on_day(month: int, day: int, weekday: int | None = None) -> Yearly:
    """Return a day of the year without its year."""
    return Yearly(PeriodKind.DAY, partial(_day_in, month, day), weekday=weekday)


def in_months(month: int, count: int, kind: PeriodKind) -> Yearly:
    """Return whole months of the year without their year."""
    return Yearly(kind, partial(months_in, month, count), month=month if count == 1 else 0)


def nth_weekday_of(month: int, weekday: int, nth: int) -> Yearly:
    """Return the nth weekday of a month without its year (-1 for the last)."""
    return Yearly(PeriodKind.DAY, partial(_nth_weekday_in, month, weekday, nth))


def _nth_weekday_in(month: int, weekday: int, nth: int, year: int) -> Bounds | None:
    found = calendar.nth_weekday(year, month, weekday, nth)
    return (found, found) if found else None


@lru_cache(maxsize=1024)  # the same few years come again and again
def in_whole_year(year: int) -> Yearly:
    """Return a calendar year."""
    return Yearly(PeriodKind.YEAR, whole_year, year=year)


def month_at(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Return (month, index after it) for a month's name or its abbreviation with or without a point."""
    word = tokens[at].word
    if word in MONTHS:
        return MONTHS[word], at + 1
    if word in SHORT_MONTHS:
        pointed = tokens[at + 1].text == "." and glued(tokens[at], tokens[at + 1])
        return SHORT_MONTHS[word], at + 2 if pointed else at + 1
    return None


def year_at(tokens: Tokens, at: int) -> tuple[Yearly, int] | None:
    """Return the year written behind a day or month: "2024", ", 2024", "of last year", "'24"."""
    start = at
    if tokens[at].text == "," or tokens[at].word in ("of", "in"):
        at += 1
    year = year_of(tokens[at])
    if year is not None and not _goes_on(tokens, at):
        return in_whole_year(year), at + 1
    if tokens[at].kind == "short" and at == start:
        return in_whole_year(full_year(tokens[at].text[1:])), at + 1
    offset = {"last": -1, "this": 0, "next": 1}.get(tokens[at].word)
    if offset is not None and tokens[at + 1].word == "year":
        return Yearly(PeriodKind.YEAR, whole_year, offset=offset), at + 2
    return None


def _goes_on(tokens: Tokens, at: int) -> bool:
    """Say whether a hyphen or slash ties the number to another."""
    tie, outer = tokens[at + 1], tokens[at + 2]
    return glued(tokens[at], tie) and tie.text in ("/", "-") and glued(tie, outer) and outer.kind == "int"


def with_year(source: Source, expression: Yearly, at: int) -> Parsed:
    """Give an expression the year written behind it, if there is one."""
    found = year_at(source.tokens, at)
    if found is None:
        return expression, at
    return expression.with_year_of(found[0]), found[1]


def skip(tokens: Tokens, at: int, *words: str) -> int:
    """Return the index after the token where it is one of the words or marks, else `at`."""
    return at + 1 if (tokens[at].word or tokens[at].text) in words else at


def day_first(source: Source, at: int, weekday: int | None = None) -> Parsed | None:
    """Read "7 November 2024", "7th of November", "the seventh of November last year", "7-Nov-24"."""
    tokens = source.tokens
    day = day_of(tokens[at])
    if day is None:
        return None
    hyphen = tokens[at + 1].text == "-" and glued(tokens[at], tokens[at + 1])
    month = month_at(tokens, at + 2) if hyphen else month_at(tokens, skip(tokens, at + 1, "of"))
    if month is None or (tokens[at].kind == "word" and tokens[at + 1].word != "of"):
        return None
    if tokens[at].kind == "int" and not _free_of_numbers(tokens, at):
        return None
    end = month[1]
    if month[0] in (3, 5) and not tokens[end - 1].text[:1].isupper() and year_at(tokens, end) is None:
        return None  # "3 may be", "10 march on": lower-case May and March count only beside a year
    if hyphen and tokens[end].text == "-" and tokens[end + 1].kind == "int" and len(tokens[end + 1].text) in (2, 4):
        year = in_whole_year(full_year(tokens[end + 1].text))
        return on_day(month[0], day, weekday).with_year_of(year), end + 2
    return with_year(source, on_day(month[0], day, weekday), end)


_DAY_JOINS = frozenset(["to", "until", "till", "through", "-", "–", "and", "&"])
_LONGEST_LIST = 6  # days named before one month: "3, 7, 9 and 21 June"


def day_range(source: Source, at: int) -> Parsed | None:
    """Read "1-3 November 2024", "5th to 7th of November"; "5 and 6 November" where the days are neighbours."""
    tokens = source.tokens
    first, mark = day_of(tokens[at]), tokens[at + 1].word or tokens[at + 1].text
    if first is None or mark not in _DAY_JOINS or not _free_of_numbers(tokens, at):
        return None
    second = day_first(source, at + 2)
    last = day_of(tokens[at + 2])
    if second is None or last is None or first >= last or (mark in ("and", "&") and last != first + 1):
        return None
    month = month_at(tokens, skip(tokens, at + 3, "of"))
    if month is None or not isinstance(second[0], Yearly):
        return None
    return Through(on_day(month[0], first), second[0]), second[1]


def listed_day(source: Source, at: int) -> Parsed | None:
    """Read the "3" of "3, 7 and 9 June 2024": a day whose month stands behind the last of the list."""
    tokens, end = source.tokens, at
    for _ in range(_LONGEST_LIST):
        if day_of(tokens[end]) is None or tokens[end].kind == "word":
            return None
        after = skip(tokens, skip(tokens, end + 1, ","), "and", "or", "&")
        if after == end + 1:
            break
        end = after
    last = day_first(source, end) if end > at and _free_of_numbers(tokens, at) else None
    month = month_at(tokens, skip(tokens, end + 1, "of"))
    if last is None or month is None:
        return None
    return on_day(month[0], day_of(tokens[at]) or 1).with_year_of(last[0]), at + 1


def _days_after_month(source: Source, month: int, at: int) -> Parsed | None:
    """Read the "5-7, 2024" of "November 5-7, 2024"."""
    tokens = source.tokens
    first, last, mark = day_of(tokens[at]), day_of(tokens[at + 2]), tokens[at + 1].word or tokens[at + 1].text
    if first is None or last is None or mark not in _DAY_JOINS or first >= last or tokens[at + 2].kind == "word":
        return None
    behind = tokens[at + 3]
    if month_at(tokens, at + 3) is not None or (glued(tokens[at + 2], behind) and behind.text in "-/%"):
        return None
    if mark in ("and", "&") and last != first + 1:
        return None
    second = with_year(source, on_day(month, last), at + 3)
    return Through(on_day(month, first), second[0]), second[1]


def _free_of_numbers(tokens: Tokens, at: int) -> bool:
    """Say whether no money mark, point or hyphenated number stands right before a day."""
    left = before(tokens, at)
    if not glued(left, tokens[at]):
        return True
    return left.text in ("\n", "(", "[", "“", "‘", '"', "'", "–", "—", "-", "|", ":", "/", ",", "•", ">")


def month_first(source: Source, at: int, weekday: int | None = None) -> Parsed | None:
    """Read "November 7, 2024", "Nov. 7", "November the 7th", "November 2024", "June last year", "June"."""
    tokens = source.tokens
    month = month_at(tokens, at)
    if month is None:
        return None
    number, end = month
    year = year_at(tokens, end)
    if year is not None:
        return in_months(number, 1, PeriodKind.MONTH).with_year_of(year[0]), year[1]
    after = skip(tokens, end, "the")
    day = day_of(tokens[after]) if tokens[after].kind in ("int", "ordinal") else None
    sure = tokens[at].text[:1].isupper() or (tokens[at].word in MONTHS and number not in (3, 5))
    if day is not None and sure and _is_day(tokens, after):
        several = _days_after_month(source, number, after)
        if several is not None:
            return several
        return with_year(source, on_day(number, day, weekday), after + 1)
    if weekday is None and (is_month(tokens, at) if tokens[at].word in MONTHS else _ends_range(tokens, at, end)):
        return in_months(number, 1, PeriodKind.MONTH), end
    return None


def _ends_range(tokens: Tokens, at: int, end: int) -> bool:
    """Say whether an abbreviated month stands at one end of a range: "Apr-Jun", "July to Sept"."""
    if not tokens[at].text[:1].isupper():
        return False
    left, right = before(tokens, at), tokens[end]
    if (left.word or left.text) in _DAY_JOINS and month_at(tokens, max(at - 2, 0)) is not None:
        return True
    return (right.word or right.text) in _DAY_JOINS and month_at(tokens, end + 1) is not None


def _is_day(tokens: Tokens, at: int) -> bool:
    """Say whether the number after a month is its day: not "May 20 people", "March 3-2 win", "June 5%"."""
    following = tokens[at + 1]
    if following.text in ("%", "/") or (following.word in ("per", "percent", "million", "people", "pm", "am")):
        return False
    return not (following.text == ":" and tokens[at + 2].kind in ("int", "number") and glued(following, tokens[at + 2]))


def iso_day(source: Source, at: int) -> Parsed | None:
    """Read "2024-11-07"."""
    year, month, day = (int(part) for part in source.tokens[at].text[:10].split("-"))
    found = calendar.find_day(year, month, day)
    return (Fixed(Period(PeriodKind.DAY, found, found)), at + 1) if found else None


def numeric_day(source: Source, at: int) -> Parsed | None:
    """Read "07/11/2024", "7.11.2024", "07/11/24" by the document's order; a number over 12 decides itself."""
    text = source.tokens[at].text
    mark = next(sign for sign in text if not sign.isdigit())
    one, two, year = text.split(mark)
    if (mark != "/" and len(year) == 2) or (mark == "." and len(year) != 4):
        return None  # "1.2.24" is a version or a section
    day, month = int(one), int(two)
    if month > 12 or (source.order == "us" and day <= 12):
        day, month = month, day
    found = calendar.find_day(full_year(year), month, day)
    return (Fixed(Period(PeriodKind.DAY, found, found)), at + 1) if found else None


def weekday_at(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Return (weekday, index after it) for a full name, or for an abbreviation with a date behind it."""
    word = tokens[at].word
    if word in WEEKDAYS:
        return WEEKDAYS[word], at + 1
    if word in SHORT_WEEKDAYS and tokens[at].text[:1].isupper():
        return SHORT_WEEKDAYS[word], skip(tokens, at + 1, ".")
    return None


def weekday_with_date(source: Source, at: int) -> Parsed | None:
    """Read "Thursday 7 November 2024", "Thursday, Nov. 7", "Thursday (7 November)", "Thursday the 7th of November"."""
    tokens = source.tokens
    weekday = weekday_at(tokens, at)
    if weekday is None:
        return None
    day, end = weekday
    opened = tokens[end].text == "("
    end = skip(tokens, end, ",", "(")
    end = skip(tokens, end, "the")
    parsed = day_first(source, end, day) or month_first(source, end, day)
    if parsed is None and tokens[end].kind in ("numeric", "iso"):
        parsed = (numeric_day if tokens[end].kind == "numeric" else iso_day)(source, end)
    if parsed is None or not _has_day(parsed[0]):
        return None
    return (parsed[0], parsed[1] + 1) if opened and tokens[parsed[1]].text == ")" else parsed


def _has_day(expression: Expression) -> bool:
    if isinstance(expression, Yearly):
        return expression.kind is PeriodKind.DAY
    return isinstance(expression, (Fixed, Through))


def quarter_code(source: Source, at: int, *, alone: bool = False) -> Parsed | None:
    """Read "Q3", "Q3 2024", "Q3 of 2024", "H1 2024"; "H1" without its year only if `alone` allows it."""
    tokens, text = source.tokens, source.tokens[at].text.upper()
    number = int(text.strip("QH"))
    months = 3 if "Q" in text else 6
    kind = PeriodKind.QUARTER if months == 3 else PeriodKind.HALF
    expression = in_months((number - 1) * months + 1, months, kind)
    parsed = with_year(source, expression, at + 1)
    if parsed[1] == at + 1:
        span = tokens[at + 1]
        if span.kind == "span":  # "Q3 2023-24": a quarter of the financial year
            return None
        if months == 6 and not alone:
            return None  # "H1" alone is a road, a grade, a heading
    return parsed


def season(source: Source, at: int) -> Parsed | None:
    """Read "summer 2023", "the summer of 2023", "winter 2023-24"; a season without its year is left alone."""
    tokens = source.tokens
    first, last = SEASONS[tokens[at].word]
    expression = in_months(first, (last - first) % 12 + 1, PeriodKind.RANGE)
    span_at = skip(tokens, at + 1, "of")
    if tokens[span_at].kind == "span" and tokens[at].word == "winter":
        return expression.with_year_of(in_whole_year(int(tokens[span_at].text[:4]))), span_at + 1
    found = year_at(tokens, at + 1)
    return (expression.with_year_of(found[0]), found[1]) if found else None


def holiday(source: Source, at: int) -> Parsed | None:
    """Read a day with a name: "Christmas Day 2023", "Easter"; not "Christmas tree", "Easter Island"."""
    tokens = source.tokens
    for index in _HOLIDAYS.get(tokens[at].word, ()):
        name = WORDS["holidays"][index]["name"]
        if [token.word for token in tokens[at : at + len(name)]] != name or not tokens[at].text[:1].isupper():
            continue
        if before(tokens, at).text[:1].isupper() and not begins_sentence(tokens, at - 1):
            return None  # "Cuban Independence Day", "Miss Easter"
        expression = Yearly(PeriodKind.DAY, partial(_holiday_in, index))
        parsed = with_year(source, expression, at + len(name))
        return parsed if parsed[1] > at + len(name) or _ends_name(tokens, at + len(name)) else None
    return None


def _ends_name(tokens: Tokens, at: int) -> bool:
    """Say whether what follows a feast day is not part of its name or of a compound."""
    token: Token = tokens[at]
    return token.kind != "word" or token.word in _AFTER_HOLIDAY


_AFTER_HOLIDAY = frozenset(CONTEXT["holidays"]["after"])


def _index_holidays() -> dict[str, tuple[int, ...]]:
    rows: list[dict[str, Any]] = WORDS["holidays"]
    first = {row["name"][0] for row in rows}
    longest_first = sorted(range(len(rows)), key=lambda index: -len(rows[index]["name"]))
    return {word: tuple(i for i in longest_first if rows[i]["name"][0] == word) for word in first}


_HOLIDAYS = _index_holidays()
