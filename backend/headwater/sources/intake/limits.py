"""How large a file may be, packed and unpacked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """Bounds of one file.

    Args:
        file_bytes: Of the file as it lies.
        unpacked_bytes: Of one part of an archive.
        expansion: How many times larger a part may be than it is packed, once it is large at all: a long Word
            document grows some twenty times, a page of one sentence repeated a hundred.
        characters: Of the text in it.
    """

    file_bytes: int = 10_000_000
    unpacked_bytes: int = 64_000_000
    expansion: int = 250
    characters: int = 1_000_000


LIMITS = IntakeLimits()
