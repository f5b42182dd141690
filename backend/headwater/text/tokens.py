"""Words, numbers and marks: the small tokenizer that retrieval, alignment and comparison share."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import Stemmer

from headwater.domain.spans import Span
from headwater.text.typography import fold

KNOWN_WORDS = 100_000  # with their stems: the words of a large corpus but its rarest, about 20 MB
LONGEST_KNOWN = 40  # characters: nothing longer comes twice


class TokenKind(StrEnum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    CURRENCY = "currency"
    PUNCTUATION = "punctuation"


class Token(NamedTuple):
    """One word, number or mark: `text` is the exact slice under `span`."""

    span: Span
    text: str
    kind: TokenKind


# Letters: word characters that are neither figures nor "_", with the marks and vowel signs that belong to them.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0971-\u09e5\u09f0-\u0a65\u0a70-\u0ae5\u0af0-\u0b65\u0b70-\u0be5\u0bf0-\u0c65\u0c70-\u0ce5\u0cf0-\u0d65"
    "\u0d70-\u0de5\u0df0-\u0dff\u0e31-\u0e4e\u200c\u200d"
)
_NO_BLANKS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # scripts that set no blanks: one token a letter
_LETTER = rf"(?:[A-Za-z]|(?![{_NO_BLANKS}])[^\W\d_]|[{_MARKS}])"
_INNER = rf"(?:[A-Za-z]++|{_LETTER}|\d)"  # plain letters at once: most words are made of nothing else
_ABBREVIATION = r"(?:[A-Z]\.){2,8}+|(?:[a-z]\.){2,8}+(?![^\W_])"  # U.S., a.m., e.g.
_WORD = rf"{_LETTER}{_INNER}*+(?:['’ʼ\-‐‑&]{_INNER}++)*+"  # state-of-the-art, people's, R&D, Covid-19, G7
_NUMBER = r"\d++(?:[.,]\d++)*+"  # 9,400 and 3.5; signs, units and fractions are tokens of their own
_TOKENS = re.compile(
    rf"(?P<abbreviation>{_ABBREVIATION})|(?P<word>{_WORD})|(?P<ideograph>[{_NO_BLANKS}])|(?P<number>{_NUMBER})"
    r"|(?P<currency>[$£€¥¢₠-⃀])"
    r"|(?P<punctuation>\.{2,}+|[^\w\s]|_)"
)
_SPOKEN = re.compile(rf"{_ABBREVIATION}|{_WORD}|[{_NO_BLANKS}]|{_NUMBER}")
_KINDS = {
    "abbreviation": TokenKind.WORD,
    "word": TokenKind.WORD,
    "ideograph": TokenKind.WORD,
    "number": TokenKind.NUMBER,
    "currency": TokenKind.CURRENCY,
    "punctuation": TokenKind.PUNCTUATION,
}
_SPEAKING = frozenset({TokenKind.WORD, TokenKind.NUMBER})
_STEMMERS = threading.local()  # a stemmer serves one thread
_POSSESSIVE = re.compile(r"'s?\Z")


def tokenise(text: str) -> tuple[Token, ...]:
    """Split text into words, numbers, currency signs and marks.

    Hyphens, apostrophes and ampersands inside a word belong to it; a figure before letters is a token of its own.

    Args:
        text: Working text.

    Returns:
        In order; blanks belong to no token.

    >>> [token.text for token in tokenise("The people's £75m state-of-the-art tech: up 19% in the U.S.")]
    ['The', "people's", '£', '75', 'm', 'state-of-the-art', 'tech', ':', 'up', '19', '%', 'in', 'the', 'U.S.']
    """
    return tuple(
        Token(Span(*found.span()), found[0], _KINDS[found.lastgroup or "punctuation"])
        for found in _TOKENS.finditer(text)
    )


def spoken(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the words and numbers that `tokenise` returns, marks and currencies left out.

    Args:
        text: Working text.
    """
    for found in _TOKENS.finditer(text):
        if _KINDS[found.lastgroup or "punctuation"] in _SPEAKING:
            yield Span(*found.span()), found[0]


def words(text: str) -> tuple[str, ...]:
    """Return words and numbers, folded to lower case with straight apostrophes, in order."""
    return tuple(_SPOKEN.findall(fold(text, casefold=True)))


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of words and numbers, in order: a stem per word, and per part of a hyphenated word.

    Possessive endings and the full stops of abbreviations are left out, so that "U.S." and "US", "people's" and
    "people" agree. Stop words are stemmed like others: compare with `STOPWORDS` before stemming, or with
    `content_stems`.

    >>> stems("The gangs' state-of-the-art networks grew 9,400 in the U.S.")
    ('the', 'gang', 'state', 'of', 'the', 'art', 'network', 'grew', '9,400', 'in', 'the', 'us')
    """
    return tuple(chain.from_iterable(map(_stems_of, words(text))))


def token_stems(token: str) -> tuple[str, ...]:
    """Return the stems of one token, as `stems` does, and remember them: texts are made of the same few words.

    Args:
        token: A word or a number.
    """
    return _known_token(token) if len(token) <= LONGEST_KNOWN else stems(token)


def content_stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that are not stop words, in order."""
    return tuple(chain.from_iterable(_stems_of(word) for word in words(text) if word not in STOPWORDS))


def _stems_of(word: str) -> tuple[str, ...]:
    return _known_stems(word) if len(word) <= LONGEST_KNOWN else _read_stems(word)


def _read_stems(word: str) -> tuple[str, ...]:
    bare = _POSSESSIVE.sub("", word).replace(".", "") if not word[0].isdigit() else word
    if not hasattr(_STEMMERS, "english"):
        _STEMMERS.english = Stemmer.Stemmer("english")
    return tuple(_STEMMERS.english.stemWords([part for part in bare.split("-") if part]))


_known_stems = lru_cache(maxsize=KNOWN_WORDS)(_read_stems)
_known_token = lru_cache(maxsize=KNOWN_WORDS)(stems)


def _read_stopwords() -> frozenset[str]:
    lines = (Path(__file__).parent / "stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


STOPWORDS = _read_stopwords()
"""Words in lower case, with straight apostrophes, that tell nothing of a text's subject."""
