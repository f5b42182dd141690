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
    """Return where the document has an hour in digits that the claim has in words: "half past four", "9 at night".

    Args:
        context: A figure of the claim.
        passages: All of the document.
    """
    if context.figure.unit.dimension is not Dimension.COUNT:
        return None
    said = pattern("half_past").search(context.text[: context.figure.span.start])
    if said is None:
        return _find_half_day(context, passages)
    minutes = tables()["minutes"][said["minutes"].lower()]
    hour = int(context.figure.value) - (said["side"].lower() == "to")
    minutes = 60 - minutes if said["side"].lower() == "to" else minutes
    hours = f"{hour}|{hour + 12}" if hour <= NOON else str(hour)
    return _written(rf"\b0?(?:{hours})[:.]{minutes:02d}(?!\d)", passages)


def _find_half_day(context: Context, passages: Sequence[Annotated]) -> SameWords | None:
    """Return where the document has a full hour of the morning, or of the afternoon and night: "9 in the morning"."""
    half = pattern("half_day").match(context.text[context.figure.span.end :])
    hour = context.figure.value
    if hour % 1 or not 0 < hour <= NOON:
        return None
    if half is None:
        return _find_hours(context, passages)
    letter, later = ("a", 0) if half["am"] else ("p", NOON)
    spoken = rf"\b0?{int(hour)}(?:[:.]00)? ?{letter}\.?m\b"
    return _written(rf"{spoken}|\b{int(hour) % NOON + later:02d}[:.]?00(?! ?[ap]\.?m)(?:\b|(?=h))", passages)


def _find_hours(context: Context, passages: Sequence[Annotated]) -> SameWords | None:
    """Return where the document has both hours of "from 9 to 5"."""
    figure, sentence = context.figure.span, context.sentence
    for said in pattern("hours").finditer(context.text, sentence.start, sentence.end):
        if said.start("first") <= figure.start < said.end("last"):
            first, last = (rf"\b0?{int(said[name])}(?:[:.]00)? ?[ap]\.?m\b" for name in ("first", "last"))
            return _written(rf"{first}[^\n]{{0,20}}?{last}", passages)
    return None


def _written(expression: str, passages: Sequence[Annotated]) -> SameWords | None:
    written = re.compile(expression, re.IGNORECASE)
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


def find_anniversary(context: Context, passages: Sequence[Annotated]) -> SameWords | None:
    """Return where the document celebrates as many years by a word: "turned 100" of "our centennial".

    Args:
        context: A figure of the claim.
        passages: All of the document.
    """
    figure = context.figure
    words = tables()["anniversaries"].get(f"{figure.value.normalize():f}", ())
    turned = pattern("turned").search(context.text[: figure.span.start]) is not None
    if figure.unit.dimension not in {Dimension.COUNT, Dimension.AGE, Dimension.DURATION} or figure.upper is not None:
        return None
    if figure.unit.dimension is Dimension.COUNT and not turned:
        return None
    numbered = rf"{int(figure.value)}(?:st|nd|rd|th)[ -](?:anniversary|birthday|year)"
    return _written(rf"\b(?:{'|'.join([*words, numbered])})\b", passages)
