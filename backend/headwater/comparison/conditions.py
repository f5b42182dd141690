"""Conditions that the source sets and the claim leaves out: "if Parliament approves", "subject to"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.modality_rules import DONE
from headwater.comparison.statements import MOST_FACED, Statement, event, is_light, listed, read_statements, rows
from headwater.comparison.telling import Part, keys_of, read_keyed, read_parts
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.domain.spans import Span
from headwater.extraction.modality import read_predicates

READ = 4  # passages: a condition of a farther one is hardly of the same thing
AROUND = 300  # characters of the article on either side in which the condition may be told: a paragraph of news
MAIN_HELD = 0.6  # share of the official main clause that the claim must hold: then it tells that statement
CLAIM_HELD = 0.6  # and of the claim that the official sentence must hold
EVENT_HELD = 0.5  # of the claim's part, where both have the same verb or the same figure
FIRST_HELD = 0.3  # and where they stand in the passage that the claim was aligned to
SAME_WORDS = 3  # content words of the main clause in both, or all of a shorter one: two are a topic
LEAST_SHARED = 2.5  # by weight, beside the verb or with the figure
TELLING = 1.5  # weight of a figure that tells something
TOLD = 0.5  # share of the condition's content that the claim may hold before it counts as told
LIABLE_REACH = 60  # characters behind "subject to" in which stands what somebody has to pay
# "Not subject to the additional rate of duty": a burden, and no condition.
_LIABLE = re.compile(
    r"\b(?:dut(?:y|ies)|tax|taxes|tariffs?|levy|levies|charges?|fees?|fines?|penalty|penalties)\b", re.IGNORECASE
)
_SOMEBODY = frozenset(
    {"the", "it", "they", "a", "an", "that", "you", "we", "he", "she", "there", "your", "their", "all"}
)
_CLAUSE_END = re.compile(r"[,;:–—)]|\Z")
_INVERTED = re.compile(
    r"(?P<cue>should|were|had) (?=(?:the|a|an|this|that|it|they|we|he|she|[A-Z])[^?.\n]+,)", re.IGNORECASE
)
# In the claim's own sentence these tell of a condition; fewer do around it, together with a word of the condition.
_TOLD_OTHERWISE = re.compile(
    r"\b(?:if|unless|subject to|provid(?:ed|ing)|as long as|so long as|condition(?:al|s)?|contingent|pending"
    r"|depend(?:s|ing|ent)?|once|until(?! (?:midnight|noon|late|early|\d|the end|next|january|february|march|april|may"
    r"|june|july|august|september|october|november|december|spring|summer|autumn|winter))"
    r"|when|whether|after|should|requires?|would|where|only|except|assuming)\b",
    re.IGNORECASE,
)
_TOLD_NEARBY = re.compile(
    r"\b(?:if|unless|subject to|provided|as long as|so long as|condition(?:al|s)?|contingent|pending"
    r"|depend(?:s|ing)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Conditional:
    """An official sentence with its condition."""

    statement: Statement
    condition: Span
    main: Mapping[str, float]
    held_to: frozenset[str]
    events: frozenset[tuple[str, bool]]


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
    if claim.facts.quotations:
        return
    for part in read_parts(claim):
        if _is_past(claim.text, part) or _TOLD_OTHERWISE.search(part.statement.span.slice(claim.text)):
            continue
        for passage in passages[:READ]:
            for official in islice(_conditionals(passage), MOST_FACED):
                first = passage is passages[0]
                if _leaves_out(claim, part, official, first=first) and not _stated_plainly(part, official, passages):
                    theirs = Cued("condition", False, False, official.condition)
                    ours = Cued("stated", False, False, _governing(part))
                    yield modality_finding("condition_dropped", claim, ours, (passage, theirs))
                    return


def _is_past(text: str, part: Part) -> bool:
    """Say whether a part tells what has happened: no condition is of that."""
    if part.predicate is not None:
        return part.predicate.cue.name == DONE
    inside = Span(part.words[0].span.start, part.words[-1].span.end)  # "the line opened in 2010": perhaps a participle
    own = [predicate for predicate in read_predicates(text) if inside.contains(predicate.span)]
    return bool(own) and all(predicate.cue.name == DONE for predicate in own)


def _governing(part: Part) -> Span:
    """Return the words of the claim that tell its event as certain, or the whole of the part."""
    predicate = part.predicate
    if predicate is not None:
        return Span(min(predicate.cue_span.start, predicate.span.start), predicate.span.end)
    return Span(part.words[0].span.start, part.words[-1].span.end)


def _conditionals(passage: Annotated) -> Iterator[_Conditional]:
    for statement in read_statements(passage.text):
        found = _cue().search(passage.text, statement.span.start, statement.span.end)
        found = found if found is not None and _is_condition(found) else _inverted(passage.text, statement)
        if found is None:
            continue
        start = found.start("cue")
        end = _CLAUSE_END.search(passage.text, found.end("cue"), statement.span.end)
        condition = Span(start, end.start() if end else statement.span.end)
        while condition.end > condition.start and passage.text[condition.end - 1] in " .\n":
            condition = Span(condition.start, condition.end - 1)
        stretch = _stretch(passage.text, statement, condition)
        inside = keys_of([w for w in statement.words if condition.contains(w.span)])
        outside = keys_of([w for w in statement.words if stretch.contains(w.span) and not condition.contains(w.span)])
        if inside and outside:
            events = frozenset(
                (event(p.word), p.negated)
                for p in read_predicates(passage.text)
                if stretch.contains(p.span) and not condition.contains(p.span)
            )
            yield _Conditional(statement, condition, outside, frozenset(inside.keys() - outside.keys()), events)


def _inverted(text: str, statement: Statement) -> re.Match[str] | None:
    """Find a condition told by the order of the words: "Should the council agree, work will start"."""
    return _INVERTED.match(text, statement.span.start, statement.span.end)


def _stretch(text: str, statement: Statement, condition: Span) -> Span:
    """Return the part of a sentence, between semicolons, that a condition stands in."""
    start = text.rfind(";", statement.span.start, condition.start) + 1 or statement.span.start
    end = text.find(";", condition.end, statement.span.end)
    return Span(start, end if end >= 0 else statement.span.end)


def _is_condition(found: re.Match[str]) -> bool:
    before, after = (found["before"] or "").lower(), (found["after"] or "").lower()
    cue = found["cue"].lower()
    if before in listed("no_condition_before") or after in listed("no_condition_after"):
        return False
    if cue == "subject to":
        behind = _CLAUSE_END.split(found.string[found.end("cue") : found.end("cue") + LIABLE_REACH], maxsplit=1)[0]
        return _LIABLE.search(behind) is None
    return cue not in {"provided", "assuming"} or after in _SOMEBODY


def _leaves_out(claim: Annotated, part: Part, official: _Conditional, *, first: bool) -> bool:
    own = keys_of(part.words)
    if not own or not official.held_to or _is_told(claim, official):
        return False
    shared = own.keys() & official.main.keys()
    weight = sum(own[key] for key in shared)
    covered = weight / sum(own.values())
    held = sum(official.main[key] for key in shared) / sum(official.main.values())
    same_event = part.predicate is not None and (event(part.predicate.word), part.predicate.negated) in official.events
    if len(shared) >= min(SAME_WORDS, max(2, len(official.main))) and held >= MAIN_HELD and covered >= CLAIM_HELD:
        return same_event or part.predicate is None
    figure = any(own[key] >= TELLING and key.startswith("#") for key in shared)
    beside = weight + (same_event and part.predicate is not None and not is_light(event(part.predicate.word)))
    return (same_event or figure) and beside >= LEAST_SHARED and covered >= (FIRST_HELD if first else EVENT_HELD)


def _is_told(claim: Annotated, official: _Conditional) -> bool:
    """Say whether the claim, or the article next to it, tells the condition in whatever words."""
    place = claim.mapped.to_original(Span(0, len(claim.text)))
    original = claim.mapped.original
    around = original[max(0, place.start - AROUND) : place.end + AROUND]
    told = {key for statement in read_statements(around) for key in keys_of(statement.words)}
    held = len(official.held_to & told)
    return held >= max(1, TOLD * len(official.held_to)) or (held > 0 and _TOLD_NEARBY.search(around) is not None)


def _stated_plainly(part: Part, official: _Conditional, passages: Sequence[Annotated]) -> bool:
    """Say whether another official sentence tells the same without the condition."""
    own = keys_of(part.words).keys()
    told = event(part.predicate.word) if part.predicate is not None else ""
    return any(
        statement is not official.statement
        and (not told or any(word.event == told for word in statement.words))
        and len(own & keys.keys()) >= len(own & official.main.keys())
        and _cue().search(passage.text, statement.span.start, statement.span.end) is None
        for passage in passages
        for statement, keys in read_keyed(passage.text)
    )
