"""Typography folded away for matching, character for character, and the marks that quotations are set in."""

from __future__ import annotations

DOUBLE_OPENERS = frozenset('“„«"')
SINGLE_OPENERS = frozenset("‘‚‹'")
OPENERS = DOUBLE_OPENERS | SINGLE_OPENERS
"""Marks that can open a quotation."""

CLOSERS_OF = {
    "“": "”",
    "„": "“”",  # German closes with the mark that English opens with, Polish with the English one
    "«": "»",
    "»": "«",  # German books set guillemets inwards
    '"': '"',
    "‘": "’",
    "‚": "‘’",
    "‹": "›",
    "'": "'",
}
"""For each opening mark, the marks that can close it."""

CLOSERS = frozenset("".join(CLOSERS_OF[opener] for opener in OPENERS))
"""Marks that can close a quotation; the apostrophe is among them."""

APOSTROPHES = frozenset("'’ʼ")
HYPHENS = frozenset("-‐‑")
DASHES = frozenset("‒–—―−")

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛‹›ʼʹ′´`", "'"),
        **dict.fromkeys("“”„‟«»″˝＂", '"'),
        **dict.fromkeys("‐‑‒–—―−⁃﹘﹣", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    }
)


def fold(text: str, *, casefold: bool = False) -> str:
    r"""Fold marks of one meaning to one mark, keeping the length.

    Curly marks become straight, dashes and minus signs hyphens, primes marks of quotation.

    Args:
        text: Any text.
        casefold: Whether capitals are folded as well; a letter whose folded form is longer (ß) keeps its length.

    Returns:
        Text of the same length: offsets hold in both.

    >>> fold("“Britain’s” – 5′", casefold=True)
    '"britain\'s" - 5\''
    """
    folded = text if text.isascii() else text.translate(_FOLDED)
    return _fold_case(folded) if casefold else folded


def _fold_case(text: str) -> str:
    folded = text.casefold()
    if len(folded) == len(text):  # no character folds to nothing, so each has become one
        return folded
    return "".join(map(_fold_character, text))


def _fold_character(character: str) -> str:
    for folded in (character.casefold(), character.lower()):
        if len(folded) == 1:
            return folded
    return character
