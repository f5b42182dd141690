"""Items of a list read on from the line above it: "Do not:" and "graze in May" are one sentence.

Alone, the item says what the line denies, allows or makes hang on something.
"""

from __future__ import annotations

import re

from headwater.domain.facts import Annotated
from headwater.domain.spans import MappedText

LONGEST = 200  # characters of the line's last sentence: a longer one is told again in the list, not led on by it
_DENIES = re.compile(r"\b(?:not|never|cannot|avoid|without|except|excluding|exclud\w+)\b|n[’']t\b", re.IGNORECASE)
_GOVERNS = re.compile(
    r"\b(?:not|no|never|cannot|avoid|without|unless|except|exclud\w+|must|should|shall|may|might|could|can|will|would"
    r"|need\w*|if|likely|expect\w*|possib\w+|potential\w*|plan\w*|propos\w+|aim\w*|consider\w*|agreed?|intend\w*|hop\w+"
    r"|recommend\w*|required?|asked|urged?)\b|n[’']t\b",
    re.IGNORECASE,
)
_ENDS = (". ", "! ", "? ", "\n")


def governs(text: str, *, heading: bool) -> bool:
    """Say whether a line above a list says how its items are meant.

    Args:
        text: Of the line.
        heading: Whether it is a heading; of those only one that denies goes on in the list.

    >>> governs("Do not:", heading=False), governs("What is not covered", heading=True), governs("Notes", heading=True)
    (True, True, False)
    """
    line = text.strip()
    if heading:
        return _DENIES.search(line) is not None and not line.endswith((".", "?", "!"))
    last = _last(line.removesuffix(":"))
    return line.endswith(":") and 0 < len(last) <= LONGEST and _GOVERNS.search(last) is not None


def _last(text: str) -> str:
    return text[max(text.rfind(end) + len(end) if end in text else 0 for end in _ENDS) :].lstrip()


def read_on(line: Annotated, item: Annotated) -> MappedText:
    """Return the last sentence of a line and an item below it as one text, mapped to the document from the line on.

    Args:
        line: That leads the list in.
        item: Of the list.
    """
    lead = line.text.rstrip().removesuffix(":").rstrip()
    first = len(lead) - len(_last(lead))
    ahead = item.offset - line.offset
    gap = ahead - len(line.mapped.original)
    starts = [*line.mapped.starts[first : len(lead)], ahead, *(at + ahead for at in item.mapped.starts)]
    ends = [*line.mapped.ends[first : len(lead)], ahead, *(at + ahead for at in item.mapped.ends)]
    original = f"{line.mapped.original}{' ' * max(gap, 0)}{item.mapped.original}"
    return MappedText(f"{lead[first:]} {item.text}", original, starts, ends)
