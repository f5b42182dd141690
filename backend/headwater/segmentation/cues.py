"""The words that show where assertions part, read once from `cues.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cues:
    """Each field is a table of `cues.toml`, lower case."""

    relatives: frozenset[str]
    subordinators: frozenset[str]
    coordinators: frozenset[str]
    contrasts: frozenset[str]
    companions: frozenset[str]
    joiners: frozenset[str]
    verbs: frozenset[str]
    attendants: frozenset[str]
    superlatives: frozenset[str]
    directions: frozenset[str]
    causes: frozenset[str]
    parted_causes: frozenset[str]
    timetables: frozenset[str]
    purposes: frozenset[str]
    aims: frozenset[str]
    governors: frozenset[str]
    means: frozenset[str]
    no_gerunds: frozenset[str]
    subjects: frozenset[str]
    finite: frozenset[str]
    speech: frozenset[str]
    framing: frozenset[str]
    predictions: frozenset[str]


@cache
def cues() -> Cues:
    """Return the cue words."""
    table = tomllib.loads((Path(__file__).parent / "cues.toml").read_text("utf-8"))
    return Cues(**{field.name: frozenset(table[field.name]) for field in fields(Cues)})
