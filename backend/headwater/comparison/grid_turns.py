"""A change told the other way about: "up from 541 to 785" of a table in which 785 came first."""

from __future__ import annotations

from headwater.comparison.grid_reading import Reading, is_base_figure
from headwater.domain.quantities import Direction, Role


def find_turned_pair(reading: Reading) -> tuple[int, int] | None:
    """Return the two figures of a change whose base the table has later, by their places in the claim; else None.

    Args:
        reading: The claim beside the tables.
    """
    bases = [at for at, context in enumerate(reading.contexts) if _is_base(context.figure.role, reading, at)]
    others = [at for at, context in enumerate(reading.contexts) if context.figure.role is Role.CHANGE_TO]
    if len(bases) != 1 or len(others) != 1:
        return None
    pairs = {
        (one.post, other.post)
        for one in reading.spots[bases[0]]
        for other in reading.spots[others[0]]
        if (one.grid, one.strand) == (other.grid, other.strand) and reading.grids[one.grid].dated
    }
    # "Climbed from 151 to 130": the figures themselves go the other way.
    base, other = (reading.contexts[at].figure for at in (bases[0], others[0]))
    way = other.value.compare(base.value) * (-1 if other.direction is Direction.DOWN else 1)
    against = other.direction in {Direction.UP, Direction.DOWN} and way < 0
    turned = pairs and (against or all(base > post for base, post in pairs))
    return (bases[0], others[0]) if turned else None


def _is_base(role: Role, reading: Reading, at: int) -> bool:
    return role is Role.CHANGE_FROM or (role is Role.LEVEL and is_base_figure(reading.contexts[at]))
