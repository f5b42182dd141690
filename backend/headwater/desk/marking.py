"""Texts as the desk shows them: cut into paragraphs, with claims linked and the words of findings marked in place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from headwater.domain.spans import Span
from headwater.text.normalise import normalise


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or item of a text: where it begins, and its words as they came in."""

    start: int
    text: str

    @property
    def span(self) -> Span:
        """Of the text it was cut from."""
        return Span(self.start, self.start + len(self.text))


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that belongs to a claim.

    Args:
        span: Of the text.
        claim: Id of the claim.
        finding: Place of the finding whose words these are, or None for the claim as a whole.
        weight: Severity of the finding, "agrees" for an agreement; the verdict of the claim where it is a whole.
    """

    span: Span
    claim: str
    finding: int | None = None
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words under the same findings.

    Args:
        text: The words.
        findings: Ids of the findings, as "c3-0".
        weight: The heaviest of their weights, or "".
    """

    text: str
    findings: tuple[str, ...] = ()
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring pieces of the same claim; `claim` is "" for words of no claim."""

    claim: str
    verdict: str
    pieces: tuple[Piece, ...] = field(default=())


WEIGHTS = ("high", "medium", "low", "info", "agrees", "")  # heaviest first


def split_blocks(text: str) -> tuple[Block, ...]:
    r"""Cut a text into what a reader sees as paragraphs; lines that were wrapped are put together.

    Args:
        text: As it came in.

    >>> [block.text for block in split_blocks("A heading\n\nOne paragraph.\n\nAnother.")]
    ['A heading', 'One paragraph.', 'Another.']
    """
    mapped = normalise(text).mapped
    blocks, start = [], 0
    for line in mapped.text.split("\n"):
        if line.strip():
            span = mapped.to_original(Span(start, start + len(line)))
            blocks.append(Block(span.start, span.slice(text)))
        start += len(line) + 1
    return tuple(blocks)


def spread(blocks: Sequence[Block], spans: Sequence[Span]) -> list[list[int]]:
    """Return for each block the places of the spans that share words with it, in their order.

    Args:
        blocks: Of a text, in order.
        spans: Of the same text, in any order.
    """
    found: list[list[int]] = [[] for _ in blocks]
    ends = [block.span.end for block in blocks]
    for place, span in enumerate(spans):
        for number in range(bisect_right(ends, span.start), len(blocks)):
            if blocks[number].start >= span.end:
                break
            found[number].append(place)
    return found


def mark_block(block: Block, marks: Iterable[Mark]) -> tuple[Run, ...]:
    """Return the words of a block in runs; where claims overlap, words belong to the shortest.

    Args:
        block: Of a text.
        marks: Of the same text; those elsewhere are passed over.
    """
    here = [mark for mark in marks if mark.span.overlaps(block.span)]
    edges = sorted({block.start, block.span.end, *_edges(here, block.span)})
    cut = [_piece(block, here, Span(start, end)) for start, end in pairwise(edges)]
    runs = []
    for (claim, verdict), pieces in groupby(cut, key=lambda one: one[0]):
        runs.append(Run(claim, verdict, tuple(piece for _, piece in pieces)))
    return tuple(runs)


def _edges(marks: Iterable[Mark], span: Span) -> Iterator[int]:
    for mark in marks:
        yield max(mark.span.start, span.start)
        yield min(mark.span.end, span.end)


def _piece(block: Block, marks: Sequence[Mark], span: Span) -> tuple[tuple[str, str], Piece]:
    over = [mark for mark in marks if mark.span.contains(span)]
    claims = sorted((mark for mark in over if mark.finding is None), key=lambda mark: len(mark.span))
    owner = (claims[0].claim, claims[0].weight) if claims else ("", "")
    said = [mark for mark in over if mark.finding is not None]
    weight = min((mark.weight for mark in said), key=WEIGHTS.index, default="")
    words = span.shift(-block.start).slice(block.text)
    return owner, Piece(words, tuple(f"{mark.claim}-{mark.finding}" for mark in said), weight)


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words of a quotation: `kind` is "" where both sides have them, else "insert" or "delete".

    Args:
        text: The words.
        kind: "insert" for words of the article alone, "delete" for official words that the article lacks.
        weight: Severity of the edit.
        says: What kind of edit it is, in words.
        finding: Id of the finding, or "".
    """

    text: str
    kind: str = ""
    weight: str = ""
    says: str = ""
    finding: str = ""


def edit_words(text: str, start: int, edits: Sequence[tuple[str, dict[str, object]]]) -> tuple[Edit, ...]:
    """Return the words of a claim with what was put in and what was left out of the official words.

    Args:
        text: Of the claim.
        start: Where it begins in the article.
        edits: Findings with an edit, as the report has them, each with its id.
    """
    shown: list[Edit] = []
    at = start
    for identifier, finding in sorted(edits, key=lambda one: _claimed(one[1]).start):
        span, says = _claimed(finding), str(finding["kind"]).replace("_", " ")
        if span.start < at or span.end > start + len(text):
            continue
        weight = str(finding["severity"])
        shown.append(Edit(text[at - start : span.start - start]))
        official = finding["official"]
        if isinstance(official, dict) and official["text"]:
            shown.append(Edit(official["text"], "delete", weight, says, identifier))
        if len(span):
            shown.append(Edit(text[span.start - start : span.end - start], "insert", weight, says, identifier))
        at = span.end
    shown.append(Edit(text[at - start :]))
    return tuple(edit for edit in shown if edit.text)


def _claimed(finding: dict[str, object]) -> Span:
    claimed = finding["claimed"]
    assert isinstance(claimed, dict)  # noqa: S101 - the report's own form
    return Span(claimed["span"]["start"], claimed["span"]["end"])
