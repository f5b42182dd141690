"""Sentences of a text with its quotations masked, so that a quotation is one word of the sentence it stands in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from headwater.domain.facts import Quotation, QuotationForm
from headwater.domain.spans import Span
from headwater.extraction.attribution_subjects import find_initial_subject
from headwater.extraction.attribution_words import PRONOUNS, QUOTED, Token, tokens_of

_BREAK = re.compile(rf"(?<![.!?…])[.!?…]++[”’\"')\]]*+\s++(?=[A-Z0-9“‘\"'(\[{QUOTED}])|(?<={QUOTED})\s+(?=[A-Z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|[Hh]on|Jr|Sr|No|Nos|vs|Inc|Ltd|Co|Corp|Art|para"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Messrs|Rt)|\b[A-Z](?:\.[A-Z])*)$"
)
_ABBREVIATION_REACH = 12  # characters: the longest abbreviation
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]\w+")  # a capital inside a sentence: a name, not a beginning
_WORD = re.compile(r"[A-Za-z]{3,}")
_PIECE = re.compile(rf"{QUOTED}+\s*|[^\s{QUOTED}]+\s*|\s+")
_LONGEST_SENTENCE = 800  # characters: longer ones are looked at piece by piece
_MOST_PIECES = 150  # words and quotations of one sentence; a list is no sentence
_LINE = re.compile(r"[^\n]+")


class Sentences:
    """A text cut into sentences, quotations masked.

    Args:
        text: The working text.
        quoted: Where its quotations stand, in order.
    """

    def __init__(self, text: str, quoted: Sequence[Span]) -> None:
        self.text = text
        self.masked = _masked(text, quoted)
        self._bounds = [bound for line in _LINE.finditer(self.masked) for bound in _cut(text, self.masked, line)]
        self._starts = [start for start, _ in self._bounds]
        self._lines = [line.start() for line in _LINE.finditer(self.masked) if line.group().strip()]
        self._tokens: dict[int, tuple[list[Token], list[int]]] = {}

    def __len__(self) -> int:
        return len(self._bounds)

    def bounds(self, number: int) -> tuple[int, int]:
        """Return where a sentence begins and ends.

        Args:
            number: Of the sentence, from 0.
        """
        return self._bounds[number]

    def tokens_between(self, number: int, start: int, end: int) -> list[Token]:
        """Return the words and marks of a stretch of a sentence, each sentence read once.

        Args:
            number: Of the sentence.
            start: Where the stretch begins.
            end: Where it ends; a word that reaches beyond it is left out.
        """
        if number not in self._tokens:
            tokens = tokens_of(self.masked, *self._bounds[number])
            self._tokens[number] = tokens, [token.start for token in tokens]
        tokens, starts = self._tokens[number]
        found = tokens[bisect_left(starts, start) : bisect_left(starts, end)]
        return found[:-1] if found and found[-1].end > end else found

    def number_at(self, place: int) -> int:
        """Return the number of the sentence at a place (the one before, between two).

        Args:
            place: In the text.
        """
        return max(0, bisect_right(self._starts, place) - 1)

    def line_start(self, place: int) -> int:
        """Return where the paragraph at a place begins.

        Args:
            place: In the text.
        """
        return self.masked.rfind("\n", 0, place) + 1

    def paragraphs_between(self, start: int, end: int) -> int:
        """Return how many paragraphs further on `end` lies: 0 in the same one.

        Args:
            start: Earlier place.
            end: Later place.
        """
        return bisect_right(self._lines, end) - bisect_right(self._lines, start)

    def stands_alone(self, span: Span) -> bool:
        """Say whether a quotation has no words beside it in its sentence.

        Args:
            span: Of the quotation.
        """
        start, end = self.bounds(self.number_at(span.start))
        rest = self.masked[start : span.start] + self.masked[min(end, span.end) : end]
        return not any(character.isalnum() for character in rest)

    def stripped(self, start: int, end: int) -> Span:
        """Return a stretch without the blanks, commas and colons at its ends.

        Args:
            start: Where it begins.
            end: Where it ends.
        """
        piece = self.text[start:end]
        low = start + len(piece) - len(piece.lstrip(" ,:;–—-\n"))
        return Span(min(low, end), max(low, start + len(piece.rstrip(" ,:;–—-\n")))) if low <= end else Span(end, end)

    @cached_property
    def subjects(self) -> tuple[Span | None, ...]:
        """The person or body that each sentence begins with, or None."""
        names = _names(self.masked)
        return tuple(find_initial_subject(tokens_of(self.masked, *bound), names) for bound in self._bounds)

    def subject_before(self, place: int) -> str | None:
        """Return the person or body that the sentence before a place begins with, in this paragraph or the last.

        Args:
            place: In the text.
        """
        number = self.number_at(place)
        if number == 0 or self.paragraphs_between(self.bounds(number - 1)[0], place) > 1:
            return None
        subject = self.subjects[number - 1]
        if subject is None or subject.slice(self.text).lower() in PRONOUNS:
            return None
        return subject.slice(self.text)


def read_sentences(text: str, quotations: Sequence[Quotation]) -> Sentences:
    """Cut a text into sentences, its quotations masked.

    Args:
        text: Working text.
        quotations: Of it.
    """
    return _read(text, tuple(q.span for q in quotations if q.form is not QuotationForm.TERM))


@lru_cache(maxsize=2)  # speakers of quotations and attributions are read from one text, one after the other
def _read(text: str, quoted: tuple[Span, ...]) -> Sentences:
    return Sentences(text, quoted)


def _names(masked: str) -> frozenset[str]:
    """Return words known as names: a capital inside a sentence, or always a capital and not only once."""
    words = Counter(_WORD.findall(masked))
    always = {word for word, count in words.items() if count > 1 and word[0].isupper() and word.lower() not in words}
    return frozenset(_NAME.findall(masked)) | always


def _masked(text: str, quoted: Sequence[Span]) -> str:
    pieces, at = [], 0
    for span in quoted:
        if span.start < at:
            continue
        pieces += [text[at : span.start], QUOTED * len(span)]
        at = span.end
    return "".join((*pieces, text[at:]))


def _cut(text: str, masked: str, line: re.Match[str]) -> Iterator[tuple[int, int]]:
    start = line.start()
    for found in _BREAK.finditer(masked, line.start(), line.end()):
        if found.group().isspace() and not _ends_sentence(text, found.start()):
            continue
        if masked[found.start()] == "." and _ABBREVIATION.search(
            masked, max(start, found.start() - _ABBREVIATION_REACH), found.start()
        ):
            continue
        yield from _bounded(masked, start, found.end())
        start = found.end()
    if start < line.end():
        yield from _bounded(masked, start, line.end())


def _bounded(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long to be a sentence, so that reading one is of bounded cost; a quotation is never cut."""
    if end - start > _LONGEST_SENTENCE:
        for number, piece in enumerate(_PIECE.finditer(masked, start, end), 1):
            if number % _MOST_PIECES == 0 and piece.end() < end:
                yield start, piece.end()
                start = piece.end()
    yield start, end


def _ends_sentence(text: str, at: int) -> bool:
    return text[max(0, at - 3) : at].rstrip("”\"’'») ")[-1:] in (".", "!", "?", "…")
