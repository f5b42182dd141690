"""The words that show where assertions part, read once from `cues.toml`."""

from __future__ import annotations

import re
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
    instruments: frozenset[str]
    means: frozenset[str]
    no_gerunds: frozenset[str]
    subjects: frozenset[str]
    finite: frozenset[str]
    speech: frozenset[str]
    framing: frozenset[str]
    predictions: frozenset[str]
    remarks: frozenset[str]


@cache
def cues() -> Cues:
    """Return the cue words."""
    table = tomllib.loads((Path(__file__).parent / "cues.toml").read_text("utf-8"))
    return Cues(**{field.name: frozenset(table[field.name]) for field in fields(Cues)})


GAP = r"(?:[^\w]+[\w'’-]+){0,4}?[^\w]+"  # up to four words between two of a remark
NEXT = r"[^\w]+"


@cache
def remark_pattern() -> re.Pattern[str]:
    """Return one pattern for all remarks of the writer's own, for text in lower case."""
    return re.compile(r"\b(?:" + "|".join(_expression(remark) for remark in sorted(cues().remarks)) + r")\b")


def _expression(remark: str) -> str:
    made = ""
    gap = ""
    for word in remark.split():
        if word == "*":
            gap = GAP
            continue
        choice = "|".join(re.escape(one).replace("'", "['’]") for one in word.split("|"))
        made += f"{gap}(?:{choice})"
        gap = NEXT
    return made
