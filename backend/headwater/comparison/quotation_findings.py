"""The findings of the quotation lane that are not single edits: verbatim, words left out, parts moved or stitched."""

from __future__ import annotations

from headwater.comparison.edits import Edit
from headwater.comparison.official_words import OfficialWords
from headwater.comparison.quotation_contexts import Loss, LostContext
from headwater.comparison.quotation_explanations import quoted_words
from headwater.comparison.quotation_search import FoundQuotation, Part
from headwater.domain.findings import Effect, Finding, Lane, Severity, Side
from headwater.domain.spans import Span


def verbatim(found: FoundQuotation) -> Finding:
    """Report a quotation that the official text has word for word, or with what was left out marked.

    Args:
        found: The quotation.
    """
    start, end = found.fit.facing
    official, passage_id = found.aligned.official.side(start, end)
    marked = any(mark.sign == "…" for marks in found.aligned.reading.marks[1:-1] for mark in marks)
    said = "with what was left out marked" if marked else "word for word"
    return Finding(
        "QUO-VERBATIM",
        Lane.QUOTATION,
        "verbatim",
        Effect.AGREES,
        Severity.INFO,
        found.claim.side(found.quotation.inner),
        official,
        f"The official text has this quotation {said}.",
        passage_id,
        _further_sides(found.aligned.official, start, end),
    )


def _further_sides(official: OfficialWords, start: int, end: int) -> tuple[Side, ...]:
    """Return the parts of a quotation that stand in later passages."""
    later = (at for at in range(start + 1, end) if official.owners[at] != official.owners[at - 1])
    return tuple(official.side(at, end)[0] for at in later)


def words_left_out(found: FoundQuotation, edit: Edit) -> Finding:
    """Report words left out without a mark.

    Args:
        found: The quotation.
        edit: The deletion.
    """
    official = found.aligned.official
    side, passage_id = official.side(*edit.facing)
    words = quoted_words(official, *edit.facing)
    return Finding(
        "QUO-OMISSION",
        Lane.QUOTATION,
        "omission",
        Effect.SHIFTS,
        Severity.MEDIUM,
        found.claimed(edit.claimed),
        side,
        f"In the quotation words were left out without a mark: {words}.",
        passage_id,
        (),
        "delete",
    )


def parts_far_apart(found: FoundQuotation, edit: Edit) -> Finding:
    """Report one quotation made of two parts; where two people said them, nobody said what it says.

    Args:
        found: The quotation.
        edit: The deletion between the parts.
    """
    official, words = found.aligned.official, found.aligned.reading.words
    side, passage_id = official.side(edit.facing[1], found.fit.facing[1])
    before, _ = official.side(found.fit.facing[0], edit.facing[0])
    one, other = (
        official.span(edit.facing[0] - 1, edit.facing[0])[0],
        official.span(edit.facing[1], edit.facing[1] + 1)[0],
    )
    parted = bool(one.speaker and other.speaker and one.speaker != other.speaker)
    said = f"of {one.speaker} and of {other.speaker}" if parted else "that stand far apart"
    return Finding(
        "QUO-STITCHED",
        Lane.QUOTATION,
        "stitched",
        Effect.SHIFTS,
        Severity.HIGH if parted else Severity.MEDIUM,
        found.claimed(Span(words[edit.words[0]].start, words[-1].end)),
        side,
        f"One quotation is made of words {said}, without a mark.",
        passage_id,
        (before,),
    )


def context_swallowed(found: FoundQuotation, edit: Edit, lost: LostContext) -> Finding:
    """Report an omission, marked or not, that swallows a negation or a condition.

    Args:
        found: The quotation.
        edit: The deletion.
        lost: What was swallowed.
    """
    side, passage_id = found.aligned.official.side(lost.start, lost.end)
    negation = lost.loss is Loss.NEGATION
    return Finding(
        "QUO-SWALLOWED",
        Lane.QUOTATION,
        "polarity" if negation else "condition_lost",
        Effect.CONTRADICTS if negation else Effect.SHIFTS,
        Severity.HIGH if negation else Severity.MEDIUM,
        found.claimed(edit.claimed),
        side,
        f"What the quotation leaves out holds the {lost.loss}: {quoted_words(found.aligned.official, *edit.facing)}.",
        passage_id,
        (),
        "delete",
    )


def part_moved(found: FoundQuotation, part: Part) -> Finding:
    """Report a part of the quotation that stands in another place of the official words.

    Args:
        found: The quotation.
        part: The part, and where it stands.
    """
    side, passage_id = part.official.side(*part.fit.facing)
    earlier = part.official is found.aligned.official and part.fit.facing[1] <= found.fit.facing[1]
    kind = "reordered" if earlier else "stitched"
    said = "in another order" if earlier else "in another place"
    words = found.aligned.reading.words
    span = Span(words[part.words[0]].start, words[part.words[1] - 1].end)
    return Finding(
        f"QUO-{kind.upper()}",
        Lane.QUOTATION,
        kind,
        Effect.SHIFTS,
        Severity.MEDIUM,
        found.claimed(span),
        side,
        f"This part of the quotation stands {said} of the official text.",
        passage_id,
    )
