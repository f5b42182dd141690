"""Quotations: words set as somebody's own, between marks of any kind or as block quotes without marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from headwater.domain.facts import Quotation, QuotationForm
from headwater.domain.spans import Span
from headwater.extraction.quotation_forms import find_form
from headwater.extraction.quotation_marks import Mark, Shape, find_marks, is_reopening

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W_]")


@dataclass(slots=True)
class _Draft:
    """A quotation being read: its outer mark, the marks open inside it, and the marks that re-open paragraphs."""

    opened: Mark
    inside: list[str]
    reopened: list[Mark] = field(default_factory=list)
    paragraphs: int = 1


def extract_quotations(text: str, *, block_quotes: Sequence[str] = ()) -> tuple[Quotation, ...]:
    """Read the quotations of a text, outermost only, in order of appearance.

    A quotation over several paragraphs opens again in each and closes in the last alone; one that never closes
    ends with its paragraph. Apostrophes, possessives, elisions and measures are no quotation marks.

    Args:
        text: Working text: a whole article, or a passage.
        block_quotes: Quotations that the page sets without marks, as they stand in the text.
    """
    marked = [quotation for quotation in _marked(text) if _WORD.search(quotation.words)]
    blocks = [block for block in _blocks(text, block_quotes) if not any(block.span == m.span for m in marked)]
    if not blocks:
        return tuple(marked)
    return tuple(_merged(marked, blocks))


def _marked(text: str) -> Iterator[Quotation]:
    draft: _Draft | None = None
    last_end = 0
    for line in _LINE.finditer(text):
        marks = find_marks(text, line.start(), line.end())
        if draft is not None:
            if marks and _continues(text, draft, marks[0], line.start()):
                draft.reopened.append(marks.pop(0))
                draft.paragraphs += 1
                draft.inside.clear()
            else:
                yield _finished(text, draft, last_end, last_end)
                draft = None
        balanced = _is_balanced(marks)
        for mark in marks:
            draft, closed = _step(text, draft, mark, balanced=balanced)
            if closed is not None:
                yield _finished(text, closed, mark.start, mark.end)
        last_end = line.start() + len(line.group().rstrip())
    if draft is not None:
        yield _finished(text, draft, last_end, last_end)


def _is_balanced(marks: Sequence[Mark]) -> bool:
    shapes = [mark.shape for mark in marks if mark.family == "double"]
    return Shape.EITHER not in shapes and shapes.count(Shape.OPENS) == shapes.count(Shape.CLOSES)


def _continues(text: str, draft: _Draft, mark: Mark, line_start: int) -> bool:
    at_start = not text[line_start : mark.start].strip(" -•*")
    return at_start and mark.family == draft.opened.family and mark.shape is not Shape.CLOSES


def _step(text: str, draft: _Draft | None, mark: Mark, *, balanced: bool) -> tuple[_Draft | None, _Draft | None]:
    """Take one mark: return the quotation still open after it, and the one it closed."""
    if draft is None:
        return (None, None) if mark.shape is Shape.CLOSES else (_Draft(mark, []), None)
    families = [draft.opened.family, *draft.inside]
    if mark.shape is Shape.OPENS and (mark.family not in families or (balanced and mark.family == "double")):
        draft.inside.append(mark.family)
    elif mark.shape is Shape.OPENS:
        if mark.family == draft.opened.family and is_reopening(text, mark.start):
            draft.reopened.append(mark)
        elif mark.family == draft.opened.family and not draft.reopened and draft.paragraphs == 1:
            return _Draft(mark, []), None  # the mark before was a stray one
    elif mark.family in draft.inside:
        del draft.inside[len(draft.inside) - 1 - draft.inside[::-1].index(mark.family) :]
    elif mark.family == draft.opened.family:
        return None, draft
    elif mark.shape is Shape.EITHER:
        draft.inside.append(mark.family)
    return draft, None


def _finished(text: str, draft: _Draft, inner_end: int, end: int) -> Quotation:
    span = Span(draft.opened.start, max(end, draft.opened.end))
    inner = Span(draft.opened.end, max(inner_end, draft.opened.end))
    pieces, at = [], inner.start
    for mark in draft.reopened:
        pieces.append(text[at : mark.start])
        at = mark.end
    pieces.append(text[at : inner.end])
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    words = "\n".join(line for line in lines if line)
    form = QuotationForm.MARKS if draft.paragraphs > 1 else find_form(text, span, inner)
    return Quotation(span.slice(text), span, words, inner, form, draft.paragraphs > 1)


def _blocks(text: str, block_quotes: Sequence[str]) -> Iterator[Quotation]:
    """Find each block quote from where the last one ended, or from the start where the order differs."""
    at = 0
    for block in block_quotes:
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if not lines:
            continue
        start = text.find(lines[0], at)
        if start < 0:
            start = text.find(lines[0])
        if start < 0:
            continue
        end = start + len(lines[0])
        for line in lines[1:]:
            following = end + len(text[end : end + 8]) - len(text[end : end + 8].lstrip())
            if not text.startswith(line, following):
                break
            end = following + len(line)
        at = end
        span = Span(start, end)
        words = "\n".join(line.strip() for line in span.slice(text).split("\n") if line.strip())
        inner_marks = words[:1] in "“\"‘'" or words[-1:] in '”"’'
        words = words.strip('“”"') if inner_marks else words
        yield Quotation(span.slice(text), span, words, span, QuotationForm.BLOCK, "\n" in words)


def _merged(marked: list[Quotation], blocks: list[Quotation]) -> Iterator[Quotation]:
    """Join both kinds in order; a quotation inside a block is part of it, a block inside a quotation likewise."""
    last_end = -1
    for quotation in sorted((*blocks, *marked), key=lambda q: (q.span.start, -q.span.end)):
        if quotation.span.start >= last_end:
            yield quotation
            last_end = quotation.span.end
