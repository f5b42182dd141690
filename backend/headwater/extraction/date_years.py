"""Reads years and what is made of them: bare years, financial and academic years, spans, decades, centuries."""

from __future__ import annotations

from functools import partial

from headwater.domain.quantities import PeriodKind
from headwater.extraction import calendar
from headwater.extraction.calendar import Period
from headwater.extraction.date_context import before, glued, is_year, names_code
from headwater.extraction.date_expressions import Bounds, Fixed, Yearly
from headwater.extraction.date_grammar import (
    Parsed,
    Source,
    in_months,
    in_whole_year,
    months_in,
    quarter_code,
    skip,
)
from headwater.extraction.date_tokens import ORDINALS, WORDS, Tokens, day_of, full_year, year_of


def bare_year(source: Source, at: int) -> Parsed | None:
    """Read a year that stands alone where its company makes it one; "2024 Q3" with what follows."""
    tokens = source.tokens
    year = year_of(tokens[at])
    if year is None:
        return None
    following = tokens[at + 1]
    if following.kind == "quarter":
        parsed = quarter_code(source, at + 1, alone=True)
        if parsed is not None and parsed[1] == at + 2:
            return parsed[0].with_year_of(in_whole_year(year)), at + 2
    if not is_year(tokens, at, at + 1, year):
        return None
    if following.word in ("financial", "fiscal", "tax") and tokens[at + 2].word == "year":
        return fiscal_named(year, source.order), at + 3
    return in_whole_year(year), at + 1


def quarter_of_year(source: Source, at: int) -> Parsed | None:
    """Read "2022 fourth quarter", "2022's third quarter", "2019's first half": the year before its part."""
    tokens = source.tokens
    year, possessive = year_of(tokens[at]), tokens[at + 1].word == "'s"
    if year is None or names_code(tokens, at, at + 1):
        return None
    end = at + 2 if possessive else at + 1
    if possessive and tokens[end].kind == "quarter":
        parsed = quarter_code(source, end, alone=True)
        return (parsed[0].with_year_of(in_whole_year(year)), end + 1) if parsed and parsed[1] == end + 1 else None
    nth = ORDINALS.get(tokens[end].word) or (day_of(tokens[end]) if tokens[end].kind == "ordinal" else None)
    end = skip(tokens, end + 1, "-")
    months = _PARTS.get(tokens[end].word, 0)
    if nth is None or not months or (glued(tokens[end], tokens[end + 1]) and tokens[end + 1].text == "-"):
        return None
    nth = 12 // months if nth == -1 else nth
    if not 1 <= nth <= 12 // months or tokens[end + 1].word in ("final", "finals", "finish"):
        return None
    expression = in_months((nth - 1) * months + 1, months, PeriodKind(tokens[end].word))
    return expression.with_year_of(in_whole_year(year)), end + 1


_PARTS = {"quarter": 3, "half": 6}  # months in each


def fiscal_named(year: int, order: str) -> Yearly:
    """Return the financial year named by one year: the year it ends in, on both sides of the Atlantic."""
    return fiscal_from(year - 1, order)


def fiscal_from(starts: int, order: str) -> Yearly:
    """Return the financial year that starts in the given year."""
    return Yearly(PeriodKind.FINANCIAL_YEAR, partial(_fiscal_in, order), year=starts)


def _fiscal_in(order: str, year: int) -> Bounds | None:
    return calendar.financial_year(year, order)


def fiscal_code(source: Source, at: int) -> Parsed | None:
    """Read "FY2024", "FY 2023-24", "FY24"."""
    digits = [part for part in _split_digits(source.tokens[at].text) if part]
    first = full_year(digits[0])
    if len(digits) > 1:
        return fiscal_from(first, source.order), at + 1
    return fiscal_named(first, source.order), at + 1


def _split_digits(text: str) -> list[str]:
    return "".join(sign if sign.isdigit() else " " for sign in text).split()


def fiscal_words(source: Source, at: int) -> Parsed | None:
    """Read "financial year 2023-24", "fiscal year 2024", "fiscal 2024", "tax year 2023/24", "academic year 2023/24"."""
    tokens = source.tokens
    kind = tokens[at].word
    end = skip(tokens, at + 1, "year", "years")
    if end == at + 1 and kind != "fiscal":
        return None
    school = kind in ("academic", "school")
    year = year_of(tokens[end])
    if tokens[end].kind == "span":
        start = int(tokens[end].text[:4])
        return _school(start) if school else fiscal_from(start, source.order), end + 1
    if year is None or school:
        return None
    return fiscal_named(year, source.order), end + 1


def _school(starts: int) -> Yearly:
    """Return an academic year: September to August."""
    return Yearly(PeriodKind.RANGE, partial(months_in, 9, 12), year=starts)


def year_span(source: Source, at: int) -> Parsed | None:
    """Read "2023/24", "2023-24 financial year", "2010-2015", "1939-45", "2024-11" and say which it is.

    Two years in a row are a financial year in British use and where words say so; "2019-2020" written in full and
    American "2023-24" are the two calendar years.
    """
    tokens, text = source.tokens, source.tokens[at].text
    first = int(text[:4])
    digits = _split_digits(text)[1]
    last = full_year(digits, first)
    if not is_year(tokens, at, at + 1, first) and not _plain_span(tokens, at, last - first):
        return None
    if last == first + 1:
        consecutive = _year_in_two(source, at, first, digits)
        if consecutive is not None:
            return consecutive
    if len(digits) == 2 and not first < last <= first + 60:  # 60: "1939-45"; beyond, two digits are a month or a code
        return _iso_month(text, first, int(digits), at)
    if last <= first:
        return None
    begin, end = calendar.months_from(first, 1, 12)[0], calendar.months_from(last, 1, 12)[1]
    return Fixed(Period(PeriodKind.RANGE, begin, end)), at + 1


def _year_in_two(source: Source, at: int, first: int, digits: str) -> Parsed | None:
    """Read a financial or academic year that runs over two calendar years."""
    tokens = source.tokens
    named = tokens[at + 1].word
    if named in ("academic", "school") or before(tokens, at).word in ("academic", "school"):
        end = at + 1 if named not in ("academic", "school") else skip(tokens, at + 2, "year")
        return _school(first), end
    if named in ("financial", "fiscal", "tax") and tokens[at + 2].word in ("year", "years"):
        return fiscal_from(first, source.order), at + 3
    if (len(digits) == 2 or "/" in tokens[at].text) and source.order == "uk" and named not in ("season", "winter"):
        return fiscal_from(first, source.order), at + 1
    return None


def _plain_span(tokens: Tokens, at: int, years: int) -> bool:
    """Say whether a span of years needs no word before it: a short one, not tied to a name or code."""
    left, right = before(tokens, at), tokens[at + 1]
    tied = glued(left, tokens[at]) and left.text not in ("(", "[", "“", "‘", '"', "'", "|", "\n")
    return (
        not tied and right.text not in ("%", "-", "/") and 0 < years <= 60 and left.word not in ("no", "docket", "tel")
    )


def _iso_month(text: str, year: int, month: int, at: int) -> Parsed | None:
    if not 1 <= month <= 12 or "-" not in text or " " in text:
        return None
    return in_months(month, 1, PeriodKind.MONTH).with_year_of(in_whole_year(year)), at + 1


WHOSE = frozenset({"his", "her", "their", "my", "our", "your"})


def decade(source: Source, at: int) -> Parsed | None:
    """Read "1980s", "the 90s", "the '80s"; not ages ("in her 80s") and not degrees ("the low 70s")."""
    tokens, text = source.tokens, source.tokens[at].text
    digits = "".join(sign for sign in text if sign.isdigit())
    previous = before(tokens, at)
    if len(digits) == 2:
        led = previous.word == "the" or previous.word in ("early", "late") or previous.text == "-"
        if previous.word in ("early", "late") and before(tokens, at - 1).word in WHOSE:
            return None  # "in their early 60s"
        oldest = 30 if text[0] in "'’‘" else 50  # "the 20s", "the 40s" are of this century, the last, or degrees
        if not (led or text[0] in "'’‘") or int(digits) < oldest:
            return None
    start = 1900 + int(digits) if len(digits) == 2 else int(digits)
    count, kind = 10, PeriodKind.DECADE
    if start % 100 == 0 and start != 2000:  # "the 1800s" are a century; "the 2000s" the years 2000 to 2009
        count, kind = 100, PeriodKind.CENTURY
    return Fixed(Period(kind, *calendar.months_from(start, 1, 12 * count))), at + 1


def decade_words(source: Source, at: int) -> Parsed | None:
    """Read "the nineties", "the nineteen-eighties"; ages ("his eighties") are not."""
    tokens = source.tokens
    value = WORDS["decade_words"].get(tokens[at].word)
    led = before(tokens, at).word in ("the", "early", "late", "nineteen") or before(tokens, at).text == "-"
    if value is None or value < 50 or not led:
        return None  # 50: as for digits
    return Fixed(Period(PeriodKind.DECADE, *calendar.months_from(1900 + value, 1, 120))), at + 1


def century(source: Source, at: int) -> Parsed | None:
    """Read "19th century", "twenty-first century", "21st-century"."""
    tokens = source.tokens
    number, end = day_of(tokens[at]), at + 1
    if tokens[at].word == "twenty" and tokens[at + 1].text == "-" and tokens[at + 2].word in ORDINALS:
        number, end = 20 + ORDINALS[tokens[at + 2].word], at + 3
    end = skip(tokens, end, "-")
    if number is None or tokens[end].word not in ("century", "centuries") or not 1 <= number <= 30:
        return None
    if tokens[at].kind == "int":
        return None
    first = max((number - 1) * 100, 1)
    return Fixed(Period(PeriodKind.CENTURY, *calendar.months_from(first, 1, 1200))), end + 1
