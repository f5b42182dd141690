"""The word lists by which speakers are found, and the words of a text with their places."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

_TABLE = tomllib.loads((Path(__file__).parent / "attribution_words.toml").read_text("utf-8"))
BETWEEN = frozenset(_TABLE["between"])
OPENERS = frozenset(_TABLE["openers"])
BREAKS = frozenset(_TABLE["breaks"])
FINITE = frozenset(_TABLE["finite"])
DETERMINERS = frozenset(_TABLE["determiners"])
PRONOUNS = frozenset(_TABLE["pronouns"])
GLUE = frozenset(_TABLE["glue"])
ADDRESSES = frozenset(_TABLE["addresses"])
STUDIES = frozenset(_TABLE["studies"])
BEHIND = frozenset(_TABLE["behind"])
TITLES = frozenset(_TABLE["titles"])
HE = frozenset(_TABLE["he"])
SHE = frozenset(_TABLE["she"])
PEOPLE = frozenset(_TABLE["roles"])
BODIES = frozenset(_TABLE["bodies"])
ARTICLES = frozenset(_TABLE["articles"])
SPEECHES = frozenset(_TABLE["speeches"])
BE = frozenset(_TABLE["be"])
OBJECTS = frozenset(_TABLE["objects"])
PASSIVE = frozenset(_TABLE["passive"])
ROLES = PEOPLE | BODIES  # nouns of those who can speak
QUOTED = "\ue000"  # stands for each character of a quotation where verbs and speakers are looked for
TOKEN = re.compile(
    r"(?:Mrs?|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|St|[Hh]on)\."
    r"|[^\W_]\.(?:[^\W_]\.)*|[^\W_](?:[\w’'&/-]++|\.(?=\w))*"
    rf"|[,;:()–—.!?]|{QUOTED}+|- "
)


class Token(NamedTuple):
    """One word or mark of a sentence, and where it stands in the whole text."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word in lower case, without a possessive ending or a contracted verb."""
        word = self.text.lower().replace("’", "'").rstrip(".") or self.text
        base, apostrophe, _ = word.partition("'")
        return base if apostrophe and (base in PRONOUNS or word.endswith("'s")) else word

    @property
    def is_possessive(self) -> bool:
        """Whether it ends in a possessive s."""
        return self.text.endswith(("’s", "'s", "s’", "s'")) and self.lower not in PRONOUNS

    @property
    def is_word(self) -> bool:
        """Whether it is a word."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it is a word that begins with a capital letter or a figure in a name."""
        return self.text[:1].isupper()


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """Return the words and marks of a stretch of text.

    Args:
        text: The whole text, quotations masked.
        start: Where the stretch begins.
        end: Where it ends.
    """
    return [Token(match.group(), match.start(), match.end()) for match in TOKEN.finditer(text, start, end)]
