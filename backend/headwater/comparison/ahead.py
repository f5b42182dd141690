"""What is still to come in the source though its verb is another one, or has no cue of its own.

Three forms: what something was set up to do, told as done; what will be set up, told as running; and an object that
stands under a plan in the source and under a past verb in the claim.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from headwater.comparison.modality_findings import Cued
from headwater.comparison.modality_rules import DONE
from headwater.comparison.statements import MOST_FACED, PATIENT, Statement, Term, event, listed
from headwater.comparison.telling import HEAVY, Telling, clause_around
from headwater.domain.facts import Annotated
from headwater.domain.spans import Span
from headwater.extraction.modality import Predicate, read_predicates
from headwater.extraction.modality_cues import BE, HAVE
from headwater.extraction.verbs import is_participle, verb_base

COMING = frozenset({"planned", "will", "proposed", "considered", "aimed", "agreed", "asked"})  # a duty is kept or not
DECIDED = COMING - {"aimed", "asked"}  # "trying to cross" may have crossed
OBJECTS = 2  # content words of an object in both, or its only one


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("ahead.toml").read_text("utf-8"))


@cache
def _verbs(name: str) -> frozenset[str]:
    return frozenset(event(word) for word in str(_table()[name]).split())


def is_deed(verb: str) -> bool:
    """Say whether a past verb tells of a deed, and not only of words, plans or decisions.

    Args:
        verb: In any form.
    """
    base = verb_base(verb)
    return base not in _words("telling") - _words("deeds") and base not in {verb_base(word) for word in listed("light")}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(verb_base(word) for word in str(_table()[name]).split())


def purpose(verb: str, telling: Telling) -> Cued | None:
    """Return the words by which an official sentence has a verb as an end: "was set up to curb fraud and cut waste".

    Args:
        verb: What it is compared by.
        telling: The official sentence.
    """
    words = telling.statement.words
    governed = {predicate.span.start for predicate in read_predicates(telling.passage.text)}
    found = None
    for at, word in enumerate(words):
        if word.event != verb:
            continue
        start = _infinitive(words, at)
        if start is None or word.start in governed:
            return None
        found = found or Cued("aimed", False, False, Span(words[start].span.start, word.span.end))
    return found


def _infinitive(words: Sequence[Term], at: int) -> int | None:
    """Return where the "to" of a verb stands, right before it or before the verb that "and" joins it to."""
    if words[at].text.endswith(("ed", "ing")):
        return None
    if at and words[at - 1].text == "to":
        return at - 1 if _is_end(words, at - 1) else None
    if not (at > 1 and words[at - 1].text in {"and", "or"}):
        return None
    joined = [place for place in range(at - 2, -1, -1) if words[place].text == "to"]
    if not joined or not words[joined[0] + 1].key or words[joined[0] + 1].named:
        return None
    return joined[0] if _is_end(words, joined[0]) else None


def _is_end(words: Sequence[Term], to: int) -> bool:
    """Say whether an infinitive follows something set up, begun or paid for."""
    return any(word.event in _verbs("founding") and word.text.endswith(("ed", "t", "n", "d")) for word in words[:to])


def running(claim: Annotated, statement: Statement) -> Iterator[tuple[int, Cued]]:
    """Yield the present verbs of a claim under which a thing stands that is there already.

    Args:
        claim: The text in hand.
        statement: A sentence of it.
    """
    governed = {p.span.start: p for p in read_predicates(claim.text)}
    words = statement.words
    for at in range(1, len(words) - 1):
        word, predicate = words[at], governed.get(words[at].start)
        if word.event not in _verbs("running") or word.text.endswith("ing") or predicate is not None:
            continue
        if words[at - 1].text in BE | HAVE | {"to", "the", "a", "an", "of", "in", "and", "by"}:
            continue
        if word.text in HAVE and (is_participle(words[at + 1].text) or words[at + 1].text in BE | {"to", "not"}):
            continue
        yield at, Cued("stated", False, False, word.span, word.event)


def founded(words: Sequence[Term], at: int, telling: Telling) -> Cued | None:
    """Return the plan by which the source has the thing still to be set up.

    Args:
        words: Of the claim's sentence.
        at: Where its verb stands.
        telling: The official sentence.
    """
    thing = _object(words, at)
    own = {word.key for word in words}
    names = {word.key for word in words[at:] if word.named}
    if names - telling.statement.told.keys() and telling.statement.names - own:
        return None  # one in another place
    for predicate, place in islice(_coming(telling), MOST_FACED):
        if event(predicate.word) in _verbs("founding") and _is_same_object(
            thing, _object(telling.statement.words, place)
        ):
            return _cued(predicate)
    return None


def _coming(telling: Telling) -> Iterator[tuple[Predicate, int]]:
    places = {word.start: at for at, word in enumerate(telling.statement.words)}
    for predicate in read_predicates(telling.passage.text):
        at = places.get(predicate.span.start)
        if at is not None and predicate.cue.name in COMING and predicate.direct and not predicate.negated:
            yield predicate, at


def _cued(predicate: Predicate) -> Cued:
    whole = Span(min(predicate.cue_span.start, predicate.span.start), max(predicate.cue_span.end, predicate.span.end))
    return Cued(predicate.cue.name, predicate.past, False, whole)


def _object(words: Sequence[Term], at: int) -> list[str]:
    return [word.key for word in words[at + 1 :] if word.key and word.weight >= HEAVY][: PATIENT + 1]


def _is_same_object(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    shared = set(ours) & set(theirs)
    return bool(ours) and bool(theirs) and len(shared) >= min(OBJECTS, len(set(ours)), len(set(theirs)))


def object_ahead(claim: Annotated, ours: Predicate, words: Sequence[Term], telling: Telling) -> Cued | None:
    """Return the plan that the object of a claim's past verb stands under, whatever the official verb.

    Args:
        claim: The text in hand.
        ours: Its verb.
        words: Of its part of the sentence.
        telling: The official sentence.
    """
    at = next((at for at, word in enumerate(words) if word.span.start == ours.span.start), None)
    # A participle alone may belong to a noun, and a passive has its object before it.
    active = ours.cue.name == DONE and not HAVE.isdisjoint(ours.cue_span.slice(claim.text).lower().split())
    passive = "been" in ours.cue_span.slice(claim.text).lower().split()
    if at is None or not active or passive or event(ours.word) in _verbs("telling"):
        return None
    first, end = clause_around(claim.text, words, at)
    thing = _object(words[first:end], at - first)
    predicates = [p for p in read_predicates(telling.passage.text) if telling.statement.span.contains(p.span)]
    if len(thing) < OBJECTS or any(p.cue.name == DONE for p in predicates):
        return None
    for predicate, place in _coming(telling):
        if predicate.cue.name in DECIDED and _is_same_object(thing, _object(telling.statement.words, place)):
            return _cued(predicate)
    return None
