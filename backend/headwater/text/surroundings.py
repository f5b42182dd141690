"""A highlight with the words around it: they help to read it, and no claim is made of them."""

from __future__ import annotations

from dataclasses import dataclass

from headwater.domain.repairs import EncodingRepair
from headwater.domain.spans import MappedText, Span
from headwater.text.normalise import normalise


@dataclass(frozen=True, slots=True)
class Surrounded:
    """Working text of a highlight and its surroundings.

    Args:
        mapped: Of all three; the original is the highlight alone, its surroundings map to its ends.
        within: Where the highlight stands in the working text.
        repairs: Of the highlight.
    """

    mapped: MappedText
    within: Span
    repairs: tuple[EncodingRepair, ...]


def surround(text: str, prefix: str = "", suffix: str = "") -> Surrounded:
    r"""Normalise a highlight between its surroundings, each by itself: no repair reaches across.

    Args:
        text: The highlight as it came in.
        prefix: What stands just before it, perhaps cut in the middle of a word.
        suffix: What stands just after it.

    >>> found = surround("signed ÂŁ75 million", "The Prime Minister \n ", ".")
    >>> found.mapped.text, found.within.slice(found.mapped.text)
    ('The Prime Minister\nsigned £75 million.', 'signed £75 million')
    >>> found.mapped.surface(found.within)
    'signed ÂŁ75 million'
    """
    own = normalise(text)
    before, after = normalise(prefix).text, normalise(suffix).text
    before += _joint(prefix, text) if before else ""
    after = _joint(text, suffix) + after if after else ""
    if not before and not after:
        return Surrounded(own.mapped, Span(0, len(own.text)), own.repairs)
    start, end = (0,) * len(before), (len(text),) * len(after)
    mapped = MappedText(
        before + own.text + after, text, (*start, *own.mapped.starts, *end), (*start, *own.mapped.ends, *end)
    )
    return Surrounded(mapped, Span(len(before), len(before) + len(own.text)), own.repairs)


def _joint(one: str, other: str) -> str:
    """The white space between two parts: a line feed where there is one, since it ends a paragraph."""
    blanks = one[len(one.rstrip()) :] + other[: len(other) - len(other.lstrip())]
    return "\n" if "\n" in blanks or "\r" in blanks else " " if blanks else ""
