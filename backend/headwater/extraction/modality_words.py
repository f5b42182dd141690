"""The words of a text as the modality of it is read: contractions taken apart, with the marks that end a clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from headwater.domain.spans import Span

TEXTS_REMEMBERED = 1024  # an article's passages are compared with each of its claims in turn
_TOKEN = re.compile(r"[^\W_]++(?:[’'\-][^\W_]++)*+|\n|[.!?;:,()“”\"–—]")
_CONTRACTED = re.compile(r"(?<![a-z])(?P<word>[a-z]+)(?P<tail>n't|'(?:ll|re|ve|m|d|s))\Z")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in lower case with the span it stands in ("won't" is two words of one span)."""

    text: str
    span: Span
    capital: bool = False


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_words(text: str) -> tuple[Word, ...]:
    """Split a text into words and the marks that end a clause, contractions taken apart."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    for found in _TOKEN.finditer(text):
        written = found.group()
        span = Span(*found.span())
        lower = written.lower().replace("’", "'")
        if lower == "cannot":
            yield from (Word("can", span), Word("not", span))
            continue
        parted = _CONTRACTED.match(lower) if "'" in lower else None
        if parted is None:
            yield Word(lower, span, written[0].isupper())
            continue
        stem, tail = parted["word"], parted["tail"]
        if tail == "n't":
            yield Word({"wo": "will", "ca": "can", "sha": "shall"}.get(stem, stem), span)
            yield Word("not", span)
        else:
            yield Word(stem, span, written[0].isupper())
            yield Word({"'ll": "will"}.get(tail, tail), span)
