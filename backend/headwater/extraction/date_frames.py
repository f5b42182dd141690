"""Reads what frames a stretch: from ... to, the year to June, since 2010, so far this year, the same period in 2023."""

from __future__ import annotations

from headwater.extraction import date_neighbours as near
from headwater.extraction.date_expressions import Expression
from headwater.extraction.date_grammar import Parsed, Source, skip
from headwater.extraction.date_relative import FinancialNeighbour, Neighbour, Weekday
from headwater.extraction.date_stretches import Counted, Portion, Since, SoFar, Through
from headwater.extraction.date_tokens import CONTEXT, UNITS, count_of
from headwater.extraction.periods import JOINS, closed, is_day, now, simple, stretch, stretch_at, unit_of_now

_ENDS = frozenset(CONTEXT["ranges"]["ends"])
_BEGINS = frozenset(CONTEXT["ranges"]["begins"])
_FINANCIAL = frozenset(CONTEXT["neighbours"]["financial"])


def from_to(source: Source, at: int) -> Parsed | None:
    """Read "from 1 January to 6 November 2024", "between 2010 and 2015" with the opening word."""
    tokens = source.tokens
    between = tokens[at].word == "between"
    first = now(source, at + 1) or stretch(source, at + 1)
    if first is None:
        return None
    return closed(source, first, frozenset({"and"}) if between else JOINS | {"up"}, at)


def counted(source: Source, at: int) -> Parsed | None:
    """Read "year to June 2024", "12 months ending March", "three months to June", "week ending 3 November"."""
    tokens = source.tokens
    count, end = count_of(tokens[at]), at + 1
    if count is None or tokens[end].word not in UNITS:
        count, end = 1, at
    end = skip(tokens, end, "-") if count > 1 else end
    word = tokens[end].word
    unit = "year" if word in _FINANCIAL and tokens[end + 1].word == "year" else UNITS.get(word)
    end += 2 if word in _FINANCIAL else 1
    if unit is None or unit in ("weekend", "half", "day") or count == 0:
        return None
    mark = tokens[end].word
    begins = mark in _BEGINS and unit in ("week", "month", "fortnight", "year") and (mark != "of" or unit == "week")
    if mark not in _ENDS and not begins:
        return None
    end = skip(tokens, end + 1, "in", "on", "up")
    other = stretch(source, skip(tokens, end, "to") if tokens[end - 1].word == "up" else end)
    if other is None or isinstance(other[0], (SoFar, Through)) or _unlike(unit, other[0], mark):
        return None
    return Counted(other[0], count, unit, begins=begins), other[1]


def _unlike(unit: str, expression: Expression, mark: str) -> bool:
    """Say whether the end is no end of such a unit: "week to week", "year of 2024", "month to Thursday"."""
    if isinstance(expression, Weekday):
        return unit != "week" or mark == "to"
    if isinstance(expression, Neighbour):
        return expression.unit == unit
    return mark in ("of", "from") and not is_day(expression)


def rest(source: Source, at: int) -> Parsed | None:
    """Read "rest of the year", "remainder of this week": from the document's date to its end."""
    inner = unit_of_now(source, at + 2) if source.tokens[at + 1].word == "of" else None
    return (Portion(inner[0], "later"), inner[1]) if inner else None


def since(source: Source, at: int) -> Parsed | None:
    """Read "since 2010", "since the start of the year", "since last Thursday"."""
    end = skip(source.tokens, at + 1, "around", "about", "at", "least")
    start = counted(source, skip(source.tokens, end, "the")) or stretch(source, end)
    return (Since(start[0]), start[1]) if start else None


def so_far(source: Source, at: int) -> Parsed | None:
    """Read "so far this year", "so far in 2024", "year to date", "the year so far"."""
    tokens = source.tokens
    if tokens[at].word == "so":
        if tokens[at + 1].word != "far":
            return None
        end = skip(tokens, at + 2, "in", "during")
        inner = unit_of_now(source, end) or simple(source, end)
        return (SoFar(inner[0]), inner[1]) if inner else None
    fiscal = tokens[at].word in _FINANCIAL
    at += fiscal
    unit = UNITS.get(tokens[at].word)
    if unit in (None, "day", "half") or tokens[at].word.endswith("s") or (fiscal and unit != "year"):
        return None
    end = skip(tokens, at + 1, "-")
    date_word = tokens[skip(tokens, end + 1, "-")].word
    if (tokens[end].word, date_word) in (("to", "date"), ("so", "far")):
        running = FinancialNeighbour(0, source.order) if fiscal else Neighbour(str(unit), 0)
        return SoFar(running), skip(tokens, end + 1, "-") + 1
    return None


def same_period(source: Source, at: int) -> Parsed | None:
    """Read "the same period in 2023", "the same time last year", "this time last year": the base of a comparison."""
    tokens = source.tokens
    at = skip(tokens, at, "the")
    opening, word = tokens[at].word, tokens[at + 1].word
    if not (opening == "same" and word in _SAME) and (opening, word) != ("this", "time"):
        return None
    end = at + 3 if word == "reporting" else at + 2
    end = skip(tokens, end, "in", "of", "for", "during", "a", "the")
    earlier = near.counted_ago(source, end - 1) if tokens[end - 1].word == "a" else None
    earlier = earlier or (near.beside(source, end) if tokens[end].word in ("previous", "preceding") else None)
    return earlier or stretch_at(source, end)


_SAME = frozenset(CONTEXT["same"]["units"])
