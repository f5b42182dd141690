"""The rules of the modality lane, and which of them two cues of one event come under."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from headwater.domain.findings import Effect, Severity
from headwater.extraction.verbs import verb_base

DONE, STATED = "done", "stated"
PLANS = frozenset({"planned", "will", "shall", "would"})  # one step: a thing is going to happen
HEDGES = frozenset({"may", "could", "expected"})
STATUS = {"proposed": 1, "considered": 2, "planned": 3, "will": 3, "agreed": 3}  # "agreed to sign": going to happen
STRENGTH = {"may": 1, "could": 1, "can": 2, "expected": 3, "aimed": 3, "should": 4, "will": 5, "planned": 5, "must": 6}
NOT_SET_APART = [  # pairs that newsrooms exchange without a shift, or whose sense hangs on more than the cue
    {"may", "could"},
    {"may", "can"},  # "Employers may apply": a permission
    {"could", "can"},  # "said it could"
    {"expected", "aimed"},
    {"expected", "should"},
    {"can", "expected"},
    {"can", "aimed"},
    {"may", "aimed"},
    {"could", "aimed"},
    {"aimed", "should"},
    {"aimed", "planned"},
    {"aimed", "must"},
    {"shall", "must"},
    {"shall", "will"},
]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of judgement; `sentence` has places for the words of both sides."""

    id: str
    kind: str
    effect: Effect
    severity: Severity
    example: tuple[str, str]
    sentence: str


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("modality_rules.toml").read_text("utf-8"))


@cache
def modality_rules() -> Mapping[str, Rule]:
    """Return every rule by the name of its outcome.

    >>> modality_rules()["told_as_done"].id
    'MOD-DONE'
    """
    return {
        name: Rule(
            row["id"],
            row["kind"],
            Effect(row["effect"]),
            Severity(row["severity"]),
            (row["example"][0], row["example"][1]),
            row["sentence"],
        )
        for name, row in _table().items()
        if name not in {"steps", "directives"}
    }


def step_name(cue: str) -> str:
    """Return how a step is put into words."""
    return str(_table()["steps"].get(cue, cue))


@cache
def directives() -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of the verbs that order, and of those that only ask."""
    firm, weak = (
        frozenset(verb_base(word) for word in _table()["directives"][side].split()) for side in ("firm", "weak")
    )
    return firm, weak


def find_outcome(ours: tuple[str, bool], theirs: tuple[str, bool]) -> str | None:
    """Return the outcome of two cues of one event, or None where nothing can be said.

    Args:
        ours: The claim's cue, and whether it is told of the past ("may have signed").
        theirs: The official ones.

    >>> find_outcome(("done", True), ("will", False)), find_outcome(("will", False), ("planned", False))
    ('told_as_done', 'same')
    >>> find_outcome(("may", False), ("can", False)) is None
    True
    """
    (own, own_past), (other, other_past) = ours, theirs
    if own == other or (own in PLANS and other in PLANS):
        return "same"
    if DONE in {own, other}:
        return _against_done(own, other, past=own_past and other_past)
    if STATED in {own, other}:
        return _against_stated(own, other)
    return _between_cues(own, other) if own_past == other_past else None


def _between_cues(own: str, other: str) -> str | None:
    if "would" in {own, other} or {own, other} in NOT_SET_APART:
        return None
    if own in STATUS and other in STATUS and not {own, other} <= {"planned", "will", "agreed"}:
        return "status_up" if STATUS[own] > STATUS[other] else "status_down"
    if other in {"proposed", "considered"}:
        return "status_up" if own == "must" else None
    if (own, other) == ("must", "asked"):
        return "strength_up"
    return _by_strength(own, other)


def _against_done(own: str, other: str, *, past: bool) -> str | None:
    if own == DONE:
        if past and other in HEDGES:
            return "hedge_dropped"
        return None if other in {"can", STATED} or past else "told_as_done"
    if own in HEDGES:
        return "hedge_added"
    return "status_down" if own in {"proposed", "considered", "planned", "will", "shall"} else None


def _against_stated(own: str, other: str) -> str | None:
    if own == STATED:
        return "hedge_dropped" if other in HEDGES or other in {"aimed", "can"} else None
    return "hedge_added" if own in HEDGES else None


def _by_strength(own: str, other: str) -> str | None:
    if own not in STRENGTH or other not in STRENGTH or STRENGTH[own] == STRENGTH[other]:
        return None
    if {own, other} == {"will", "must"} or {own, other} == {"planned", "must"} or (own == "aimed" and other == "will"):
        return "slightly_up" if STRENGTH[own] > STRENGTH[other] else "slightly_down"
    return "strength_up" if STRENGTH[own] > STRENGTH[other] else "strength_down"
