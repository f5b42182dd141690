"""A date told in the source's own words but for one: "the past two months" for "the past two years".

Only words that change when: a unit of time, which of them, how many, what part of it. Ranges that keep one of their
ends are twins too: "between 1993 and 1996" for "between 1993 and 1995".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from headwater.comparison.date_judgement import RELATED, Facing, alike_base
from headwater.comparison.date_slots import Slot, coverage, nearness, shared_words
from headwater.comparison.period_relations import PeriodRelation, compare_periods
from headwater.domain.quantities import DateMention, PeriodKind
from headwater.extraction.date_tokens import MONTHS

READ = 3  # passages that the search found
LEAST = 2  # words of a date, so that one of them can be kept
_IDLE = frozenset(
    ("the", "of", "over", "in", "for", "during", "between", "from", "and", "to", "through", "until", "till")
)
_WORD = re.compile(r"[^\W_]+")
_ENDS = re.compile(
    r"\b\d{4}\b|\b\d{1,2}\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE
)


@cache
def _classes() -> Mapping[str, str]:
    table = tomllib.loads(Path(__file__).with_name("date_twins.toml").read_text("utf-8"))
    return {word: name for name, words in table["classes"].items() for word in words.split()}


@cache
def _same() -> Mapping[str, str]:
    table = tomllib.loads(Path(__file__).with_name("date_twins.toml").read_text("utf-8"))
    return {word: words.split()[0] for words in table["same"] for word in words.split()}


def find_twin(claim: Slot, official: Sequence[tuple[int, Slot]], everywhere: Sequence[DateMention]) -> Facing | None:
    """Find the official date that a claimed one differs from by one word.

    Args:
        claim: A date that the passages do not state.
        official: The dates of the passages that the search found, each with its passage's place among them.
        everywhere: All dates of the document.
    """
    mine = _told(claim.mention)
    if claim.quoted or claim.role in ("said", "name") or any(_told(other) == mine for other in everywhere):
        return None
    for place, slot in sorted(official, key=lambda pair: pair[0]):
        if place >= READ or slot.quoted or slot.role in ("said", "name"):
            continue
        sharing = _share_an_end(claim.mention, slot.mention)
        if not (sharing or _are_twins(mine, _told(slot.mention))):
            continue
        relation = compare_periods(claim.mention, slot.mention)
        facing = Facing(slot, relation, coverage(claim, slot), nearness(claim, slot))
        told = facing.coverage >= RELATED and shared_words(claim, slot) > 0 and alike_base(claim, facing)
        held = {PeriodRelation.SAME} if sharing else {PeriodRelation.SAME, PeriodRelation.CONTAINS}
        if told and relation.relation not in held:
            return facing
    return None


def _told(mention: DateMention) -> tuple[str, ...]:
    """Return the words of a date that say when, in order."""
    words = (word.lower() for word in _WORD.findall(mention.surface))
    plain = (word[:-1] if word.endswith("s") and word[:-1] in _classes() else word for word in words)
    return tuple(_same().get(word, word) for word in plain if word not in _IDLE)


def _are_twins(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    if len(mine) != len(theirs) or len(mine) < LEAST:
        return False
    apart = [(one, other) for one, other in zip(mine, theirs, strict=True) if one != other]
    if len(apart) != 1:
        return False
    classes = {
        _classes().get(word, "number" if word.isdigit() and len(word) < len("2024") else "") for word in apart[0]
    }
    return len(classes) == 1 and "" not in classes


def _class(word: str) -> str:
    if word.isdigit():
        return "year" if len(word) == len("2024") else "number"
    return "month" if word in MONTHS else _classes().get(word, "")


def _share_an_end(claim: DateMention, official: DateMention) -> bool:
    """Say whether two ranges, each told by both ends, have one end alike and the other not."""
    if claim.kind is not PeriodKind.RANGE or official.kind is not PeriodKind.RANGE:
        return False
    if claim.relative or official.relative or None in (claim.first, claim.last, official.first, official.last):
        return False
    told = all(len(_ENDS.findall(side.surface)) > 1 for side in (claim, official))
    return told and (claim.first == official.first) is not (claim.last == official.last)
