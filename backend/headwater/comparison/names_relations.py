"""How two names compare: one and the same, another spelling, another first name, or nothing in common."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from headwater.domain.facts import NameKind, NameMention
from headwater.extraction.names_acronyms import fits
from headwater.extraction.names_tables import name_words, place_names, short_forms

_LONG = 6  # letters from which one letter may be a slip; "Iran" and "Iraq" are two countries
_VERY_LONG = 9  # letters from which two may
_PERSONS = frozenset((NameKind.PERSON, NameKind.OTHER))
_RANKS = frozenset(("prime", "first", "shadow", "deputy", "assistant", "acting", "chief"))  # make another office
_PREFIX = 3  # letters that a short form shares with its name: "Rob", "Robert"


class NameRelation(StrEnum):
    """How two names compare."""

    SAME = "same"
    SPELT_OTHERWISE = "spelt_otherwise"
    FIRST_NAME = "first_name"
    APART = "apart"


def relate_names(ours: NameMention, theirs: NameMention) -> NameRelation:
    """Say how two names compare.

    Args:
        ours: Of the claim.
        theirs: Of the source.
    """
    if ours.canonical == theirs.canonical:
        return NameRelation.SAME
    return _relate(ours.canonical, ours.kind, theirs.canonical, theirs.kind)


@lru_cache(maxsize=16_384)
def _relate(ours: str, our_kind: NameKind, theirs: str, their_kind: NameKind) -> NameRelation:
    if our_kind is NameKind.OFFICE or their_kind is NameKind.OFFICE:
        same = our_kind is their_kind and _same_office(ours, theirs)
        return NameRelation.SAME if same else NameRelation.APART
    if fits(ours, theirs) or fits(theirs, ours):
        return NameRelation.SAME
    if _same_words(ours, theirs):
        return NameRelation.SAME
    if {our_kind, their_kind} <= _PERSONS and NameKind.PERSON in (our_kind, their_kind):
        by_person = _relate_people(ours.split(), theirs.split())
        if by_person is not NameRelation.APART:
            return by_person
    elif our_kind is not NameKind.PLACE and their_kind is not NameKind.PLACE and _is_shortened(ours, theirs):
        return NameRelation.SAME
    return _by_spelling(ours, theirs)


def _same_words(ours: str, theirs: str) -> bool:
    """Say whether two names have the same words: "Manchester University", "University of Manchester"."""
    first, second = set(ours.split()) - name_words().small, set(theirs.split()) - name_words().small
    return len(first) > 1 and first == second


def _is_shortened(ours: str, theirs: str) -> bool:
    """Say whether one name is the other with words left out, a telling one kept."""
    first, second = set(ours.split()) - name_words().small, set(theirs.split()) - name_words().small
    fewer, more = sorted((first, second), key=len)
    lists = name_words()
    telling = fewer - lists.organisations - lists.laws - lists.generic - place_names()
    years = {word for word in first ^ second if word.isdigit()}
    return bool(telling) and fewer < more and not (years and first & second and _both_numbered(first, second))


def _both_numbered(first: set[str], second: set[str]) -> bool:
    return any(word.isdigit() for word in first) and any(word.isdigit() for word in second)


def _same_office(ours: str, theirs: str) -> bool:
    """Say whether two offices can be one: the same field with "secretary" or "minister", or a field cut short."""
    first, second = ours.split(), theirs.split()
    heads = {"secretary", "minister"}
    if first[-1] not in heads or second[-1] not in heads:
        return False
    fields = [set(words[:-1]) - name_words().small for words in (first, second)]
    if not all(fields) or _RANKS & (fields[0] ^ fields[1]):
        return False
    return fields[0] <= fields[1] or fields[1] <= fields[0]


def _relate_people(ours: list[str], theirs: list[str]) -> NameRelation:
    if ours[-1] != theirs[-1] and _skeleton(ours[-1]) != _skeleton(theirs[-1]):
        return NameRelation.APART
    if len(ours) == 1 or len(theirs) == 1:
        return NameRelation.SAME
    first, second = ours[0], theirs[0]
    shorter = min(len(first), len(second), _PREFIX)
    if (
        first in theirs
        or second in ours
        or first[:shorter] == second[:shorter]
        or _consonants(first) == _consonants(second)
        or second in short_forms().get(first, ())
    ):
        return NameRelation.SAME
    return NameRelation.FIRST_NAME


def _skeleton(word: str) -> str:
    """Fold what transliterations write in several ways: "Zelensky", "Zelenskyy", "Zelenskiy"."""
    for written, folded in (
        ("iy", "i"),
        ("yi", "i"),
        ("ij", "i"),
        ("y", "i"),
        ("kh", "h"),
        ("ck", "k"),
        ("ph", "f"),
        ("w", "v"),
    ):
        word = word.replace(written, folded)
    return re.sub("i{2,}", "i", word)


def _consonants(word: str) -> str:
    return "".join(letter for letter in _skeleton(word) if letter not in "aeiou")


def _by_spelling(ours: str, theirs: str) -> NameRelation:
    if len(ours.split()) != len(theirs.split()):
        return NameRelation.APART
    shorter = min(len(ours), len(theirs))
    if shorter >= _LONG and _skeleton(ours) == _skeleton(theirs):
        return NameRelation.SAME
    allowed = 2 if shorter >= _VERY_LONG else 1 if shorter >= _LONG else 0
    if not allowed or {ours, theirs} <= place_names() or any(c.isdigit() for c in ours + theirs):
        return NameRelation.APART
    return NameRelation.SPELT_OTHERWISE if within_edits(ours, theirs, allowed) else NameRelation.APART


def within_edits(one: str, other: str, most: int) -> bool:
    """Say whether one text becomes the other by at most so many letters put in, left out, changed or transposed.

    Args:
        one: A text.
        other: Another.
        most: Edits allowed.

    >>> within_edits("yvette", "yvete", 1), within_edits("slovenia", "slovakia", 1)
    (True, False)
    """
    if abs(len(one) - len(other)) > most:
        return False
    two_back: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        new = [at]
        for place, another in enumerate(other, 1):
            cost = min(row[place] + 1, new[-1] + 1, row[place - 1] + (letter != another))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == another:
                cost = min(cost, two_back[place - 2] + 1)
            new.append(cost)
        if min(new) > most:
            return False
        two_back, row = row, new
    return row[-1] <= most
