"""How far the aligned passages carry what a claim says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from headwater.domain.spans import Span


class SupportLevel(StrEnum):
    """Support is earned by covering the claim's content; nearest is not support."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Support:
    """What the aligned passages cover of a claim.

    Args:
        level: The share as a step.
        coverage: Weighted share of the claim's content words that the aligned passages hold, from 0 to 1; a lower bound
            where less than all was enough to tell the level.
        missing: Spans of the claim's working text that no aligned passage holds, in order of appearance.
        unstated: Parts of the claim that no aligned passage carries, a cause or a purpose added, where the rest is.
    """

    level: SupportLevel
    coverage: float
    missing: tuple[Span, ...] = ()
    unstated: tuple[Span, ...] = ()
