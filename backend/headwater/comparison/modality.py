"""The modality lane: what is planned, possible, expected, required or done, in the text in hand and in the source.

Two cues are compared only where they govern the same event: the same verb (or one that newsrooms exchange for it), in
statements that share its subject, its object or most of their content. Reported speech ("said it would") is the plan
itself, and headlines tell the future in the present tense: neither is a difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from headwater.comparison.aspects import compare_aspects
from headwater.comparison.conditions import compare_conditions
from headwater.comparison.hedging import compare_hedging
from headwater.comparison.importance import compare_importance
from headwater.comparison.instruments import compare_instruments
from headwater.comparison.left_open import compare_left_open
from headwater.comparison.light_changes import compare_light_changes
from headwater.comparison.modality_evidence import (
    FIRMER,
    at_it,
    firmer_amount,
    is_of_what_will_be,
    ordered,
    performed_hereby,
    performs,
)
from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.modality_rules import DONE, STATED, find_outcome
from headwater.comparison.narrowed import compare_narrowed
from headwater.comparison.plans import compare_plans
from headwater.comparison.ranks import compare_ranks
from headwater.comparison.same_clause import say_alike
from headwater.comparison.same_object import compare_same_object
from headwater.comparison.scopes import compare_scopes
from headwater.comparison.shares import compare_shares
from headwater.comparison.statements import (
    EVIDENCE,
    MOST_FACED,
    SAME_THROUGHOUT,
    TEXTS_REMEMBERED,
    Likeness,
    Place,
    Statement,
    event,
    is_light,
    liken,
    listed,
    read_statements,
)
from headwater.comparison.universals import compare_universals
from headwater.comparison.word_alignment import face
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding, Severity
from headwater.domain.spans import Span
from headwater.extraction.modality import Predicate, read_predicates
from headwater.extraction.modality_cues import BE, HAVE
from headwater.extraction.modality_cues import listed as cue_words

SAME_STATEMENT = 0.5  # share of the claim's content from which one verb in both tells one event
LIGHT_STATEMENT = 0.7  # and where the verb stands in any sentence ("make", "take")
SAME_WORDS = 2  # content words near both: one is a coincidence
CLOSE = 0.15  # closeness by which an official cue that agrees may lie behind one that differs
PLAIN_NEAR = 0.6  # of the words near: what a verb without a cue must share, for it may be a noun
SHOWN = 80  # characters: a cue farther from its verb is not shown with it
READ = 3  # passages: a sentence of a farther one is hardly the one that was lightly reworded
LAID = 0.75  # share of the claim's content that is the official sentence's, laid side by side
HELPED = 3  # words before a verb in which one stands that takes it for its own
CHANGED = frozenset({"strength_up", "hedge_dropped", "strength_down"})  # what is told as done is asked for elsewhere
NO_VERB_OF_ITS_OWN = frozenset({"to", "see", "help", "helps", "helped", "and", "or"})  # "to see them built"
ORDERS = ("direct", "instruct", "press")  # who is directed to do a thing must do it
_PLANS = re.compile(r"(?:plan|proposal)s?\b", re.IGNORECASE)
NO_VERB_BEFORE = frozenset({"to", "by", "for", "of"})


@dataclass(frozen=True, slots=True)
class _Faced:
    """An official cue of the same event."""

    cued: Cued
    passage: Annotated
    likeness: Likeness


def compare_modality(claim: Annotated, passages: Sequence[Annotated]) -> tuple[Finding, ...]:
    """Compare the modality, status and importance of a claim's events with the source's, and look for lost conditions.

    Rules: MOD-SAME, MOD-DONE, MOD-LEFT-OPEN, MOD-LATER, MOD-STATUS-UP and -DOWN, MOD-STRENGTH-UP and -DOWN,
    MOD-SLIGHTLY-UP and -DOWN, MOD-HEDGE-DROPPED and -ADDED, MOD-CONDITION, MOD-IMPORTANCE-UP, -DOWN and -NEAR.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.

    Returns:
        At most one finding for each event, in order of appearance.

    Examples:
        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts())
        >>> source = text("The minister will sign the accord with Kenya.")
        >>> [f.rule for f in compare_modality(text("The minister is about to sign the accord with Kenya."), [source])]
        ['MOD-SAME']
        >>> [f.rule for f in compare_modality(text("The minister has signed the accord with Kenya."), [source])]
        ['MOD-DONE']
    """
    official = passages[:EVIDENCE]
    found = [
        *_events(claim, official),
        *_in_evidence(claim, official),
        *compare_instruments(claim, official),
        *compare_importance(claim, official),
        *compare_conditions(claim, official),
        *compare_hedging(claim, official),
        *compare_plans(claim, official),
        *compare_left_open(claim, official),
        *compare_narrowed(claim, official),
        *compare_ranks(claim, official),
        *compare_universals(claim, official),
        *compare_shares(claim, official),
        *compare_scopes(claim, official),
        *compare_aspects(claim, official),
        *compare_same_object(claim, official),
        *compare_light_changes(claim, official),
        *_lightly_reworded(claim, official),
    ]
    return _one_each(found)


def _one_each(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Keep the weightiest finding of each stretch of the claim, and one agreement at most."""
    order = list(Severity)
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda finding: -order.index(finding.severity)):
        agrees = finding.severity is Severity.INFO and any(other.severity is Severity.INFO for other in kept)
        if not agrees and not any(finding.claimed.span.overlaps(other.claimed.span) for other in kept):
            kept.append(finding)
    return tuple(sorted(kept, key=lambda finding: finding.claimed.span))


def _events(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    for place, cued in read_cued(claim.text):
        faced = sorted(_facing(place, cued, passages), key=lambda one: -one.likeness.closeness)
        if _is_first_person(place) or _is_so_there(place, cued, passages):
            continue
        finding = _judge(claim, cued, faced)
        if finding is None and not faced and passages:
            finding = _judge_in_evidence(claim, (place, cued), passages[0])
        if finding is not None and not (finding.kind == "modality_up" and _is_hoped(place)):
            yield finding


def _is_hoped(place: Place) -> bool:
    """Say whether a sentence itself holds back what it says will be: "she hopes that the line will open"."""
    return any(word.event in _hoping() for word in place.statement.words[: place.first])


@cache
def _hoping() -> frozenset[str]:
    return frozenset(event(word) for word in listed("hoping"))


def _is_so_there(place: Place, cued: Cued, passages: Sequence[Annotated]) -> bool:
    """Say whether the source does it by saying so, or has it going on in the same words."""
    if cued.name == DONE:
        return performed_hereby(cued.event, passages)
    if cued.name != STATED or not place.word.text.endswith("ing"):
        return False
    going_on = re.compile(rf"\b(?:is|are) (?:[a-z]+ly |now |still )?{re.escape(place.word.text)}\b", re.IGNORECASE)
    return any(going_on.search(passage.text) for passage in passages)


def _judge_in_evidence(claim: Annotated, ours: tuple[Place, Cued], passage: Annotated) -> Finding | None:
    """Judge an event by the passage the claim was aligned to, where less of what stands around it need be the same."""
    place, cued = ours
    if cued.name == STATED:
        return None
    official = (found for found in read_cued(passage.text) if found[1].name != STATED)
    for there, theirs in islice(official, MOST_FACED):
        outcome = firmer_amount(claim, ours, passage, (there, theirs)) or _firmer_clause(
            claim, ours, passage, (there, theirs)
        )
        if outcome is not None:
            faced = _Faced(theirs, passage, liken(place, there))
            later = outcome == "told_as_done" and _may_be_later(claim, cued, faced)
            return modality_finding("later" if later else outcome, claim, cued, (passage, theirs))
    return None


def _firmer_clause(
    claim: Annotated, ours: tuple[Place, Cued], passage: Annotated, theirs: tuple[Place, Cued]
) -> str | None:
    (place, cued), (there, other) = ours, theirs
    if cued.event != other.event or is_light(cued.event) or cued.negated or other.negated:
        return None
    if not (cued.direct and other.direct):
        return None
    outcome = find_outcome((cued.name, cued.past), (other.name, other.past))
    return outcome if outcome in FIRMER and say_alike((claim, place), (passage, there)) else None


def _in_evidence(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find orders for requests, and things done that the source is still at."""
    if not passages:
        return
    cues = [(place, cued) for place, cued in read_cued(claim.text) if cued.name == DONE]
    for ours, theirs, outcome in (*ordered(claim, passages[0]), *at_it(cues, passages)):
        yield modality_finding(outcome, claim, ours, (passages[0], theirs))


def _lightly_reworded(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find the verb put more firmly, or less, in a sentence that keeps nearly all official words.

    The statement is known by its words laid side by side, so the verb need not have its subject before it.
    """
    ours = {place.word.span.start: (place, cued) for place, cued in read_cued(claim.text)}
    for passage in passages[:READ] if not claim.facts.quotations else ():
        theirs = {place.word.span.start: cued for place, cued in read_cued(passage.text)}
        for faced in face(claim.text, passage.text):
            for at, there in faced.chain if faced.coverage >= LAID else ():
                own = ours.get(faced.ours.words[at].span.start)
                other = theirs.get(faced.theirs.words[there].span.start)
                outcome = _changed(claim, own, other, passages) if own and other else None
                if own and other and outcome and not _is_advised(outcome, own[1], (passage, other)):
                    yield modality_finding(outcome, claim, own[1], (passage, other))
                    return


def _changed(claim: Annotated, ours: tuple[Place, Cued], theirs: Cued, passages: Sequence[Annotated]) -> str | None:
    place, cued = ours
    if cued.event != theirs.event or cued.negated or theirs.negated or not (cued.direct and theirs.direct):
        return None
    before = {word.text for word in place.statement.words[max(0, place.first - HELPED) : place.first]}
    if not before.isdisjoint(NO_VERB_OF_ITS_OWN) or _is_so_there(place, cued, passages) or _is_hoped(place):
        return None
    outcome = find_outcome((cued.name, cued.past), (theirs.name, theirs.past))
    told = (find_outcome((cued.name, cued.past), (one.name, one.past)) for one in _cues_of(cued.event, passages))
    if outcome not in CHANGED or "same" in told or is_of_what_will_be(claim.text, cued.span):
        return None
    return outcome


def _is_advised(outcome: str | None, ours: Cued, theirs: tuple[Annotated, Cued]) -> bool:
    """Say whether both may be advice, or both orders: "should be archived" for "needs to be archived"."""
    said = theirs[1].span.slice(theirs[0].text).lower()
    if outcome == "strength_up":
        return theirs[1].name == "asked" and said.startswith(ORDERS)
    return outcome == "strength_down" and ours.name == "should" and said.startswith(("need", "have to"))


def _cues_of(verb: str, passages: Sequence[Annotated]) -> list[Cued]:
    return [cued for passage in passages for _, cued in _by_event(passage.text).get(verb, ()) if cued.name != STATED]


def _is_first_person(place: Place) -> bool:
    """Say whether somebody speaks of what they are about to say: "I want to start with", "I have to report"."""
    return place.first > 0 and place.statement.words[place.first - 1].text in {"i", "me"}


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_cued(text: str) -> tuple[tuple[Place, Cued], ...]:
    """Return each word that can tell an event, with its cue; one without a cue may be stated as fact.

    Args:
        text: Working text.
    """
    governed = {predicate.span.start: predicate for predicate in read_predicates(text)}
    return tuple(
        found
        for statement in read_statements(text)
        for at in range(len(statement.words))
        if (found := _cued(statement, at, governed.get(statement.words[at].start))) is not None
    )


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _by_event(text: str) -> Mapping[str, list[tuple[Place, Cued]]]:
    found: dict[str, list[tuple[Place, Cued]]] = {}
    for place, cued in read_cued(text):
        found.setdefault(cued.event, []).append((place, cued))
    return found


def _cued(statement: Statement, at: int, predicate: Predicate | None) -> tuple[Place, Cued] | None:
    word = statement.words[at]
    if predicate is not None:
        cued = Cued(
            predicate.cue.name, predicate.past, predicate.negated, _joined(predicate), word.event, predicate.direct
        )
        return statement.place(at, predicate.cue_span), cued
    if not word.figure and _may_state(statement, at):
        return statement.place(at), Cued(STATED, False, False, word.span, word.event)
    return None


def _joined(predicate: Predicate) -> Span:
    """Return the span of a cue with the verb it governs, so that "will announce" is shown whole."""
    whole = Span(min(predicate.cue_span.start, predicate.span.start), max(predicate.cue_span.end, predicate.span.end))
    return whole if len(whole) <= SHOWN else predicate.span


def _may_state(statement: Statement, place: int) -> bool:
    """Say whether a word without a cue may be a verb in the present: no article, preposition or "to" before it."""
    before = statement.words[place - 1].text if place else ""
    word = statement.words[place].text
    if not before or word.endswith(("ed", "ly")):
        return False
    if word.endswith("ing"):
        return before in {"is", "are"} and place + 1 == len(statement.words)  # "numbers are declining"
    return before not in _function() and word not in _function()


@cache
def _function() -> frozenset[str]:
    return cue_words("determiners") | cue_words("prepositions") | NO_VERB_BEFORE | BE | HAVE


def _facing(place: Place, cued: Cued, passages: Sequence[Annotated]) -> Iterator[_Faced]:
    for passage in passages:
        for there, theirs in _by_event(passage.text).get(cued.event, ())[:MOST_FACED]:
            if theirs.name == cued.name == STATED or place.statement.told.keys().isdisjoint(there.statement.told):
                continue  # nothing in common
            if performs(there):
                continue
            likeness = liken(place, there)
            if _is_one_event(likeness, cued, theirs):
                yield _Faced(theirs, passage, likeness)


def _is_one_event(likeness: Likeness, ours: Cued, theirs: Cued) -> bool:
    """Say whether two cues govern one event."""
    whole = likeness.coverage >= SAME_THROUGHOUT and (likeness.before or likeness.after or likeness.patient)
    if ours.negated != theirs.negated or not likeness.compatible or (likeness.shared < SAME_WORDS and not whole):
        return False
    if STATED in {ours.name, theirs.name}:
        if not (ours.direct and theirs.direct):
            return False
        neighbours = likeness.before and likeness.after
        return likeness.coverage >= SAME_STATEMENT and (
            neighbours or whole or ((likeness.before or likeness.after) and likeness.near >= PLAIN_NEAR)
        )
    if is_light(ours.event):
        return likeness.coverage >= LIGHT_STATEMENT and (likeness.before or likeness.after)
    if likeness.coverage >= SAME_STATEMENT:
        return True
    return (likeness.before and likeness.shared > SAME_WORDS) or (likeness.agent and likeness.patient)


def _judge(claim: Annotated, cued: Cued, faced: Sequence[_Faced]) -> Finding | None:
    outcomes = [(find_outcome((cued.name, cued.past), (one.cued.name, one.cued.past)), one) for one in faced]
    if not outcomes or (cued.name == DONE and is_of_what_will_be(claim.text, cued.span)):
        return None
    nearest = outcomes[0][1].likeness.closeness
    for outcome, one in outcomes:
        if outcome == "same" and one.likeness.closeness >= nearest - CLOSE:
            return modality_finding("same", claim, cued, (one.passage, one.cued))
    outcome, one = outcomes[0]
    if cued.negated and outcome in {"strength_up", "strength_down"}:
        return None  # "may not" forbids as "must not" does
    loose = (outcome == "told_as_done" and not cued.direct) or (one.cued.name == DONE and not one.cued.direct)
    if outcome in {"status_up", "status_down"} and _are_plans(claim, cued) and _are_plans(one.passage, one.cued):
        return None  # newsrooms call proposals plans
    if (
        outcome is None
        or outcome == "same"
        or _is_advised(outcome, cued, (one.passage, one.cued))
        or (loose and one.likeness.coverage < LIGHT_STATEMENT)
    ):
        return None  # "comments submitted by mail" may be no verb of its own
    if outcome == "told_as_done" and _may_be_later(claim, cued, one):
        outcome = "later"
    return modality_finding(outcome, claim, cued, (one.passage, one.cued))


def _are_plans(text: Annotated, cued: Cued) -> bool:
    """Say whether a cue is a noun for what is on the table: "plans for", "a proposal to"."""
    return _PLANS.match(text.text, cued.span.start) is not None


def _may_be_later(claim: Annotated, cued: Cued, faced: _Faced) -> bool:
    """Say whether a plan may just have been carried out: the simple past, of the day the source announces."""
    simple = cued.name == DONE and " " not in cued.span.slice(claim.text)
    ours = {(date.first, date.surface.lower()) for date in claim.facts.dates}
    theirs = {(date.first, date.surface.lower()) for date in faced.passage.facts.dates}
    days = {day for day, _ in ours if day} & {day for day, _ in theirs if day}
    return simple and bool(days or {words for _, words in ours} & {words for _, words in theirs})
