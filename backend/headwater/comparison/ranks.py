"""Who is said to stand first: "one of the largest employers" made "the largest employer", "second-oldest" "oldest"."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.statements import TEXTS_REMEMBERED, Statement, Term, read_statements
from headwater.comparison.telling import parts
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.domain.spans import Span
from headwater.extraction.modality_cues import listed as cue_words

READ = 4  # passages
BEFORE = 5  # words before the rank in which it is said to be one of several: "one of the world's ten largest"
THING = 4  # words after it in which its noun stands
SHORTEST = 5  # letters of a word in -est that may be a rank
LEAST_SHARED = 1.0  # by weight, beside the thing itself: where, when or what it is ranked in


@dataclass(frozen=True, slots=True)
class Rank:
    """A word that singles something out.

    Args:
        name: What it is compared by: the first of the words that say the same.
        several: Whether words before it make the thing one of several, or a later one.
        thing: Keys of what is ranked.
        span: With the words that go before it and the thing.
        statement: The sentence.
    """

    name: str
    several: bool
    thing: frozenset[str]
    span: Span
    statement: Statement


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("ranks.toml").read_text("utf-8"))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(_table()[name]).split())


@cache
def _same() -> Mapping[str, str]:
    return {word: line.split()[0] for line in _table()["same"] for word in line.split()}


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_ranks(text: str) -> tuple[Rank, ...]:
    """Return what a text singles out, in order.

    Args:
        text: Working text.
    """
    return tuple(rank for statement in read_statements(text) for rank in _read(text, statement))


def _read(text: str, statement: Statement) -> Iterator[Rank]:
    words = statement.words
    for at, word in enumerate(words):
        name = _name(words, at)
        if not name:
            continue
        things = _things(text, words, at)
        if things:
            first, several = _qualified(text, words, at - (words[at - 1].text == "most" and not _is_rank(word.text)))
            span = Span(words[first].span.start, things[-1].span.end)
            yield Rank(name, several, frozenset(thing.key for thing in things), span, statement)


def _name(words: Sequence[Term], at: int) -> str:
    """Return what a rank is compared by: "largest", "most_dangerous"; "" for any other word."""
    word = words[at].text
    if _is_rank(word):
        return _same().get(word, word)
    definite = at > 1 and words[at - 1].text == "most" and words[at - 2].text in {"the", "of", "s", "its", "their"}
    adjective = not words[at].text.endswith("s") or words[at].text.endswith("ous")  # "the most visitors" counts them
    return f"most {words[at].key}" if definite and words[at].key and adjective else ""


def _is_rank(word: str) -> bool:
    ends = word.endswith("est") and len(word) >= SHORTEST and word not in _listed("no_rank")
    return ends or word in _same()


def _things(text: str, words: Sequence[Term], at: int) -> list[Term]:
    """Return the content words of the noun group after a rank."""
    found: list[Term] = []
    for place in range(at + 1, min(at + 1 + THING, len(words))):
        if parts(text, words[place - 1], words[place]) or words[place].text in cue_words("prepositions"):
            break
        if words[place].key and words[place].weight >= 1:
            found.append(words[place])
    return found


def _qualified(text: str, words: Sequence[Term], at: int) -> tuple[int, bool]:
    """Return where the words that belong to a rank begin, and whether they leave room for others."""
    for place in range(at - 1, max(at - 1 - BEFORE, -1), -1):
        if parts(text, words[place], words[place + 1]):
            break
        word = words[place].text
        if word in _listed("among") or (place == at - 1 and word in _listed("ordinals")):
            return place, True
        if word == "of" and place and (words[place - 1].text in _listed("of_several") or words[place - 1].figure):
            return place - 1, True
        if word in _listed("shy"):
            return place, True
    return (at - 1 if at and words[at - 1].text == "the" else at), False


def compare_ranks(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find what the claim puts first where the source has it as one of several, and the reverse.

    Rules: MOD-STRENGTH-UP, MOD-STRENGTH-DOWN.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.
    """
    for ours in read_ranks(claim.text):
        faced = [
            (theirs, passage)
            for passage in passages[:READ]
            for theirs in read_ranks(passage.text)
            if theirs.name == ours.name and _is_one_thing(ours, theirs)
        ]
        if faced and all(theirs.several != ours.several for theirs, _ in faced):
            theirs, passage = faced[0]
            outcome = "strength_down" if ours.several else "strength_up"
            own = Cued("ranked_among" if ours.several else "ranked_first", False, False, ours.span)
            other = Cued("ranked_among" if theirs.several else "ranked_first", False, False, theirs.span)
            yield modality_finding(outcome, claim, own, (passage, other))


def _is_one_thing(ours: Rank, theirs: Rank) -> bool:
    """Say whether the same is ranked, among the same: sentences that share the thing and what it is ranked in."""
    if not ours.thing & theirs.thing:
        return False
    left_out = ours.thing | theirs.thing
    own, official = ours.statement.told, theirs.statement.told
    shared = sum(weight for key, weight in own.items() if key in official and key not in left_out and weight >= 1)
    return shared >= LEAST_SHARED
