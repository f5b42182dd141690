"""A claimed figure that the official sentence has word for word, where the reader took the words for no figure there.

"The previous 28 days" is a period to the reader of dates, "the earlier 28 days" a duration. Before such a figure is
called another one, or not stated, the words themselves are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from headwater.comparison.contexts import Context, sentence_at, told_words
from headwater.domain.facts import Annotated
from headwater.domain.spans import Span

HELD = 0.5  # share of the claim sentence's content that the official sentence must hold, as for any same thing
LONG_ENOUGH = 2  # characters: a lone digit stands in any sentence
NEAREST = 2  # passages, in which a number of three digits is hardly met by chance
LOOKED_THROUGH = 20_000  # characters of each passage: longer than any paragraph
LOOKED_AT = 8  # places in one passage: a table may repeat a number without end


@dataclass(frozen=True, slots=True)
class SameWords:
    """Where the words stand: the passage's place in the list, and the span in its working text."""

    passage: int
    span: Span


def find_same_words(claimed: Context, passages: Sequence[Annotated]) -> SameWords | None:
    """Find a claimed figure's own words in a sentence of the source that speaks of the same thing.

    Args:
        claimed: The figure in its sentence.
        passages: Official passages, the aligned ones first.
    """
    surface = claimed.figure.surface
    if len(surface) < LONG_ENOUGH:
        return None
    words = re.escape(surface).replace(r"\ ", r"\s+")
    # "The year the country turns 250" is said of a 250th anniversary.
    pattern = re.compile(rf"(?<![\w£$€.,-]){words}(?:(?<=\d)(?:st|nd|rd|th))?(?![\w%]|[.,]\d)", re.IGNORECASE)
    rare = len(surface) > LONG_ENOUGH and surface.isdigit()
    for place, passage in enumerate(passages):
        for _, match in zip(range(LOOKED_AT), pattern.finditer(passage.text, 0, LOOKED_THROUGH), strict=False):
            span = Span(*match.span())
            near = rare and place < NEAREST
            if _is_free(passage, span) and (near or _held(claimed, passage, span) >= HELD):
                return SameWords(place, span)
    return None


def _is_free(passage: Annotated, span: Span) -> bool:
    return not any(quantity.span.overlaps(span) for quantity in passage.facts.quantities)


def _held(claimed: Context, passage: Annotated, span: Span) -> float:
    total = sum(claimed.told.values())
    words = told_words(passage.text, sentence_at(passage.text, span))
    return sum(told for word, told in claimed.told.items() if word in words) / total if total else 0.0
