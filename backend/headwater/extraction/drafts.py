"""The working record of one figure while the readers of this room fill it in, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from headwater.domain.quantities import Dimension, Direction, Qualifier, Role, Unit
from headwater.domain.spans import Span
from headwater.extraction.counted import NounGroup
from headwater.extraction.numeral_types import Form
from headwater.extraction.units import COUNT


@dataclass(slots=True)
class Draft:
    """A figure being read: tokens `first` to `last - 1`, its number ending before token `number_end`."""

    first: int
    last: int
    value: Decimal
    step: Decimal
    form: Form
    number_end: int
    unit: Unit = COUNT
    upper: Decimal | None = None
    scaled: bool = False
    grouped: bool = False
    signed: bool = False  # a currency sign or code stands before it
    attributive: bool = False  # joined to the next word by a hyphen: "27-nation", "six-week"
    group: NounGroup | None = None
    counted: str = ""
    counted_head: str = ""
    qualifier: Qualifier = Qualifier.EXACT
    hedge: tuple[int, int] | None = None
    hedge_words: str = ""
    direction: Direction | None = None
    role: Role = Role.LEVEL
    whole: Span | None = None
    spelled_scale: Decimal = Decimal(1)  # the factor a scale word multiplied in, shared by both ends of a range

    @property
    def bare(self) -> bool:
        """Whether nothing but the number itself is written: no unit, no scale."""
        return self.unit.dimension is Dimension.COUNT and not self.scaled and not self.attributive

    @property
    def end(self) -> int:
        """The token behind the figure and what it counts."""
        return max(self.last, self.group.last) if self.group is not None else self.last
