"""What a claim and a passage tell alike where words and meaning do not show it: sizes of figures, and days.

Ninety versions of one page, or a bulletin of every month, differ in nothing else. Agreement only ever adds: a wrong
figure in the claim does not push the right passage away.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from headwater.comparison.pairing import closeness_in_size
from headwater.domain.quantities import DateMention, Quantity
from headwater.domain.verdicts import ScoredPassage
from headwater.extraction.dates import extract_dates
from headwater.extraction.numeral_types import CARDINALS
from headwater.extraction.quantities import extract_quantities
from headwater.retrieval.candidates import days_of
from headwater.retrieval.coherence import TOP
from headwater.retrieval.query import Query
from headwater.retrieval.wording import shared_wording

RERANKED = 20  # passages looked at for each query; thirty found slightly more among the first ten, and cost more
REMEMBERED = 8192  # passages whose figures are remembered: about 20 MB
LONGEST = 2_000  # characters of a passage that are read: what follows adds nothing to telling passages apart

# Weights of agreement, set on the labelled rewrites (dev cases), where both are flat from 0.2 to 0.6; names were tried
# and add nothing to the words' own weights. A day at 0.2 loses four of 92 versions of a page, which differ in it alone.
FIGURES = 0.45
DAYS = 0.5
APART = 0.075  # of a power of ten: figures that differ by less than 15 in a hundred
# In a whole corpus every pair of words that a passage shares tells: recall@1 of 1,167 reworded passages is .905, and
# .895 where wording counts only from nearly verbatim text on. Once the text tells which document is meant, the first
# shared pairs say little, and cost rewrites half a point.
WORDING = 0.47
WORDING_WITHIN, VERBATIM = 0.4, 0.4  # inside a known document, from this share of pairs on

IN_WORDS = frozenset(CARDINALS) - {"one"} | {"half", "third", "quarter"}  # "one" is hardly ever a figure
NO_LISTS: Mapping[int, str] = {}
_NUMERAL = re.compile(r"\d[\d,]{0,20}+(?:\.\d{1,6}+)?")


@dataclass(frozen=True, slots=True)
class Told:
    """Figures of a text, days left out, and the days that need no other date to be understood."""

    figures: tuple[Quantity, ...]
    days: tuple[DateMention, ...]


@lru_cache(maxsize=REMEMBERED)
def read_told(text: str, published: date | None = None) -> Told:
    """Return the figures and days of a text.

    Args:
        text: Working text, or a passage as stored.
        published: The day of its document, for days named without a year.
    """
    dates = extract_dates(text, published=published)
    figures = extract_quantities(text, exclude=tuple(mention.span for mention in dates))
    return Told(figures, _days_in(dates))


def _days_in(dates: Sequence[DateMention]) -> tuple[DateMention, ...]:
    return tuple(mention for mention in dates if mention.first is not None and not mention.relative)


@lru_cache(maxsize=REMEMBERED)
def read_days(text: str, published: date | None) -> tuple[DateMention, ...]:
    """Return the days of a text, for a claim that holds no figure; see `read_told`."""
    return _days_in(extract_dates(text, published=published))


@lru_cache(maxsize=REMEMBERED)
def read_figures(text: str) -> tuple[Quantity, ...]:
    """Return the figures of a text, for a claim that names no day: half the time of reading days too."""
    return extract_quantities(text)


def tells(query: Query) -> bool:
    """Say whether a query holds a figure or a day."""
    claimed = read_told(query.text[:LONGEST], query.day)
    return bool(claimed.figures or claimed.days)


def figures_told(query: Query, text: str) -> float:
    """Return which share of a query's figures a text tells, near ones in part; 0 where the query holds none.

    Args:
        query: The query.
        text: A passage as stored.
    """
    claimed = read_told(query.text[:LONGEST], query.day)
    if not may_tell(claimed.figures, text[:LONGEST]):
        return 0.0
    return _share_of_figures(claimed.figures, read_figures(text[:LONGEST]))


def rerank(
    query: Query, hits: Sequence[ScoredPassage], lists: Mapping[int, str] = NO_LISTS, *, is_led: bool = True
) -> tuple[ScoredPassage, ...]:
    """Put the passages first that agree with a query in wording, figures and days; of equals the order stays.

    Args:
        query: The query.
        hits: Passages found, best first.
        lists: For items of lists, by passage, the whole list and what leads it in: the day may stand there.
        is_led: Whether the text tells which document the query flows from.
    """
    claimed = read_told(query.text[:LONGEST], query.day)
    weight, least = (WORDING_WITHIN, VERBATIM) if is_led else (WORDING, 0.0)
    shares = [shared_wording(query.text[:LONGEST], hit.passage.text[:LONGEST]) for hit in hits]
    worded = [_worded(hit, weight * (share - least) / (1 - least)) for hit, share in zip(hits, shares, strict=True)]
    if claimed.figures or claimed.days:
        worded = [_lifted(hit, agreement(claimed, hit, lists.get(hit.passage.id, ""))) for hit in worded]
    return tuple(sorted(worded, key=lambda hit: -hit.similarity))


def agreement(claimed: Told, hit: ScoredPassage, listed: str = "") -> float:
    """Return what a passage gains by agreeing with a claim, from 0.

    Args:
        claimed: Figures and days of the claim.
        hit: The passage.
        listed: The list it is an item of, with what leads it in: its figures count half, its day in full.
    """
    published = days_of(hit.passage.document)
    figures, days = _of_text(claimed, hit.passage.text[:LONGEST], published)
    if listed:
        more_figures, more_days = _of_text(claimed, listed[:LONGEST], published)
        figures, days = (figures + more_figures) / 2, max(days, more_days)
    return FIGURES * figures + DAYS * days


def _of_text(claimed: Told, text: str, published: Sequence[date]) -> tuple[float, float]:
    """Return which share of a claim's figures and of its days a text tells."""
    day = published[0] if published else None
    if claimed.days and not claimed.figures:
        return 0.0, _share_of_days(claimed.days, read_days(text, day), published)
    if claimed.days:
        official = read_told(text, day)
        days = _share_of_days(claimed.days, official.days, published)
        return _share_of_figures(claimed.figures, official.figures), days
    if may_tell(claimed.figures, text):
        return _share_of_figures(claimed.figures, read_figures(text)), 0.0
    return 0.0, 0.0


def may_tell(figures: Sequence[Quantity], text: str) -> bool:
    """Say whether a text may hold figures near some others in size: one look at its digits, which takes no time.

    Args:
        figures: To be found.
        text: To be looked through.
    """
    if not figures:
        return False
    if not IN_WORDS.isdisjoint(text.lower().split()):
        return True
    wanted = [_magnitude(figure.value) for figure in figures]
    told = [_magnitude(Decimal(numeral.replace(",", ""))) for numeral in _NUMERAL.findall(text)]
    return any(min(abs(one - other), 1 - abs(one - other)) <= APART for one in wanted for other in told)


def _magnitude(value: Decimal) -> float:
    """Return a figure's logarithm without its powers of ten, which scale words and percentages stand for."""
    return math.log10(abs(value)) % 1 if value else 0.0


def _worded(hit: ScoredPassage, gained: float) -> ScoredPassage:
    return hit if gained <= 0 else replace(hit, similarity=min(TOP, hit.similarity + gained))


def _lifted(hit: ScoredPassage, gained: float) -> ScoredPassage:
    """A passage that is near already gains less, so that a verbatim one stays first."""
    return replace(hit, similarity=hit.similarity + gained * (1 - hit.similarity / TOP)) if gained else hit


def _share_of_figures(claimed: Sequence[Quantity], official: Sequence[Quantity]) -> float:
    if not claimed or not official:
        return 0.0
    return sum(max(closeness_in_size(one, other) for other in official) for one in claimed) / len(claimed)


def _share_of_days(claimed: Sequence[DateMention], official: Sequence[DateMention], published: Sequence[date]) -> float:
    if not claimed:
        return 0.0
    return sum(_is_told(day, official, published) for day in claimed) / len(claimed)


def _is_told(day: DateMention, official: Sequence[DateMention], published: Sequence[date]) -> bool:
    if day.first == day.last and day.first in published:
        return True
    return any((day.first, day.last) == (other.first, other.last) for other in official)
