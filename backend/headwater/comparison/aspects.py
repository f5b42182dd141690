"""How far a thing has come, where tense does not tell: over or going on, reached or aimed at, chosen or awaited.

The two sides seldom share a verb ("has finished weighing the plan", "is currently evaluating the proposed plan"). What
is asked instead: the phrases themselves leave no doubt, the sentences share what they are about, and no official
sentence on it says what the claim says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.opposed import content_of, shared_terms
from headwater.comparison.statements import Statement, Term, read_statements
from headwater.comparison.telling import HEAVY, clause_around
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.domain.spans import Span

READ = 2  # passages: the same phrase in a farther one is of another thing
LEAST_SHARED = 2  # content words of the claim's clause that the official sentence has too
HELD = 0.4  # share of the clause's content
COMPLEMENT = 3  # content words that say which state is reached: "carbon neutral by 2015"
SUBJECT = 2  # content words before the verb that say what is in that state
COMPLEMENT_REACH = 7  # words after the verb among which the other side has them


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("aspects.toml").read_text("utf-8"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_table()[name]), re.IGNORECASE)


def compare_aspects(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find what the claim has as over, reached or chosen while the source has it going on, aimed at or awaited.

    Rules: MOD-DONE, MOD-STATUS-DOWN.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.
    """
    if claim.facts.quotations:
        return
    for statement in read_statements(claim.text):
        faced = (
            _opposed(claim, statement, passages, ("finished", "ongoing"))
            or _opposed(claim, statement, passages, ("chosen", "awaiting"))
            or _reached(claim, statement, passages)
        )
        if faced is not None:
            ours, theirs, passage = faced
            own, other = Cued("done", True, False, ours), Cued("planned", False, False, theirs)
            yield modality_finding("told_as_done", claim, own, (passage, other))
            return


def _opposed(
    claim: Annotated, statement: Statement, passages: Sequence[Annotated], names: tuple[str, str]
) -> tuple[Span, Span, Annotated] | None:
    """Return where one phrase of a claim faces its counterpart in the source, said of the same things."""
    ours, theirs = (_pattern(name) for name in names)
    found = ours.search(claim.text, statement.span.start, statement.span.end)
    if found is None or theirs.search(claim.text, statement.span.start, statement.span.end) is not None:
        return None
    clause = _clause(claim.text, statement, Span(*found.span()))
    if any(_says(ours, clause, passage) for passage in passages):
        return None
    for passage in passages[:READ]:
        for official in read_statements(passage.text):
            there = theirs.search(passage.text, official.span.start, official.span.end)
            if there is not None and _is_of(clause, content_of(official)):
                return Span(*found.span()), Span(*there.span()), passage
    return None


def _clause(text: str, statement: Statement, phrase: Span) -> list[Term]:
    """Return the content words of the clause that a phrase stands in, those of the phrase left out."""
    at = next((i for i, word in enumerate(statement.words) if word.span.overlaps(phrase)), 0)
    first, end = clause_around(text, statement.words, at)
    beside = [w for w in statement.words if w.key and w.weight >= HEAVY and not w.span.overlaps(phrase)]
    inside = [
        w for w in beside if statement.words[first].span.start <= w.span.start < statement.words[end - 1].span.end
    ]
    return inside if len(inside) >= LEAST_SHARED else beside


def _is_of(ours: Sequence[Term], theirs: Sequence[Term]) -> bool:
    shared = shared_terms(ours, theirs)
    return len(shared) >= LEAST_SHARED and len(shared) >= HELD * len({word.key for word in ours})


def _says(pattern: re.Pattern[str], ours: Sequence[Term], passage: Annotated) -> bool:
    """Say whether an official sentence that shares a thing with the claim's clause has the claim's own phrase."""
    return any(
        pattern.search(passage.text, official.span.start, official.span.end) is not None
        and bool(shared_terms(ours, content_of(official)))
        for official in read_statements(passage.text)
    )


def _reached(
    claim: Annotated, statement: Statement, passages: Sequence[Annotated]
) -> tuple[Span, Span, Annotated] | None:
    """Return where a state that the source aims at, or has still to come, is told as reached."""
    for name, counterparts in (("reached", ("aimed_at", "to_come")), ("reached_at_all", ("aimed_at",))):
        for found in _pattern(name).finditer(claim.text, statement.span.start, statement.span.end):
            state = _complement(statement.words, found.end())
            for counterpart in counterparts if state else ():
                faced = _aimed(state, statement, passages, counterpart)
                if faced is not None:
                    return Span(found.start(), state[-1].span.end), *faced
    return None


def _complement(words: Sequence[Term], end: int) -> list[Term]:
    """Return the content words right behind a verb, up to the next preposition or figure."""
    found: list[Term] = []
    for word in (word for word in words if word.span.start >= end):
        if word.figure or word.text in _STOPS or len(found) == COMPLEMENT:
            break
        if word.key and word.weight >= HEAVY:
            found.append(word)
    return found


def _aimed(
    state: Sequence[Term], statement: Statement, passages: Sequence[Annotated], name: str
) -> tuple[Span, Annotated] | None:
    for passage in passages[:READ]:
        for official in read_statements(passage.text):
            for found in _pattern(name).finditer(passage.text, official.span.start, official.span.end):
                ahead = [word for word in official.words if word.span.start >= found.end()][:COMPLEMENT_REACH]
                before = [word for word in content_of(official) if word.span.end <= found.end()]
                subject = [w for w in content_of(statement) if w.span.end <= state[0].span.start][-SUBJECT:]
                same = {word.key for word in state} <= {word.key for word in ahead}
                if same and subject and len(shared_terms(subject, before)) == len({w.key for w in subject}):
                    return Span(
                        found.start(), max(w.span.end for w in ahead if w.key in {s.key for s in state})
                    ), passage
    return None


_STOPS = frozenset(
    {"of", "in", "on", "at", "by", "for", "from", "with", "to", "into", "and", "or", "but", "that", "which", "who"}
    | {"because", "since", "after", "before", "when", "while", "if", "than", "as", "under", "over", "until"}
)
