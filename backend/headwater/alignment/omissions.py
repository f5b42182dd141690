"""What the source says and the text in hand leaves out, weightiest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from headwater.alignment.passages import PassageReader
from headwater.domain.documents import Document, Passage, PassageKind
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Lane
from headwater.domain.quantities import Quantity
from headwater.domain.spans import Span
from headwater.domain.verdicts import ClaimReport, Omission, Verdict
from headwater.text.sentences import split_sentences

USED = {Effect.AGREES, Effect.SHIFTS, Effect.CONTRADICTS}  # a figure the text speaks of, rightly or not
LEAST_CARRIED = 3  # claims of a text that rest on one document, for the text to be a rewrite of it
LEAST_CARRIED_SHARE = 0.3  # of the claims that could be checked
MOST_SHOWN = 20  # a reporter reads no more; the weightiest come first


def find_omissions(
    decided: Sequence[ClaimReport], passages: Sequence[Passage], reader: PassageReader
) -> tuple[Omission, ...]:
    """List the sentences of the source that no claim rests on: figures first, then conditions, then the rest.

    Args:
        decided: The claims with their evidence and findings.
        passages: All passages of the source, in order.
        reader: Reads their facts.

    Returns:
        At most twenty, weightiest first, in the source's order among equals.
    """
    used = {hit.passage.id for report in decided for hit in report.evidence}
    figures = _used_figures(decided)
    found: list[tuple[int, Omission]] = []
    for passage in passages:
        if passage.kind is PassageKind.HEADING:
            continue
        read = reader.read(passage)
        for span in split_sentences(read.text):
            left_out = [q for q in read.facts.quantities if span.contains(q.span) and not _is_used(read, q, figures)]
            weight, reason = _weigh(left_out, used=passage.id in used)
            if weight:
                side = read.side(span)
                found.append((weight, Omission(passage, side.surface, side.span, reason)))
    found.sort(key=lambda pair: -pair[0])
    return tuple(omission for _, omission in found[:MOST_SHOWN])


def find_followed_document(decided: Sequence[ClaimReport]) -> Document | None:
    """Return the document that a text flows from, or None where none carries enough of its claims.

    Args:
        decided: The claims with their evidence.
    """
    carried = [report.evidence[0].passage.document for report in decided if report.evidence]
    checkable = sum(report.verdict is not Verdict.NOT_CHECKABLE for report in decided)
    counted = Counter((document.id, document.version) for document in carried)
    leading, claims = max(counted.items(), key=lambda item: item[1], default=(None, 0))
    if claims < LEAST_CARRIED or claims < LEAST_CARRIED_SHARE * checkable:
        return None
    return next(document for document in carried if (document.id, document.version) == leading)


def _used_figures(decided: Iterable[ClaimReport]) -> set[tuple[int, Span]]:
    return {
        (finding.passage_id, side.span)
        for report in decided
        for finding in report.findings
        if finding.lane is Lane.FIGURE and finding.effect in USED and finding.passage_id is not None
        for side in ([finding.official] if finding.official else []) + list(finding.evidence)
    }


def _is_used(read: Annotated, quantity: Quantity, figures: set[tuple[int, Span]]) -> bool:
    span = read.side(quantity.span).span
    return any(identifier == read.passage_id and span.overlaps(other) for identifier, other in figures)


def _weigh(left_out: Sequence[Quantity], *, used: bool) -> tuple[int, str]:
    if left_out:
        return 2, "Figures left out: " + ", ".join(_named(quantity) for quantity in left_out)
    return (0, "") if used else (1, "Not taken up")


def _named(quantity: Quantity) -> str:
    return f"{quantity.surface} {quantity.counted}".strip()
