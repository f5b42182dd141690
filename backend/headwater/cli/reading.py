"""Texts named on the command line: a file, or "-" for what is piped in; whatever kind of file it is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.settings import Settings
    from headwater.sources.intake.limits import IntakeLimits
    from headwater.sources.intake.taking import TakenText

STANDARD_INPUT = Path("-")


def read_text(path: Path, limits: IntakeLimits | None = None) -> TakenText:
    """Read the text of a file: a text, Markdown, a web page, a Word document or a PDF, told by its bytes.

    Of anything but a plain text the words of the document are given, and places are then counted in those.

    Args:
        path: Of the file, or "-" for standard input.
        limits: How large it may be.

    Raises:
        OSError: If the file cannot be read.
        InvalidInputError: If it is too large, damaged, locked, of another kind, or holds no words.
    """
    from headwater.sources.intake.limits import LIMITS  # noqa: PLC0415 - readers and tables are loaded with it
    from headwater.sources.intake.taking import take_in_file, take_in_stream  # noqa: PLC0415

    if path == STANDARD_INPUT:
        return take_in_stream(sys.stdin.buffer, "", limits or LIMITS)
    return take_in_file(path, limits or LIMITS)


def limits_of(settings: Settings) -> IntakeLimits:
    """Return how large a file may be by the settings."""
    from headwater.sources.intake.limits import IntakeLimits  # noqa: PLC0415

    return IntakeLimits(file_bytes=settings.max_file_bytes, characters=settings.max_text_characters)
