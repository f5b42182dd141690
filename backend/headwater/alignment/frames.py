"""The words around a statement that say who tells it, where and when: no source repeats how a newspaper frames it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from headwater.domain.facts import Annotated
from headwater.domain.spans import Span

DATELINE = re.compile(r"(?:[A-Z][A-Z.’'-]++,? ){1,4}(?:\([^()\n]{1,30}\) |[A-Z][a-z]{2,8}\.? \d{1,2} )?[—–-] ")


@dataclass(frozen=True, slots=True)
class Frame:
    """What frames a statement.

    Args:
        teller: The dateline, and the attributions without what they tell: they weigh nothing.
        dates: When it was: "on Tuesday" weighs nothing, a date that the source has too weighs like any word.
    """

    teller: tuple[Span, ...] = ()
    dates: tuple[Span, ...] = ()


NO_FRAME = Frame()


def find_frame(content: Annotated) -> Frame:
    """Return the words that frame a claim.

    Args:
        content: A claim's working text with its facts.

    >>> from headwater.domain.facts import Facts
    >>> from headwater.domain.spans import MappedText
    >>> find_frame(Annotated(MappedText.identity("LOS ANGELES — Rates will rise."), Facts())).teller
    (Span(start=0, end=14),)
    """
    facts = content.facts
    dateline = DATELINE.match(content.text)
    own = [Span(*dateline.span())] if dateline else []
    return Frame((*own, *(one.span for one in facts.attributions)), tuple(mention.span for mention in facts.dates))
