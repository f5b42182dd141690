"""Words of a line as names need them: capitals, possessives, whether a sentence begins, what stands between."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from headwater.extraction.names_folding import fold_marks
from headwater.extraction.names_tables import name_words, places

WORDS_REMEMBERED = 50_000  # as they are written: a large newspaper's vocabulary
_WORD = re.compile(
    r"(?:[A-Z]\.){2,8}"  # U.S., J.D.
    r"|[^\W\d_](?:[^\W_]++|['’\-‐‑&](?=[^\W_])|\.(?=[^\W\d_]))*+"  # O'Neill, Stoke-on-Trent, R&D
    r"|\d++(?:[/,.\-]\d++)*+"
)
_POSSESSIVE = ("'s", "’s")
_ENDS = re.compile(r"(?<![.!?:…])[.!?:…]++[\"'”’)\]]*+\s++[\"'“‘(\[]*+\Z")
_OPENS_QUOTE = re.compile(r"(?:[“‘\"]|(?<=\s)')\Z")
_PREFIXES = frozenset(("non", "pro", "anti", "ex", "mid", "pre", "post", "cross"))


class NameToken(NamedTuple):
    """A word of a line.

    Attributes:
        text: As written, a possessive "'s" left out.
        start: Where it begins in the whole text.
        end: Where it ends, the possessive left out.
        gap: What stands before it in the line.
        initial: Whether its capital may be the sentence's or the quotation's.
        possessive: Whether "'s" or a bare apostrophe follows.
    """

    text: str
    start: int
    end: int
    gap: str
    initial: bool
    possessive: bool

    @property
    def lower(self) -> str:
        """The word in lower case, accents and marks folded."""
        return _lower(self.text)

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        particle = self.text[1:2] in ("'", "’") and self.text[0] in "dl" and self.text[2:3].isupper()  # "d'Ivoire"
        return self.text[0].isupper() or particle

    @property
    def is_acronym(self) -> bool:
        """Whether it is written in capitals alone."""
        return (
            sum(c.isalpha() for c in self.text) > 1
            and self.text.isascii()
            and self.text.replace(".", "").replace("&", "").isalnum()
            and self.text.isupper()
        )


@lru_cache(maxsize=WORDS_REMEMBERED)
def _lower(word: str) -> str:
    return fold_marks(word).lower()


def read_tokens(text: str, start: int, end: int) -> list[NameToken]:
    """Return the words of a line of a text, in order.

    Args:
        text: The whole working text.
        start: Where the line begins.
        end: Where it ends.
    """
    tokens: list[NameToken] = []
    at = start
    for found in _WORD.finditer(text, start, end):
        for word_start, word_end in _parts(found):
            tokens.append(_token(text, (at, word_start, word_end, end), tokens[-1] if tokens else None))
            at = word_end
    return tokens


def _parts(found: re.Match[str]) -> list[tuple[int, int]]:
    """Part "UK-based" and "US-China" at the hyphen; names such as "Guinea-Bissau" stay whole."""
    word, start = found[0], found.start()
    if word.isalpha():
        return [found.span()]
    hyphen = next((at for at, character in enumerate(word) if character in "-‐‑"), -1)
    if hyphen > 0 and fold_marks(word) not in places():
        first = fold_marks(word[:hyphen])
        if first in places() or first.isupper() or (first in _PREFIXES and word[hyphen + 1].isupper()):
            return [(start, start + hyphen), (start + hyphen + 1, found.end())]
    return [(start, found.end())]


def _token(text: str, bounds: tuple[int, int, int, int], before: NameToken | None) -> NameToken:
    last, start, end, stop = bounds
    word, gap = text[start:end], text[last:start]
    possessive = word.endswith(_POSSESSIVE) and len(word) > 2 and word[-3].isalnum()
    if possessive:
        end -= 2
    bare = end < stop and text[end] in "'’" and word[-1] == "s" and (end + 1 >= stop or not text[end + 1].isalnum())
    return NameToken(text[start:end], start, end, gap, _is_initial(gap, before), possessive or bare)


_DATELINE_END = re.compile(r"\)? ?[-–—] |: ")


def _is_initial(gap: str, before: NameToken | None) -> bool:
    if before is None or gap == " ":
        return before is None
    if _DATELINE_END.fullmatch(gap) and (before.text.isupper() or before.text.isdigit() or gap[0] == ")"):
        return True  # "LEEDS — Former mayor", "WASHINGTON, June 13 - President", "PARIS (Wire) - Thirty-one"
    if gap[:1] == "." and gap.strip() == "." and (len(before.text) == 1 or before.lower in name_words().honorifics):
        return False
    return _ENDS.search(gap) is not None or _OPENS_QUOTE.search(gap) is not None


def is_joined(token: NameToken, before: NameToken) -> bool:
    """Say whether nothing but a blank, an ampersand or an initial's full stop stands between two words.

    Args:
        token: The later word.
        before: The word before it.
    """
    if token.gap in (" ", " & ", "  ", "\n"):
        return True
    return token.gap == ". " and (len(before.text) == 1 or before.lower in name_words().honorifics | {"st"})
