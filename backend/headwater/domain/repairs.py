"""What was mended in a text before it was read; every repair is reported, none is silent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from headwater.domain.spans import Span


class RepairKind(StrEnum):
    """What was wrong."""

    MOJIBAKE = "mojibake"  # "ÂŁ75 million"
    STRAY_BYTES = "stray_bytes"  # cp1252 bytes inside UTF-8
    INVISIBLE = "invisible"  # zero-width and bidirectional controls inside words
    CONTROL = "control"  # C0 and C1 control characters, lone surrogates


@dataclass(frozen=True, slots=True)
class EncodingRepair:
    """One repair: `surface` as it came in at `span` of the original, `repaired` as it is read."""

    kind: RepairKind
    span: Span
    surface: str
    repaired: str
