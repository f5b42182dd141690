"""One line for each edit of a quotation, with a few words around it, as a reporter would say it."""

from __future__ import annotations

from headwater.comparison.edits import Aligned, Edit
from headwater.comparison.official_words import OfficialWords

_AROUND = 3  # words on either side
_MOST_WORDS = 24  # of an omission that are shown

_KINDS = {
    "punctuation": "punctuation changed inside the quotation",
    "punctuation_changes_reading": "punctuation changed, and the sentence is read otherwise",
    "hyphenation": "a hyphen changed inside the quotation",
    "spelling_variant": "another spelling of the same word",
    "case": "a capital changed inside the quotation",
    "word": "the words of the quotation changed",
    "meaning": "how firm, how much or who: the quotation's meaning moved",
    "reordered": "the words stand in another order",
    "polarity": "the quotation says the opposite",
    "figure": "a figure inside the quotation differs",
}


def explain_edit(edit: Edit, official: OfficialWords, aligned: Aligned) -> str:
    """Say what an edit changed.

    Args:
        edit: The edit.
        official: The official words.
        aligned: The quotation with them.
    """
    theirs = quoted_words(official, *_with_neighbours(official, *edit.facing))
    ours = _ours(aligned, max(0, edit.words[0] - _AROUND), min(len(aligned.reading.words), edit.words[1] + _AROUND))
    return f"{_KINDS[edit.kind].capitalize()}: the official text has {theirs}, the quotation {ours}."


def _with_neighbours(official: OfficialWords, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch by a few words of its own sentence: those of the next were never quoted."""
    walls = official.walls - {start} if start == end else official.walls  # what changed may be the full stop itself
    low, high = start, end
    while low > max(0, start - _AROUND) and low not in walls:
        low -= 1
    while high < min(len(official.words), end + _AROUND) and high not in walls:
        high += 1
    return low, high


def quoted_words(official: OfficialWords, start: int, end: int) -> str:
    """Return official words between quotation marks, shortened where they are many.

    Args:
        official: The official words.
        start: First word.
        end: One past the last.
    """
    stop = min(end, start + _MOST_WORDS)
    pieces = []
    for at in range(start, stop):
        if at > start:
            pieces.append(_joint("".join(mark.sign for mark in official.marks[at])))
        pieces.append(official.words[at].surface)
    return f"“{''.join(pieces)}{' …' if stop < end else ''}”"


def _ours(aligned: Aligned, start: int, end: int) -> str:
    pieces = []
    for at in range(start, min(end, start + _MOST_WORDS)):
        if at > start:
            pieces.append(_joint("".join(mark.sign for mark in aligned.reading.marks[at])))
        pieces.append(aligned.reading.words[at].surface)
    return f"“{''.join(pieces)}”"


def _joint(signs: str) -> str:
    signs = signs.replace("¶", "")
    if signs == "‐":
        return "-"
    if signs == "‒":
        return "–"
    if signs in ("—", "…"):
        return f" {signs.replace('—', '–')} "
    return f" {signs}" if signs.startswith("(") else f"{signs} "
