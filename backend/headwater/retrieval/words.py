"""Words as retrieval weighs them: folded, stemmed, and coded as numbers that compare fast.

A hyphen parts words ("people-smuggling" is two) except after a prefix ("co-operation" is "cooperation"); a figure is
one word without its separators ("100,000" is "100000"); -ize and -ise are one ending.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from zlib import crc32

import numpy as np
import Stemmer
from numpy.typing import NDArray

Codes = NDArray[np.uint32]

PREFIXES = (
    "anti",
    "co",
    "counter",
    "inter",
    "mid",
    "multi",
    "non",
    "over",
    "post",
    "pre",
    "pro",
    "re",
    "sub",
    "un",
    "under",
)
LETTERS_AFTER_PREFIX = 4  # "co-operation" is one word, "co-op" is not
KNOWN_WORDS = 200_000  # a large newspaper's vocabulary; about 30 MB at most
KNOWN_LINES = 20_000  # titles and headings
LONGEST_WORD = 64  # nothing longer is a word: it is cut, so that a run of letters cannot cost more

_JOINED = re.compile(rf"\b({'|'.join(PREFIXES)})-(?=[a-z]{{{LETTERS_AFTER_PREFIX}}})")
_WORD = re.compile(
    r"""
    \d++(?:[.,]\d++)*+              # a figure, with its separators
    | [^\W\d_]++(?:'[^\W\d_]++)*+   # letters, with apostrophes inside
    """,
    re.VERBOSE,
)
_NOT_BARE = re.compile(r"'s|\d,\d")
_NAME = re.compile(r"(?<=[^\W_]['’,;] )[A-Z][^\W_]*+|(?<=[^\W_] )[A-Z][^\W_]*+|\b[A-Z]{2,}+\b")
_TYPOGRAPHY = str.maketrans(  # most text is then plain ASCII
    dict.fromkeys("’‘ʼ", "'") | dict.fromkeys("‐‑", "-") | dict.fromkeys("“”„«»–—…£€•\u00a0\u202f\u2009", " ")
)
_STEMMER = Stemmer.Stemmer("english")
_STEMMER_LOCK = threading.Lock()  # a stemmer may not be used by two threads at once


def split_words(text: str) -> list[str]:
    """Return the words of a text in order, folded but not stemmed.

    >>> split_words("The UK’s co-operation: 100,000 people-smuggling café owners")
    ['the', 'uk', 'cooperation', '100000', 'people', 'smuggling', 'cafe', 'owners']
    """
    folded = _fold(text)
    found = _WORD.findall(folded)
    return list(map(_bare, found)) if _NOT_BARE.search(folded) is not None else found


def is_figure(word: str) -> bool:
    """Say whether a word of `split_words` is a figure."""
    return word[:1].isdigit()


def name_codes(text: str) -> frozenset[int]:
    """Return the codes of the words that stand as names do: capital inside a sentence, or capitals throughout.

    Args:
        text: As written, not folded.

    >>> name_codes("Ministers met in Paris. The EU agreed.") == {code_of("paris"), code_of("eu")}
    True
    """
    return frozenset(code_of(word) for name in _NAME.findall(text) for word in split_words(name))


@lru_cache(maxsize=KNOWN_WORDS)
def code_of(word: str) -> int:
    """Return the code of a word's stem: 32 bits, the same in every process.

    Args:
        word: From `split_words`.

    >>> code_of("organised") == code_of("organizing"), code_of("return") == code_of("returned")
    (True, True)
    """
    with _STEMMER_LOCK:
        stem = _STEMMER.stemWord(_bare(word)[:LONGEST_WORD])
    if stem.endswith("iz"):
        stem = stem[:-1] + "s"
    return crc32(stem.encode("utf-8", "surrogatepass"))


def codes_of(text: str) -> Codes:
    """Return the codes of a text's different words, ascending. Shape: (different stems,)."""
    return np.array(sorted(set(map(code_of, set(_WORD.findall(_fold(text)))))), dtype=np.uint32)


@lru_cache(maxsize=KNOWN_LINES)
def codes_of_line(line: str) -> Codes:
    """Return what `codes_of` does, and remember it: for titles and headings, which many passages share."""
    return codes_of(line)


def _fold(text: str) -> str:
    lower = text.lower().translate(_TYPOGRAPHY)
    if not lower.isascii():
        parted = unicodedata.normalize("NFD", lower)
        lower = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return _JOINED.sub(r"\1", lower) if "-" in lower else lower


def _bare(word: str) -> str:
    return word.replace(",", "") if word[0].isdigit() else word.removesuffix("'s")
