"""Marks between the words of a quotation: which ones changed, and whether the sentence is now read otherwise."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from headwater.comparison.edit_kinds import is_negator
from headwater.comparison.quotation_words import Mark

_TABLE = {
    name: frozenset(words)
    for name, words in tomllib.loads((Path(__file__).parent / "quotation_punctuation.toml").read_text("utf-8")).items()
}
_PARTING = frozenset(",;—")
_SHORTEST_PARTICIPLE = 5  # letters: "being", "using"; shorter words in -ing or -ed are stems
_NEGATION_REACH = 8  # words: a clause; a negation further back belongs to another


@dataclass(frozen=True, slots=True)
class Place:
    """Where marks stand: the folded words before (nearest last) and after (nearest first), and whether in a list."""

    before: Sequence[str]
    after: Sequence[str]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class MarkEdit:
    """A change of marks between two words: `claimed` stand in the quotation, `official` in the source."""

    kind: str
    claimed: tuple[Mark, ...]
    official: tuple[Mark, ...]

    @property
    def edit(self) -> str:
        """Return "insert", "delete" or "replace"."""
        if self.claimed and self.official:
            return "replace"
        return "insert" if self.claimed else "delete"


def find_mark_edit(claimed: Sequence[Mark], official: Sequence[Mark], place: Place) -> MarkEdit | None:
    """Compare the marks between two words that both texts share.

    Rule: QUO-PUNCTUATION, QUO-READING, QUO-HYPHENATION. A mark of omission or a paragraph's end is no edit.

    Args:
        claimed: Marks in the quotation.
        official: Marks in the source.
        place: Where they stand.

    Returns:
        The edit, or None where the marks say the same.
    """
    ours = [mark for mark in claimed if mark.sign not in "…¶"]
    theirs = [mark for mark in official if mark.sign not in "…¶"]
    for mark in list(ours):
        same = next((other for other in theirs if _same(mark.sign, other.sign)), None)
        if same is not None:
            ours.remove(mark)
            theirs.remove(same)
    if not ours and not theirs:
        return None
    signs = {mark.sign for mark in (*ours, *theirs)}
    if signs <= {"‐", "‒"}:
        kind = "hyphenation"
    elif bool(ours) != bool(theirs) and signs <= _PARTING and changes_reading(place):
        kind = "punctuation_changes_reading"
    else:
        kind = "punctuation"
    return MarkEdit(kind, tuple(ours), tuple(theirs))


def _same(ours: str, theirs: str) -> bool:
    return ours == theirs or {ours, theirs} in ({"‐", "‒"}, {"—", "‒"})


def changes_reading(place: Place) -> bool:
    """Say whether a comma added or dropped between these words changes how the sentence is read.

    The rules are grammar, not taste: a question word and an infinitive, a relative clause, a conjunction of two
    meanings, the scope of a negation, a participle, a sentence adverb, an answer, a form of address.

    Args:
        place: Where the comma stands or stood.
    """
    before, after = place.before, place.after
    if not before or not after:
        return False
    left, right, following = before[-1], after[0], after[1] if len(after) > 1 else ""
    return (
        (left in _TABLE["questions"] and right in {"to", "we", "they", "it", "he", "she", "you", "i", "the"})
        or (right in _TABLE["relatives"] and left not in {"and", "or", "but", "that", "say", "said", "of"})
        or (right in _TABLE["conjunctions"] and following not in _TABLE["not_conjunctions"])
        or _moves_negation(place, right, following)
        or (left in _TABLE["adverbs"] | _TABLE["answers"] and len(before) == 1)
        or (right in _TABLE["addressed"] and left not in {"you", "the", "a", "and", "prime"})
        or _parts_participle(left, right, following)
    )


def _moves_negation(place: Place, right: str, following: str) -> bool:
    if not any(map(is_negator, place.before[-_NEGATION_REACH:])):
        return False
    if right in _TABLE["reasons"]:
        return True
    return right in _TABLE["joining"] and not place.listed and following not in _TABLE["subjects"]


def _parts_participle(left: str, right: str, following: str) -> bool:
    if len(right) < _SHORTEST_PARTICIPLE or left.endswith(("ing", "ed", "ly")) or left in {"and", "or", "but"}:
        return False
    if right.endswith("ing"):
        return right not in _TABLE["not_participles"]
    return right.endswith("ed") and following in _TABLE["participle_followers"]
