"""Plans told as done, where the two sentences share what they are about rather than how they put it.

Three forms: the same verb under a plan, a hope or a request in an official sentence that tells the claim's part; a vote
or an approval told as given that the source still awaits; an option told as decided.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from headwater.comparison.ahead import founded, is_deed, object_ahead, purpose, running
from headwater.comparison.modality_evidence import is_of_what_will_be, performed_hereby, performs
from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.modality_rules import DONE
from headwater.comparison.opposed import shared_terms
from headwater.comparison.statements import Statement, Term, event, is_light, read_statements
from headwater.comparison.telling import HEAVY, Part, Telling, clause_around, read_parts, tellings
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.domain.spans import Span
from headwater.extraction.modality import Predicate, read_predicates
from headwater.extraction.modality_cues import listed as cue_words

READ = 3  # passages
TRIED = 4  # official sentences, those that tell most of the claim's part
TELLS = 0.5  # share of the claim's part that the official sentence holds
TELLS_FIRST = 0.4  # and where it stands in the passage that the claim was aligned to
LEAST_SHARED = 2.5  # by weight: two content words and a name, or three
LIGHT_TELLS = 0.8  # where the verb stands in any sentence
OBJECT_TELLS = 0.6  # and of its object alone, where the verbs are others
ON_IT = 1  # content words in common from which a sentence may be on what the claim's part is about
DOER = 2  # content words before a verb that name who does it
AHEAD = frozenset({"planned", "will", "proposed", "considered", "aimed", "agreed", "asked"})  # a duty is kept or not


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("plans.toml").read_text("utf-8"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_table()[name]), re.IGNORECASE)


@cache
def _approvals() -> frozenset[str]:
    return frozenset(event(word) for word in str(_table()["approvals"]).split())


def compare_plans(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find what the claim tells as done or decided while the source only plans, asks or weighs it.

    Rules: MOD-DONE, MOD-STATUS-UP.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.
    """
    for part in read_parts(claim):
        predicate = part.predicate
        if predicate is None or predicate.negated or predicate.cue.name not in {DONE, "will"}:
            continue
        done = predicate.cue.name == DONE
        if done and (
            is_of_what_will_be(claim.text, predicate.span) or performed_hereby(event(predicate.word), passages)
        ):
            continue
        found = sorted(tellings(part.words, passages[:READ]), key=lambda one: -one.coverage)
        faced = (
            _planned(claim, predicate, found, passages)
            or _awaited(predicate, found, passages)
            or _same_doer(claim, predicate, passages)
            or _object_ahead(claim, part, found, passages)
        )
        if faced is not None:
            outcome, telling, theirs = faced
            yield modality_finding(outcome, claim, _cued(predicate), (telling.passage, theirs))
    for statement in read_statements(claim.text):
        yield from _running(claim, statement, passages)


def _cued(predicate: Predicate) -> Cued:
    whole = Span(min(predicate.cue_span.start, predicate.span.start), max(predicate.cue_span.end, predicate.span.end))
    return Cued(predicate.cue.name, predicate.past, predicate.negated, whole)


def _running(claim: Annotated, statement: Statement, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find what the claim has as running where the source is yet to set it up."""
    for at, ours in running(claim, statement):
        first, end = clause_around(claim.text, statement.words, at)
        words = statement.words[first:end]
        found = sorted(tellings(words, passages[:READ]), key=lambda one: -one.coverage)
        for telling in found[:TRIED]:
            theirs = founded(words, at - first, telling)
            if theirs is not None and _tells(telling, "", first=telling.passage is passages[0]):
                yield modality_finding("told_as_done", claim, ours, (telling.passage, theirs))
                return


def _object_ahead(
    claim: Annotated, part: Part, found: Sequence[Telling], passages: Sequence[Annotated]
) -> tuple[str, Telling, Cued] | None:
    """Return the official sentence in which the object of the claim's verb is still ahead, under another verb."""
    for telling in found[:1] if part.predicate is not None else ():
        if part.predicate is not None and telling.passage is passages[0] and telling.coverage >= OBJECT_TELLS:
            theirs = object_ahead(claim, part.predicate, part.words, telling)
            if theirs is not None and not _may_be_later(claim, part.predicate, telling, theirs):
                return "told_as_done", telling, theirs
    return None


def _planned(
    claim: Annotated, ours: Predicate, found: Sequence[Telling], passages: Sequence[Annotated]
) -> tuple[str, Telling, Cued] | None:
    """Return the official sentence in which the same verb is still ahead."""
    if _is_done(event(ours.word), [one for one in found if one.heavy >= ON_IT]):
        return None
    for telling in found[:TRIED]:
        if not _tells(telling, event(ours.word), first=telling.passage is passages[0]):
            continue
        theirs = _same_event(ours, telling)
        outcome = _outcome(ours, theirs) if theirs is not None else None
        if theirs is not None and outcome is not None and not _may_be_later(claim, ours, telling, theirs):
            return outcome, telling, theirs
    return None


def _same_doer(claim: Annotated, ours: Predicate, passages: Sequence[Annotated]) -> tuple[str, Telling, Cued] | None:
    """Return the official sentence in which the same doer is still to do the same; nowhere has it been done."""
    verb = event(ours.word)
    if ours.cue.name != DONE or not ours.direct or not is_deed(ours.word) or claim.facts.dates:
        return None
    if claim.facts.quotations or _is_done_anywhere(verb, passages):
        return None
    doer = _doer(claim, ours)
    for passage in passages[:READ] if doer else ():
        for theirs in read_predicates(passage.text):
            ahead = theirs.cue.name in AHEAD and not theirs.past and not theirs.negated and theirs.direct
            if ahead and event(theirs.word) == verb and len(shared_terms(doer, _doer(passage, theirs))) == len(doer):
                statement = next(one for one in read_statements(passage.text) if one.span.contains(theirs.span))
                telling = Telling(statement, passage, {}, 0.0, {})
                return None if _performs(theirs, telling) else ("told_as_done", telling, _cued(theirs))
    return None


def _head(words: Sequence[Term]) -> list[Term]:
    """Return the last content words before the first preposition: "leaders" of "leaders of both sides"."""
    found: list[Term] = []
    for word in words:
        if found and word.text in cue_words("prepositions"):
            break
        if word.key and word.weight >= HEAVY:
            found.append(word)
    return found[-DOER:]


def _doer(text: Annotated, predicate: Predicate) -> list[Term]:
    """Return the content words next before a verb and its cue, in its clause: who does it."""
    start = min(predicate.cue_span.start, predicate.span.start)
    for statement in read_statements(text.text):
        at = next((i for i, word in enumerate(statement.words) if word.start >= start), None)
        if not statement.span.contains(predicate.span) or not at:
            continue
        first, _ = clause_around(text.text, statement.words, at - 1)
        return _head(statement.words[first:at])
    return []


def _tells(telling: Telling, verb: str, *, first: bool) -> bool:
    least = LIGHT_TELLS if is_light(verb) else TELLS_FIRST if first else TELLS
    own = first and bool(verb) and not is_light(verb)  # the verb itself, which is asked to be the same
    return telling.coverage >= least and sum(telling.shared.values()) + own >= LEAST_SHARED


def _same_event(ours: Predicate, telling: Telling) -> Cued | None:
    same = [
        p
        for p in read_predicates(telling.passage.text)
        if telling.statement.span.contains(p.span) and event(p.word) == event(ours.word) and not p.negated
    ]
    if same:
        ahead = all(p.cue.name in AHEAD and not p.past and not _performs(p, telling) for p in same)
        return _cued(same[0]) if ahead else None
    if ours.cue.name == DONE and (end := purpose(event(ours.word), telling)) is not None:
        return end
    option = _pattern("options").search(telling.passage.text, telling.statement.span.start, telling.statement.span.end)
    gerund = any(w.event == event(ours.word) and w.text.endswith("ing") for w in telling.statement.words)
    return Cued("considered", False, False, Span(*option.span())) if option and gerund else None


def _performs(predicate: Predicate, telling: Telling) -> bool:
    """Say whether somebody does a thing by saying so: "I want to thank the nurses"."""
    words = telling.statement.words
    at = next((at for at, word in enumerate(words) if word.start == predicate.span.start), None)
    return at is not None and performs(telling.statement.place(at, predicate.cue_span))


def _outcome(ours: Predicate, theirs: Cued) -> str | None:
    if ours.cue.name == DONE:
        return "told_as_done"
    return "status_up" if theirs.name in {"proposed", "considered", "asked"} else None


def _is_done(verb: str, found: Sequence[Telling]) -> bool:
    """Say whether an official sentence on what the claim's part is about tells the verb as done."""
    return any(
        p.cue.name == DONE and not p.negated and event(p.word) == verb
        for telling in found
        for p in read_predicates(telling.passage.text)
        if telling.statement.span.contains(p.span)
    )


def _is_done_anywhere(verb: str, passages: Sequence[Annotated]) -> bool:
    """Say whether the source tells the verb as done anywhere in what was aligned."""
    return any(
        p.cue.name == DONE and not p.negated and event(p.word) == verb
        for passage in passages
        for p in read_predicates(passage.text)
    )


def _may_be_later(claim: Annotated, ours: Predicate, telling: Telling, theirs: Cued) -> bool:
    """Say whether a plan may just have been carried out: the simple past, of the very day the source announces."""
    if " " in _cued(ours).span.slice(claim.text):
        return False
    days = {date.first for date in claim.facts.dates if date.first}
    words = {date.surface.lower() for date in claim.facts.dates}
    return any(
        (date.first in days or date.surface.lower() in words) and not _is_of_announcement(date.span, telling, theirs)
        for date in telling.passage.facts.dates
    )


def _is_of_announcement(day: Span, telling: Telling, theirs: Cued) -> bool:
    """Say whether a day is that of the plan, not of the thing: "on 20 May the board published a proposal to"."""
    return any(
        p.cue.name == DONE and day.end <= p.span.start and p.span.end <= theirs.span.start
        for p in read_predicates(telling.passage.text)
        if telling.statement.span.contains(p.span) and telling.statement.span.contains(day)
    )


def _awaited(
    ours: Predicate, found: Sequence[Telling], passages: Sequence[Annotated]
) -> tuple[str, Telling, Cued] | None:
    """Return the official sentence that still awaits the approval which the claim tells as given."""
    if ours.cue.name != DONE or event(ours.word) not in _approvals():
        return None
    if any(_is_let_through(telling) for telling in found):
        return None
    for telling in found:
        awaited = _pattern("awaited").search(
            telling.passage.text, telling.statement.span.start, telling.statement.span.end
        )
        heavy = [key for key, weight in telling.shared.items() if weight >= HEAVY]
        if awaited is not None and len(heavy) >= (1 if telling.passage is passages[0] else 2):
            return "told_as_done", telling, Cued("planned", False, False, Span(*awaited.span()))
    return None


def _is_let_through(telling: Telling) -> bool:
    """Say whether an official sentence on the claim's subject tells of an approval given."""
    return any(weight >= HEAVY for weight in telling.shared.values()) and any(
        p.cue.name == DONE and not p.negated and event(p.word) in _approvals()
        for p in read_predicates(telling.passage.text)
        if telling.statement.span.contains(p.span)
    )
