"""How far an agreement, a bill or a plan has come: "agreed a deal" against "signed a deal"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.modality_rules import DONE, PLANS
from headwater.comparison.statements import (
    MOST_FACED,
    TEXTS_REMEMBERED,
    Likeness,
    Place,
    Statement,
    event,
    liken,
    listed,
    read_statements,
    rows,
)
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.domain.spans import Span
from headwater.extraction.modality import Predicate, read_predicates
from headwater.extraction.modality_cues import BE, status_phrases, statuses

AHEAD = 6  # words between a verb and the noun it brings about: "signed a new and wider security agreement"
BEHIND = 8  # and between a noun and its passive: "the agreement with Kenya was signed"
PLANNED, AGREED, ANNOUNCED = 3, 5, 4  # steps of the status ladder
SAME_STATEMENT = 0.5  # share of the claim's content
SAME_WORDS = 2  # content words near both
CLOSE = 0.15  # closeness by which an official status that agrees may lie behind one that differs


@dataclass(frozen=True, slots=True)
class _Told:
    """An instrument with the status it is told of."""

    noun: str
    cued: Cued
    step: int
    place: Place


def compare_instruments(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Compare the status of the instruments a claim speaks of with the source's.

    Rules: MOD-DONE, MOD-STATUS-UP, MOD-STATUS-DOWN.

    Args:
        claim: The text in hand.
        passages: Official passages.
    """
    own = _read(claim.text)[:MOST_FACED]
    official = [(passage, told) for passage in passages for told in _read(passage.text)] if own else []
    for ours in own:
        same = [(passage, theirs) for passage, theirs in official if theirs.noun == ours.noun]
        faced = [
            (passage, theirs, likeness)
            for passage, theirs in same[:MOST_FACED]
            if _is_same(likeness := liken(ours.place, theirs.place))
        ]
        faced.sort(key=lambda one: -one[2].closeness)
        if not faced:
            continue
        passage, theirs, likeness = faced[0]
        if any(one[1].step == ours.step and one[2].closeness >= likeness.closeness - CLOSE for one in faced):
            continue
        outcome = _outcome(ours.step, max(one[1].step for one in faced))
        if outcome is not None:
            yield modality_finding(outcome, claim, ours.cued, (passage, theirs.cued))


def _is_same(likeness: Likeness) -> bool:
    return likeness.coverage >= SAME_STATEMENT and likeness.shared >= SAME_WORDS


def _outcome(ours: int, theirs: int) -> str | None:
    if ours >= AGREED and theirs <= PLANNED:
        return "told_as_done"
    if ours > theirs and ours >= AGREED:
        return "status_up"  # announced is agreed, agreed is signed, signed is in force
    if ours <= PLANNED and theirs >= AGREED:
        return "status_down"
    return None


@cache
def _nouns() -> Mapping[str, str]:
    same = {event(word): event(line.split()[0]) for line in rows("instrument_synonyms") for word in line.split()}
    return {key: same.get(key, key) for word in listed("instruments") if (key := event(word))}


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _read(text: str) -> tuple[_Told, ...]:
    governed = {predicate.span.start: predicate for predicate in read_predicates(text)}
    return tuple(told for statement in read_statements(text) for told in _tell(statement, governed))


def _tell(statement: Statement, governed: Mapping[int, Predicate]) -> Iterator[_Told]:
    for place, word in enumerate(statement.words):
        predicate = governed.get(word.start)
        if word.text in statuses():
            if predicate is not None and not predicate.negated:
                name, step = statuses()[word.text]
                yield from _of_verb(statement, place, (name, step), predicate)
        elif predicate is not None and word.event in _nouns() and predicate.cue.name in {"proposed", "considered"}:
            span = Span(min(predicate.cue_span.start, word.span.start), word.span.end)
            cued = Cued(predicate.cue.name, False, predicate.negated, span, word.event)
            yield _Told(_nouns()[word.event], cued, predicate.cue.step, statement.place(place))
    yield from _in_force(statement, governed)


def _of_verb(statement: Statement, place: int, status: tuple[str, int], predicate: Predicate) -> Iterator[_Told]:
    name, step = status
    if predicate.cue.name in PLANS:
        name, step = "planned", PLANNED
    elif predicate.cue.name != DONE:
        return
    noun = _noun(statement, place, passive=len(predicate.cue_span) > len(predicate.word))
    if noun is not None:
        span = Span(min(predicate.cue_span.start, predicate.span.start), predicate.span.end)
        cued = Cued(name, predicate.past, False, span, predicate.key)
        yield _Told(_nouns()[statement.words[noun].event], cued, step, statement.place(noun))


def _noun(statement: Statement, place: int, *, passive: bool) -> int | None:
    """Return where the instrument stands: after its verb, or before a passive."""
    ahead = range(place + 1, min(place + 1 + AHEAD, len(statement.words)))
    behind = range(place - 1, max(place - 1 - BEHIND, -1), -1)
    by_form = [behind, ahead] if passive and _has_be(statement, place) else [ahead, behind]
    return next((at for places in by_form for at in places if statement.words[at].event in _nouns()), None)


def _has_be(statement: Statement, place: int) -> bool:
    return any(word.text in BE for word in statement.words[max(0, place - 3) : place])


def _in_force(statement: Statement, governed: Mapping[int, Predicate]) -> Iterator[_Told]:
    said = {word.text for word in statement.words}
    for phrase, name, step in status_phrases():
        if said.isdisjoint(phrase[-1]):
            continue
        for place in range(len(statement.words) - len(phrase) + 1):
            words = statement.words[place : place + len(phrase)]
            if not all(word.text in forms for word, forms in zip(words, phrase, strict=True)):
                continue
            predicate = governed.get(words[0].span.start)
            planned = predicate is not None and predicate.cue.name != DONE
            noun = _noun(statement, place, passive=True)
            if noun is None or (predicate is None and words[0].text in {"come", "take", "enter"}):
                continue
            start = predicate.cue_span.start if predicate is not None else words[0].span.start
            span = Span(min(start, words[0].span.start), words[-1].span.end)
            cued = Cued("planned" if planned else name, False, False, span)
            yield _Told(
                _nouns()[statement.words[noun].event], cued, PLANNED if planned else step, statement.place(noun)
            )
            break
