"""The whole document is asked before a figure is said not to be stated: it may stand in another passage, or follow.

A search brings the passages that are nearest in meaning, and a reporter takes figures from everywhere. What is equal
and speaks of the same thing agrees; what is equal and may speak of another, or follows by an operation that nothing
asks for, is a remark that names the place. Only what the document neither holds nor gives stays "not stated".
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from headwater.comparison.belonging import find_rival
from headwater.comparison.binding import Counted, bind, names_period
from headwater.comparison.chance import ENOUGH, weigh
from headwater.comparison.clock_times import without_told_hours
from headwater.comparison.contexts import Context, read_contexts
from headwater.comparison.counterparts import find_counterpart, find_rarity, read_standings
from headwater.comparison.derivations import Placed
from headwater.comparison.ellipsis import join_shares, numbers_within
from headwater.comparison.equal_signs import is_parallel, is_rival, is_written, stated
from headwater.comparison.figure_findings import Finder
from headwater.comparison.figure_outcomes import EQUAL_VALUES, Outcome
from headwater.comparison.grid_ranks import tells_rank
from headwater.comparison.grids import Grid, read_grids
from headwater.comparison.in_tables import look_up_tables
from headwater.comparison.listed import find_listed, tells_its_list
from headwater.comparison.measures import moved
from headwater.comparison.operations import find_operation
from headwater.comparison.other_place import find_other_place
from headwater.comparison.other_readings import readings_of
from headwater.comparison.pairing import CONSIDERED, NEARBY, Candidate, bind_candidate, rank_candidates
from headwater.comparison.spoken_numbers import find_anniversary, find_hour, find_ordinal
from headwater.comparison.tabled import find_tabled
from headwater.comparison.time_between import is_counted
from headwater.comparison.unbound import find_unbound
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Finding, Lane, Severity
from headwater.domain.quantities import Dimension

REMEMBERED = 64  # documents; an article is compared with a handful
POSSIBLE = 1.0  # of what `chance.py` weighs: enough for a remark, not for agreement
FEW = 3  # figures of one kind and size; threefold as many make an equal one three times as likely by chance
PROMINENT = 0.5  # reporters take what a document says first, and what it says again
LEAD = 3  # passages at the beginning
PARALLEL = 1.0  # a sister of the claim's figure agrees in a sentence built alike
PAIRED = 2.0  # one official sentence has two figures of the claim's sentence to the digit
RESTATED = 0.7  # of the words of a rounded figure's sentence, in the one that has it in full
MISSED = frozenset({Outcome.NOT_STATED.value, Outcome.WORKED_OUT.value, Outcome.OTHER_HOUR.value})
COUNTED = frozenset({Dimension.COUNT, Dimension.DURATION})
LIKELY, CLEARLY = 0.0, 1.5  # of what `counterparts.py` weighs: the document has this figure, and has another for it
FINER = frozenset({Outcome.BOUND_ADDED.value, Outcome.FINER.value})
LOOSE = frozenset({Outcome.RANGE_POINT, Outcome.HEDGE_FLIPPED})  # no sign of one and the same figure by themselves
FAR = 9  # the place of a passage that no search has bound to the claim


@dataclass(frozen=True)  # without slots: what is asked for is kept
class WholeDocument:
    """The figures and tables of one document, read when they are asked for.

    Args:
        passages: All of them, read for figures.
    """

    passages: tuple[Annotated, ...]

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """Its tables."""
        return read_grids([passage.text for passage in self.passages])

    @cached_property
    def figures(self) -> tuple[Placed, ...]:
        """Each with its passage's place."""
        return tuple((place, one) for place, passage in enumerate(self.passages) for one in read_contexts(passage))

    @cached_property
    def rarity(self) -> Mapping[str, float]:
        """How rare the words of sentences with figures are in the document, from 0 to 1."""
        return find_rarity([context for _, context in self.figures])


def read_whole(passages: Sequence[Annotated]) -> WholeDocument:
    """Return what reads the figures and tables of a document.

    Args:
        passages: All of it.
    """
    return WholeDocument(tuple(passages))


class WholeDocuments:
    """Remembers the figures of documents. Safe to share between threads: a lost race reads twice."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, tuple[Sequence[Annotated], WholeDocument]] = OrderedDict()

    def ask(
        self,
        claim: Annotated,
        findings: Sequence[Finding],
        passages: Sequence[Annotated],
        *,
        found: Sequence[int] = (),
        days: Sequence[date] = (),
        before: str = "",
    ) -> tuple[Finding, ...]:
        """Look up in a whole document the figures said not to be stated.

        Args:
            claim: The text in hand.
            findings: Of its comparison with some of the document's passages.
            passages: All of the document, always the same sequence for one document.
            found: The ids of passages that the search found for the claim, the best first.
            days: On which the document was published.
            before: The sentence before the claim's: what a table is asked of may be named there.

        Returns:
            As many findings, in the same order; behind them what only a table says.
        """
        known = self._known.get(id(passages))
        if known is None or known[0] is not passages:
            known = self._known[id(passages)] = passages, read_whole(passages)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        findings = without_told_hours(findings, passages)
        asked = ask_whole_document(claim, findings, known[1], found=found, days=days)
        if not asks_tables(claim):
            return asked
        return look_up_tables(claim, asked, passages, known[1].grids, before=before)


def asks_tables(claim: Annotated) -> bool:
    """Say whether a claim tells what a table may tell: a figure, or a rank.

    Args:
        claim: The text in hand.
    """
    return bool(claim.facts.quantities) or tells_rank(claim.text)


def misses_a_figure(finding: Finding) -> bool:
    """Say whether a finding says that the source does not state a figure, or not so finely.

    Args:
        finding: Of any lane.
    """
    return finding.lane is Lane.FIGURE and (finding.kind in MISSED or _is_coarse(finding))


def _is_coarse(finding: Finding) -> bool:
    """Say whether a figure says more than the rounded one it faces: "more than 700,000" of "0.7 million"."""
    return finding.kind in FINER and finding.severity is not Severity.INFO and finding.official is not None


def ask_whole_document(
    claim: Annotated,
    findings: Sequence[Finding],
    document: WholeDocument,
    *,
    found: Sequence[int] = (),
    days: Sequence[date] = (),
) -> tuple[Finding, ...]:
    """Look up in a whole document the figures said not to be stated.

    Args:
        claim: The text in hand.
        findings: Of its comparison with some of the document's passages.
        document: All of it.
        found: The ids of passages that the search found for the claim, the best first.
        days: On which the document was published.
    """
    missed = {finding.claimed.span: finding for finding in findings if misses_a_figure(finding)}
    if not missed:
        return tuple(findings)
    contexts = join_shares(read_contexts(claim))
    search = _Search(Finder(claim, document.passages), document, contexts, _sisters(findings, document))
    known = {}
    for context in contexts:
        span = claim.side(context.figure.span).span
        if span not in missed:
            continue
        if missed[span].kind == Outcome.WORKED_OUT.value:
            known[span] = search.find_counted(context, found, days) or missed[span]
            continue
        coarse = _is_coarse(missed[span])
        better = search.find_finer(context, missed[span]) if coarse else search.find(context, found)
        if better is not None and better.kind == Outcome.MAY_FOLLOW.value and better.official is not None:
            better = search.find_wrong(context, found) or better  # unasked arithmetic gives much by chance
        if better is None and not coarse:
            better = search.find_wrong(context, found) or search.find_unbound(context)
            if better is None and tells_its_list(context):
                better = search.finder.unstated(context, reckoned=True)
        if better is not None:
            known[span] = better
    return tuple(known.get(f.claimed.span, f) if misses_a_figure(f) else f for f in findings)


def _sisters(findings: Sequence[Finding], document: WholeDocument) -> list[Context]:
    """Return the official figures that other figures of the claim agree with."""
    agreeing = {
        (finding.passage_id, finding.official.span)
        for finding in findings
        if finding.lane is Lane.FIGURE and finding.effect is Effect.AGREES and finding.official
    }
    return [
        context
        for place, context in document.figures
        if agreeing
        and (document.passages[place].passage_id, document.passages[place].side(context.figure.span).span) in agreeing
    ]


@dataclass(frozen=True, slots=True)
class _Search:
    finder: Finder
    document: WholeDocument
    contexts: Sequence[Context]
    sisters: Sequence[Context]

    def find(self, context: Context, found: Sequence[int] = ()) -> Finding | None:
        """Return what the document says of a figure, or None where it says nothing."""
        written = self._spoken(context)
        if written is not None:
            return written
        figures = self._relevant(context)
        readings = list(readings_of(context, self.contexts, figures))
        ranked = [(reading, rank_candidates(reading, self._looked_at(figures))) for reading in readings]
        equal = [self._equal(reading, candidates) for reading, candidates in ranked]
        best = max((one for one in equal if one), key=lambda one: one[0], default=None)
        if best is not None and best[0] >= ENOUGH:
            return self._agreeing(*best[1:])
        operations = [(reading, find_operation(reading, figures)) for reading in readings]
        right = [(reading, one) for reading, one in operations if one is not None]
        right.sort(key=lambda pair: not pair[1].sure)
        if right and right[0][1].sure:
            return self.finder.derived(right[0][0], right[0][1].derivation)
        if best is None or best[0] < POSSIBLE:
            best = next(self._written(ranked), None)
        if best is not None:
            return self._elsewhere(best[1], best[2], found)
        return self.finder.may_follow(right[0][0], right[0][1].derivation) if right else self._listed(context)

    def _spoken(self, context: Context) -> Finding | None:
        """Return where the document has a figure's number in another form: an hour, or an ordinal."""
        hour = find_hour(context, self.document.passages)
        if hour is not None:
            return self.finder.same_words(context, hour)
        ordinal = find_ordinal(context, self.document.passages) or find_anniversary(context, self.document.passages)
        return None if ordinal is None else self.finder.ordinal(context, ordinal)

    @staticmethod
    def _written(ranked: Sequence[tuple[Context, Sequence[Candidate]]]) -> Iterator[tuple[float, Context, Candidate]]:
        """Yield figures that the document has to the digit, though little else speaks for them."""
        for reading, every in ranked:
            for one in every:
                if is_written(one) and find_rival(reading, one, every) is None:
                    yield 0.0, reading, one

    def _listed(self, context: Context) -> Finding | None:
        """Return where the document lists as many things as a figure counts, or has its number in a table."""
        listed = find_listed(context, self.document.passages)
        if listed is not None:
            return self.finder.listed(context, listed)
        cell = find_tabled(context, self.document.passages)
        return None if cell is None else self.finder.tabled(context, cell)

    def find_wrong(self, context: Context, found: Sequence[int]) -> Finding | None:
        """Return the figure in whose place a claimed one stands that the document has nowhere."""
        candidate = self._counterpart(context, found)
        if candidate is None:
            return None
        finding = self.finder.faced(context, candidate)
        return finding if finding.effect in {Effect.CONTRADICTS, Effect.SHIFTS} else None

    def find_unbound(self, context: Context) -> Finding | None:
        """Return the remark that the document has a number, though no word says that it is the claim's."""
        figures = self._relevant(context)
        for reading in readings_of(context, self.contexts, figures):
            written = find_unbound(reading, rank_candidates(reading, self._looked_at(figures)))
            if written is not None:
                return self.finder.elsewhere(reading, written)
        return None

    def _order(self, found: Sequence[int]) -> dict[int, int | None]:
        places = {id_: place for place, id_ in enumerate(found)}
        return {at: places.get(passage.passage_id or 0) for at, passage in enumerate(self.document.passages)}

    def _elsewhere(self, reading: Context, equal: Candidate, found: Sequence[int]) -> Finding:
        """Return the remark that the document has a figure, or whose words the claim has where it is another's."""
        placed = equal.passage, equal.official
        figures, order = self._relevant(reading), self._order(found)
        others = find_other_place([reading], {0: placed}, figures, faced=self.sisters, places=order)
        owner = bind_candidate(reading, others[0][1], others[0][0]) if others else None
        if owner is None:
            return self.finder.elsewhere(reading, equal)
        return self.finder.of_another_thing(reading, owner, equal, surely=False)

    def _counterpart(self, context: Context, found: Sequence[int], **asked: float) -> Candidate | None:
        standings = read_standings(self._relevant(context), self.sisters, self._order(found))
        return find_counterpart(context, standings, self.document.rarity, **asked)

    def find_counted(self, context: Context, found: Sequence[int], days: Sequence[date]) -> Finding | None:
        """Return what the document says of a figure that may have been worked out, or None to leave it at that."""
        better = self.find(context, found)
        if better is not None:
            return better if better.effect is Effect.AGREES else None
        texts = (self.finder.claim, *self.document.passages)
        counted = is_counted(context.text, context.figure, texts, days)
        wrong = self.find_wrong(context, found)
        if wrong is not None or counted:
            return wrong
        told = counted is False
        if not told and context.figure.unit.dimension in COUNTED:
            told = self._counterpart(context, found, enough=LIKELY, lead=CLEARLY) is not None
        return self.finder.not_counted(context) if told else None

    def find_finer(self, context: Context, coarse: Finding) -> Finding | None:
        """Return how a figure stands to the one of which the rounded one that it faces says less."""
        rounded = [one for place, one in self.document.figures if self._is_official(place, one, coarse)]
        if not rounded:
            return None
        said = rounded[0].figure
        reach = (said.step or 0) * said.unit.factor / 2
        for candidate in rank_candidates(context, self._looked_at(self.document.figures)):
            theirs = candidate.official.figure
            near = abs(theirs.value * theirs.unit.factor - said.value * said.unit.factor) <= reach
            alike = theirs.unit.dimension is said.unit.dimension and moved(theirs) is moved(said)
            same = bind(rounded[0], candidate.official) if near and alike else None
            if same is None or same.coverage < RESTATED or same.counted is Counted.OTHER:
                continue
            if not same.apart or names_period(rounded[0], candidate.official):
                finding = self.finder.faced(context, candidate)
                if finding.severity is Severity.INFO:
                    return finding
        return None

    def _is_official(self, place: int, one: Context, finding: Finding) -> bool:
        passage = self.document.passages[place]
        own = finding.official is not None and passage.side(one.figure.span).span == finding.official.span
        return own and passage.passage_id == finding.passage_id

    def _relevant(self, context: Context) -> list[Placed]:
        """Return the document's figures, those first whose sentences hold most of the claim's words."""

        def held(placed: Placed) -> float:
            return -sum(told for word, told in context.told.items() if word in placed[1].told)

        return sorted(self.document.figures, key=held)[:CONSIDERED]

    @staticmethod
    def _looked_at(figures: Sequence[Placed]) -> list[Placed]:
        return [(place, one) for place, context in figures for one in (context, *numbers_within(context))]

    def _equal(self, reading: Context, ranked: Sequence[Candidate]) -> tuple[float, Context, Candidate] | None:
        """Return the equal figure that most speaks for, and how much."""
        crowd = sum(is_rival(reading.figure, context.figure) for _, context in self.document.figures)
        taken = {id(sister) for sister in self.sisters}
        weighed = [
            (self._weight(reading, candidate), reading, candidate)
            for candidate in ranked
            if candidate.outcome.outcome in EQUAL_VALUES - LOOSE
            and abs(candidate.outcome.relative or Decimal(0)) <= NEARBY
            and not candidate.binding.apart
            and id(candidate.official) not in taken
            and find_rival(reading, candidate, ranked) is None
        ]
        best = max(weighed, key=lambda one: one[0], default=None)
        if best is None:
            return None
        return best[0] - math.log(max(crowd, FEW) / FEW, 3), best[1], best[2]

    def _weight(self, reading: Context, candidate: Candidate) -> float:
        alike = any(is_parallel(candidate.official, sister) for sister in self.sisters)
        weight = weigh(reading, replace(candidate, passage=FAR)) + (PARALLEL if alike else 0.0)
        weight += PAIRED if candidate.outcome.outcome is Outcome.EQUAL and self._is_paired(reading, candidate) else 0.0
        theirs = candidate.official.figure
        same = sum(
            (one.figure.value, one.figure.unit) == (theirs.value, theirs.unit) for _, one in self.document.figures
        )
        return weight + (PROMINENT if candidate.passage < LEAD else 0.0) + (PROMINENT if same > 1 else 0.0)

    def _is_paired(self, reading: Context, candidate: Candidate) -> bool:
        """Say whether the official sentence has another figure of the claim's sentence, too."""
        others = {stated(one) for one in self.contexts if one.sentence == reading.sentence}
        others -= {stated(reading), stated(candidate.official)}
        return any(
            place == candidate.passage and one.sentence == candidate.official.sentence and stated(one) in others
            for place, one in self.document.figures
        )

    def _agreeing(self, context: Context, candidate: Candidate) -> Finding:
        finding = self.finder.faced(context, candidate)
        loud = finding.severity not in {Severity.INFO, Severity.LOW}
        return self.finder.elsewhere(context, candidate) if loud else finding
