"""Conditions that the source sets and the claim leaves out: "if Parliament approves", "subject to"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.statements import MOST_FACED, Statement, event, listed, read_statements, rows
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.domain.spans import Span
from headwater.extraction.modality import read_predicates

MOST_STATEMENTS = 4  # of a claim, which is one sentence or part of it
AROUND = 300  # characters of the article on either side in which the condition may be told: a paragraph of news
MAIN_HELD = 0.6  # share of the official main clause that the claim must hold: then it tells that statement
CLAIM_HELD = 0.6  # and of the claim that the official sentence must hold
SAME_WORDS = 3  # content words of the main clause in both, or all of a shorter one: two are a topic
TOLD = 0.5  # share of the condition's content that the claim may hold before it counts as told
_CLAUSE_END = re.compile(r"[,;:–—)]|\Z")
_TOLD_OTHERWISE = re.compile(
    r"\b(?:if|unless|subject to|provid(?:ed|ing)|as long as|so long as|condition(?:al|s)?|contingent|pending"
    r"|depend(?:s|ing|ent)?|once|until|when|whether|after|should|requires?|would)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Conditional:
    """An official sentence with its condition."""

    statement: Statement
    condition: Span
    main: frozenset[str]
    held_to: frozenset[str]


@cache
def _cue() -> re.Pattern[str]:
    words = "|".join(re.escape(cue) for cue in sorted(rows("conditions"), key=len, reverse=True))
    return re.compile(rf"(?:\b(?P<before>[a-z]+) )?\b(?P<cue>{words})\b(?: (?P<after>[a-z]+))?", re.IGNORECASE)


def compare_conditions(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find the first condition of the source that the claim, and what stands around it, leaves out.

    Rule MOD-CONDITION. The claim must tell the very statement that the condition belongs to, as certain.

    Args:
        claim: The text in hand.
        passages: Official passages.
    """
    if claim.facts.quotations or _tells_condition(claim):
        return
    for statement in read_statements(claim.text)[:MOST_STATEMENTS]:
        for passage in passages:
            for official in islice(_conditionals(passage), MOST_FACED):
                if _tells_event(claim, passage) and _leaves_out(statement, official, passages):
                    span = _governing(claim, statement)
                    ours = Cued("stated", False, False, span)
                    theirs = Cued("condition", False, False, official.condition)
                    yield modality_finding("condition_dropped", claim, ours, (passage, theirs))
                    return


def _tells_condition(claim: Annotated) -> bool:
    """Say whether the claim, or the article next to it, tells of a condition in whatever words."""
    place = claim.mapped.to_original(Span(0, len(claim.text)))
    original = claim.mapped.original
    around = original[max(0, place.start - AROUND) : place.end + AROUND]
    return _TOLD_OTHERWISE.search(around) is not None


def _tells_event(claim: Annotated, passage: Annotated) -> bool:
    """Say whether claim and passage tell one event, both affirmed or both denied."""
    own, official = ({(event(p.word), p.negated) for p in read_predicates(text.text)} for text in (claim, passage))
    return not own.isdisjoint(official)


def _governing(claim: Annotated, statement: Statement) -> Span:
    """Return the words of the claim that tell its event as certain, or the whole of it."""
    for predicate in read_predicates(claim.text):
        if predicate.direct and statement.span.contains(predicate.span):
            return Span(min(predicate.cue_span.start, predicate.span.start), predicate.span.end)
    return Span(statement.words[0].span.start, statement.words[-1].span.end)


def _conditionals(passage: Annotated) -> Iterator[_Conditional]:
    for statement in read_statements(passage.text):
        found = _cue().search(passage.text, statement.span.start, statement.span.end)
        if found is None or not _is_condition(found):
            continue
        start = found.start("cue")
        end = _CLAUSE_END.search(passage.text, found.end("cue"), statement.span.end)
        condition = Span(start, end.start() if end else statement.span.end)
        while condition.end > condition.start and passage.text[condition.end - 1] in " .\n":
            condition = Span(condition.start, condition.end - 1)
        inside = {w.key for w in statement.words if w.key and condition.contains(w.span)}
        outside = {w.key for w in statement.words if w.key and not condition.contains(w.span)}
        if inside and outside:
            yield _Conditional(statement, condition, frozenset(outside), frozenset(inside - outside))


def _is_condition(found: re.Match[str]) -> bool:
    before, after = (found["before"] or "").lower(), (found["after"] or "").lower()
    cue = found["cue"].lower()
    if before in listed("no_condition_before") or after in listed("no_condition_after"):
        return False
    return cue not in {"provided", "assuming"} or after in {"the", "it", "they", "a", "that"}


def _leaves_out(claim: Statement, official: _Conditional, passages: Sequence[Annotated]) -> bool:
    own = frozenset(claim.told)
    if not own or not official.held_to:
        return False
    shared = own & official.main
    if len(shared) < min(SAME_WORDS, max(2, len(official.main))) or len(own & official.held_to) > TOLD * len(
        official.held_to
    ):
        return False
    weight = official.statement.told
    main = sum(weight[key] for key in official.main)
    held = sum(weight[key] for key in shared) >= MAIN_HELD * main
    covered = sum(claim.told[key] for key in own & frozenset(weight)) >= CLAIM_HELD * sum(claim.told.values())
    return held and covered and not _stated_plainly(own, official, passages)


def _stated_plainly(own: frozenset[str], official: _Conditional, passages: Sequence[Annotated]) -> bool:
    """Say whether another official sentence tells the same without the condition."""
    return any(
        statement is not official.statement
        and len(own & frozenset(statement.told)) >= len(own & official.main)
        and _cue().search(passage.text, statement.span.start, statement.span.end) is None
        for passage in passages
        for statement in read_statements(passage.text)
    )
