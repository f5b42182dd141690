"""Numbers that a document writes otherwise: the hour of "half past four", the ordinal of "four previous terms"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from headwater.comparison.contexts import Context, sentence_at, told_words
from headwater.comparison.operations import BARE, pattern, tables
from headwater.comparison.same_words import SameWords
from headwater.domain.facts import Annotated
from headwater.domain.quantities import Dimension
from headwater.domain.spans import Span

NOON = 12


def find_hour(context: Context, passages: Sequence[Annotated]) -> SameWords | None:
    """Return where the document has an hour in digits that the claim has in words: "half past four".

    Args:
        context: A figure of the claim.
        passages: All of the document.
    """
    said = pattern("half_past").search(context.text[: context.figure.span.start])
    if said is None or context.figure.unit.dimension is not Dimension.COUNT:
        return None
    minutes = tables()["minutes"][said["minutes"].lower()]
    hour = int(context.figure.value) - (said["side"].lower() == "to")
    minutes = 60 - minutes if said["side"].lower() == "to" else minutes
    hours = f"{hour}|{hour + 12}" if hour <= NOON else str(hour)
    written = re.compile(rf"\b0?(?:{hours})[:.]{minutes:02d}(?!\d)")
    for place, passage in enumerate(passages):
        match = written.search(passage.text)
        if match is not None:
            return SameWords(place, Span(*match.span()))
    return None


def find_ordinal(context: Context, passages: Sequence[Annotated]) -> SameWords | None:
    """Return where the document has the ordinal that so many go before: "four previous terms" of "the fifth".

    Args:
        context: A figure of the claim.
        passages: All of the document.
    """
    number = int(context.figure.value)
    ordinals = tables()["ordinals"]
    after = context.text[context.figure.span.end :]
    if context.figure.unit != BARE or not 0 < number < len(ordinals) or not pattern("gone_before").match(after):
        return None
    written = re.compile(rf"\b(?:{ordinals[number]}|{number + 1}th)\b", re.IGNORECASE)
    for place, passage in enumerate(passages):
        match = written.search(passage.text)
        if match is not None:
            sentence = sentence_at(passage.text, Span(*match.span()))
            if told_words(passage.text, sentence) & context.told.keys():
                return SameWords(place, Span(*match.span()))
    return None
