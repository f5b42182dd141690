"""Texts named on the command line: a file, or "-" for what is piped in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.text.decoding import Decoded

STANDARD_INPUT = Path("-")


def read_text(path: Path) -> Decoded:
    """Read a text, its encoding found by rule; stray bytes are among its repairs.

    Args:
        path: Of the file, or "-" for standard input.

    Returns:
        The text and how it was read.

    Raises:
        OSError: If the file cannot be read.
    """
    from headwater.text.decoding import decode  # noqa: PLC0415 - tables are loaded with it

    content = sys.stdin.buffer.read() if path == STANDARD_INPUT else path.read_bytes()
    return decode(content)
