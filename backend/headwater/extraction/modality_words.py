"""The words of a text as the modality of it is read: contractions taken apart, with the marks that end a clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from headwater.domain.spans import Span

TEXTS_REMEMBERED = 1024  # an article's passages are compared with each of its claims in turn
_TOKEN = re.compile(r"[^\W_]++(?:[’'\-][^\W_]++)*+|\n|[.!?;:,()“”\"–—]")
_CONTRACTED = re.compile(r"(?<![a-z])(?P<word>[a-z]+)(?P<tail>n't|'(?:ll|re|ve|m|d|s))\Z")


class Word(NamedTuple):
    """A word in lower case and where it stands ("won't" is two words of one span)."""

    text: str
    start: int
    end: int
    capital: bool = False

    @property
    def span(self) -> Span:
        """Where it stands: made when it is asked for, which of most words it never is."""
        return Span(self.start, self.end)


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_words(text: str) -> tuple[Word, ...]:
    """Split a text into words and the marks that end a clause, contractions taken apart."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    for found in _TOKEN.finditer(text):
        written = found.group()
        start, end = found.span()
        lower = written.lower().replace("’", "'")
        if lower == "cannot":
            yield from (Word("can", start, end), Word("not", start, end))
            continue
        parted = _CONTRACTED.match(lower) if "'" in lower else None
        if parted is None:
            yield Word(lower, start, end, written[0].isupper())
            continue
        stem, tail = parted["word"], parted["tail"]
        if tail == "n't":
            yield Word({"wo": "will", "ca": "can", "sha": "shall"}.get(stem, stem), start, end)
            yield Word("not", start, end)
        else:
            yield Word(stem, start, end, written[0].isupper())
            yield Word({"'ll": "will"}.get(tail, tail), start, end)
