"""A claim looked up in the tables of the document: figures of other rows and columns, figures worked out, ranks.

What the table says is said with its row and its column. Prose goes first: a figure that a sentence of the document
states of the same thing is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from headwater.comparison.contexts import read_contexts
from headwater.comparison.date_rules import DateOutcome, date_rules
from headwater.comparison.ellipsis import join_shares
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.figure_rules import figure_rules
from headwater.comparison.grid_naming import outcome_of, posts_of
from headwater.comparison.grid_positions import (
    SMALL,
    find_differing,
    find_displaced,
    find_labelled,
    find_years,
    may_be_meant,
)
from headwater.comparison.grid_ranks import find_outranked
from headwater.comparison.grid_reading import Reading, read_claim
from headwater.comparison.grid_turns import find_turned_pair
from headwater.comparison.grid_unworkable import find_unworkable, find_workable
from headwater.comparison.grid_working import Worked, find_worked, is_signed
from headwater.comparison.grids import Grid, scales_of
from headwater.comparison.phrasing import amount, figure, phrases
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Finding, Lane, Side
from headwater.domain.quantities import Dimension
from headwater.extraction.table_cells import Cell

COARSE = 100  # larger results are told whole
LOUD = frozenset({Effect.CONTRADICTS, Effect.SHIFTS, Effect.NOT_STATED})

Place = tuple[int, int, int]


def _fine(worked: Worked) -> Decimal:
    """Return how finely what was worked out is told."""
    whole = abs(worked.value) >= COARSE and worked.unit.dimension in {Dimension.COUNT, Dimension.CURRENCY}
    return Decimal(1) if whole else Decimal("0.1")


def look_up_tables(
    claim: Annotated,
    findings: Sequence[Finding],
    passages: Sequence[Annotated],
    grids: Sequence[Grid],
    *,
    before: str = "",
) -> tuple[Finding, ...]:
    """Look a claim up in tables.

    Args:
        claim: The text in hand.
        findings: Of its comparison with the document.
        passages: All of the document.
        grids: Its tables.
        before: The sentence before the claim's.
    """
    if not grids:
        return tuple(findings)
    contexts = join_shares(read_contexts(claim))
    reading = read_claim(claim.text, contexts, claim.facts.dates, grids, before=before)
    writer = _Writer(claim, passages, reading)
    own = {claim.side(context.figure.span).span: at for at, context in enumerate(contexts)}
    turned = find_turned_pair(reading)
    found = []
    for finding in findings:
        at = own.get(finding.claimed.span) if finding.lane is Lane.FIGURE else None
        found.append(finding if at is None else writer.better(at, finding, turned=turned is not None and at in turned))
    return (*(writer.dated(finding, found) for finding in found), *writer.ranks())


@dataclass(frozen=True, slots=True)
class _Writer:
    claim: Annotated
    passages: Sequence[Annotated]
    reading: Reading

    def better(self, at: int, finding: Finding, *, turned: bool) -> Finding:
        """Return what a table says of a figure, where it says more than the finding."""
        if self._is_of_prose(finding):
            return finding
        if turned:
            return self._turned(at, finding)
        agrees = finding.effect is Effect.AGREES
        years = find_years(self.reading, at) if finding.effect in LOUD else None
        if years is not None:
            return self._finding(Outcome.MAY_FOLLOW, finding, years, words="The table has that many years.")
        displaced, worked = find_displaced(self.reading, at), find_worked(self.reading, at)
        if displaced is not None and not self.reading.grids[displaced.spot.grid].clear:
            displaced = None
        if worked is not None and not worked.right and self._is_level(at, worked):
            worked = None
        if worked is not None and (worked.right or displaced is None):
            return finding if worked.right and agrees and not worked.sure else self._worked(finding, worked, at)
        if displaced is not None:
            place = displaced.place
            equal = displaced.spot.grid, displaced.spot.strand, displaced.spot.post
            return self._other(at, finding, place, equal)
        return finding if agrees else self._unworkable(at, self._stated(at, finding))

    def _unworkable(self, at: int, finding: Finding) -> Finding:
        """Return a figure as not stated where no cells give it, or as one that may follow where some do."""
        if finding.kind == Outcome.NOT_STATED.value:
            right = find_workable(self.reading, at)
            return finding if right is None else self._worked(finding, right, at)
        place = find_unworkable(self.reading, at) if finding.kind == Outcome.WORKED_OUT.value else None
        if place is None:
            return finding
        said = figure(self.reading.contexts[at].figure)
        words = f"The source does not state {said}, and no figures of the table that may be meant give it."
        return self._finding(Outcome.NOT_STATED, finding, place, words=words)

    def _is_level(self, at: int, worked: Worked) -> bool:
        """Say whether a figure that is no change of two cells may be a cell itself: "gained 710 homes"."""
        if not self.reading.grids[worked.cells[0][0]].clear:
            return True
        large = abs(self.reading.contexts[at].figure.value) >= SMALL
        return large and any(may_be_meant(self.reading, at, spot) for spot in self.reading.spots[at])

    def _is_of_prose(self, finding: Finding) -> bool:
        """Say whether a finding agrees with a sentence of the document, no row of a table."""
        if finding.effect is not Effect.AGREES or finding.official is None:
            return False
        places = (cell.place for grid in self.reading.grids for cell in grid.cells.values())
        return not any(self.passages[place].passage_id == finding.passage_id for place in places)

    def _stated(self, at: int, finding: Finding) -> Finding:
        """Return where a table has the figure at a place that may be meant; else what it has at the one that is."""
        meant = [spot for spot in self.reading.spots[at] if may_be_meant(self.reading, at, spot)]
        named = [spot for spot in meant if spot.strand in self.reading.namings[spot.grid].strong]
        if named or (meant and (finding.effect in LOUD or finding.kind == Outcome.MAY_FOLLOW.value)):
            spot = (named or meant)[0]
            outcome = Outcome.EQUAL if named else Outcome.MAY_FOLLOW
            place = spot.grid, spot.strand, spot.post
            return self._finding(outcome, finding, place, words=f"The table has {self._told(place)}.")
        labelled = find_labelled(self.reading, at)
        if labelled is not None and finding.effect in LOUD:
            return self._finding(
                Outcome.MAY_FOLLOW, finding, labelled, words=f"The table has it in a label: {self._named(labelled)}."
            )
        differing = find_differing(self.reading, at)
        if differing is not None and not meant and self.reading.grids[differing[0]].clear:
            return self._differing(at, finding, differing)
        return finding

    def _differing(self, at: int, finding: Finding, place: Place) -> Finding:
        """Return how a figure stands to the cell that its sentence names."""
        grid, strand, post = place
        mine = self.reading.contexts[at].figure
        of_grid = self.reading.grids[grid]
        outcomes = [outcome_of(mine, of_grid.cells[strand, post], one) for one in scales_of(of_grid.strands[strand])]
        loose = [one for one in outcomes if figure_rules()[one].effect is not Effect.CONTRADICTS]
        words = f"{figure(mine)}; the table has {self._told(place)}."
        return self._finding(loose[0] if loose else Outcome.VALUE, finding, place, words=words)

    def _other(self, at: int, finding: Finding, place: Place, equal: Place) -> Finding:
        said = figure(self.reading.contexts[at].figure)
        words = f"{said} is the table's figure for {self._named(equal)}; it has {self._told(place)}."
        return self._finding(Outcome.OTHER_THING, finding, place, words=words, evidence=(equal,))

    def _turned(self, at: int, finding: Finding) -> Finding:
        spot = self.reading.spots[at][0]
        place = spot.grid, spot.strand, spot.post
        words = f"The table has the change the other way about: {self._told(place)}."
        return self._finding(Outcome.DIRECTION, finding, place, words=words)

    def _worked(self, finding: Finding, worked: Worked, at: int) -> Finding:
        outcome = Outcome.DERIVED_WRONG
        if worked.right:
            outcome = Outcome.DERIVED_RIGHT if worked.sure else Outcome.MAY_FOLLOW
        first, second = worked.cells
        result = amount(abs(worked.value).quantize(_fine(worked)), worked.unit)
        way = (
            ("up " if worked.value >= 0 else "down ")
            if is_signed(worked) and not worked.total and worked.unit.code != "times"
            else ""
        )
        join = "to" if worked.total else "and"
        words = f"The table has {self._told(first)} {join} {self._told(second)}: {way}{result}"
        said = figure(self.reading.contexts[at].figure)
        explanation = f"{words}." if worked.right else f"{words}, not {said}."
        return self._finding(outcome, finding, first, words=explanation, evidence=(first, second))

    def dated(self, finding: Finding, findings: Sequence[Finding]) -> Finding:
        """Return a finding of a date as agreement, where a table has the claim's figure in that date's own column."""
        if finding.lane is not Lane.DATE or finding.effect not in LOUD:
            return finding
        spans = {self.claim.side(mention.span).span: mention for mention in self.reading.dates}
        mention = spans.get(finding.claimed.span)
        used = {one.official.value for one in findings if one.lane is Lane.FIGURE and one.official}
        for grid in self.reading.grids:
            for post in posts_of(grid, mention):
                cells = [(strand, at) for strand, at in grid.cells if at == post]
                names = {f"{grid.strands[strand].label} ({grid.posts[at].label})" for strand, at in cells}
                if names & (used | {side.value for one in findings for side in one.evidence}):
                    rule = date_rules()[DateOutcome.SAME_RESOLVED]
                    words = f"The table has figures for {grid.posts[post].label}."
                    return replace(
                        finding,
                        rule=rule.id,
                        kind=DateOutcome.SAME_RESOLVED.value,
                        effect=rule.effect,
                        severity=rule.severity,
                        explanation=words,
                    )
        return finding

    def ranks(self) -> tuple[Finding, ...]:
        """Return the rank that the table gives to another, if there is one."""
        found = find_outranked(self.reading)
        if found is None or not self.reading.grids[found.spot[0]].clear:
            return ()
        working = f"{self._told(found.rightful)}, against {self._told(found.spot)}"
        words = str(phrases()["sentences"][Outcome.OTHER_RANK.value]).format(working=working)
        side = self.claim.side(found.span, found.span.slice(self.claim.text))
        blank = Finding("", Lane.FIGURE, "", Effect.UNDECIDED, figure_rules()[Outcome.VALUE].severity, side, None, "")
        return (self._finding(Outcome.OTHER_RANK, blank, found.rightful, words=words, evidence=(found.spot,)),)

    def _finding(
        self, outcome: Outcome, finding: Finding, place: Place, *, words: str, evidence: Sequence[Place] = ()
    ) -> Finding:
        rule = figure_rules()[outcome]
        side, passage = self._side(place)
        return replace(
            finding,
            rule=rule.id,
            kind=outcome.value,
            effect=rule.effect,
            severity=rule.severity,
            official=side,
            explanation=words,
            passage_id=passage,
            evidence=tuple(self._side(one)[0] for one in evidence),
        )

    def _cell(self, place: Place) -> Cell:
        grid, strand, post = place
        return self.reading.grids[grid].cells[strand, post]

    def _side(self, place: Place) -> tuple[Side, int | None]:
        cell = self._cell(place)
        passage = self.passages[cell.place]
        return passage.side(cell.span, self._named(place)), passage.passage_id

    def _named(self, place: Place) -> str:
        grid = self.reading.grids[place[0]]
        return f"{grid.strands[place[1]].label} ({grid.posts[place[2]].label})"

    def _told(self, place: Place) -> str:
        return f"{self._cell(place).surface} for {self._named(place)}"
