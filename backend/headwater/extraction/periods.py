"""Reads stretches made of others: quarters by ordinal, the last week of June, early 2023, the end of June, ranges.

Each tier is built of the one below, so that the depth of any phrase is bounded: a stretch by name; a part of one; an
edge or portion; a range. The tier above, counted, open and compared stretches, is `date_frames.py`.
"""

from __future__ import annotations

from headwater.domain.quantities import PeriodKind
from headwater.extraction import date_grammar as named
from headwater.extraction import date_neighbours as near
from headwater.extraction import date_years as years
from headwater.extraction.date_context import before, glued
from headwater.extraction.date_expressions import Expression, Fixed, Yearly
from headwater.extraction.date_grammar import Parsed, Rule, Source, in_months, skip, with_year
from headwater.extraction.date_relative import FinancialNeighbour, Neighbour, Weekday
from headwater.extraction.date_stretches import Edge, Part, Portion, Through
from headwater.extraction.date_tokens import (
    CONTEXT,
    DAYS_FROM_NOW,
    MONTHS,
    ORDINALS,
    SEASONS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    UNITS,
    WEEKDAYS,
    WORDS,
    Tokens,
    count_of,
    day_of,
)

_MOVERS = frozenset(CONTEXT["ranges"]["movers"])
_LOOK_BACK = 6  # tokens before "from" in which a verb can move a date: "moved the start of the scheme from"
_OPEN_END = frozenset(CONTEXT["open_end"]["words"])
_FINALS = frozenset(["final", "finals", "finalist", "finalists", "finish"])  # of games: "a fourth quarter finish"
JOINS = frozenset(CONTEXT["ranges"]["joins"])
_FINANCIAL = frozenset(CONTEXT["neighbours"]["financial"])

# Tier 0: a stretch by its name. The kind of the first token, or its word, says which rules may apply, in their order.
_BY_KIND: dict[str, tuple[Rule, ...]] = {
    "iso": (named.iso_day,),
    "numeric": (named.numeric_day,),
    "span": (years.year_span,),
    "decade": (years.decade,),
    "quarter": (named.quarter_code,),
    "fiscal": (years.fiscal_code,),
    "ordinal": (named.day_first, years.century),
    "int": (named.day_range, named.day_first, named.listed_day, years.quarter_of_year, years.bare_year),
}


def _rules_by_word() -> dict[str, tuple[Rule, ...]]:
    rules: dict[str, tuple[Rule, ...]] = {}

    def add(words: object, *more: Rule) -> None:
        for word in words:  # type: ignore[attr-defined]
            rules[word] = rules.get(word, ()) + more

    add([*MONTHS, *SHORT_MONTHS], named.month_first)
    add([*WEEKDAYS, *SHORT_WEEKDAYS], named.weekday_with_date)
    add([row["name"][0] for row in WORDS["holidays"] if row["name"][0] not in rules], named.holiday)
    add(WEEKDAYS, near.weekday)
    add(ORDINALS, named.day_first, years.century)
    add(DAYS_FROM_NOW, near.day_from_now)
    add(["twenty"], years.century)
    add(SEASONS, named.season)
    add(WORDS["decade_words"], years.decade_words)
    add(["financial", "fiscal", "tax", "academic", "school"], years.fiscal_words)
    add(["last", "next", "this", "current"], near.neighbour)
    add(["last", "past", "next", "coming"], near.rolling)
    return rules


_BY_WORD = _rules_by_word()
_EDGES = ("end", "start", "beginning", "close")
KINDS = frozenset(_BY_KIND)  # of tokens without letters that may begin a stretch
WORDS_THAT_BEGIN = frozenset([*_BY_WORD, *_EDGES, *WORDS["portions"], *ORDINALS, "quarter"])


def simple(source: Source, at: int) -> Parsed | None:
    """Read a stretch by its name (tier 0)."""
    token = source.tokens[at]
    for rule in _BY_WORD.get(token.word, ()) if token.kind == "word" else _BY_KIND.get(token.kind, ()):
        parsed = rule(source, at)
        if parsed is not None:
            return parsed
    return None


def unit_of_now(source: Source, at: int) -> Parsed | None:
    """Read "the year", "this month", "the financial year" inside a frame ("the end of the year"): the running one."""
    tokens = source.tokens
    if tokens[at].word not in ("the", "this"):
        return None
    if tokens[at + 1].word in _FINANCIAL and tokens[at + 2].word == "year":
        return FinancialNeighbour(0, source.order), at + 3
    unit = UNITS.get(tokens[at + 1].word)
    if unit in (None, "day", "half", "fortnight") or tokens[at + 1].word.endswith("s"):
        return None
    return Neighbour(str(unit), 0), at + 2


def _inner(source: Source, at: int) -> Parsed | None:
    """Read what stands behind "of" or "in" in a frame."""
    at = skip(source.tokens, at, "of", "in")
    running = unit_of_now(source, at)
    if running is not None and source.tokens[running[1]].word not in ("to", "ending", "ended", "before"):
        return running
    return simple(source, skip(source.tokens, at, "the"))


def part(source: Source, at: int) -> Parsed | None:
    """Read "third quarter of 2024", "first three months of the year", "last week of October" (tier 1)."""
    tokens = source.tokens
    nth = ORDINALS.get(tokens[at].word) or (day_of(tokens[at]) if tokens[at].kind == "ordinal" else None)
    if nth is None or near.is_verb(tokens, at):
        return None
    end = skip(tokens, at + 1, "-", "full")
    count = count_of(tokens[end])
    if count is not None:
        end += 1
    word = tokens[end].word
    if word not in UNITS and word not in WEEKDAYS:
        return None
    if count is None and UNITS.get(word) in ("quarter", "half"):
        return _quarter_or_half(source, nth, UNITS[word], end + 1)
    inner = _inner(source, end + 1) if tokens[end + 1].word in ("of", "in") else None
    if inner is None:
        return None
    if word in WEEKDAYS:
        return _nth_weekday(nth, WEEKDAYS[word], inner)
    return Part(inner[0], nth, count or 1, UNITS[word]), inner[1]


def _nth_weekday(nth: int, weekday: int, inner: Parsed) -> Parsed | None:
    month = inner[0]
    if not isinstance(month, Yearly) or not month.month or not -1 <= nth <= 5:
        return None
    return named.nth_weekday_of(month.month, weekday, nth).with_year_of(month), inner[1]


def _quarter_or_half(source: Source, nth: int, unit: str, end: int) -> Parsed | None:
    """Read what follows "third quarter" or "first half": its year, or nothing where a quarter of the year is meant."""
    tokens = source.tokens
    months = 3 if unit == "quarter" else 6
    kind = PeriodKind(unit)
    if nth == -1:
        nth = 12 // months
        if tokens[end].word not in ("of", "in") or (
            before(tokens, end - 1).word == "last" and tokens[end].word != "of"
        ):
            return None
    if not 1 <= nth <= 12 // months or (tokens[end].text == "-" and tokens[end + 1].word in _FINALS):
        return None
    end = skip_months(source, end)
    expression = in_months((nth - 1) * months + 1, months, kind)
    dated = with_year(source, expression, end)
    if dated[1] > end:
        return dated
    if tokens[end].word in ("of", "in"):
        inner = _inner(source, end)
        if inner is not None and _has_quarters(inner[0], unit):
            return Part(inner[0], nth, 1, unit), inner[1]
        if tokens[end].word == "of":
            return None
    return (expression, end) if unit == "quarter" and tokens[end].word not in _FINALS else None


def _has_quarters(expression: Expression, unit: str) -> bool:
    """Say whether a stretch is long enough to have a named half or quarter."""
    if isinstance(expression, Neighbour):
        return expression.unit in ("year", "decade", "century", "month")
    if isinstance(expression, Yearly):
        return expression.kind in (PeriodKind.YEAR, PeriodKind.FINANCIAL_YEAR) or unit == "half"
    return True


def numbered_quarter(source: Source, at: int) -> Parsed | None:
    """Read "Quarter 3 2014" and "Quarter 3 (July to September) 2014", as statistics offices write it."""
    tokens = source.tokens
    number = tokens[at + 1]
    if number.kind != "int" or number.text not in ("1", "2", "3", "4"):
        return None
    end = skip_months(source, at + 2)
    expression = in_months(int(number.text) * 3 - 2, 3, PeriodKind.QUARTER)
    parsed = with_year(source, expression, end)
    return parsed if parsed[1] > at + 2 else None


def skip_months(source: Source, at: int) -> int:
    """Return the index after "(July to September)" where it stands, else `at`."""
    months = _range_of_months(source, at + 1) if source.tokens[at].text == "(" else None
    return months + 1 if months is not None and source.tokens[months].text == ")" else at


def _range_of_months(source: Source, at: int) -> int | None:
    first = named.month_at(source.tokens, at)
    if first is None or (source.tokens[first[1]].word or source.tokens[first[1]].text) not in JOINS:
        return None
    last = named.month_at(source.tokens, first[1] + 1)
    return last[1] if last else None


def portion(source: Source, at: int) -> Parsed | None:
    """Read "early 2023", "mid-June", "late last year", "earlier this month", "later in the year" (tier 2)."""
    tokens, word = source.tokens, source.tokens[at].word
    name = WORDS["portions"][word]
    end = skip(tokens, at + 1, "-", "–", "in")
    if word in ("earlier", "later"):
        if tokens[end].word == "today":
            return Neighbour("day", 0), end + 1
        inner = unit_of_now(source, end)
        return (Portion(inner[0], name), inner[1]) if inner else None
    if word == "middle":
        end = skip(tokens, at + 1, "of")
        if end == at + 1:
            return None
    end = skip(tokens, end, "the") if tokens[end + 1].kind == "decade" or word == "middle" else end
    inner = part(source, end) or (unit_of_now(source, end) if word == "middle" else None) or simple(source, end)
    if inner is None or isinstance(inner[0], Weekday) or is_day(inner[0]):
        return None
    return Portion(inner[0], name), inner[1]


def is_day(expression: Expression) -> bool:
    """Say whether a stretch is one day."""
    if isinstance(expression, (Neighbour, Weekday)):
        return isinstance(expression, Weekday) or expression.unit == "day"
    if isinstance(expression, Fixed):
        return expression.period.kind is PeriodKind.DAY
    return isinstance(expression, Yearly) and expression.kind is PeriodKind.DAY


def edge(source: Source, at: int) -> Parsed | None:
    """Read "end of June 2024", "start of the year", "end-2025" (tier 2)."""
    tokens = source.tokens
    at_end = tokens[at].word in ("end", "close")
    if tokens[at + 1].text == "-" and glued(tokens[at], tokens[at + 1]):
        inner = simple(source, at + 2)
        return (Edge(inner[0], at_end), inner[1]) if inner and not is_day(inner[0]) else None
    if tokens[at + 1].word != "of":
        month = named.month_first(source, at + 1) if tokens[at].word == "end" else None
        return (Edge(month[0], end=True), month[1]) if month and not is_day(month[0]) else None
    after = skip(tokens, at + 2, "the") if tokens[at + 2].word == "the" and tokens[at + 3].word not in UNITS else at + 2
    inner = part(source, after) or _inner(source, at + 1)
    if inner is None or is_day(inner[0]) or isinstance(inner[0], Weekday):
        return None
    return Edge(inner[0], at_end), inner[1]


def stretch(source: Source, at: int) -> Parsed | None:
    """Read a stretch of the first three tiers, an article before it passed over."""
    token = source.tokens[at]
    if token.word == "the":
        return rolling_with_article(source, at) or _unit_with_article(source, at) or stretch_at(source, at + 1)
    return stretch_at(source, at)


def _unit_with_article(source: Source, at: int) -> Parsed | None:
    return unit_of_now(source, at) if before(source.tokens, at).word == "since" else None


def stretch_at(source: Source, at: int) -> Parsed | None:
    """Read a stretch of the first three tiers."""
    word = source.tokens[at].word
    if word in WORDS["portions"]:
        return portion(source, at)
    if word in _EDGES:
        return edge(source, at)
    if word == "quarter":
        return numbered_quarter(source, at)
    return part(source, at) or simple(source, at)


def rolling_with_article(source: Source, at: int) -> Parsed | None:
    """Read "the last year", "the past 12 months", "the coming decade" with their article."""
    if source.tokens[at + 1].word in ("last", "past", "next", "coming"):
        return near.rolling(source, at + 1)
    return None


def joined(source: Source, at: int) -> Parsed | None:
    """Read a stretch and, where a joining word follows, the range it opens: "January-March" (tier 3)."""
    first = stretch_at(source, at)
    if first is None:
        return None
    return closed(source, first, JOINS, at) or first


def closed(source: Source, first: Parsed, joins: frozenset[str], at: int) -> Parsed | None:
    """Read the other end of a range where a joining word stands behind the first.

    Args:
        source: The tokens.
        first: What stands before the joining word.
        joins: The words that may join.
        at: Index of the first end.
    """
    tokens = source.tokens
    end = first[1] + 1 if tokens[first[1]].text == "," and tokens[first[1] + 1].word in joins else first[1]
    mark = tokens[end].word or tokens[end].text
    if mark not in joins and not (mark == "/" and _is_month(first[0]) and glued(tokens[end - 1], tokens[end])):
        return None
    after = skip(tokens, end + 1, "to") if mark == "up" else end + 1
    last = now(source, after) or stretch(source, after)
    if last is None or not _may_close(first[0], last[0], tokens, end) or _moved(tokens, at):
        return None
    return Through(first[0], _like(source, first[0], last[0])), last[1]


def _like(source: Source, first: Expression, last: Expression) -> Expression:
    """Return the end of "fiscal years 2011 to 2015" as a financial year too."""
    if not (isinstance(first, Yearly) and isinstance(last, Yearly) and first.kind is PeriodKind.FINANCIAL_YEAR):
        return last
    named = last.kind is PeriodKind.YEAR and last.year is not None
    return years.fiscal_named(last.year, source.order) if named and last.year is not None else last


def now(source: Source, at: int) -> Parsed | None:
    """Read "now", "the present" and "date" at an end of a range: the document's day."""
    at = skip(source.tokens, at, "the")
    return (Neighbour("day", 0), at + 1) if source.tokens[at].word in _OPEN_END else None


def _moved(tokens: Tokens, at: int) -> bool:
    """Say whether a verb before "from" moves a date, so that the two dates bound nothing."""
    if "from" not in (tokens[at].word, before(tokens, at).word):
        return False
    return any(token.word in _MOVERS for token in tokens[max(at - _LOOK_BACK, 0) : at])


def _is_month(expression: Expression) -> bool:
    return isinstance(expression, Yearly) and expression.kind is PeriodKind.MONTH


def _may_close(first: Expression, last: Expression, tokens: Tokens, mark: int) -> bool:
    """Say whether two stretches may be the ends of a range: dashes join only like with like."""
    if isinstance(first, Weekday) and isinstance(last, Weekday):
        return before(tokens, mark - 1).word in ("from", "between")
    if tokens[mark].text in ("-", "–", "/"):
        kinds = [
            e.period.kind if isinstance(e, Fixed) else e.kind for e in (first, last) if isinstance(e, (Yearly, Fixed))
        ]
        return len(kinds) == 2 and (kinds[0] is kinds[1] or first.stated is not None)
    return not isinstance(last, Weekday) or isinstance(first, (Neighbour, Weekday, Yearly))
