"""Reading plain text: the words as they are, wrapped lines and all; a first line that stands apart is the title."""

from __future__ import annotations

from typing import Any

from headwater.corpus.lines import looks_like_heading


def read_plain(text: str) -> dict[str, Any]:
    """Return what a plain text holds, in the form of a record.

    Args:
        text: The decoded file.
    """
    lines = [line.strip() for line in text.strip().split("\n", 2)]
    # A title stands apart: the line under it is blank. The first line of a wrapped paragraph looks like one too.
    has_title = len(lines) > 1 and not lines[1] and looks_like_heading(lines[0])
    return {"text": text, "title": lines[0] if has_title else ""}
