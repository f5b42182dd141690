"""Cutting long paragraphs into pieces that an encoder reads whole, at the ends of sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from headwater.domain.spans import Span
from headwater.text.sentences import split_sentences

LONGEST_PIECE = 450  # characters, about 100 tokens: encoding time grows with tokens, and one thought fits
LONGEST_SENTENCE = 900  # characters, about 200 tokens: under the encoder's 256 with room for figures and names
CLAUSE_END = re.compile(r"(?<=[;:])\s|(?<=,)\s|\s(?=[–—-]\s)")


def cut_paragraph(paragraph: str) -> tuple[Span, ...]:
    """Return the pieces of a paragraph in order; together they hold all of it but white space between pieces.

    Sentences stay whole unless one alone is longer than an encoder reads. Pieces are of about equal length.

    Args:
        paragraph: Working text of one paragraph.
    """
    if len(paragraph) <= LONGEST_PIECE:
        return (Span(0, len(paragraph)),)
    sentences = [
        part for span in _covering(split_sentences(paragraph), paragraph) for part in _cut_long(span, paragraph)
    ]
    return tuple(_trim(Span(group[0].start, group[-1].end), paragraph) for group in _group(sentences))


def _covering(sentences: Sequence[Span], paragraph: str) -> list[Span]:
    """Stretch sentences so that each reaches to the next one: nothing between two sentences is lost."""
    starts = [0, *(span.start for span in sentences[1:])]
    ends = [*starts[1:], len(paragraph)]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True) if paragraph[start:end].strip()]


def _cut_long(sentence: Span, paragraph: str) -> list[Span]:
    """Cut a sentence no encoder reads whole, at the last end of a clause, else of a word, before the limit."""
    parts = []
    start = sentence.start
    while sentence.end - start > LONGEST_SENTENCE:
        window = paragraph[start : start + LONGEST_SENTENCE]
        half = LONGEST_SENTENCE // 2
        clause = [found.end() for found in CLAUSE_END.finditer(window, half)]
        at = clause[-1] if clause else window.rfind(" ", half) + 1 or LONGEST_SENTENCE
        parts.append(Span(start, start + at))
        start += at
    parts.append(Span(start, sentence.end))
    return parts


def _group(sentences: Sequence[Span]) -> list[list[Span]]:
    """Put neighbouring sentences together into groups of about equal length, none above the limit if it can be."""
    total = sentences[-1].end - sentences[0].start
    wanted = total / -(-total // LONGEST_PIECE)
    groups: list[list[Span]] = []
    for sentence in sentences:
        if groups:
            held = groups[-1][-1].end - groups[-1][0].start
            grown = sentence.end - groups[-1][0].start
            if grown <= LONGEST_PIECE and (held < wanted and grown - wanted <= wanted - held):
                groups[-1].append(sentence)
                continue
        groups.append([sentence])
    return groups


def _trim(span: Span, paragraph: str) -> Span:
    piece = span.slice(paragraph)
    return Span(span.start + len(piece) - len(piece.lstrip()), span.start + len(piece.rstrip()))
