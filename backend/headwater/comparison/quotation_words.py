"""Words and the marks between them, as quotations are compared: typography folded, places kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_OMISSION = r"\[\s?(?:…|\.\s?\.\s?\.)\s?\]|\((?:…|\.\.\.)\)|…|\.\s?\.\s?\.(?:\s?\.)?"
_NUMBER = r"[£$€¥]?\d{1,3}(?:[ ,]\d{3})++(?:\.\d++)?(?:%|[a-z]{1,2}\b)?|[£$€¥]?\d++(?:\.\d++)*(?:%|[^\W\d_]{1,2}\b)?"
_LETTERS = r"\[[^\W\d_]\][^\W_]++(?:['’][^\W\d_]++)*|(?:[^\W\d_]\.){2,}|[^\W_]++(?:['’][^\W\d_]++)*|&|[£$€¥%]"
_TOKEN = re.compile(
    rf"(?P<omission>{_OMISSION})|(?P<word>{_NUMBER}|{_LETTERS})|(?P<mark>[,;:.!?()\[\]]|[-–—−‑‒]+)|(?P<line>\n)"
)
_APOSTROPHES = str.maketrans({"’": "'", "[": None, "]": None})
_TIGHT = frozenset("-‑‒–−")
_CACHED_TEXTS = 512  # passages of a document, and the sentences of an article, are read again for each claim


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its form for comparison, where it stands, and whether square brackets set it apart."""

    key: str
    surface: str
    start: int
    end: int
    bracketed: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
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
    return Reading(tuple(words), tuple(marks))


def _key(surface: str) -> str:
    key = surface.translate(_APOSTROPHES).lower()
    if key[0].isdigit() or key[0] in "£$€¥":
        return key.replace(",", "").replace(" ", "")
    if key == "&":
        return "and"
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
