"""Who or when is first: "the lowest figure since 2019", "the second highest", "peaked in 2003", asked of a table.

Along a strand where the words speak of time, across the strands where they do not. A rank is called wrong only where
every cell that the claim may mean has another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from headwater.comparison.grid_naming import Spot, posts_of
from headwater.comparison.grid_reading import Reading, amount_of, is_base_figure
from headwater.comparison.grids import Grid, is_of_change, label_words
from headwater.domain.quantities import PeriodKind
from headwater.domain.spans import Span

FEWEST = 3  # strands or posts: of two, each is the highest or the lowest
REACH = 60  # characters between a rank and the figure it is said of
_HIGH = (
    "highest|largest|biggest|greatest|busiest|costliest|commonest|most common|most popular|most frequent|most|record"
)
_LOW = "lowest|smallest|fewest|quietest|least common|least popular|rarest"
_RANK = re.compile(
    r"\b(?:(?P<order>second|third|fourth|fifth)[- ])?"
    rf"(?:(?P<high>{_HIGH})|(?P<low>{_LOW})|(?P<peak>peaked|peak))\b"
    r"|\b(?P<more>(?:more|higher|larger|bigger)\b[^.,;:]{0,60}? than (?:in |at |for |by |to |from |on )?any other)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:was|were|came|is|ranked|in) (?P<order>second|third|fourth|fifth)\b(?! (?:quarter|year|month|time))"
)
_NO_RANK = re.compile(
    r"\b(?:one of|among|at|off|from|below|above|short of|than|of) (?:the |its |a |their )?(?:\w+ )?$", re.IGNORECASE
)
_NO_THING = re.compile(
    r"\s+(?:of\b|recent\w*|likely|people\b|cases\b|notabl\w+|important\w*|part\b|levels?\b|number of\b)",
    re.IGNORECASE,
)
# Only some are ranked: "the largest of those paid off", "the busiest outside London".
_OF_SOME = re.compile(
    r"[^.,;]{0,40}?\b(?:of those|of these|among (?:those|the)|outside|excluding|apart from|except|other than|after"
    r"|behind)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:since|years?|months?|quarters?|weeks?|days?|decades?|series|on record|records began|ever|so far|annual"
    r"|period|peaked|peak|record|low|high)\b",
    re.IGNORECASE,
)
_KINDS = re.compile(r"\b(?:common|popular|frequent|rarest)\b", re.IGNORECASE)
_SPAN = re.compile(r"\bin (?:at least |more than |over |nearly |almost )?(?P<number>\w+) years\b", re.IGNORECASE)
_ORDERS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}


@dataclass(frozen=True, slots=True)
class Outranked:
    """A rank that the table gives to another cell.

    Args:
        span: The words of the rank, in the claim.
        spot: The grid, strand and post that the claim speaks of.
        rightful: The cell that has the rank, in the same grid.
    """

    span: Span
    spot: tuple[int, int, int]
    rightful: tuple[int, int, int]


def find_outranked(reading: Reading) -> Outranked | None:
    """Find a rank of a claim that no cell that it may mean has.

    Args:
        reading: The claim beside the tables.
    """
    found = _rank(reading.text)
    if found is None:
        return None
    judged = [one for place in _places(reading, found.span()) for one in _judge(reading, found, place)]
    if not judged or any(one == place for place, one in judged):
        return None
    place, rightful = judged[0]
    return Outranked(Span(*found.span()), place, rightful)


def tells_rank(text: str) -> bool:
    """Say whether a claim tells a rank: only then a table is asked who has it.

    Args:
        text: The claim.
    """
    return _rank(text) is not None


def _rank(text: str) -> re.Match[str] | None:
    """Return the one rank that a claim tells; of two nothing says which figure is whose."""
    found = [
        one
        for one in (*_RANK.finditer(text), *_PLACED.finditer(text))
        if not _NO_RANK.search(text, max(0, one.start() - 24), one.start())
        and (one.groupdict().get("more") or not _NO_THING.match(text, one.end()))
        and not _OF_SOME.match(text, one.end())
    ]
    found = [
        one for one in found if one.groupdict().get("high") != "most" or text[: one.start()].lower().endswith("the ")
    ]
    return found[0] if len(found) == 1 else None


def _is_timed(text: str, rank: re.Match[str]) -> bool:
    return _TIME.search(text) is not None or bool(rank.groupdict().get("peak"))


def _places(reading: Reading, rank: tuple[int, int]) -> Iterator[tuple[int, int, int]]:
    """Yield the cells that a rank may be said of."""
    near = _nearest(reading, rank)
    if near is not None:
        for spot in reading.spots[near]:
            if _fits(reading, near, spot):
                yield spot.grid, spot.strand, spot.post
        return
    if reading.contexts:
        return
    for place, grid in enumerate(reading.grids):
        strands, posts = reading.namings[place].strong, reading.dated(place)
        if grid.dated and len(strands) == len(posts) == 1 and (strands[0], *posts) in grid.cells:
            yield place, strands[0], next(iter(posts))


def _nearest(reading: Reading, rank: tuple[int, int]) -> int | None:
    """Return the figure with a cell that stands nearest to a rank."""
    distances = []
    for at, (context, spots) in enumerate(zip(reading.contexts, reading.spots, strict=True)):
        span = context.figure.span
        gap = span.start - rank[1] if span.start >= rank[1] else rank[0] - span.end
        if spots and 0 <= gap <= REACH and not is_base_figure(context):
            distances.append((gap, at))
    return min(distances)[1] if distances else None


def _fits(reading: Reading, at: int, spot: Spot) -> bool:
    own = reading.own_posts(spot.grid, at)
    strong = reading.namings[spot.grid].strong
    return (not own or spot.post in own) and (not strong or spot.strand in strong)


def _judge(
    reading: Reading, rank: re.Match[str], place: tuple[int, int, int]
) -> Iterator[tuple[tuple[int, int, int], tuple[int, int, int]]]:
    """Yield a cell and the one that has its rank: along its strand, across the strands, or both where that is open."""
    at, strand, post = place
    grid = reading.grids[at]
    if is_of_change(grid.strands[strand]):
        return
    timed, kinds = _is_timed(reading.text, rank), _KINDS.search(rank.group()) is not None
    beside = _across(grid, strand, post)
    of_strands = kinds or (not timed and _is_subject(reading, place, rank) and len(beside) >= FEWEST)
    fields = []
    if grid.dated and timed and _ranks_strands(grid, reading.text[rank.end() :]):
        fields.append([(one, at) for one, at in grid.cells if not grid.strands[one].total])
    elif grid.dated and not of_strands:
        fields.append(_along(reading, at, strand, post))
    if not timed or kinds:
        fields.append(beside)
    order = _ORDERS.get((rank.groupdict().get("order") or "").lower(), 1)
    for rivals in fields:
        if max(FEWEST, order) <= len(rivals) and (strand, post) in rivals:
            ranked = sorted(rivals, key=lambda one: amount_of(grid, *one), reverse=not rank.groupdict().get("low"))
            equal = amount_of(grid, strand, post) == amount_of(grid, *ranked[order - 1])
            yield place, place if equal else (at, *ranked[order - 1])


def _ranks_strands(grid: Grid, behind: str) -> bool:
    """Say whether the thing ranked is what all strands are: "the busiest quarter" of a table of quarters by year."""
    words = label_words(" ".join(behind.split()[:1]))
    return any(words & strand.words for strand in grid.strands) and all(not grid.weights.get(word) for word in words)


def _is_subject(reading: Reading, place: tuple[int, int, int], rank: re.Match[str]) -> bool:
    """Say whether a strand is named before the rank that it is said to have: "Lerwick was the largest port"."""
    held = reading.namings[place[0]].held[place[1]]
    return place[1] in reading.namings[place[0]].strong and held <= label_words(reading.text[: rank.start()])


def _along(reading: Reading, at: int, strand: int, post: int) -> list[tuple[int, int]]:
    grid = reading.grids[at]
    posts = [one for one, _ in grid.along(strand)]
    for mention in reading.dates:
        if mention.kind is PeriodKind.SINCE or mention.surface.lower().startswith("since"):
            since = posts_of(grid, mention)
            posts = [one for one in posts if not since or one >= since[0]]
    back = _SPAN.search(reading.text)
    number = _number(back["number"]) if back else 0
    if number:
        posts = [one for one in posts if one > post - number]
    return [(strand, one) for one in posts]


def _number(word: str) -> int:
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return words.index(word.lower()) + 1 if word.lower() in words else int(word) if word.isdigit() else 0


def _across(grid: Grid, strand: int, post: int) -> list[tuple[int, int]]:
    """Return the cells beside one: those of strands that count the same, sums left out."""
    if grid.strands[strand].total or (grid.posts[post].total and len(grid.posts) < 2):
        return []
    common = {word for word, weight in grid.weights.items() if weight == 0.0}
    kind = grid.strands[strand].words & common
    alike = [
        (one, post)
        for one, _ in grid.across(post)
        if not grid.strands[one].total
        and grid.strands[one].words & common == kind
        and grid.strands[one].column == grid.strands[strand].column
    ]
    return alike if _is_additive(grid, post) else []


def _is_additive(grid: Grid, post: int) -> bool:
    """Say whether the strands at a post are things of one sort: they have heads of their own and a like size."""
    values = [abs(amount_of(grid, one, post)) for one, _ in grid.across(post)]
    return len(values) >= FEWEST and max(values) > Decimal(0)
