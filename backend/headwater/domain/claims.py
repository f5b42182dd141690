"""Claims: the checkable parts of a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from headwater.domain.facts import Annotated
from headwater.domain.spans import Span


class ClaimKind(StrEnum):
    """What sort of stretch of text it is."""

    STATEMENT = "statement"
    QUOTATION = "quotation"  # wholly or mainly somebody's words between marks
    HEADING = "heading"
    QUESTION = "question"
    FRAMING = "framing"  # "will highlight the magnitude in the following announcement"


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable assertion.

    Args:
        id: "c1", "c2", ... in order of appearance.
        text: The words as they came in: the slice of the original under `span`.
        span: In the original text.
        kind: What sort of stretch it is.
        content: Working text and facts of the claim alone; facts' spans are of `content.text`.
        sentence: Working text of the whole sentence that the claim is part of.
        sentence_id: Claims of one sentence share it.
        context: Working text just before (previous sentence, heading), for retrieval only.
        speaker: Whose words it reports, resolved across sentences where that can be done, or "".
    """

    id: str
    text: str
    span: Span
    kind: ClaimKind
    content: Annotated
    sentence: str = ""
    sentence_id: int = 0
    context: str = ""
    speaker: str = ""
