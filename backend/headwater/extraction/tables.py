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
    """Return one list of words of a table as a set.

    Args:
        name: File name without its ending.
        key: The list in it.
    """
    return frozenset(load_table(name)[key])
