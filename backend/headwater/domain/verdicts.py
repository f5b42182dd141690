"""Verdicts, matches, and the report of one check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from headwater.domain.claims import Claim
from headwater.domain.coverage import CorpusScope
from headwater.domain.documents import Document, Passage
from headwater.domain.findings import Finding
from headwater.domain.repairs import EncodingRepair
from headwater.domain.series import ComputedFigure
from headwater.domain.spans import Span


class Verdict(StrEnum):
    """What the official source says of a claim; never "true" or "false"."""

    SUPPORTED = "supported"
    SHIFTED = "shifted"
    CONTRADICTED = "contradicted"
    NOT_IN_SOURCE = "not_in_source"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage found for a query.

    Args:
        passage: The passage.
        similarity: Fused relevance, from 0 to 2: the cosine and what words, figures and days add to it.
        cosine: Cosine of the embeddings, from -1 to 1, or None where only words were searched.
        coverage: Share of the query's informative words that the passage holds, from 0 to 1.
        probability: That it speaks of the same matter, calibrated; None where it was not found in a corpus.
        also_at: Other documents that are the same text on another site, the passage's own being the original.
        link: Address of the passage: its document's, with the place in it where that can be named; "" without address.
    """

    passage: Passage
    similarity: float
    cosine: float | None
    coverage: float
    probability: float | None = None
    also_at: tuple[Document, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """What was decided for one claim.

    Args:
        claim: The claim.
        verdict: The decision.
        reason: One line saying why.
        evidence: The passages it rests on, best first; empty unless the source speaks to the claim.
        nearest: The nearest passages by retrieval, best first, shown apart from support.
        findings: In order of severity, highest first.
        missing: The parts of the claim that no passage states, as written.
        computed: What official series say of its figures that its document does not state; no part of the verdict.
        topic_known: False where the corpus holds nothing on the topic ("no official source found").
    """

    claim: Claim
    verdict: Verdict
    reason: str
    evidence: tuple[ScoredPassage, ...] = ()
    nearest: tuple[ScoredPassage, ...] = ()
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    computed: tuple[ComputedFigure, ...] = ()
    topic_known: bool = True


@dataclass(frozen=True, slots=True)
class Omission:
    """Something the source says and the text in hand leaves out: official words, where they are, and why it weighs.

    `link` is the address of the passage, as `ScoredPassage` has it.
    """

    passage: Passage
    surface: str
    span: Span
    reason: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The answer to one check.

    Args:
        claims: In order of appearance.
        repairs: What was mended in the text before it was read.
        omissions: What the source says that the text left out, weightiest first.
        notices: Degraded work and other remarks, in words ("searched by words alone: ...").
        corpus_version: Changes whenever the corpus does; "" for a comparison of two given texts.
        model: Identifier of the embedding model, "" where none was used.
        rule_version: Version of the rules of judgement.
        elapsed_ms: Milliseconds by stage, in order of the stages.
        scope: What the corpus holds, in short; None for a comparison of two given texts.
    """

    claims: tuple[ClaimReport, ...]
    repairs: tuple[EncodingRepair, ...] = ()
    omissions: tuple[Omission, ...] = ()
    notices: tuple[str, ...] = ()
    corpus_version: str = ""
    model: str = ""
    rule_version: str = ""
    elapsed_ms: Mapping[str, float] = field(default_factory=dict)
    scope: CorpusScope | None = None


@dataclass(frozen=True, slots=True)
class CheckStep:
    """A check under way: claims appear as they are decided.

    Args:
        decided: Sentences decided so far.
        sentences: Of how many.
        claims: Those of the newest sentence; none in the first step, which says that all sentences were searched for.
    """

    decided: int
    sentences: int
    claims: tuple[ClaimReport, ...] = ()
