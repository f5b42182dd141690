"""The quotation lane: each quotation of a claim held against the official words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from headwater.comparison.edits import Edit, find_edits
from headwater.comparison.official_words import OfficialWords, join_passages
from headwater.comparison.quotation_contexts import (
    Loss,
    find_lost_condition,
    find_lost_negation,
    find_swallowed,
)
from headwater.comparison.quotation_explanations import explain_edit, quoted_words
from headwater.comparison.quotation_findings import (
    context_swallowed,
    part_moved,
    parts_far_apart,
    verbatim,
    words_left_out,
)
from headwater.comparison.quotation_fit import find_paraphrase
from headwater.comparison.quotation_search import FoundQuotation, Part, find_parts, find_quotation
from headwater.comparison.quotation_words import Reading, read_words
from headwater.domain.facts import Annotated, Quotation, QuotationForm
from headwater.domain.findings import Effect, Finding, Lane, Severity

_RULES = {
    "punctuation": "QUO-PUNCTUATION",
    "punctuation_changes_reading": "QUO-READING",
    "hyphenation": "QUO-HYPHENATION",
    "spelling_variant": "QUO-SPELLING",
    "case": "QUO-CASE",
    "word": "QUO-WORD",
    "meaning": "QUO-MEANING",
    "polarity": "QUO-POLARITY",
    "figure": "QUO-FIGURE",
    "reordered": "QUO-REORDERED",
}
_LONGEST_SLIP = 2  # words: more, dropped in one place, are an omission
_FAR = 40  # words: parts further apart are stitched, not shortened
_AROUND = 200  # characters before a quotation that may tell its context
_HEADLINE_ALARM = 4  # words: shorter fragments in a heading are often the desk's own


def compare_quotations(claim: Annotated, passages: Sequence[Annotated]) -> tuple[Finding, ...]:
    """Hold each quotation of a claim against the official words.

    Rules: QUO-VERBATIM, QUO-NOT-FOUND, QUO-PARAPHRASE, one for each kind of edit, QUO-OMISSION, QUO-STITCHED,
    QUO-REORDERED, QUO-SWALLOWED, QUO-CONDITION, QUO-NEGATION. Severity: low for style inside the marks, medium
    where a word was added or dropped or the meaning may shift, high where a reader is misled.

    - “We cannot do it alone.” and "we cannot do it alone" agree: QUO-VERBATIM.
    - “We can do it alone.” where the source has "we cannot do it alone": QUO-POLARITY, high.

    Args:
        claim: The claim with its quotations.
        passages: Official passages, best first; consecutive ones of a document are read as one text.

    Returns:
        Findings, in order of the quotations and of the words in them.
    """
    if not claim.facts.quotations:
        return ()
    groups = join_passages(passages)
    findings: list[Finding] = []
    for quotation in claim.facts.quotations:
        findings += _compare(claim, quotation, groups)
    return tuple(findings)


def _compare(claim: Annotated, quotation: Quotation, groups: tuple[OfficialWords, ...]) -> Iterator[Finding]:
    reading = read_words(quotation.inner.slice(claim.text))
    if not reading.words:
        return
    found = find_quotation(claim, quotation, groups)
    if found is None or not found.fit.holds:
        yield from _unfound(claim, quotation, reading, groups)
        return
    if quotation.form is QuotationForm.TERM and not found.fit.whole:
        return
    parts = find_parts(found)
    changes = [part_moved(found, part) for part in parts]
    changes += [finding for edit in _edits(found, parts) for finding in _edit_findings(found, edit)]
    lost = list(_lost(found))
    if not changes:
        yield verbatim(found)
    yield from (*changes, *lost)


def _unfound(
    claim: Annotated, quotation: Quotation, reading: Reading, groups: tuple[OfficialWords, ...]
) -> Iterator[Finding]:
    if quotation.form is QuotationForm.TERM:
        return
    if quotation.form is QuotationForm.HEADLINE and len(reading.words) < _HEADLINE_ALARM:
        return
    near = find_paraphrase(reading, groups)
    claimed = claim.side(quotation.inner, "quotation")
    if near is not None:
        group, start, end = near
        official, passage_id = group.side(start, end)
        yield Finding(
            "QUO-PARAPHRASE",
            Lane.QUOTATION,
            "paraphrase",
            Effect.SHIFTS,
            Severity.MEDIUM,
            claimed,
            official,
            "Set in quotation marks as said, but the official words put it otherwise: a paraphrase.",
            passage_id,
        )
        return
    yield Finding(
        "QUO-NOT-FOUND",
        Lane.QUOTATION,
        "not_found",
        Effect.NOT_STATED,
        Severity.MEDIUM,
        claimed,
        None,
        "These quoted words do not stand in the official text.",
    )


def _edits(found: FoundQuotation, parts: Sequence[Part]) -> list[Edit]:
    """Return the edits outside the parts that stand elsewhere."""
    edits = find_edits(found.aligned, ignore_case=found.quotation.form is QuotationForm.HEADLINE)
    return [
        edit
        for edit in edits
        if not any(edit.words[0] < part.words[1] and part.words[0] <= edit.words[1] for part in parts)
    ]


def _edit_findings(found: FoundQuotation, edit: Edit) -> Iterator[Finding]:
    official = found.aligned.official
    if edit.edit == "delete" and edit.facing[1] > edit.facing[0] and edit.kind not in ("hyphenation",):
        omitted = _omission(found, edit)
        if omitted is not None:
            yield from omitted
            return
    contradicts = edit.kind == "polarity" or (edit.kind == "figure" and edit.edit == "replace")
    yield Finding(
        _RULES[edit.kind],
        Lane.QUOTATION,
        edit.kind,
        Effect.CONTRADICTS if contradicts else Effect.SHIFTS,
        edit.severity,
        found.claimed(edit.claimed),
        edit.passage.side(edit.official),
        explain_edit(edit, official, found.aligned),
        edit.passage.passage_id,
        (),
        edit.edit,
    )


def _omission(found: FoundQuotation, edit: Edit) -> list[Finding] | None:
    """Judge words left out: None where they are a slip of a word or two, an empty list where properly marked."""
    official, (low, high) = found.aligned.official, edit.facing
    at = edit.words[0]
    marked = any(mark.sign == "…" for mark in found.aligned.reading.marks[at])
    swallowed = find_swallowed(official, low, high)
    if marked:
        return [] if swallowed is None else [context_swallowed(found, edit, swallowed)]
    if edit.kind in ("punctuation", "punctuation_changes_reading"):
        return None
    if high - low <= _LONGEST_SLIP:
        return None
    if swallowed is not None and swallowed.loss is Loss.NEGATION:
        return [context_swallowed(found, edit, swallowed)]
    crosses = any(mark.sign in ".!?¶" for j in range(low, high + 1) for mark in official.marks[j])
    return [parts_far_apart(found, edit) if crosses and high - low > _FAR else words_left_out(found, edit)]


def _lost(found: FoundQuotation) -> Iterator[Finding]:
    """Find the condition or the negation that a quoted part has lost."""
    quotation = found.quotation
    if quotation.form in (QuotationForm.TERM, QuotationForm.HEADLINE) or not found.fit.edges:
        return
    official, (start, end) = found.aligned.official, found.fit.facing
    around = _around(found)
    lost = find_lost_negation(official, start, around) if quotation.inner.start > quotation.span.start else None
    if lost is None and quotation.inner.end < quotation.span.end:
        lost = find_lost_condition(official, start, end, around)
    if lost is None:
        return
    side, passage_id = official.side(lost.start, lost.end)
    negation = lost.loss is Loss.NEGATION
    yield Finding(
        "QUO-NEGATION" if negation else "QUO-CONDITION",
        Lane.QUOTATION,
        "polarity" if negation else "condition_lost",
        Effect.CONTRADICTS if negation else Effect.SHIFTS,
        Severity.HIGH if negation else Severity.MEDIUM,
        found.claim.side(quotation.inner),
        side,
        f"The quoted part has lost its {lost.loss}: {quoted_words(official, lost.start, lost.end)}.",
        passage_id,
    )


def _around(found: FoundQuotation) -> str:
    """Return the claim outside the marks, and the line of the article that leads up to them."""
    claim, span = found.claim, found.quotation.span
    original = claim.mapped.original
    place = claim.mapped.to_original(span)
    before = original[max(0, place.start - _AROUND) : place.start].rsplit("\n", 1)[-1]
    after = original[place.end : place.end + _AROUND].split("\n", 1)[0]
    return f"{claim.text[: span.start]} {before} {after} {claim.text[span.end :]}"
