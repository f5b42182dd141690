"""Words and the marks between them, as quotations are compared: typography folded, places kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from headwater.comparison.quotation_figures import begins_figure, figure_length, read_figure

_OMISSION = r"\[\s?(?:…|\.\s?\.\s?\.)\s?\]|\((?:…|\.\.\.)\)|…|\.\s?\.\s?\.(?:\s?\.)?"
_NUMBER = r"[£$€¥]?\d{1,3}(?:[ ,]\d{3})++(?:\.\d++)?(?:%|[a-z]{1,2}\b)?|[£$€¥]?\d++(?:\.\d++)*(?:%|[^\W\d_]{1,2}\b)?"
_LETTERS = (
    r"per\s?cent\b|\[[^\W\d_]\][^\W_]++(?:['’][^\W\d_]++)*|(?:[^\W\d_]\.){2,}|[^\W_]++(?:['’][^\W\d_]++)*|&|[£$€¥%]"
)
_TOKEN = re.compile(
    rf"(?P<omission>{_OMISSION})|(?P<word>{_NUMBER}|{_LETTERS})|(?P<mark>[,;:.!?()\[\]]|[-–—−‑‒]+)|(?P<line>\n)"
)
_APOSTROPHES = str.maketrans({"’": "'", "[": None, "]": None})
_CURRENCY = frozenset("£$€¥")
_TIGHT = frozenset("-‑‒–−")
_LONGEST_FIGURE = 14  # words looked at
_CACHED_TEXTS = 512  # passages of a document, and the sentences of an article, are read again for each claim


class Word(NamedTuple):
    """One word: its form for comparison, where it stands, and whether square brackets set it apart."""

    key: str
    surface: str
    start: int
    end: int
    bracketed: bool = False


class Mark(NamedTuple):
    """One mark between words: `sign` is its folded form (a mark of omission is "…", a paragraph's end "¶")."""

    sign: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as words and the marks between them.

    Args:
        words: In order.
        marks: `marks[i]` stand before word i; the last entry after the last word. Shape: (len(words) + 1,).
    """

    words: tuple[Word, ...]
    marks: tuple[tuple[Mark, ...], ...]


@lru_cache(maxsize=_CACHED_TEXTS)
def read_words(text: str) -> Reading:
    """Read a text as words and marks; quotation marks and white space fall away.

    Args:
        text: Working text.
    """
    words: list[Word] = []
    marks: list[tuple[Mark, ...]] = []
    between: list[Mark] = []
    bracketed = False
    for match in _TOKEN.finditer(text):
        kind, surface = match.lastgroup, match.group()
        if kind == "word":
            if bracketed and surface.lower() == "sic":
                continue
            marks.append(tuple(between))
            between.clear()
            words.append(Word(_key(surface), surface, match.start(), match.end(), bracketed))
        elif surface in "[]":
            bracketed = surface == "["
        else:
            between.append(Mark(_sign(kind or "", surface, text, match), match.start(), match.end()))
    marks.append(tuple(between))
    return _with_figures(text, words, marks)


def _with_figures(text: str, words: Sequence[Word], marks: Sequence[tuple[Mark, ...]]) -> Reading:
    """Make one word of the words of one figure: "£75 million", "seventy-seven per cent"."""
    joined: list[Word] = []
    before: list[tuple[Mark, ...]] = []
    at = 0
    while at < len(words):
        word, end = words[at], at + 1
        if begins_figure(word.key, words[end].key if end < len(words) else ""):
            end = _figure_end(words, marks, at)
            key = read_figure([part.key for part in words[at:end]])
            word = Word(key, text[word.start : words[end - 1].end], word.start, words[end - 1].end, word.bracketed)
        joined.append(word)
        before.append(marks[at])
        at = end
    return Reading(tuple(joined), (*before, marks[-1]))


def _figure_end(words: Sequence[Word], marks: Sequence[tuple[Mark, ...]], at: int) -> int:
    """Return where a figure's words end: where a mark other than a hyphen stands, or a word of another sort."""
    end = at + 1
    while end < min(len(words), at + _LONGEST_FIGURE) and all(mark.sign in "‐‒" for mark in marks[end]):
        end += 1
    return at + figure_length([word.key for word in words[at:end]])


def _key(surface: str) -> str:
    key = surface.translate(_APOSTROPHES).lower()
    if key[:1].isdigit() or key[:1] in _CURRENCY:
        return key.replace(",", "").replace(" ", "")
    if key == "&":
        return "and"
    if key.startswith("per") and key.endswith("cent"):
        return "percent"
    return key.replace(".", "") if "." in key else key


def _sign(kind: str, surface: str, text: str, match: re.Match[str]) -> str:
    if kind == "omission":
        return "…"
    if kind == "line":
        return "¶"
    if surface[0] not in "-–—−‑‒":
        return surface
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    tight = before.isalnum() and after.isalnum()
    if tight and surface in _TIGHT:
        return "‐" if surface in "-‑‒−" else "‒"  # a hyphen; an en dash set tight reads as either
    return "—"
