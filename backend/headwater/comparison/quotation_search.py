"""The official words that fit a quotation best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.comparison.edits import Aligned
from headwater.comparison.official_words import OfficialWords
from headwater.comparison.quotation_alignment import align_words
from headwater.comparison.quotation_fit import Fit, measure_fit
from headwater.comparison.quotation_words import read_words
from headwater.domain.facts import Annotated, Quotation
from headwater.domain.findings import Side
from headwater.domain.spans import Span

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
    keys = [word.key for word in reading.words]
    breaks = frozenset(i for i, marks in enumerate(reading.marks) if any(mark.sign == "…" for mark in marks))
    best: FoundQuotation | None = None
    for group in groups:
        pairings = align_words(keys, group.keys, breaks)
        if not pairings:
            continue
        aligned = Aligned(reading, group, pairings)
        fit = measure_fit(aligned)
        if best is None or fit.share > best.fit.share + _EQUAL:
            best = FoundQuotation(claim, quotation, aligned, fit, groups)
        if fit.whole:
            break
    return best
