"""What the claim tells as done, in the perfect, while nothing that the source says of it is told as done.

"All priority groups have been offered a dose" of "we are on course to offer a dose to all priority groups". The verbs
need not be the same. What is asked instead: the official clauses that hold what the claim's part is about stand under a
plan, are still going on or are left open, and no official clause on it, in any passage, tells of a thing done.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from headwater.comparison.modality_evidence import is_of_what_will_be, performed_hereby
from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.modality_rules import DONE, STATED
from headwater.comparison.statements import EVIDENCE, Statement, Term, event, read_statements
from headwater.comparison.telling import HEAVY, clause_around, key_of, keys_of, read_keyed, read_parts
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.domain.spans import Span
from headwater.extraction.modality import Predicate, read_predicates
from headwater.extraction.modality_cues import HAVE
from headwater.extraction.verbs import verb_base

READ = 3  # passages in which what is left open is looked for; a thing done counts in all of them
HELD = 0.6  # share of what the claim's part is about that the official sentence holds
ON_IT = 0.5  # and from which an official sentence is on it, so that a thing done there counts
JOINED = 12  # words before "and" in which the "to" of an infinitive stands: "to ease the crisis and resolve the threat"
ABOUT = 2  # content words that both must hold for that, and that a claim's part must have at all
NO_STATUS = frozenset({DONE, STATED, "can"})  # who can do a thing may have done it


@dataclass(frozen=True, slots=True)
class _Open:
    """An official sentence that leaves a thing open, how much of the claim's part it holds, and the words for it."""

    coverage: float
    passage: Annotated
    span: Span


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("left_open.toml").read_text("utf-8"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_table()[name]), re.IGNORECASE)


@cache
def _of_words() -> frozenset[str]:
    return frozenset(verb_base(word) for word in str(_table()["not_asked"]).split())


def compare_left_open(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find what the claim tells as done and the source tells as ahead, under way or open, whatever the verbs.

    Rule: MOD-LEFT-OPEN.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.

    Examples:
        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts())
        >>> official = text("Talks on a fisheries treaty with Iceland continue in Bergen.")
        >>> found = compare_left_open(text("A fisheries treaty with Iceland has been agreed."), [official])
        >>> [finding.rule for finding in found]
        ['MOD-LEFT-OPEN']
    """
    if claim.facts.quotations:
        return
    for part in read_parts(claim):
        if part.predicate is None or not _is_told_as_done(claim, part.predicate):
            continue
        found = _left_open(part.words, part.predicate, passages[:EVIDENCE])
        if found is not None:
            whole = Span(
                min(part.predicate.cue_span.start, part.predicate.span.start),
                max(part.predicate.cue_span.end, part.predicate.span.end),
            )
            theirs = Cued("planned", False, False, found.span)
            yield modality_finding("left_open", claim, Cued(DONE, True, False, whole), (found.passage, theirs))
            return


def _is_told_as_done(claim: Annotated, predicate: Predicate) -> bool:
    """Say whether a verb stands in the perfect, and tells of a deed: "has been upgraded"."""
    if predicate.cue.name != DONE or predicate.negated or verb_base(predicate.word) in _of_words():
        return False
    perfect = not HAVE.isdisjoint(predicate.cue_span.slice(claim.text).lower().split())
    return perfect and not is_of_what_will_be(claim.text, predicate.span)


def _left_open(words: Sequence[Term], predicate: Predicate, passages: Sequence[Annotated]) -> _Open | None:
    """Return the official sentence that leaves open what a part of the claim tells as done."""
    verb = event(predicate.word)
    if performed_hereby(verb, passages) or any(_is_done(verb, passage.text) for passage in passages):
        return None
    own = keys_of([word for word in words if word.start != predicate.span.start])
    if sum(weight >= HEAVY for weight in own.values()) < ABOUT:
        return None
    return _nowhere_done(own, passages) or _to_do(verb, own, passages)


def _nowhere_done(own: Mapping[str, float], passages: Sequence[Annotated]) -> _Open | None:
    """Return the official sentence that holds most of what a part is about, where none on it tells of a thing done."""
    total = sum(own.values())
    best: _Open | None = None
    for at, passage in enumerate(passages):
        for statement, theirs in read_keyed(passage.text):
            shared = own.keys() & theirs.keys()
            coverage = sum(own[key] for key in shared) / total
            if coverage < ON_IT or (coverage < HELD and sum(own[key] >= HEAVY for key in shared) < ABOUT):
                continue
            status = _status(passage.text, statement, shared)
            if status is None:
                return None
            if at < READ and coverage >= HELD and len(status) and (best is None or coverage > best.coverage):
                best = _Open(coverage, passage, status)
    return best


def _to_do(verb: str, own: Mapping[str, float], passages: Sequence[Annotated]) -> _Open | None:
    """Return where the very verb stands as something to do, in a clause that holds half of what a part is about."""
    total = sum(own.values())
    for passage in passages[:READ]:
        for statement in read_statements(passage.text):
            for at, word in enumerate(statement.words):
                if word.event != verb or word.text.endswith(("ed", "ing", "s")):
                    continue
                first, end = clause_around(passage.text, statement.words, at)
                inside = keys_of(statement.words[first:end])
                held = sum(weight for key, weight in own.items() if key in inside) / total
                if held >= ON_IT and _is_infinitive(statement.words, at):
                    return _Open(held, passage, word.span)
    return None


def _is_infinitive(words: Sequence[Term], at: int) -> bool:
    """Say whether a word stands behind "to", or is joined by "and" to one that does."""
    before = [word.text for word in words[max(0, at - JOINED) : at]]
    return before[-1:] == ["to"] or (before[-1:] == ["and"] and "to" in before)


def _is_done(verb: str, text: str) -> bool:
    """Say whether a passage tells the very verb as done, of whatever, or beside another deed: "opening ten of them"."""
    if any(one.cue.name == DONE and not one.negated and event(one.word) == verb for one in read_predicates(text)):
        return True
    words = [word for statement in read_statements(text) for word in statement.words]
    return any(
        word.event == verb and word.text.endswith("ing") and text[before.end : word.start].strip() == ","
        for before, word in pairwise(words)
    )


def _status(text: str, statement: Statement, shared: Set[str]) -> Span | None:
    """Return the words that leave the clauses on a matter open, an empty span where none do, None where it is done."""
    clauses = _clauses(text, statement, shared)
    inside = [
        predicate
        for first, end in sorted(clauses, key=lambda one: -clauses[one])
        for predicate in read_predicates(text)
        if first <= predicate.span.start < end
    ]
    if any(predicate.cue.name == DONE and not predicate.negated for predicate in inside):
        return None
    if _pattern("so_far").search(text, statement.span.start, statement.span.end):
        return None
    ahead = next((one for one in inside if one.direct and one.cue.name not in NO_STATUS), None)
    if ahead is not None:
        return Span(min(ahead.cue_span.start, ahead.span.start), max(ahead.cue_span.end, ahead.span.end))
    left = _pattern("open").search(text, statement.span.start, statement.span.end)
    return Span(*left.span()) if left is not None else Span(0, 0)


def _clauses(text: str, statement: Statement, shared: Set[str]) -> Mapping[tuple[int, int], int]:
    """Return the ranges of characters of the clauses in which what both hold stands, each with how much of it."""
    words, found = statement.words, dict[tuple[int, int], int]()
    first = end = 0
    for at, word in enumerate(words):
        if key_of(word) not in shared:
            continue
        if at >= end:
            first, end = clause_around(text, words, at)
        place = (words[first].start, words[end - 1].end)
        found[place] = found.get(place, 0) + 1
    return found
