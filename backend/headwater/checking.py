"""The pipeline on one page: text in, report out. Every face and the quality gate call this."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from headwater import RULE_VERSION
from headwater.alignment.evidence import align
from headwater.alignment.omissions import find_omissions
from headwater.alignment.passages import PassageReader
from headwater.comparison.lanes import compare
from headwater.comparison.verdicts import decide_verdict, supports
from headwater.corpus.filters import PassageFilters
from headwater.corpus.passages import slice_passages
from headwater.domain.claims import Claim
from headwater.domain.documents import Document, Passage
from headwater.domain.errors import EmptyTextError, TextTooLongError
from headwater.domain.policy import CheckPolicy
from headwater.domain.verdicts import CheckReport, ClaimReport, ScoredPassage
from headwater.extraction.facts import ReadingContext
from headwater.retrieval.memory import InMemoryRetriever
from headwater.retrieval.query import Query, RetrievalResult
from headwater.segmentation.claims import segment_claims
from headwater.text.normalise import normalise

SHORT_CLAIM_WORDS = 6  # shorter claims ("which have increased recently") mean nothing without their sentence


class Encoder(Protocol):
    """Text to unit vectors; see `headwater_embeddings.encoder`."""

    model_id: str

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text. Shape: (len(texts), dimensions)."""


class Searcher(Protocol):
    """Official passages for queries; see `headwater.retrieval`."""

    def retrieve(
        self, queries: Sequence[Query], *, limit: int, filters: PassageFilters | None = None
    ) -> RetrievalResult:
        """Return the best passages of each query, best first."""


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What is known of the text's own document.

    Args:
        url: Where it stands, or "".
        title: Its headline, or "".
        published: Its date; without it "last year" cannot be resolved.
        prefix: Text just before the highlight, or "".
        suffix: Text just after the highlight, or "".
    """

    url: str = ""
    title: str = ""
    published: date | None = None
    prefix: str = ""
    suffix: str = ""


NO_CONTEXT = CheckContext()


@dataclass
class _Clock:
    """Milliseconds by stage."""

    elapsed: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.elapsed[name] = self.elapsed.get(name, 0.0) + (time.perf_counter() - start) * 1000


class FactChecker:
    """Check news text against official passages.

    Args:
        encoder: Text to vectors; the corpus must have been embedded by the same model.
        searcher: Official passages of the corpus.
        corpus_version: Called once a check, for the report.
        policy: Thresholds of judgement.
    """

    def __init__(
        self,
        encoder: Encoder,
        searcher: Searcher,
        *,
        corpus_version: Callable[[], str] = lambda: "",
        policy: CheckPolicy | None = None,
    ) -> None:
        self._encoder = encoder
        self._searcher = searcher
        self._corpus_version = corpus_version
        self._policy = policy or CheckPolicy()
        self._reader = PassageReader()

    def check(
        self,
        text: str,
        context: CheckContext = NO_CONTEXT,
        *,
        filters: PassageFilters | None = None,
        limit: int | None = None,
    ) -> CheckReport:
        """Check a text against the corpus.

        Args:
            text: As it came in; spans of the report point into it.
            context: What is known of its document.
            filters: Which documents may answer; None for all.
            limit: Passages shown per claim; None for the policy's number.

        Raises:
            EmptyTextError: If there is no word in the text.
            TextTooLongError: If it is longer than the policy allows.
            NotReadyError: If the corpus is empty, or was embedded by another model.
        """
        report = self._report(text, context, self._searcher, filters=filters, limit=limit)
        return replace(report, corpus_version=self._corpus_version())

    def compare(
        self,
        text: str,
        source: str,
        context: CheckContext = NO_CONTEXT,
        *,
        source_context: CheckContext = NO_CONTEXT,
    ) -> CheckReport:
        """Check a text against one given official text, with no corpus.

        Args:
            text: As it came in.
            source: The official text as it came in; the official spans of the report point into it.
            context: What is known of the text's document.
            source_context: What is known of the official document.

        Raises:
            EmptyTextError: If there is no word in one of the texts.
            TextTooLongError: If one of them is longer than the policy allows.
        """
        self._require_words(source, "source")
        passages = given_passages(source, source_context)
        vectors = self._encoder.encode([passage.text for passage in passages])
        return self._report(text, context, InMemoryRetriever(passages, vectors), given=passages)

    def _report(
        self,
        text: str,
        context: CheckContext,
        searcher: Searcher,
        *,
        filters: PassageFilters | None = None,
        limit: int | None = None,
        given: Sequence[Passage] = (),
    ) -> CheckReport:
        self._require_words(text, "text")
        clock = _Clock()
        with clock.stage("normalise"):
            normalised = normalise(text)
        with clock.stage("segment"):
            claims = segment_claims(normalised.mapped, ReadingContext(context.published))
        with clock.stage("encode"):
            queries = self._queries(claims, context)
        with clock.stage("retrieve"):
            found = searcher.retrieve(queries, limit=self._policy.aligned, filters=filters)
        with clock.stage("compare"):
            decided = tuple(
                self._decide(claim, hits, limit or self._policy.shown)
                for claim, hits in zip(claims, found.hits, strict=True)
            )
            omissions = find_omissions(decided, given, self._reader)
        return CheckReport(
            decided,
            repairs=normalised.repairs,
            omissions=omissions,
            notices=found.notices,
            model=self._encoder.model_id,
            rule_version=RULE_VERSION,
            elapsed_ms=clock.elapsed,
        )

    def _queries(self, claims: Sequence[Claim], context: CheckContext) -> list[Query]:
        texts = [search_text(claim) for claim in claims]
        vectors = self._encoder.encode(texts)
        return [
            Query(text, vector, extra=" ".join(filter(None, (claim.context, context.title))))
            for text, vector, claim in zip(texts, vectors, claims, strict=True)
        ]

    def _decide(self, claim: Claim, hits: Sequence[ScoredPassage], shown: int) -> ClaimReport:
        aligned = align(claim, hits, self._reader)
        findings = compare(claim, aligned.passages)
        decision = decide_verdict(claim.kind, findings, aligned.support)
        return ClaimReport(
            claim,
            decision.verdict,
            decision.reason,
            evidence=aligned.evidence if supports(decision.verdict) else (),
            nearest=tuple(hits[:shown]),
            findings=findings,
            missing=tuple(claim.content.mapped.surface(span) for span in aligned.support.missing),
            topic_known=bool(hits) and hits[0].similarity >= self._policy.topic_similarity,
        )

    def _require_words(self, text: str, what: str) -> None:
        if len(text) > self._policy.max_characters:
            raise TextTooLongError(len(text), self._policy.max_characters, what)
        if not any(character.isalnum() for character in text):
            raise EmptyTextError(what)


def search_text(claim: Claim) -> str:
    """Return what is searched for a claim: itself, or its whole sentence where it is too short to stand alone."""
    short = len(claim.content.text.split()) < SHORT_CLAIM_WORDS
    return claim.sentence if short else claim.content.text


def given_passages(source: str, context: CheckContext) -> tuple[Passage, ...]:
    """Slice a given official text into passages of a document that is stored nowhere.

    Args:
        source: The official text as it came in.
        context: What is known of its document.
    """
    published = datetime.combine(context.published, datetime.min.time(), UTC) if context.published else None
    document = Document(
        id="given",
        version=1,
        is_latest=True,
        publisher="",
        document_type="",
        url=context.url,
        title=context.title,
        language="",
        licence="",
        attribution="",
        first_published=published,
        updated=published,
        retrieved=datetime.now(UTC),
        sha256=hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest(),
    )
    return tuple(
        Passage(number, document, number, part.text, part.span, part.kind, part.heading, part.speaker)
        for number, part in enumerate(slice_passages(source))
    )
