"""The pipeline on one page: text in, report out. Every face and the quality gate call this."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from headwater import RULE_VERSION
from headwater.alignment.document_figures import DocumentFigures
from headwater.alignment.evidence import Alignment, align, nearness, score_by_words
from headwater.alignment.hits import hits_of, least, rank_of, rival_documents
from headwater.alignment.likeness import Likeness
from headwater.alignment.links import DeepLinks
from headwater.alignment.omissions import find_followed_document, find_omissions
from headwater.alignment.own_page import own_page_notices
from headwater.alignment.particulars import Particulars
from headwater.alignment.passages import PassageReader
from headwater.alignment.sharing import share_findings, support_of_part
from headwater.alignment.versions import OtherVersions
from headwater.comparison.content import compare_content, with_absence
from headwater.comparison.date_counterparts import misses_a_date
from headwater.comparison.dates import look_up_dates
from headwater.comparison.house_style import parse_house_style, with_house_style
from headwater.comparison.lanes import compare, in_order
from headwater.comparison.names_narrator import misses_a_name, with_narrator
from headwater.comparison.series_answers import SERIES_ASKED, FindSeries, find_computed
from headwater.comparison.term_groups import TermTable
from headwater.comparison.verdicts import NOWHERE, Decision, decide_verdict, supports
from headwater.comparison.versions import VersionPair, compare_versions
from headwater.comparison.whole_document import WholeDocuments, asks_tables, misses_a_figure
from headwater.corpus.filters import PassageFilters
from headwater.corpus.given import given_passages
from headwater.domain.claims import Claim
from headwater.domain.clock import StageClock
from headwater.domain.context import NO_CONTEXT, CheckContext
from headwater.domain.coverage import CorpusScope
from headwater.domain.documents import Document, Passage
from headwater.domain.errors import EmptyTextError, TextTooLongError
from headwater.domain.findings import Effect, Finding, Lane, Severity
from headwater.domain.policy import CheckPolicy
from headwater.domain.series import Series
from headwater.domain.verdicts import CheckReport, CheckStep, ClaimReport, ScoredPassage
from headwater.extraction.facts import ReadingContext
from headwater.retrieval.asking import Encoder, Searcher, queries_of, words_around
from headwater.retrieval.given import Found, GivenText
from headwater.segmentation.claims import segment_claims
from headwater.segmentation.parts import part_off, split_claim
from headwater.segmentation.subordinates import leans_on_sentence, subordinate_parts
from headwater.text.surroundings import surround

__all__ = ["NO_CONTEXT", "CheckContext", "FactChecker", "SeriesOf"]

SeriesOf = Callable[[Sequence[str], int, PassageFilters], Sequence[Series]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one check asks for: passages shown, switches of house style, the day whose versions count, and series."""

    shown: int
    style: tuple[str, ...]
    day: date | None
    find_series: FindSeries


@dataclass(frozen=True, slots=True)
class _Judged:
    """A claim judged by the passages of one document; `cited` are those of its other versions that differ."""

    hits: Sequence[ScoredPassage]
    aligned: Alignment
    findings: tuple[Finding, ...]
    decision: Decision
    cited: tuple[ScoredPassage, ...] = ()

    @property
    def discord(self) -> tuple[int, int]:
        """How much the document says otherwise, and how much it does not say; the least discordant one answers."""
        effects = [finding.effect for finding in self.findings if finding.severity is not Severity.INFO]
        return effects.count(Effect.CONTRADICTS), effects.count(Effect.NOT_STATED) + effects.count(Effect.SHIFTS)


class FactChecker:
    """Check news text against official passages.

    Args:
        encoder: Text to vectors; the corpus must have been embedded by the same model.
        searcher: Official passages of the corpus.
        corpus_version: Called once a check, for the report.
        passages_of: All passages of a document's version, to see what a text leaves out of it.
        versions_of: All versions of a document, oldest first, to see what was said otherwise.
        series_of: Official series by the words of their names, for figures that no document states.
        policy: Thresholds of judgement.
        terms: Groups of terms that must not be exchanged; None for the shipped ones.
        scope_of: Called once a check: what the corpus holds, in short.
    """

    def __init__(  # noqa: PLR0913 - what the wiring hands over, each by its name
        self,
        encoder: Encoder,
        searcher: Searcher,
        *,
        corpus_version: Callable[[], str] = lambda: "",
        passages_of: Callable[[str, int], Sequence[Passage]] = lambda _document, _version: (),
        versions_of: Callable[[str], Sequence[Document]] = lambda _document: (),
        series_of: SeriesOf = lambda _stems, _limit, _filters: (),
        policy: CheckPolicy | None = None,
        terms: TermTable | None = None,
        scope_of: Callable[[], CorpusScope | None] = lambda: None,
    ) -> None:
        self._encoder = encoder
        self._searcher = searcher
        self._corpus_version, self._scope_of = corpus_version, scope_of
        self._passages_of = passages_of
        self._particulars = Particulars(passages_of)
        self._figures = DocumentFigures(passages_of)
        self._wholes = WholeDocuments()
        self._versions = OtherVersions(versions_of, passages_of)
        self._links = DeepLinks(passages_of)
        self._series_of = series_of
        self._policy = policy or CheckPolicy()
        self._terms = terms
        self._reader = PassageReader(passages_of=passages_of)
        self._likeness = Likeness(getattr(encoder, "encode_tokens", None))

    @property
    def model_id(self) -> str:
        """Of the embedding model."""
        return self._encoder.model_id

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
            UnknownHouseStyleError: If the context names a switch that does not exist.
            NotReadyError: If the corpus is empty, or was embedded by another model.
        """
        return _last(self.check_by_steps(text, context, filters=filters, limit=limit))

    def check_by_steps(
        self,
        text: str,
        context: CheckContext = NO_CONTEXT,
        *,
        filters: PassageFilters | None = None,
        limit: int | None = None,
    ) -> Generator[CheckStep | CheckReport, None, None]:
        """Check as `check` does and raise what it raises: each sentence's claims once decided, last the report."""
        for step in self._steps(text, context, filters=filters, limit=limit):
            if isinstance(step, CheckReport):
                step = replace(step, corpus_version=self._corpus_version(), scope=self._scope_of())  # noqa: PLW2901
            yield step

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
            UnknownHouseStyleError: If the context names a switch that does not exist.
        """
        return _last(self.compare_by_steps(text, source, context, source_context=source_context))

    def compare_by_steps(
        self,
        text: str,
        source: str,
        context: CheckContext = NO_CONTEXT,
        *,
        source_context: CheckContext = NO_CONTEXT,
    ) -> Generator[CheckStep | CheckReport, None, None]:
        """Compare as `compare` does and raise what it raises: each sentence's claims once decided, last the report."""
        self._require_words(text, "text")
        self._require_words(source, "source")
        given = GivenText(given_passages(source, source_context), self._encoder)
        yield from self._steps(text, context, given=given)

    def _steps(
        self,
        text: str,
        context: CheckContext,
        *,
        filters: PassageFilters | None = None,
        limit: int | None = None,
        given: GivenText | None = None,
    ) -> Generator[CheckStep | CheckReport, None, None]:
        self._require_words(text, "text")
        passages = given.passages if given else ()
        style = parse_house_style(self._policy.house_style if context.house_style is None else context.house_style)
        day = (filters.as_of if filters else None) or context.published
        asked = _Asked(limit or self._policy.shown, style, day, self._series_finder(filters, passages))
        clock = StageClock()
        with clock.stage("normalise"):
            surrounded = surround(text, context.prefix, context.suffix)
        with clock.stage("segment"):
            reading = ReadingContext(context.published)
            claims = segment_claims(surrounded.mapped, reading, within=surrounded.within)
        if given is not None:
            found = given.find(claims, limit=self._policy.aligned, day=context.published)
        else:
            with clock.stage("encode"):
                around = words_around(surrounded, context.title)
                queries = queries_of(claims, self._encoder, around=around, day=context.published)
            with clock.stage("retrieve"):
                found = Found.of(queries, self._searcher.retrieve(queries, limit=self._policy.aligned, filters=filters))
        for reader in (self._reader, self._figures, self._links):
            reader.learn(passages)
        yield CheckStep(0, len(claims))
        decided: list[ClaimReport] = []
        for step in self._decisions(claims, found, asked, clock):
            decided += step.claims
            yield step
        with clock.stage("compare"):
            omissions = find_omissions(decided, passages or self._followed(decided), self._reader)
        yield CheckReport(
            tuple(decided),
            repairs=surrounded.repairs,
            omissions=self._links.linked_omissions(omissions),
            notices=found.notices + own_page_notices(context.url, decided),
            model=self._encoder.model_id,
            rule_version=RULE_VERSION,
            elapsed_ms=clock.elapsed,
        )

    def _decisions(
        self, claims: Sequence[Claim], found: Found, asked: _Asked, clock: StageClock
    ) -> Iterator[CheckStep]:
        """Decide the claims of one sentence at a time."""
        count = 0
        for number, claim in enumerate(claims, 1):
            with clock.stage("retrieve"):
                hits = hits_of(claim, found)
            with clock.stage("compare"):
                parts = self._decide(claim, hits, asked)
                newest = tuple(
                    self._links.linked(self._versions.dated(_numbered(part, count + place)))
                    for place, part in enumerate(parts, 1)
                )
            count += len(newest)
            yield CheckStep(number, len(claims), newest)

    def _decide(self, claim: Claim, hits: Sequence[ScoredPassage], asked: _Asked) -> list[ClaimReport]:
        """Compare a claim as a whole, then decide each assertion in it."""
        rivals = rival_documents(hits, self._policy.matter_probability)
        judged = (self._judge(claim, group, asked.style) for group in rivals)
        best = least(judged, lambda one: (one.discord, rank_of(one.hits, hits), not self._is_current(one, asked.day)))
        best = self._against_versions(claim, best, asked.day)
        parts = split_claim(claim)
        if len(parts) == 1 and best.decision.row != NOWHERE:
            parts = part_off(claim, best.aligned.support.unstated)
        computed = find_computed(claim, best.findings, asked.find_series, day=asked.day)
        if len(parts) == 1:
            return [replace(self._answer(claim, best, hits, asked), computed=computed)]
        shares = share_findings(best.findings, [part.span for part in parts])
        answers = [
            self._answer(part, self._part_of(best, part, own), hits, asked)
            for part, own in zip(parts, shares, strict=True)
        ]
        return [
            replace(one, computed=tuple(figure for figure in computed if one.claim.span.contains(figure.claimed.span)))
            for one in answers
        ]

    def _series_finder(self, filters: PassageFilters | None, given: Sequence[Passage]) -> FindSeries:
        """Return what finds series; a text compared with one given document is compared with nothing else."""
        return lambda stems: () if given else self._series_of(stems, SERIES_ASKED, filters or PassageFilters())

    def _part_of(self, whole: _Judged, part: Claim, findings: Sequence[Finding]) -> _Judged:
        cited = [hit for hit in whole.cited if any(finding.passage_id == hit.passage.id for finding in findings)]
        own = [finding for finding in findings if finding.lane is not Lane.CONTENT]
        aligned = self._align(part, whole.hits)
        support = support_of_part(part, aligned.support, whole.aligned.support, findings)
        return replace(_judged(part, whole.hits, replace(aligned, support=support), own), cited=tuple(cited))

    def _answer(self, claim: Claim, judged: _Judged, hits: Sequence[ScoredPassage], asked: _Asked) -> ClaimReport:
        decision = judged.decision
        findings = with_absence(claim.content, judged.findings) if decision.row == NOWHERE else judged.findings
        return ClaimReport(
            claim,
            decision.verdict,
            decision.reason,
            evidence=judged.aligned.evidence + judged.cited if supports(decision.verdict) else (),
            nearest=tuple(hits[: asked.shown]),
            findings=findings,
            missing=tuple(claim.content.mapped.surface(span) for span in judged.aligned.support.missing),
            topic_known=any(map(self._knows_topic, hits)),
        )

    def _knows_topic(self, hit: ScoredPassage) -> bool:
        if hit.probability is None:
            return nearness(hit) >= self._policy.topic_nearness
        return hit.probability >= self._policy.topic_probability

    def _followed(self, decided: Sequence[ClaimReport]) -> Sequence[Passage]:
        """Return the passages of the document that most of a text flows from; none where no document leads."""
        document = find_followed_document(decided)
        return self._passages_of(document.id, document.version) if document else ()

    def _judge(self, claim: Claim, hits: Sequence[ScoredPassage], style: Sequence[str]) -> _Judged:
        aligned = self._align(claim, hits)
        if not hits:
            return _judged(claim, hits, aligned, ())
        findings = compare(claim, aligned.passages, self._terms, leads=aligned.leads)
        document = hits[0].passage.document
        findings = self._particulars.without_known_names(findings, document)
        if misses_a_name(findings):
            findings = with_narrator(findings, claim.content, [one.text for one in self._figures.of(document).passages])
        findings, cited = self._looked_up(claim, hits, findings)
        findings = with_house_style(findings, style, claim.content)
        return replace(_judged(claim, hits, aligned, findings), cited=cited + aligned.leads_of(findings))

    def _looked_up(
        self, claim: Claim, hits: Sequence[ScoredPassage], findings: Sequence[Finding]
    ) -> tuple[tuple[Finding, ...], tuple[ScoredPassage, ...]]:
        """Ask the whole document for figures and dates the passages do not state; return the passages it names, too."""
        missed = any(misses_a_figure(one) or misses_a_date(one) for one in findings)
        tabled = not missed and asks_tables(claim.content)
        if not hits or not (missed or (tabled and self._figures.has_tables([hit.passage for hit in hits]))):
            return tuple(findings), ()
        whole = self._figures.of(hits[0].passage.document)
        ids, day = [hit.passage.id for hit in hits], hits[0].passage.document.first_published
        days = (day.date(),) if day else ()
        better = self._wholes.ask(claim.content, findings, whole.figures, found=ids, days=days, before=claim.context)
        better = look_up_dates(claim.content, better, whole.figures, ids, days=days)
        named = {one.passage_id for one in better if one not in findings}
        named -= {hit.passage.id for hit in hits}
        return in_order(better), tuple(score_by_words(claim, one) for one in whole.passages if one.id in named)

    def _align(self, claim: Claim, hits: Sequence[ScoredPassage]) -> Alignment:
        parts = subordinate_parts(claim.content.text, claim.content.facts)
        leaning = leans_on_sentence(claim.content.text, claim.sentence)
        return align(claim, hits, self._reader, self._likeness, parts=parts, leaning=leaning)

    def _is_current(self, judged: _Judged, day: date | None) -> bool:
        return not judged.hits or self._versions.is_in_force(judged.hits[0].passage.document, day)

    def _against_versions(self, claim: Claim, judged: _Judged, day: date | None) -> _Judged:
        """Look up the figures and dates of a claim in the other versions of the document that it follows."""
        found: list[Finding] = []
        cited = list(judged.cited)
        for hit in judged.hits:
            own = [finding for finding in judged.findings if finding.passage_id == hit.passage.id]
            for other in self._versions.facing(hit.passage, day) if own else ():
                pair = VersionPair(hit.passage.document, other.document, day, self._is_current(judged, day))
                differing = compare_versions(claim.content, own, self._reader.read(other), pair)
                cited += [score_by_words(claim, other)] if differing else []
                found += differing
        if not found:
            return judged
        findings = in_order((*judged.findings, *found))
        decision = decide_verdict(claim.kind, findings, judged.aligned.support)
        return replace(judged, findings=findings, decision=decision, cited=tuple(cited))

    def _require_words(self, text: str, what: str) -> None:
        if len(text) > self._policy.max_characters:
            raise TextTooLongError(len(text), self._policy.max_characters, what)
        if not any(character.isalnum() for character in text):
            raise EmptyTextError(what)


def _judged(claim: Claim, hits: Sequence[ScoredPassage], aligned: Alignment, findings: Sequence[Finding]) -> _Judged:
    findings = in_order((*findings, *compare_content(claim.content, aligned.support)))
    return _Judged(hits, aligned, findings, decide_verdict(claim.kind, findings, aligned.support, is_found=bool(hits)))


def _numbered(report: ClaimReport, number: int) -> ClaimReport:
    return replace(report, claim=replace(report.claim, id=f"c{number}"))


def _last(steps: Iterator[CheckStep | CheckReport]) -> CheckReport:
    return next(step for step in steps if isinstance(step, CheckReport))
