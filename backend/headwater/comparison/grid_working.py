"""What a reporter works out from a table: changes, ratios, differences and shares, with the cells that give them.

Two questions are kept apart. Whether some pair of cells that the claim may mean gives the figure: then it follows.
Whether the claim leaves no doubt which pair it means, and that gives another: then it is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations

from headwater.comparison.contexts import Context
from headwater.comparison.derivations import FINE, HOLDS, PER_CENT, POINTS, RATIO
from headwater.comparison.differences import compare_quantities
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.grid_pairs import FEW, YEARS, named_strands, number_of, pairs_of
from headwater.comparison.grid_reading import Reading, amount_of
from headwater.comparison.grids import Grid, is_bare_money, is_of_unit, scales_of
from headwater.comparison.measures import HUNDRED, moved
from headwater.domain.quantities import Dimension, Direction, Qualifier, Quantity, Role, Unit

FAR = Decimal("0.12")  # relative: a fraction in words, or a hedged figure, may be as far off
NEAR = Decimal("0.02")  # and a bound, or a figure in digits
SHARES = frozenset({Dimension.PERCENT, Dimension.PROPORTION})
COUNTED = Unit(Dimension.COUNT)
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
    r"(?! (?:(?:last|past|same|first|second|third|fourth|final|previous|financial|calendar|\w+) )?"
    r"(?:years?|quarters?|months?|weeks?|decades?|period)\b)"
    r"|^\s*of\b|^\s*share\b",
    re.IGNORECASE,
)
_SHARE_BEFORE = re.compile(
    r"\b(?:account\w*|mak\w+ up|made up|represent\w*|constitut\w*|compris\w*|share (?:was|is|of)|took|form\w*)\b",
    re.IGNORECASE,
)
_OF_FORMER = re.compile(
    r"^\s+(?:of )?(?:the|its|their|what)\s(?:(?:size|level|number|figure|rate|amount)\s)?"
    r"(?:it was|they were|recorded in|of (?:19|20)\d\d)\b",
    re.IGNORECASE,
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
    return sure[0] if sure and all(is_far(context.figure, one) for one in tried) else None


def is_far(figure: Quantity, worked: Worked, *, room: Decimal = NEAR) -> bool:
    """Say whether a claimed figure is off by more than roundings of rounded figures explain.

    Args:
        figure: The claimed figure.
        worked: What follows from two cells.
        room: What is left to a bound, or to a figure in digits.
    """
    mine = abs(_per_cent(figure) if worked.unit == PER_CENT else figure.value)
    theirs, way = abs(worked.value), moved(figure)
    if is_signed(worked) and way in {Direction.UP, Direction.DOWN} and worked.value:
        rising = worked.value > (1 if worked.unit == RATIO else 0)
        if rising is not (way is Direction.UP):
            return True
    if figure.qualifier in OPEN_ABOVE:
        return theirs < mine * (1 - room) - worked.blur
    if figure.qualifier in OPEN_BELOW or _UNDER.search(figure.qualifier_surface):
        return theirs > mine * (1 + room) + worked.blur
    if figure.qualifier is Qualifier.BELOW and theirs > mine * (1 + room) + worked.blur:
        return True
    loose = figure.qualifier is not Qualifier.EXACT or figure.unit.dimension in {
        Dimension.PROPORTION,
        Dimension.MULTIPLE,
    }
    step = figure.step * figure.unit.factor if not loose and worked.unit.dimension is figure.unit.dimension else None
    most = step + room * max(theirs, mine) if step is not None else _reach(figure) * max(theirs, mine)
    return abs(mine - theirs) > most + worked.blur


def _reach(figure: Quantity) -> Decimal:
    """Return by how much a rough figure may be off: "16,000" is less rough than "a third"."""
    fine = figure.unit.dimension not in {Dimension.PROPORTION, Dimension.MULTIPLE} and len(
        re.sub(r"[^0-9]|0+$", "", figure.surface.replace(",", ""))
    )
    return FAR / 2 if fine and fine > 1 else FAR


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
    kind = kind_of_change(context)
    if not kind:
        return
    yield from _beside(reading, at, kind)
    for pair in pairs_of(reading, at):
        grid = reading.grids[pair.grid]
        now, base = (amount_of(grid, pair.strand, post) for post in (pair.now, pair.base))
        cells = (pair.grid, pair.strand, pair.now), (pair.grid, pair.strand, pair.base)
        blur = _blur(grid, cells, (now, base), relative=kind not in {"amount", "points"})
        blur = blur / HUNDRED if kind == "ratio" else blur
        if kind == "amount":
            if is_of_unit(grid.strands[pair.strand], context.figure.unit):
                yield _worked(context, now - base, context.figure.unit, cells, sure=pair.sure, blur=blur)
        elif kind == "points":
            yield _worked(context, now - base, POINTS, cells, sure=False, blur=blur)
        elif base > 0 and now > 0:
            if kind == "part":
                yield _worked(context, now / base * HUNDRED, PER_CENT, cells, sure=pair.sure, blur=blur)
            elif kind == "ratio":
                yield _worked(context, now / base, RATIO, cells, sure=pair.sure, blur=blur)
            else:
                yield _worked(context, (now / base - 1) * HUNDRED, PER_CENT, cells, sure=pair.sure, blur=blur)


def _beside(reading: Reading, at: int, kind: str) -> Iterator[Worked]:
    """Yield what two strands that the claim names differ by at one post."""
    context = reading.contexts[at]
    for place, grid in enumerate(reading.grids):
        named = [one for one in reading.namings[place].strong if not grid.strands[one].total]
        if not 1 < len(named) <= FEW:
            continue
        dated = reading.dated(place)
        for one, other in permutations(named, 2):
            posts = [post for post, _ in grid.along(one) if (other, post) in grid.cells]
            for post in [post for post in posts if post in dated] or posts[-1:]:
                mine, theirs = amount_of(grid, one, post), amount_of(grid, other, post)
                cells = (place, one, post), (place, other, post)
                if kind == "amount":
                    # A table that does not say on which scale its money is may be of thousands.
                    for scale in scales_of(grid.strands[one]) if is_bare_money(grid.strands[one]) else (Decimal(1),):
                        yield _worked(context, (mine - theirs) * scale, context.figure.unit, cells, sure=False)
                elif theirs > 0 and mine > 0:
                    ratio = kind == "ratio"
                    value, unit = (mine / theirs, RATIO) if ratio else ((mine / theirs - 1) * HUNDRED, PER_CENT)
                    yield _worked(context, value, unit, cells, sure=False)


def kind_of_change(context: Context) -> str:
    """Return what sort of change a figure tells: "share", "ratio", "points", "amount", or "" where it tells none.

    Args:
        context: The figure.
    """
    figure = context.figure
    if figure.unit.dimension is Dimension.MULTIPLE:
        return "ratio"
    start = max(context.sentence.start, figure.span.start - 60)
    lead = context.text[start : figure.span.start].removesuffix(f"{figure.qualifier_surface} ")
    behind = context.text[figure.span.end : context.sentence.end]
    if figure.unit.dimension in SHARES and _OF_FORMER.match(behind):
        return "part"
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


def worked_out(context: Context, value: Decimal, unit: Unit, cells: tuple[Place, Place]) -> Worked:
    """Return what was worked out from two cells, whichever of them goes before.

    Args:
        context: The claimed figure.
        value: What follows.
        unit: Of it.
        cells: The two.
    """
    return Worked(_follows(context.figure, value, unit, signed=False), False, value, unit, cells)


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


def is_share_of_all(context: Context) -> bool:
    """Say whether a figure is told as a part of a whole: "accounted for a third", "a third of all".

    Args:
        context: The figure.
    """
    behind = context.text[context.figure.span.end : context.sentence.end]
    lead = context.text[context.sentence.start : context.figure.span.start]
    return bool(_SHARE_BEHIND.match(behind) or _SHARE_BEFORE.search(lead))


def _parts(reading: Reading, at: int) -> Iterator[Worked]:
    """Yield the shares of the whole that a strand makes up."""
    context = reading.contexts[at]
    if context.figure.unit.dimension not in SHARES or context.figure.role is Role.CHANGE_BY:
        return
    if not is_share_of_all(context) or kind_of_change(context):
        return
    for place, grid in enumerate(reading.grids):
        strands, sure = named_strands(reading, at, place, of_wholes=True)
        wholes = [one for one, strand in enumerate(grid.strands) if strand.total]
        for strand in strands:
            for whole in wholes:
                if whole != strand and _same_measure(grid, strand, whole):
                    yield from _shares(reading, context, (place, strand, whole), sure=sure and len(strands) <= FEW)
            if 1 < len(strands) <= FEW and len(wholes) == 1:
                yield from _shared_by(reading, context, (place, wholes[0]), strands)


def _shared_by(reading: Reading, context: Context, where: tuple[int, int], strands: Sequence[int]) -> Iterator[Worked]:
    """Yield the shares of the whole that several strands make up together."""
    place, whole = where
    grid = reading.grids[place]
    posts = [post for post, _ in grid.along(whole) if all((one, post) in grid.cells for one in strands)]
    for post in [post for post in posts if post in reading.dated(place)] or posts:
        part, total = sum((amount_of(grid, one, post) for one in strands), Decimal(0)), amount_of(grid, whole, post)
        if 0 < part <= total:
            cells = (place, strands[0], post), (place, whole, post)
            yield _worked(context, part / total * HUNDRED, PER_CENT, cells, sure=False)


def _sums(reading: Reading, at: int) -> Iterator[Worked]:
    """Yield sums along a strand, over as many of the last periods as the claim says, or over all of them."""
    context = reading.contexts[at]
    if not _SUM.search(reading.text) or context.figure.unit.dimension in SHARES | TIMES or reading.spots[at]:
        return
    back = YEARS.search(reading.text)
    for place, grid in enumerate(reading.grids):
        for strand in named_strands(reading, at, place)[0] if grid.dated else ():
            if not is_of_unit(grid.strands[strand], context.figure.unit):
                continue
            posts = [post for post, _ in grid.along(strand)]
            number = number_of(back[1]) if back else 0
            for kept in {tuple(posts), tuple(posts[-number:])}:
                if len(kept) > 1:
                    value = sum((amount_of(grid, strand, post) for post in kept), Decimal(0))
                    cells = (place, strand, kept[0]), (place, strand, kept[-1])
                    right = _follows(context.figure, value, context.figure.unit, signed=False)
                    yield Worked(right, False, value, context.figure.unit, cells, total=True)


def _same_measure(grid: Grid, strand: int, whole: int) -> bool:
    """Say whether one strand may be a part of another: both count the same, and no other whole is nearer."""
    mine, other = grid.strands[strand], grid.strands[whole]
    if any(is_of_unit(mine, unit) is not is_of_unit(other, unit) for unit in (COUNTED, PER_CENT)):
        return False
    alone = sum(one.total and is_of_unit(one, COUNTED) is is_of_unit(other, COUNTED) for one in grid.strands) == 1
    return alone or not other.words - mine.words - {"#total"}


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
