"""The official words that fit a quotation best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from headwater.comparison.edits import Aligned
from headwater.comparison.official_words import OfficialWords
from headwater.comparison.quotation_alignment import Bounds, Step, align_words
from headwater.comparison.quotation_fit import Fit, longest_run, measure_fit
from headwater.comparison.quotation_words import Reading, read_words
from headwater.domain.facts import Annotated, Quotation
from headwater.domain.findings import Side
from headwater.domain.spans import Span

LEAST_PART = 4  # words: a shorter part found elsewhere is chance
_LEAST_FIRST_PART = 0.3  # share: with less, nothing holds the parts together
_NEARLY_WHOLE = 0.75  # share: a joining word may be the writer's
_EQUAL = 1e-9  # shares this near are one: the passage ranked higher keeps the quotation


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """A quotation of a claim with the official words that fit it best, and all that were looked at."""

    claim: Annotated
    quotation: Quotation
    aligned: Aligned
    fit: Fit
    groups: Sequence[OfficialWords]

    def claimed(self, span: Span, value: str = "") -> Side:
        """Return the claim's side for a span of the words inside the marks.

        Args:
            span: Counted from the first character inside.
            value: What is read from it.
        """
        return self.claim.side(span.shift(self.quotation.inner.start), value)


def find_quotation(claim: Annotated, quotation: Quotation, groups: Sequence[OfficialWords]) -> FoundQuotation | None:
    """Find the official words that share most with a quotation; None where no word is shared.

    Args:
        claim: The claim.
        quotation: One of its quotations.
        groups: Official words, best first.
    """
    reading = read_words(quotation.inner.slice(claim.text))
    best: FoundQuotation | None = None
    for group in groups:
        aligned = align_reading(reading, group)
        if aligned is None:
            continue
        fit = measure_fit(aligned)
        if best is None or fit.share > best.fit.share + _EQUAL:
            best = FoundQuotation(claim, quotation, aligned, fit, groups)
        if fit.whole:
            break
    if best is None or best.fit.holds or best.fit.share < _LEAST_FIRST_PART:
        return best
    return replace(best, fit=replace(best.fit, holds=_is_pieced(best)))


def align_reading(reading: Reading, group: OfficialWords) -> Aligned | None:
    """Align a quotation with official words; None where no word is shared.

    Args:
        reading: The quotation.
        group: Official words.
    """
    breaks = frozenset(at for at, marks in enumerate(reading.marks) if any(mark.sign == "…" for mark in marks))
    pairings = align_words([word.key for word in reading.words], group.keys, Bounds(breaks, group.walls))
    return Aligned(reading, group, pairings) if pairings else None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a quotation, half-open words, that stands in another place of the official words."""

    words: tuple[int, int]
    official: OfficialWords
    fit: Fit


def find_parts(found: FoundQuotation) -> tuple[Part, ...]:
    """Find the parts of a quotation that do not stand where the rest does, but elsewhere, nearly whole.

    Args:
        found: The quotation.
    """
    parts = (_find_part(found, start, end) for start, end in _loose_stretches(found.aligned))
    return tuple(part for part in parts if part is not None)


def _loose_stretches(aligned: Aligned) -> list[tuple[int, int]]:
    """Return the stretches between runs of matched words, of some length and mostly unmatched."""
    matched = [False] * len(aligned.reading.words)
    for pairing in aligned.pairings:
        for at in range(*pairing.claimed):
            matched[at] = pairing.step not in (Step.INSERTED, Step.REPLACED)
    solid: list[bool] = []
    for fits, run in groupby(matched):
        length = sum(1 for _ in run)
        solid += [fits and length >= LEAST_PART] * length
    stretches, at = [], 0
    for is_solid, run in groupby(solid):
        length = sum(1 for _ in run)
        loose = length - sum(matched[at : at + length])
        if not is_solid and length >= LEAST_PART and 2 * loose >= length:
            stretches.append((at, at + length))
        at += length
    return stretches


def _find_part(found: FoundQuotation, start: int, end: int) -> Part | None:
    reading = found.aligned.reading
    part = Reading(reading.words[start:end], reading.marks[start : end + 1])
    for group in found.groups:
        aligned = align_reading(part, group)
        if aligned is None:
            continue
        fit = measure_fit(aligned)
        run = longest_run([word.key for word in part.words], group.keys)
        if fit.share >= _NEARLY_WHOLE and run is not None and run[2] >= LEAST_PART:
            return Part((start, end), group, fit)
    return None


def _is_pieced(found: FoundQuotation) -> bool:
    """Say whether the rest of a quotation stands elsewhere in the source: its parts were put in another order."""
    count = len(found.aligned.reading.words)
    held = found.fit.share * count + sum(part.words[1] - part.words[0] for part in find_parts(found))
    return held >= _NEARLY_WHOLE * count
