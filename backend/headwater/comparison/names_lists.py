"""Lists of names: a member exchanged, added, or left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from headwater.comparison.names_relations import NameRelation, relate_names
from headwater.comparison.names_rules import NameOutcome
from headwater.comparison.names_settings import Setting, find_lists, find_person_lists
from headwater.comparison.names_slots import LEAST_TOLD, SAME_STATEMENT, coverage, differ_in_values
from headwater.comparison.vocabulary import concept
from headwater.domain.facts import Annotated, NameKind, NameMention

SHARED = 2  # members that both lists hold: with two, the third stands in the same list
_EXAMPLES = re.compile(
    r"(?:includ(?:ing|es?|ed)|such as|like|among them|notably|e\.g\.|for example)(?: the)?:? *\Z", re.IGNORECASE
)
_BEFORE = 24  # characters before a list in which "including" stands


@dataclass(frozen=True, slots=True)
class NameList:
    """A list of names: its members' settings, the passage's index, whether it gives examples only."""

    members: tuple[Setting, ...]
    passage: int
    examples: bool


@dataclass(frozen=True, slots=True)
class ListOutcome:
    """What came of a list: the claimed member it is said of, and the official ones."""

    outcome: NameOutcome
    ours: Setting
    theirs: tuple[Setting, ...]


def read_lists(text: Annotated, settings: Sequence[Setting], passage: int = -1) -> tuple[NameList, ...]:
    """Return the lists of names of a text.

    Args:
        text: A claim or a passage.
        settings: Of all its names, in order.
        passage: Its index.
    """
    found = []
    plain = find_lists(text.text, text.facts.names)
    titled = [places for places in find_person_lists(text.text, text.facts.names) if places not in plain]
    for places in (*plain, *titled):
        members = tuple(setting for setting in settings if setting.place in places)
        if len(members) == len(places):
            start = members[0].mention.span.start
            examples = _EXAMPLES.search(text.text, max(0, start - _BEFORE), start) is not None
            found.append(NameList(members, passage, examples))
    return tuple(found)


def compare_lists(
    claimed: Sequence[NameList], official: Sequence[NameList], sentences: Sequence[frozenset[str]]
) -> Iterator[ListOutcome]:
    """Compare each list of the claim with the official list that shares most members.

    Args:
        claimed: Lists of the claim.
        official: Lists of the passages.
        sentences: Canonical names of each official sentence: a list whose members all stand in one is not judged.
    """
    for ours in claimed:
        canonical = {member.mention.canonical for member in ours.members}
        if any(canonical <= names for names in sentences):
            yield from _left_out(ours, official)
            continue
        best = max(official, key=lambda theirs, ours=ours: _likeness(ours, theirs), default=None)  # type: ignore[misc]
        if best is not None and _shared(ours, best):
            yield from _against(ours, best)


def _likeness(ours: NameList, theirs: NameList) -> tuple[int, bool, float]:
    """Members shared first; of lists that share as many, one of the same length, in the most similar sentence."""
    covered = coverage(ours.members[0], theirs.members[0])
    return len(_shared(ours, theirs)), len(ours.members) == len(theirs.members), covered


def _shared(ours: NameList, theirs: NameList) -> list[Setting]:
    return [member for member in ours.members if _stands_in(member.mention, theirs)]


def _stands_in(mention: NameMention, names: NameList) -> bool:
    return any(relate_names(mention, member.mention) is not NameRelation.APART for member in names.members)


def _against(ours: NameList, theirs: NameList) -> Iterator[ListOutcome]:
    shared = _shared(ours, theirs)
    added = [member for member in ours.members if member not in shared]
    told = ours.members[0].names
    lacking = [m for m in theirs.members if not _stands_in(m.mention, ours) and m.mention.canonical not in told]
    covered = max(coverage(ours.members[0], member) for member in theirs.members)
    if len(added) == len(lacking) == 1 and added[0].mention.kind is lacking[0].mention.kind:
        people = added[0].mention.kind in (NameKind.PERSON, NameKind.OFFICE)
        pair = people and len(shared) == 1 and len(ours.members) == len(theirs.members) and covered >= SAME_STATEMENT
        if (len(shared) >= SHARED and _of_one_statement(ours, theirs, covered)) or (
            pair and not differ_in_values(added[0], lacking[0])
        ):
            yield ListOutcome(NameOutcome.LIST_SWAPPED, added[0], tuple(lacking))
    elif len(added) == 1 and not lacking and covered >= SAME_STATEMENT and not theirs.examples:
        yield ListOutcome(NameOutcome.LIST_ADDED, added[0], theirs.members)


def _of_one_statement(ours: NameList, theirs: NameList, covered: float) -> bool:
    """Say whether two lists are of one statement: it is mostly the same, or opens alike and shares a few words."""
    first, second = ours.members[0], theirs.members[0]
    if differ_in_values(first, second):
        return False
    members = {f"={member.mention.canonical}" for member in (*ours.members, *theirs.members)}
    words = (first.told.keys() & second.told.keys()) - members
    return covered >= SAME_STATEMENT or (first.lead == second.lead and len(words) >= LEAST_TOLD)


def _left_out(ours: NameList, official: Sequence[NameList]) -> Iterator[ListOutcome]:
    """A shorter list of the same statement leaves members out; examples may."""
    if ours.examples:
        return
    for theirs in official:
        lacking = [m for m in theirs.members if not _stands_in(m.mention, ours)]
        outside = [m for m in lacking if not _is_told(m.mention, ours.members[0])]
        whole = all(_stands_in(member.mention, theirs) for member in ours.members)
        if not whole or theirs.examples or len(ours.members) < SHARED:
            continue
        covered = max(coverage(ours.members[0], member) for member in theirs.members)
        if outside and covered >= SAME_STATEMENT:
            yield ListOutcome(NameOutcome.LIST_LEFT_OUT, ours.members[-1], tuple(outside))
        return


def _is_told(mention: NameMention, setting: Setting) -> bool:
    """Say whether a sentence has a name, also as a word: one that opens it may not be read as a name."""
    return mention.canonical in setting.names or concept(mention.canonical) in setting.told
