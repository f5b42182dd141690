"""What a quotation leaves out or stands in: a negation or a condition that its words depend on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from headwater.comparison.edit_kinds import is_negator
from headwater.comparison.official_words import OfficialWords
from headwater.comparison.quotation_spelling import is_common
from headwater.comparison.quotation_words import read_words

_TABLE = tomllib.loads((Path(__file__).parent / "quotation_contexts.toml").read_text("utf-8"))
_CONDITIONS = tuple(tuple(phrase.split()) for phrase in _TABLE["conditions"])
_NEGATIONS = frozenset(_TABLE["negations"])
_CARRIERS = frozenset(_TABLE["carriers"])
_SENTENCE_END = frozenset(".!?¶")
_NEAR_KEPT = 3  # words: a negation so near the words kept governs them
_CONDITION_WORDS = 20  # words of a condition that are read: a clause
_CARRIED = 0.5  # share of a condition's content words that, told around the quotation, keeps it
_NEGATION_REACH = 5  # words: "do not think that there"
_AUXILIARIES = frozenset(_TABLE["auxiliaries"])


class Loss(StrEnum):
    """What was lost."""

    NEGATION = "negation"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class LostContext:
    """A stretch of official words, half-open, that the words kept depend on."""

    loss: Loss
    start: int
    end: int


def find_swallowed(official: OfficialWords, start: int, end: int) -> LostContext | None:
    """Find a negation or condition that an omission swallows.

    A whole sentence left out swallows nothing; inside a sentence, a negation counts where it governs the words
    kept beside it, a condition where it belongs to them.

    Args:
        official: The official words.
        start: First word left out.
        end: One past the last.
    """
    if any(mark.sign in _SENTENCE_END for j in range(start, end + 1) for mark in official.marks[j]):
        return None
    parenthesis = all(any(mark.sign in ",—()" for mark in official.marks[j]) for j in (start, end))
    for j in range(start, end if not parenthesis else start):
        near = j - start < _NEAR_KEPT or end - j <= _NEAR_KEPT
        enclosed = any(mark.sign in ",—(" for mark in official.marks[j]) and j - start >= 1
        if near and not enclosed and (official.keys[j] in _NEGATIONS or official.keys[j].endswith("n't")):
            return LostContext(Loss.NEGATION, j, j + 1)
    for j in range(start, end):
        if _begins_condition(official, j):
            return LostContext(Loss.CONDITION, j, end)
    return None


def _begins_condition(official: OfficialWords, at: int) -> bool:
    return any(official.keys[at : at + len(phrase)] == phrase for phrase in _CONDITIONS)


def find_lost_condition(official: OfficialWords, start: int, end: int, around: str) -> LostContext | None:
    """Find a condition of the same sentence that a quoted part has lost, before it or behind it.

    Args:
        official: The official words.
        start: First word quoted.
        end: One past the last.
        around: The text around the quotation, which may tell the condition in the writer's own words.
    """
    found = _condition_behind(official, end) or _condition_before(official, start)
    if found is None:
        return None
    told = {word.key for word in read_words(around).words}
    content = {key for key in official.keys[found.start : found.end] if not is_common(key) and len(key) > 2}
    carried = len(content & told) >= _CARRIED * len(content)
    return None if carried else found


def _condition_behind(official: OfficialWords, end: int) -> LostContext | None:
    if end >= len(official.keys) or any(mark.sign not in ",—(‐‒" for mark in official.marks[end]):
        return None
    if not _begins_condition(official, end):
        return None
    stop = end + 1
    while stop < min(len(official.keys), end + _CONDITION_WORDS) and not any(
        mark.sign in _SENTENCE_END or mark.sign in ";:" for mark in official.marks[stop]
    ):
        stop += 1
    return LostContext(Loss.CONDITION, end, stop)


def _condition_before(official: OfficialWords, start: int) -> LostContext | None:
    """Find "If the House agrees," or "Subject to X," directly before the words quoted, at the sentence's start."""
    if start == 0 or not any(mark.sign == "," for mark in official.marks[start]):
        return None
    low = start - 1
    while low > max(0, start - _CONDITION_WORDS) and not official.marks[low]:
        low -= 1
    starts_sentence = low == 0 or any(mark.sign in _SENTENCE_END for mark in official.marks[low])
    if starts_sentence and _begins_condition(official, low):
        return LostContext(Loss.CONDITION, low, start)
    return None


def find_lost_negation(official: OfficialWords, start: int, around: str) -> LostContext | None:
    """Find a negation directly before the words quoted which the text around the quotation does not tell.

    Args:
        official: The official words.
        start: First word quoted.
        around: The sentence around the quotation.
    """
    at = start - 1
    while at >= max(0, start - _NEGATION_REACH) and not official.marks[at + 1]:
        key = official.keys[at]
        if key in _NEGATIONS or key.endswith("n't"):
            told = (word.key for word in read_words(around).words)
            carried = any(key in _CARRIERS or is_negator(key) or key.startswith(("un", "non")) for key in told)
            return None if carried else LostContext(Loss.NEGATION, at, at + 1)
        if key not in _AUXILIARIES:
            return None
        at -= 1
    return None
