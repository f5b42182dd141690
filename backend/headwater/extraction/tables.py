"""Load the tables of words, units and symbols that stand as TOML beside the rules."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def load_table(name: str) -> dict[str, Any]:
    """Return the table `name`.toml of this room, read once.

    Args:
        name: File name without its ending.
    """
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))


def load_words(name: str, key: str) -> frozenset[str]:
    """Return one list of words of a table as a set; a string in the table is a list parted by blanks.

    Args:
        name: File name without its ending.
        key: The list in it.
    """
    words: str | list[str] = load_table(name)[key]
    return frozenset(words.split() if isinstance(words, str) else words)
