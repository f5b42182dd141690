"""The word lists by which speakers are found, and the words of a text with their places."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

_TABLE = tomllib.loads((Path(__file__).parent / "attribution_words.toml").read_text("utf-8"))
BETWEEN, OPENERS, BREAKS, FINITE, DETERMINERS, PRONOUNS, GLUE, BEHIND, TITLES, HE, SHE, ROLES, BE, PASSIVE = (
    frozenset(_TABLE[name])
    for name in (
        "between", "openers", "breaks", "finite", "determiners", "pronouns", "glue", "behind", "titles", "he", "she",
        "roles", "be", "passive",
    )
)  # fmt: skip
QUOTED = "\ue000"  # stands for each character of a quotation where verbs and speakers are looked for
TOKEN = re.compile(rf"[^\W_]\.(?:[^\W_]\.)*|[^\W_](?:[\w’'&/-]|\.(?=\w))*|[,;:()–—.!?]|{QUOTED}+|- ")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark of a sentence, and where it stands in the whole text."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word in lower case, without a possessive ending."""
        return self.text.lower().removesuffix("’s").removesuffix("'s")

    @property
    def is_word(self) -> bool:
        """Whether it is a word."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it is a word that begins with a capital letter or a figure in a name."""
        return self.text[0].isupper()


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """Return the words and marks of a stretch of text.

    Args:
        text: The whole text, quotations masked.
        start: Where the stretch begins.
        end: Where it ends.
    """
    return [Token(match.group(), match.start(), match.end()) for match in TOKEN.finditer(text, start, end)]
