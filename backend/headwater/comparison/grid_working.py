"""What a reporter works out from a table: changes, ratios, differences and shares, with the cells that give them.

Two questions are kept apart. Whether some pair of cells that the claim may mean gives the figure: then it follows.
Whether the claim leaves no doubt which pair it means, and that gives another: then it is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from headwater.comparison.contexts import Context
from headwater.comparison.derivations import FINE, HOLDS, PER_CENT, POINTS, RATIO
from headwater.comparison.differences import compare_quantities
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.grid_naming import posts_of
from headwater.comparison.grid_reading import Reading, amount_of, before, is_base_figure, latest
from headwater.comparison.grids import Grid, is_of_unit, scales_of
from headwater.comparison.measures import HUNDRED, moved
from headwater.domain.quantities import Dimension, Direction, Qualifier, Quantity, Role, Unit

FAR = Decimal("0.12")  # relative: a fraction in words, or a hedged figure, may be as far off
NEAR = Decimal("0.02")  # and a bound, or a figure in digits
FEW = 3  # strands named at once
SHARES = frozenset({Dimension.PERCENT, Dimension.PROPORTION})
TIMES = frozenset({Dimension.AGE, Dimension.DURATION, Dimension.SCORE})
LOOSE = frozenset({Outcome.HEDGE_SOFTENED, Outcome.BOUND_LOOSE, Outcome.ROUNDED_BARE})
OPEN_ABOVE = frozenset({Qualifier.ABOVE, Qualifier.AT_LEAST})
OPEN_BELOW = frozenset({Qualifier.AT_MOST})
_UNDER = re.compile(r"\b(?:less|fewer|under|below|lower)\b", re.IGNORECASE)
_MORE_OR_LESS = re.compile(
    r"^[^.,;]{0,24}?\b(?:more|less|fewer|higher|lower|extra|additional|up|down)\b(?! (?:half|a))", re.IGNORECASE
)
_MOVED_BY = re.compile(
    r"\b(?:up|down|rose|risen|rise|fell|fallen|fall|drop|dropped|grew|grown|increased?|decreased?|declined?|gained"
    r"|lost|shrank|cut|jump(?:ed)?|climbed?|slipped|dipped|surged?|plunged?|reduction|growth)"
    r"(?: (?:by|of|some|about|around|almost|nearly|just|more than|less than|over|under|roughly|only|an?|further))*\s*$",
    re.IGNORECASE,
)
_SHARE_BEHIND = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:of|in) (?:all|the|its|those|these|them|every|total|recorded|that|whom|which)\b"
    r"|^\s*of\b|^\s*share\b",
    re.IGNORECASE,
)
_SHARE_BEFORE = re.compile(
    r"\b(?:account\w*|mak\w+ up|made up|represent\w*|constitut\w*|compris\w*|share (?:was|is|of)|took|form\w*)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|than in|than|on|compared with|compared to|from|as in|against)\b", re.IGNORECASE)
_LAST_YEAR = re.compile(
    r"\blast year\b|\bon the year\b|\bin a year\b|\bover the year\b|\b(?:a|the) year (?:earlier|before|ago)\b"
    r"|\bprevious year\b|\byear[- ]on[- ]year\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b(?:(?:in|over|within|during) (?:the )?(?:(?:last|past) )?|the (?:last|past) )(\w+) years\b", re.IGNORECASE
)
_SUM = re.compile(
    r"\b(?:between them|in all|in total|altogether|combined|together|total(?:l?ed|l?ing)?|cumulative\w*"
    r"|(?:over|in|during) the (?:last |past )?\w+ years|added up)\b",
    re.IGNORECASE,
)

Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Worked:
    """A figure worked out from two cells.

    Args:
        right: Whether the claimed figure is the one that follows.
        sure: Whether the claim leaves no doubt that these two were meant.
        value: What follows.
        unit: Of it.
        cells: The two, each by table, strand and post; what is worked out is the first against the second.
        blur: By how much it may be off, the cells being rounded.
        total: Whether all from the first to the second were added up.
    """

    right: bool
    sure: bool
    value: Decimal
    unit: Unit
    cells: tuple[Place, Place]
    blur: Decimal = Decimal(0)
    total: bool = False


@dataclass(frozen=True, slots=True)
class _Pair:
    grid: int
    strand: int
    now: int
    base: int
    sure: bool


def find_worked(reading: Reading, at: int) -> Worked | None:
    """Work out a claimed figure from the cells that the claim means.

    Args:
        reading: The claim beside the tables.
        at: Which of its figures.

    Returns:
        What gives it; or what it comes to, where it is sure which cells are meant; or None.
    """
    context = reading.contexts[at]
    if context.figure.upper is not None or context.figure.vague:
        return None
    tried = [*_changes(reading, at), *_parts(reading, at), *_sums(reading, at)]
    right = [one for one in tried if one.right]
    if right:
        return max(right, key=lambda one: one.sure)
    sure = [one for one in tried if one.sure]
    return sure[0] if sure and all(_is_far(context.figure, one) for one in tried) else None


def _is_far(figure: Quantity, worked: Worked) -> bool:
    """Say whether a claimed figure is off by more than roundings of rounded figures explain."""
    mine = abs(_per_cent(figure) if worked.unit == PER_CENT else figure.value)
    theirs, way = abs(worked.value), moved(figure)
    if is_signed(worked) and way in {Direction.UP, Direction.DOWN} and worked.value:
        rising = worked.value > (1 if worked.unit == RATIO else 0)
        if rising is not (way is Direction.UP):
            return True
    if figure.qualifier in OPEN_ABOVE:
        return theirs < mine * (1 - NEAR) - worked.blur
    if figure.qualifier in OPEN_BELOW or _UNDER.search(figure.qualifier_surface):
        return theirs > mine * (1 + NEAR) + worked.blur
    loose = figure.qualifier is not Qualifier.EXACT or figure.unit.dimension in {
        Dimension.PROPORTION,
        Dimension.MULTIPLE,
    }
    step = figure.step * figure.unit.factor if not loose and worked.unit.dimension is figure.unit.dimension else None
    most = step + NEAR * max(theirs, mine) if step is not None else FAR * max(theirs, mine)
    return abs(mine - theirs) > most + worked.blur


def is_signed(worked: Worked) -> bool:
    """Say whether what was worked out is a change, which has a direction."""
    (grid, strand, _), (other, same, _) = worked.cells
    return (grid, strand) == (other, same)


def _per_cent(figure: Quantity) -> Decimal:
    if figure.unit.dimension is Dimension.PROPORTION:
        return figure.value * HUNDRED
    if figure.unit.dimension is Dimension.MULTIPLE:
        return abs(figure.value - 1) * HUNDRED
    return figure.value


def _changes(reading: Reading, at: int) -> Iterator[Worked]:
    context = reading.contexts[at]
    kind = _kind_of_change(context)
    if not kind:
        return
    for pair in _pairs(reading, at):
        grid = reading.grids[pair.grid]
        now, base = (amount_of(grid, pair.strand, post) for post in (pair.now, pair.base))
        cells = (pair.grid, pair.strand, pair.now), (pair.grid, pair.strand, pair.base)
        blur = _blur(grid, cells, (now, base), relative=kind not in {"amount", "points"})
        if kind == "amount":
            if is_of_unit(grid.strands[pair.strand], context.figure.unit):
                yield _worked(context, now - base, context.figure.unit, cells, sure=pair.sure, blur=blur)
        elif kind == "points":
            yield _worked(context, now - base, POINTS, cells, sure=False, blur=blur)
        elif base > 0 and now > 0:
            if kind == "ratio":
                yield _worked(context, now / base, RATIO, cells, sure=pair.sure, blur=blur)
            else:
                yield _worked(context, (now / base - 1) * HUNDRED, PER_CENT, cells, sure=pair.sure, blur=blur)


def _kind_of_change(context: Context) -> str:
    """Return what sort of change a figure tells: "share", "ratio", "points", "amount", or "" where it tells none."""
    figure = context.figure
    if figure.unit.dimension is Dimension.MULTIPLE:
        return "ratio"
    start = max(context.sentence.start, figure.span.start - 60)
    lead = context.text[start : figure.span.start].removesuffix(f"{figure.qualifier_surface} ")
    behind = context.text[figure.span.end : context.sentence.end]
    change = figure.role is Role.CHANGE_BY or _MOVED_BY.search(lead) or _MORE_OR_LESS.match(behind)
    if not change or _SHARE_BEHIND.match(behind):
        return ""
    if figure.unit.dimension in SHARES:
        return "share"
    if figure.unit.dimension is Dimension.PERCENTAGE_POINTS:
        return "points"
    return "amount" if figure.unit.dimension not in TIMES else ""


def _blur(grid: Grid, cells: tuple[Place, Place], amounts: tuple[Decimal, Decimal], *, relative: bool) -> Decimal:
    """Return by how much a change may be off, both of its cells being rounded."""
    steps = [grid.cells[place[1:]].step * scales_of(grid.strands[place[1]])[0] / 2 for place in cells]
    now, base = amounts
    if not relative:
        return sum(steps, Decimal(0))
    return (steps[0] / now + steps[1] / base) * now / base * HUNDRED if now and base else Decimal(0)


def _worked(
    context: Context, value: Decimal, unit: Unit, cells: tuple[Place, Place], *, sure: bool, blur: Decimal = Decimal(0)
) -> Worked:
    right = _follows(context.figure, value, unit, signed=cells[0][1] == cells[1][1])
    return Worked(right, sure, value, unit, cells, blur)


def _follows(claimed: Quantity, value: Decimal, unit: Unit, *, signed: bool) -> bool:
    way = moved(claimed)
    rising = value > 1 if unit == RATIO else value > 0
    if signed and way in {Direction.UP, Direction.DOWN} and rising is not (way is Direction.UP):
        return False
    worked = replace(
        claimed,
        value=abs(value),
        unit=unit,
        step=FINE,
        qualifier=Qualifier.EXACT,
        qualifier_surface="",
        negative=False,
    )
    mine = replace(claimed, value=abs(claimed.value), negative=False)
    return compare_quantities(mine, worked).outcome in HOLDS | LOOSE


def _pairs(reading: Reading, at: int) -> Iterator[_Pair]:
    """Yield the pairs of periods of one strand that a change may be meant of, the sure ones first."""
    for place, grid in enumerate(reading.grids):
        if not grid.dated:
            continue
        strands, sure = _strands(reading, at, place)
        for strand in strands:
            yield from _periods(reading, at, (place, strand), sure=sure and len(strands) <= FEW)


def _strands(reading: Reading, at: int, place: int) -> tuple[tuple[int, ...], bool]:
    """Return the strands of a table that a change may be of, and whether the claim names them for sure."""
    naming, grid = reading.namings[place], reading.grids[place]
    anchored = [
        {spot.strand for spot in spots if spot.grid == place}
        for other, spots in enumerate(reading.spots)
        if other != at
    ]
    anchored = [one for one in anchored if one]
    if naming.strong:
        kept = [at for at in naming.strong if all(at in one for one in anchored)]
        return tuple(kept or naming.strong), bool(kept) or not anchored
    if anchored:
        common = frozenset.intersection(*map(frozenset, anchored))
        return tuple(sorted(common)), len(common) == 1
    fitting = [
        one for one, s in enumerate(grid.strands) if is_of_unit(s, reading.contexts[at].figure.unit) or naming.whole
    ]
    return naming.whole or (tuple(fitting) if len(fitting) <= FEW else ()), False


def _periods(reading: Reading, at: int, where: tuple[int, int], *, sure: bool) -> Iterator[_Pair]:
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
        yield _Pair(place, strand, later, earlier, sure)
        return
    if len(posts) == 1:
        [post] = posts
        previous = before(grid, strand, post)
        base = anchors.get(post, False) or _is_base_date(reading, place, post)
        if base and post != last:
            yield _Pair(place, strand, last, post, sure)
        elif previous is not None:
            back = reading.back or _LAST_YEAR.search(reading.text) is not None
            yield _Pair(place, strand, post, previous, sure and back)
        return
    if not posts:
        yield from _undated(reading, grid, where, sure=sure)


def _undated(reading: Reading, grid: Grid, where: tuple[int, int], *, sure: bool) -> Iterator[_Pair]:
    """Yield the pairs of a claim that names no period: the last two, the last and the first, so many years back."""
    place, strand = where
    along = [post for post, _ in grid.along(strand)]
    last = along[-1]
    if len(along) > 1:
        yield _Pair(place, strand, last, along[-2], sure and _LAST_YEAR.search(reading.text) is not None)
        yield _Pair(place, strand, last, along[0], False)
    back = _YEARS.search(reading.text)
    number = _number(back[1]) if back else 0
    if 1 < number < len(along):
        yield _Pair(place, strand, last, along[-1 - number], sure)


def _number(word: str) -> int:
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


def _parts(reading: Reading, at: int) -> Iterator[Worked]:
    """Yield the shares of the whole that a strand makes up."""
    context = reading.contexts[at]
    if context.figure.unit.dimension not in SHARES or context.figure.role is Role.CHANGE_BY:
        return
    behind = context.text[context.figure.span.end : context.sentence.end]
    lead = context.text[context.sentence.start : context.figure.span.start]
    asked = bool(_SHARE_BEHIND.match(behind) or _SHARE_BEFORE.search(lead))
    if not asked or _kind_of_change(context):
        return
    for place, grid in enumerate(reading.grids):
        strands, sure = _strands(reading, at, place)
        wholes = [one for one, strand in enumerate(grid.strands) if strand.total]
        for strand in strands:
            for whole in wholes:
                if whole != strand and _same_measure(grid, strand, whole):
                    yield from _shares(reading, context, (place, strand, whole), sure=sure and len(strands) <= FEW)


def _sums(reading: Reading, at: int) -> Iterator[Worked]:
    """Yield sums along a strand, over as many of the last periods as the claim says, or over all of them."""
    context = reading.contexts[at]
    if not _SUM.search(reading.text) or context.figure.unit.dimension in SHARES | TIMES or reading.spots[at]:
        return
    back = _YEARS.search(reading.text)
    for place, grid in enumerate(reading.grids):
        for strand in _strands(reading, at, place)[0] if grid.dated else ():
            if not is_of_unit(grid.strands[strand], context.figure.unit):
                continue
            posts = [post for post, _ in grid.along(strand)]
            number = _number(back[1]) if back else 0
            for kept in {tuple(posts), tuple(posts[-number:])}:
                if len(kept) > 1:
                    value = sum((amount_of(grid, strand, post) for post in kept), Decimal(0))
                    cells = (place, strand, kept[0]), (place, strand, kept[-1])
                    right = _follows(context.figure, value, context.figure.unit, signed=False)
                    yield Worked(right, False, value, context.figure.unit, cells, total=True)


def _same_measure(grid: Grid, strand: int, whole: int) -> bool:
    """Say whether two strands count the same: "Burglary Rate" is no part of "Total No. of offences"."""
    mine = grid.strands[strand].words - grid.strands[whole].words
    rest = grid.strands[whole].words - grid.strands[strand].words
    common = {word for word, weight in grid.weights.items() if weight == 0.0}
    return not rest - common - {"total", "all", "overal"} and bool(mine)


def _shares(reading: Reading, context: Context, where: tuple[int, int, int], *, sure: bool) -> Iterator[Worked]:
    place, strand, whole = where
    grid = reading.grids[place]
    posts = [post for post, _ in grid.along(strand) if (whole, post) in grid.cells]
    named = [post for post in posts if post in reading.dated(place)]
    for post in named or posts:
        part, total = amount_of(grid, strand, post), amount_of(grid, whole, post)
        if 0 < part <= total:
            cells = (place, strand, post), (place, whole, post)
            yield _worked(context, part / total * HUNDRED, PER_CENT, cells, sure=sure)
