"""How firmly an official figure is bound to what a claimed figure speaks of. Values are not looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from headwater.comparison.base_steps import same_step
from headwater.comparison.contexts import Context, plain_words
from headwater.comparison.measures import group, moved, whereabouts
from headwater.comparison.period_relations import PeriodRelation, compare_periods
from headwater.comparison.vocabulary import NAME, concept, is_measure, is_person
from headwater.domain.quantities import DateMention, Dimension, Direction, PeriodKind, Role

# What binds two figures, in parts of one: the words of the two sentences, the words close by, what is counted.
SENTENCE, CLOSE_BY, COUNTED = 0.45, 0.35, 0.20
# What tells siblings in one sentence apart; none of these outweighs a difference of subject.
SAME_UNIT, SAME_ROLE, SAME_DIRECTION, SAME_PERIOD, SAME_BASE = 0.10, 0.08, 0.04, 0.10, 0.04
OTHER_ROLE, OTHER_DIRECTION, OTHER_PERIOD = -0.10, -0.04, -0.15
_YEAR = re.compile(r"\d{4}|['’]\d\d\b")
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|ober)?\b", re.IGNORECASE
)
_LEADING = re.compile(r"^(?:since|from|until|by|in) (?=.*\d)")  # "since Q4 2012" names the quarter
PERIODS_REMEMBERED = 4096  # pairs: comparing phrases without a date reads them anew
NEWS_DAYS = 7  # within a week, another day may be a slip
DAYS_OF_YEAR = 366
MOSTLY = 0.5  # of the days of both: "from mid-2010" and "from July 2010"
ALIKE = 0.75  # of all words of two sentences, function words too: one word in seven changed on each side


class Counted(Enum):
    """How the counted nouns of two figures stand to each other."""

    SAME = "same"  # the same noun or a synonym
    NAMED = "named"  # the claim counts nothing, and names elsewhere what the source counts
    OPEN = "open"  # one side names none, or names a measure ("total")
    WIDER = "wider"  # the claim says "people" of the source's "migrants"
    NARROWER = "narrower"  # the claim says "migrants" of the source's "people"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Binding:
    """How an official figure is bound to a claimed one.

    Args:
        strength: What candidates are ranked by; about one where all agrees, may be below nought.
        coverage: Share of the claim sentence's content that the official sentence holds, from 0 to 1.
        shared: How many content words both sentences hold.
        counted: How the counted nouns stand to each other.
        period: True where the periods agree, False where they differ, None where they cannot be compared.
        base: The same, of the base periods.
        local: Share of the content words nearest to one figure that stand in the other's sentence, the lesser of both
            ways, from 0 to 1: "unemployed" against "inactive" shows here when all else is the same.
        back: Share of the official sentence's content that the claim's sentence holds, from 0 to 1.
        renamed: Whether each side has a name close by that the other lacks: "in London" against "in the South East".
        apart: Whether the two periods have no day in common: figures of such periods are two figures.
    """

    strength: float
    coverage: float
    shared: int
    counted: Counted
    period: bool | None
    base: bool | None
    local: float
    apart: bool
    back: float = 1.0
    renamed: bool = False


def bind(claimed: Context, official: Context) -> Binding | None:
    """Bind an official figure to a claimed one, or return None where their kinds cannot speak of one thing.

    Args:
        claimed: A figure of the text in hand.
        official: A figure of the source.
    """
    if group(claimed.figure.unit.dimension) != group(official.figure.unit.dimension):
        return None
    counted = compare_counted(claimed, official)
    coverage, shared = _covered(claimed, official)
    period, base = _periods(claimed, official)
    nouns = {
        Counted.SAME: 1.0,
        Counted.NAMED: 0.7,
        Counted.OPEN: 0.5,
        Counted.WIDER: 0.7,
        Counted.NARROWER: 0.5,
        Counted.OTHER: -0.5,
    }
    strength = SENTENCE * coverage + CLOSE_BY * _close_by(claimed, official) + COUNTED * nouns[counted]
    strength += _siblings(claimed, official)
    strength += {True: SAME_PERIOD, False: OTHER_PERIOD, None: 0.0}[period]
    strength += SAME_BASE if base else 0.0
    apart = period is False and _apart(claimed.period, official.period)
    local = min(_share(claimed.closest, official.told), _share(official.closest, claimed.told))
    local = local if claimed.told else coverage
    back = _share(official.told, claimed.told)
    renamed = _lacks_name(claimed, official) and _lacks_name(official, claimed)
    return Binding(strength, coverage, shared, counted, period, base, local, apart, back, renamed)


def _covered(claimed: Context, official: Context) -> tuple[float, int]:
    """Return the share of the claim sentence's content that the official sentence holds, and how many words."""
    total = sum(claimed.told.values())
    if not total:
        return _worded_alike(claimed, official)
    shared = [weight for word, weight in claimed.told.items() if word in official.told]
    return sum(shared) / total, len(shared)


def _share(told: Mapping[str, float], held: Mapping[str, float]) -> float:
    total = sum(told.values())
    return sum(weight for word, weight in told.items() if word in held) / total if total else 0.0


def _lacks_name(named: Context, other: Context) -> bool:
    """Say whether one side has a name close by its figure that stands nowhere in the other's sentence."""
    return any(told >= NAME and word not in other.told for word, told in named.closest.items())


def _worded_alike(claimed: Context, official: Context) -> tuple[float, int]:
    """Compare a sentence without content words by all its words: only one that is nearly the same will do."""
    mine, theirs = plain_words(claimed), plain_words(official)
    alike = len(mine & theirs) / len(mine | theirs) if mine else 0.0
    return (alike, len(mine & theirs)) if alike >= ALIKE else (0.0, 0)


def _close_by(claimed: Context, official: Context) -> float:
    """Compare the words around the two figures, near ones weighing most on both sides."""
    shared = sum(min(near, official.near[word]) for word, near in claimed.near.items() if word in official.near)
    whole = max(sum(claimed.near.values()), min(sum(official.near.values()), 1.0))
    return shared / whole if whole else 0.0


def _siblings(claimed: Context, official: Context) -> float:
    mine, theirs = claimed.figure, official.figure
    strength = SAME_UNIT if _same_unit(claimed, official) else 0.0
    if mine.role is theirs.role:
        strength += SAME_ROLE
    elif Role.LEVEL not in {mine.role, theirs.role}:
        strength += OTHER_ROLE
    ways = {moved(mine), moved(theirs)}
    if len(ways) == 1:
        strength += SAME_DIRECTION
    elif ways == {Direction.UP, Direction.DOWN}:
        strength += OTHER_DIRECTION
    return strength


def _same_unit(claimed: Context, official: Context) -> bool:
    mine, theirs = claimed.figure.unit, official.figure.unit
    shares = {Dimension.PERCENT, Dimension.PROPORTION, Dimension.MULTIPLE}
    if mine.dimension in shares and theirs.dimension in shares:
        return True
    return mine.dimension is theirs.dimension and mine.code == theirs.code and bool(mine.per) == bool(theirs.per)


def compare_counted(claimed: Context, official: Context) -> Counted:
    """Compare what two figures count."""
    mine, theirs = claimed.counted, official.counted
    heads = claimed.figure.counted_head, official.figure.counted_head
    if not mine and theirs and theirs in claimed.told and not is_measure(heads[1]):
        return Counted.NAMED
    if not mine or not theirs or any(is_measure(head) for head in heads):
        return Counted.OPEN
    if mine == theirs or mine in _words_of(official) or theirs in _words_of(claimed):
        return Counted.SAME
    persons = [is_person(head) for head in heads]
    if all(persons):
        people = {"people", "person", "individual"}
        if heads[0] in people:
            return Counted.WIDER
        if heads[1] in people:
            return Counted.SAME if _tells_who(claimed, official) else Counted.NARROWER
    mentioned = mine in official.told or theirs in claimed.told
    return Counted.OPEN if mentioned else Counted.OTHER


def _tells_who(claimed: Context, official: Context) -> bool:
    """Say whether the source says of its people what makes them the claim's: "people in hospital" are patients."""
    places = whereabouts().get(claimed.figure.counted_head, frozenset())
    return claimed.counted in official.told or not official.told.keys().isdisjoint(map(concept, places))


def _words_of(context: Context) -> frozenset[str]:
    """Return the content words of the counted noun group: "enforced returns" is bound by both its words."""
    return frozenset(concept(word) for word in context.figure.counted.split()) - {""}


def _periods(claimed: Context, official: Context) -> tuple[bool | None, bool | None]:
    """Compare the periods and the base periods."""
    period, base = same_period(claimed.period, official.period), same_period(claimed.base, official.base)
    crossed = same_period(claimed.period, official.base), same_period(claimed.base, official.period)
    # One side read as the base what the other read as the period: that is no difference of the two texts.
    if period is False and (True in crossed or _ends_a_year(claimed.period, official.period)):
        period = None
    if period is False and not _apart(claimed.period, official.period) and names_period(claimed, official):
        period = None
    step = same_step(claimed, official)
    if base is None or step is False:
        base = step
    return period, base


def names_period(claimed: Context, official: Context) -> bool:
    """Say whether the official sentence names the claimed figure's period itself, which figure it may be of.

    Args:
        claimed: A figure of the text in hand.
        official: A figure of the source.
    """
    if claimed.period is None:
        return False
    sentence = official.sentence.slice(official.text).lower().replace("-", " ")
    return _LEADING.sub("", claimed.period.surface.lower()).replace("-", " ") in sentence


def _ends_a_year(mine: DateMention | None, theirs: DateMention | None) -> bool:
    """Say whether one period is the year to the end of the other: "inflation in May" is of the 12 months to May."""
    if mine is None or theirs is None or mine.last != theirs.last or mine.last is None:
        return False
    return (mine.kind is PeriodKind.YEAR_TO) is not (theirs.kind is PeriodKind.YEAR_TO)


def same_period(mine: DateMention | None, theirs: DateMention | None) -> bool | None:
    """Compare two periods.

    A day against a longer stretch is no difference (the day a figure was published is not what it is for), nor is a
    stretch still running ("so far this year") inside a whole one.

    Args:
        mine: Of the claimed figure.
        theirs: Of the official figure.

    Returns:
        None where one is missing, or where the two cannot be compared.
    """
    if mine is None or theirs is None:
        return None
    relation = _relation(mine, theirs)
    if relation is PeriodRelation.SAME or _same_without_year(mine, theirs):
        return True
    if _may_be_one_financial_year(mine, theirs):
        return True if _alike(mine, theirs) else None
    days = (mine.kind is PeriodKind.DAY) != (theirs.kind is PeriodKind.DAY)
    if relation is PeriodRelation.UNRESOLVED or days or _is_of_other_news(mine, theirs):
        return None
    if mine.relative and relation is PeriodRelation.CONTAINS:
        return None  # "in two years' time" says no more than it need of a month of that year
    return None if relation is not PeriodRelation.DISJOINT and _alike(mine, theirs) else False


def _is_of_other_news(mine: DateMention, theirs: DateMention) -> bool:
    """Say whether one is a day of the news ("on Monday") and the other a day long before or after it."""
    of_news = any(
        side.kind is PeriodKind.DAY and side.relative and not any(map(str.isdigit, side.surface))
        for side in (mine, theirs)
    )
    return of_news and _days_between(mine, theirs) > NEWS_DAYS


def _may_be_one_financial_year(mine: DateMention, theirs: DateMention) -> bool:
    """Say whether "next year" or "next financial year" may be the year that the other names.

    Financial years begin in January, April, July or October, and the text seldom says in which country.
    """
    kinds = {mine.kind, theirs.kind}
    told_from_today = mine.relative or theirs.relative
    if not (told_from_today and PeriodKind.FINANCIAL_YEAR in kinds <= {PeriodKind.FINANCIAL_YEAR, PeriodKind.YEAR}):
        return False
    return 0 <= _days_between(mine, theirs) <= DAYS_OF_YEAR


def _days_between(mine: DateMention, theirs: DateMention) -> int:
    """Return how far the beginnings of two periods lie apart; -1 where that is not known."""
    return abs((mine.first - theirs.first).days) if mine.first and theirs.first else -1


def _alike(mine: DateMention, theirs: DateMention) -> bool:
    """Say whether two periods that meet are alike enough: one still running, or mostly the same days."""
    running = mine.kind is not theirs.kind and {PeriodKind.SO_FAR, PeriodKind.SINCE} & {mine.kind, theirs.kind}
    if running:
        return True
    if not (mine.first and mine.last and theirs.first and theirs.last):
        return False
    shared = (min(mine.last, theirs.last) - max(mine.first, theirs.first)).days + 1
    whole = (max(mine.last, theirs.last) - min(mine.first, theirs.first)).days + 1
    return shared >= whole * MOSTLY


@lru_cache(maxsize=PERIODS_REMEMBERED)
def _relation(mine: DateMention, theirs: DateMention) -> PeriodRelation:
    return compare_periods(mine, theirs).relation


def _same_without_year(mine: DateMention, theirs: DateMention) -> bool:
    """Say whether two periods agree in day and month, one being written without its year: the year is a guess then."""
    if not all(day for day in (mine.first, mine.last, theirs.first, theirs.last)):
        return False
    yearless = [side for side in (mine, theirs) if _MONTH.search(side.surface) and not _YEAR.search(side.surface)]
    days = [[(d.month, d.day) for d in (side.first, side.last) if d] for side in (mine, theirs)]
    return bool(yearless) and (days[0] == days[1] or mine.surface.lower() == theirs.surface.lower())


def _apart(mine: DateMention | None, theirs: DateMention | None) -> bool:
    return mine is not None and theirs is not None and _relation(mine, theirs) is PeriodRelation.DISJOINT
