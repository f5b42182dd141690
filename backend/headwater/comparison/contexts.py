"""What stands around a figure: the content words of its sentence, how near each is, and the period it is given for.

Pairing reads nothing else. The value of a figure is no part of its context.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from headwater.comparison.figure_periods import find_base, find_period
from headwater.comparison.vocabulary import concept, weight
from headwater.domain.facts import Annotated
from headwater.domain.quantities import DateMention, Dimension, Quantity
from headwater.domain.spans import Span

TEXTS_REMEMBERED = 512  # an article's passages are compared with each of its claims in turn
WINDOW = 600  # characters on each side: three long sentences; a table row without a full stop tells no more
LONGEST = 8  # characters of the longest abbreviation, and the mark before it
CLOSEST = 5  # words: about what a noun group and its verb hold
REACH = 4  # words: a word this far away tells half as much as the neighbour

_WORD = re.compile(r"[^\W_]++(?:['’](?!s\b)[^\W\d_]++)?")
_BREAK = re.compile(r"\n++|(?<=[.!?;])[\"”’')\]]{0,3} ++(?=[\"“‘'(\[]{0,3}[^\W_a-z]|[£$€])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|No|Prof|Gen|Sen|Rep|Gov|[Hh]on|Rev|Col|Maj|Lt|Capt|vs|etc|approx|cf|e\.g|i\.e|[A-Z]))\.$"
)
_CLAUSE = re.compile(
    r"[;:()–—]|, (?:and|but|while|with|compared|against|up|down|from|including|which|of which)\b"
    r"|\b(?:while|compared|against)\b"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A content word: what it is compared by, where it stands, and what it tells."""

    concept: str
    start: int
    end: int
    weight: float


Placed = TypeVar("Placed", Word, DateMention)


@dataclass(frozen=True, slots=True)
class Context:
    """A figure with what surrounds it.

    Args:
        figure: The figure; its span is of the annotated text.
        sentence: The sentence it stands in.
        near: Content words of the sentence, and how near each is, from 0 to 1.
        told: Content words of the sentence, and what each tells.
        closest: The few content words that stand nearest, and what each tells.
        period: The period it is given for, or None.
        base: The period it is compared with, or None.
        counted: What the counted noun is compared by, or "".
        text: The whole working text that the spans are of.
    """

    figure: Quantity
    sentence: Span
    near: Mapping[str, float]
    told: Mapping[str, float]
    closest: Mapping[str, float]
    period: DateMention | None
    base: DateMention | None
    counted: str
    text: str


@lru_cache(maxsize=TEXTS_REMEMBERED)
def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a working text, a semicolon before a capital counted as an end.

    >>> [len(span) for span in sentences("Up 3% to £1.2bn. Mr. Smith left.")]
    [17, 15]
    """
    breaks = (match for match in _BREAK.finditer(text))
    ends = (b.end() for b in breaks if not _ABBREVIATION.search(text, max(0, b.start() - LONGEST), b.start()))
    return tuple(Span(start, end) for start, end in pairwise([0, *ends, len(text)]) if end > start)


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _words(text: str) -> tuple[tuple[Word, ...], ...]:
    """Return the content words of each sentence."""
    found = []
    for span in sentences(text):
        words = []
        first = True
        for match in _WORD.finditer(text, span.start, span.end):
            word = match.group()
            meaning = "" if word[0].isdigit() else concept(word)
            if meaning:
                words.append(Word(meaning, match.start(), match.end(), weight(word, opens_sentence=first)))
            first = False
        found.append(tuple(words))
    return tuple(found)


def read_contexts(text: Annotated) -> tuple[Context, ...]:
    """Read the context of every figure of a text, in order.

    Args:
        text: A claim or a passage with its facts.
    """
    spans = sentences(text.text)
    words = _words(text.text)
    figures = sorted(text.facts.quantities, key=lambda quantity: quantity.span)
    dates = sorted(text.facts.dates, key=lambda mention: mention.span)
    contexts = []
    at = 0
    for place, figure in enumerate(figures):
        while at + 1 < len(spans) and spans[at].end <= figure.span.start:
            at += 1
        if not spans:
            break
        window = _window(figure.span, spans[at])
        within = _around(figures, place, window)
        around = _Around(
            text.text,
            window,
            _overlapping(words[at], window),
            [other.span for other in within if other is not figure],
            # The words of a unit are no content; those of a count ("863 new cases a day") are.
            [other.span for other in within if other.unit.dimension is not Dimension.COUNT],
            _overlapping(dates, window),
        )
        contexts.append(_context(figure, spans[at], around))
    return tuple(contexts)


@dataclass(frozen=True, slots=True)
class _Around:
    text: str
    window: Span
    words: Sequence[Word]
    others: Sequence[Span]
    measures: Sequence[Span]
    dates: Sequence[DateMention]


def _window(figure: Span, sentence: Span) -> Span:
    start, end = max(sentence.start, figure.start - WINDOW), min(sentence.end, figure.end + WINDOW)
    return Span(min(start, figure.start), max(end, figure.end))


def _around(figures: Sequence[Quantity], place: int, window: Span) -> list[Quantity]:
    """Return the figures in the window, in order."""
    first = last = place
    while first > 0 and figures[first - 1].span.start >= window.start:
        first -= 1
    while last + 1 < len(figures) and figures[last + 1].span.end <= window.end:
        last += 1
    return list(figures[first : last + 1])


def _overlapping(items: Sequence[Placed], window: Span) -> list[Placed]:
    first = bisect_left(items, window.start, key=_start)
    last = bisect_left(items, window.end, key=_start)
    return list(items[first:last])


def sentence_at(text: str, span: Span) -> Span:
    """Return the sentence in which a span begins.

    Args:
        text: A working text.
        span: Inside it.
    """
    found = sentences(text)
    place = bisect_left(found, span.start + 1, key=lambda sentence: sentence.start)
    return found[max(0, place - 1)]


def told_words(text: str, sentence: Span) -> frozenset[str]:
    """Return what the content words of a sentence are compared by.

    Args:
        text: A working text.
        sentence: One of its sentences.
    """
    place = sentences(text).index(sentence)
    return frozenset(word.concept for word in _words(text)[place])


def plain_words(context: Context) -> frozenset[str]:
    """Return every word of a figure's sentence in lower case, figures left out.

    A sentence without content words ("That is a further decrease of 5") is bound by these.

    Args:
        context: The figure in its sentence.
    """
    window = _window(context.figure.span, context.sentence)
    return _plain_words(context.text, window.start, window.end)


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _plain_words(text: str, start: int, end: int) -> frozenset[str]:
    words = (match.group().lower() for match in _WORD.finditer(text, start, end))
    return frozenset(word for word in words if not word[0].isdigit())


def _start(item: Word | DateMention) -> int:
    return item.start if isinstance(item, Word) else item.span.start


def _context(figure: Quantity, sentence: Span, around: _Around) -> Context:
    taken = sorted([*around.measures, *(mention.span for mention in around.dates)])
    far: dict[str, float] = {}
    told: dict[str, float] = {}
    for word in around.words:
        if _inside(word, taken):
            continue
        distance = _distance(figure.span, word, around)
        far[word.concept] = min(far.get(word.concept, distance), distance)
        told[word.concept] = max(told.get(word.concept, 0.0), word.weight)
    # Nearness takes no account of names: whether the sentence's first word is one cannot be seen.
    near = {word: min(told[word], 1.0) / (1 + distance / REACH) for word, distance in far.items()}
    return Context(
        figure,
        sentence,
        near,
        told,
        {word: told[word] for word in sorted(far, key=far.__getitem__)[:CLOSEST]},
        find_period(figure, around.text, around.dates, around.others),
        find_base(figure, around.dates, around.others),
        concept(figure.counted_head) if figure.counted_head else "",
        around.text,
    )


def _inside(word: Word, taken: Sequence[Span]) -> bool:
    place = bisect_left(taken, word.end, key=lambda span: span.start)
    return any(word.start < span.end for span in taken[max(0, place - 2) : place])


def _distance(figure: Span, word: Word, around: _Around) -> float:
    """Count the words between, and as much as a reach for every clause mark or other figure crossed."""
    start, end = (figure.end, word.start) if word.start >= figure.end else (word.end, figure.start)
    if start >= end:
        return 0.0
    between = around.text[start:end]
    crossed = sum(1 for other in around.others if start <= other.start and other.end <= end)
    # A comma or an "and" parts less than a clause mark does.
    marks = len(_CLAUSE.findall(between)) + (between.count(",") + between.count(" and ")) / 2
    return between.count(" ") - 1 + REACH * (crossed + marks)
