"""What is told as done to a thing where the source has it still to be done: the same verb, the same object.

The rest of the two sentences may share nothing: "ageism has been eradicated" leaves out who pledged to eradicate it and
by when. So the verb must say something by itself, and what it is done to must stand next to it on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from headwater.comparison.modality_evidence import is_of_what_will_be, performed_hereby, performs
from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.modality_rules import DONE
from headwater.comparison.opposed import shared_terms
from headwater.comparison.same_clause import tell_other_periods
from headwater.comparison.statements import (
    EVIDENCE,
    TEXTS_REMEMBERED,
    Place,
    Statement,
    Term,
    is_light,
    read_statements,
)
from headwater.comparison.telling import HEAVY, clause_around
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.domain.spans import Span
from headwater.extraction.modality import Predicate, read_predicates
from headwater.extraction.modality_cues import BE

READ = 2  # passages: the same verb and object in a farther one may be of another thing
OBJECT = 3  # content words next to a verb among which its object's noun stands
AROUND = 2  # content words that both clauses must share where the object alone is too common
RARE = 1.6  # weight of an object that hardly stands in two stories by chance
PLANS = frozenset({"proposed", "considered", "planned", "aimed"})  # "have pledged to" is no past
AHEAD = frozenset(
    {"proposed", "considered", "planned", "agreed", "expected", "aimed", "asked", "should", "will", "shall", "must"}
)


@dataclass(frozen=True, slots=True)
class _Act:
    """A verb with its cue, and the content words next to it in its clause."""

    predicate: Predicate
    place: Place
    objects: tuple[Term, ...]
    clause: tuple[Term, ...]

    @property
    def event(self) -> str:
        return self.place.word.event


def compare_same_object(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find what the claim tells as done to a thing, where the source has it still to be done.

    Rule MOD-DONE.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.
    """
    if claim.facts.quotations:
        return
    for ours in _acts(claim.text):
        if ours.predicate.cue.name != DONE or not _is_told_as_fact(claim, ours):
            continue
        facing = _facing(claim, ours, passages)
        if facing is not None:
            theirs, passage = facing
            there = (passage, Cued(theirs.predicate.cue.name, False, False, theirs.predicate.cue_span))
            yield modality_finding("told_as_done", claim, Cued(DONE, True, False, _shown(ours)), there)
            return


def _is_told_as_fact(claim: Annotated, act: _Act) -> bool:
    aided = act.place.first < act.place.at  # "has abolished", "was abolished": a bare "abolished" may hang on a noun
    return aided and not act.predicate.negated and not is_of_what_will_be(claim.text, act.predicate.span)


def _facing(claim: Annotated, ours: _Act, passages: Sequence[Annotated]) -> tuple[_Act, Annotated] | None:
    if any(_is_done_there(ours, theirs) for passage in passages[:EVIDENCE] for theirs in _acts(passage.text)):
        return None
    if performed_hereby(ours.event, passages):
        return None
    for passage in passages[:READ]:
        for theirs in _acts(passage.text):
            if theirs.event == ours.event and _is_ahead(passage.text, theirs) and _is_one(claim, ours, passage, theirs):
                return theirs, passage
    return None


def _is_done_there(ours: _Act, theirs: _Act) -> bool:
    """Say whether the source, too, has it done to a thing of that kind."""
    return (
        theirs.event == ours.event
        and theirs.predicate.cue.name == DONE
        and bool(shared_terms(ours.objects, theirs.clause) or shared_terms(theirs.objects, ours.clause))
    )


def _is_ahead(text: str, act: _Act) -> bool:
    predicate = act.predicate
    before = text[: predicate.cue_span.start]
    has_planned = predicate.cue.name in PLANS and before.endswith((" have ", " has ", "’ve ", "'ve "))
    return predicate.cue.name in AHEAD and not predicate.negated and (has_planned or not predicate.past)


def _is_one(claim: Annotated, ours: _Act, passage: Annotated, theirs: _Act) -> bool:
    own, official = ours.place.statement, theirs.place.statement
    if performs(theirs.place) or tell_other_periods((claim, own), (passage, official)) or _are_apart(own, official):
        return False
    same = shared_terms(ours.objects, theirs.objects)
    if not same:
        return False
    alike = len(shared_terms(ours.clause, theirs.clause)) + len(own.figures & official.figures)
    return alike >= AROUND or any(word.weight >= RARE for word in same)


def _are_apart(own: Statement, official: Statement) -> bool:
    """Say whether names or figures leave no room for one statement: the claim has one of its own."""
    return bool(own.names - official.told.keys()) or bool(own.figures - official.figures)


def _shown(act: _Act) -> Span:
    predicate = act.predicate
    return Span(min(predicate.cue_span.start, predicate.span.start), max(predicate.cue_span.end, predicate.span.end))


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _acts(text: str) -> tuple[_Act, ...]:
    governed = {predicate.span.start: predicate for predicate in read_predicates(text) if predicate.direct}
    return tuple(
        _act(text, statement, at, governed[word.start])
        for statement in read_statements(text)
        for at, word in enumerate(statement.words)
        if word.start in governed and not is_light(word.event)
    )


def _act(text: str, statement: Statement, at: int, predicate: Predicate) -> _Act:
    place = statement.place(at, predicate.cue_span)
    first, end = clause_around(text, statement.words, at)
    before = [word for word in statement.words[first : place.first] if word.key and word.weight >= HEAVY]
    after = [word for word in statement.words[at + 1 : end] if word.key and word.weight >= HEAVY]
    between = {word.text for word in statement.words[place.first : at]}
    passive = not between.isdisjoint(BE)
    objects = (*before[-OBJECT:], *after[:OBJECT]) if passive or not after else tuple(after[:OBJECT])
    return _Act(predicate, place, tuple(objects), (*before, *after))
