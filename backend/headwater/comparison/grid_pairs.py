"""Which two periods of which strand a change is told of: from the claim's other figures, its dates and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from headwater.comparison.grid_naming import posts_of
from headwater.comparison.grid_reading import Reading, before, is_base_figure, latest
from headwater.comparison.grids import Grid, is_of_unit
from headwater.domain.quantities import Dimension

FEW = 3  # strands named at once
_SINCE = re.compile(r"\b(?:since|than in|than|on|compared with|compared to|from|as in|against)\b", re.IGNORECASE)
_LAST_YEAR = re.compile(
    r"\blast year\b|\bon the year\b|\bin a year\b|\bover the year\b|\b(?:a|the) year (?:earlier|before|ago)\b"
    r"|\bprevious year\b|\byear[- ]on[- ]year\b",
    re.IGNORECASE,
)
YEARS = re.compile(
    r"\b(?:(?:in|over|within|during) (?:the )?(?:(?:last|past) )?|the (?:last|past) )(\w+) years\b", re.IGNORECASE
)

_NEXT = re.compile(r"\b(?:the )?(?:next|following) year\b|\b(\w+) years? (?:later|on)\b", re.IGNORECASE)
_AS = re.compile(r"^ (?:as|the)\b")  # "three times as high" as what the sentence before tells
# "As much as the 4,530 tonnes of Lerwick": another thing is what it is compared with, and no former time.
_AS_MUCH = re.compile(
    r"^ as [^.,;]{0,20}? as (?!(?:in|a year|at|it|they|last|on|during|for|the (?:same|previous|year|month)|its|their"
    r"|(?:19|20)\d\d|\w+ years)\b)",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"^[^.,;]{0,30}?\b(?:than|above|below|short of|ahead of|behind)\b"
    r"(?! (?:in|a|at|the (?:same|year|month|quarter|previous|last)|last|it was|they were|(?:19|20)\d\d|\w+ years)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two periods of a strand, and whether the claim leaves no doubt that they are meant."""

    grid: int
    strand: int
    now: int
    base: int
    sure: bool


def pairs_of(reading: Reading, at: int) -> Iterator[Pair]:
    """Yield the pairs of periods of one strand that a change may be meant of.

    Args:
        reading: The claim beside the tables.
        at: Which of its figures tells the change.
    """
    for place, grid in enumerate(reading.grids):
        if not grid.dated:
            continue
        strands, sure = named_strands(reading, at, place)
        for strand in strands:
            # "Three fewer than Suffolk" compares two strands, and no two periods.
            told = sure and len(_measures(grid, strands)) == 1 and not _is_beside(reading, at)
            yield from _periods(reading, at, (place, strand), sure=told)


def _is_beside(reading: Reading, at: int) -> bool:
    """Say whether a figure tells a distance from something that is no former time: "£6bn less than he forecast"."""
    context = reading.contexts[at]
    behind = context.text[context.figure.span.end : context.sentence.end]
    times = _AS_MUCH.match(behind) or (_AS.match(behind) and not reading.dates)
    return bool(context.figure.unit.dimension is Dimension.MULTIPLE and times) or _THAN.match(behind) is not None


def _measures(grid: Grid, strands: Sequence[int]) -> frozenset[frozenset[str]]:
    """Return what strands are of, rates and numbers of one thing taken together."""
    return frozenset(frozenset(word for word in grid.strands[one].words if word in grid.weights) for one in strands)


def named_strands(reading: Reading, at: int, place: int, *, of_wholes: bool = False) -> tuple[tuple[int, ...], bool]:
    """Return the strands of a table that a figure may be of, and whether the claim names them for sure.

    Args:
        reading: The claim beside the tables.
        at: Which of its figures.
        place: Which of the tables.
        of_wholes: Whether it is a share, so that another figure may be the whole and name no strand of its own.
    """
    naming, grid = reading.namings[place], reading.grids[place]
    anchored = [
        {spot.strand for spot in spots if spot.grid == place}
        for other, spots in enumerate(reading.spots)
        if other != at
    ]
    anchored = [one for one in anchored if one]
    parts = [{one for one in some if not (of_wholes and grid.strands[one].total)} for some in anchored]
    strong = [one for one in naming.strong if not grid.strands[one].total] or list(naming.strong)
    if strong:
        kept = [one for one in strong if all(one in others or not others for others in parts)]
        if kept or not anchored:
            return tuple(kept or strong), True
    if anchored:
        common = frozenset.intersection(*map(frozenset, anchored))
        return tuple(sorted(common)), len(common) == 1
    fitting = [
        one for one, s in enumerate(grid.strands) if is_of_unit(s, reading.contexts[at].figure.unit) or naming.whole
    ]
    return naming.whole or (tuple(fitting) if len(fitting) <= FEW else ()), False


def _periods(reading: Reading, at: int, where: tuple[int, int], *, sure: bool) -> Iterator[Pair]:
    place, strand = where
    grid = reading.grids[place]
    last = latest(grid, strand)
    anchors = _anchors(reading, at, where)
    dated = {post for post in reading.dated(place) if (strand, post) in grid.cells}
    posts = set(anchors) | dated
    if last is None:
        return
    if len(posts) == 2:
        earlier, later = sorted(posts)
        yield Pair(place, strand, later, earlier, sure)
        return
    if len(posts) == 1:
        [post] = posts
        previous = before(grid, strand, post)
        base = anchors.get(post, False) or _is_base_date(reading, place, post)
        later = _years_later(reading.text)
        if later:
            following = before(grid, strand, post, years=-later)
            if following is not None:
                yield Pair(place, strand, following, post, sure)
        elif base and post != last:
            yield Pair(place, strand, last, post, sure)
        elif (since := _years_ago(reading.text)) and before(grid, strand, post, years=since) is not None:
            yield Pair(place, strand, post, before(grid, strand, post, years=since) or 0, sure)
        elif previous is not None and (reading.back or _LAST_YEAR.search(reading.text)):
            yield Pair(place, strand, post, previous, sure)
        else:
            yield from (Pair(place, strand, post, other, sure) for other, _ in grid.along(strand) if other < post)
        return
    if not posts:
        yield from _undated(reading, grid, where, sure=sure)


def _years_later(text: str) -> int:
    """Return how many years on from a named one a claim goes: 1 for "the next year", 0 where it goes on none."""
    found = _NEXT.search(text)
    if found is None:
        return 0
    return 1 if found[1] is None or found[1].lower() == "a" else number_of(found[1])


def _years_ago(text: str) -> int:
    """Return over how many years a change is told: 4 for "doubled in four years", 0 where it is told over none."""
    found = YEARS.search(text)
    return number_of(found[1]) if found else 0


def _undated(reading: Reading, grid: Grid, where: tuple[int, int], *, sure: bool) -> Iterator[Pair]:
    """Yield the pairs of a claim that names no period: the last two, the last and the first, so many years back."""
    place, strand = where
    along = [post for post, _ in grid.along(strand)]
    last = along[-1]
    back = YEARS.search(reading.text)
    number = number_of(back[1]) if back else 0
    if 1 < number < len(along):
        yield Pair(place, strand, last, along[-1 - number], sure)
    elif _LAST_YEAR.search(reading.text):
        previous = before(grid, strand, last)
        yield Pair(place, strand, last, along[0] if previous is None else previous, sure and previous is not None)
    else:  # from some former period to the last one: wrong where none gives it
        yield from (Pair(place, strand, last, other, sure) for other in along[:-1])


def number_of(word: str) -> int:
    """Return the number that a word or digits write, 0 where they write none.

    Args:
        word: As written.
    """
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    return words.index(word.lower()) + 1 if word.lower() in words else int(word) if word.isdigit() else 0


def _anchors(reading: Reading, at: int, where: tuple[int, int]) -> dict[int, bool]:
    """Return the posts at which other figures of the claim stand in a strand, and whether each is the base."""
    found: dict[int, bool] = {}
    for other, spots in enumerate(reading.spots):
        mine = [spot for spot in spots if (spot.grid, spot.strand) == where]
        own = reading.own_posts(where[0], other)
        mine = [spot for spot in mine if spot.post in own] or mine
        if other != at and len(mine) == 1:
            found[mine[0].post] = is_base_figure(reading.contexts[other])
    return found


def _is_base_date(reading: Reading, place: int, post: int) -> bool:
    """Say whether the date that names a post is what is compared with: "since 2002-03", "than in 2007"."""
    for mention in reading.dates:
        if post in posts_of(reading.grids[place], mention):
            lead = reading.text[max(0, mention.span.start - 20) : mention.span.start]
            if mention.base or mention.surface.lower().startswith("since"):
                return True
            found = list(_SINCE.finditer(lead))
            if found and not lead[found[-1].end() :].strip():
                return True
    return False
