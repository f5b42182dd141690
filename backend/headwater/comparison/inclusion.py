"""What is part of something or comes free with it, and what is not: "the fare includes meals", "guests pay for meals".

The thing may stand on either side of its verb, so these statements are set side by side by the thing they are about,
not by the verb or by the subject.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from headwater.comparison.polarity_evidence import bound_otherwise
from headwater.comparison.statements import TEXTS_REMEMBERED, Statement, Term, read_statements
from headwater.comparison.telling import HEAVY, key_of
from headwater.domain.facts import Annotated
from headwater.domain.spans import Span
from headwater.extraction.modality_cues import listed

READ = 2  # passages: one thing is part of many others
THING = 4  # content words that name the claim's thing
HELD = 0.6  # share of them that the official thing must hold
LISTED = 60  # words after "including" in which its list may go on
_STOPS = frozenset(",;:()–—\n")


@dataclass(frozen=True, slots=True)
class Inclusion:
    """A thing that is part of something, or is not.

    Args:
        within: Whether it is.
        head: Keys of the words next to the verb: what the thing is called.
        around: Keys of all that may belong to it: a list, or the whole subject.
        span: Of the words that say so.
        statement: The sentence.
    """

    within: bool
    head: tuple[str, ...]
    around: frozenset[str]
    span: Span
    statement: Statement


@cache
def _patterns() -> tuple[tuple[bool, bool, re.Pattern[str]], ...]:
    """Return whether each says "within", whether the thing comes after, and the pattern; denials first."""
    table = tomllib.loads(Path(__file__).with_name("inclusion.toml").read_text("utf-8"))
    return tuple(
        (side == "within", place == "after", re.compile("|".join(table[side][place]["patterns"]), re.IGNORECASE))
        for side in ("without", "within")
        for place in ("after", "before")
    )


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_inclusions(text: str) -> tuple[Inclusion, ...]:
    """Return what a text says is part of something, or is not.

    Args:
        text: Working text.
    """
    return tuple(found for statement in read_statements(text) for found in _read(text, statement))


def _read(text: str, statement: Statement) -> Iterator[Inclusion]:
    taken: list[Span] = []
    for within, after, pattern in _patterns():
        for found in pattern.finditer(text, statement.span.start, statement.span.end):
            span = Span(*found.span())
            if any(span.overlaps(other) for other in taken):
                continue
            taken.append(span)
            words = _beside(statement.words, span, after=after)
            head = _head(text, words if after else words[::-1])
            if head:
                around = frozenset(key for word in words if (key := key_of(word)))
                yield Inclusion(within, head, around, span, statement)


def _beside(words: Sequence[Term], span: Span, *, after: bool) -> Sequence[Term]:
    if after:
        return [word for word in words if word.span.start >= span.end][:LISTED]
    return [word for word in words if word.span.end <= span.start]


def _head(text: str, words: Sequence[Term]) -> tuple[str, ...]:
    """Return the content words next to the verb, up to a mark or a word that joins another thing."""
    keys: list[str] = []
    for place, word in enumerate(words):
        if place and _parted(text, words[place - 1], word):
            break
        if keys and (word.text in {"and", "or", "but"} or word.text in listed("prepositions") - {"of", "on"}):
            break
        if word.key and word.weight >= HEAVY:
            keys.append(word.key)
    return tuple(keys[:THING])


def _parted(text: str, one: Term, other: Term) -> bool:
    first, second = sorted((one.span, other.span))
    return not _STOPS.isdisjoint(text[first.end : second.start])


def deny_inclusion(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[tuple[Inclusion, Inclusion, Annotated]]:
    """Yield the things that the claim puts inside and the source outside, or the reverse, with the passage.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.

    Examples:
        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts())
        >>> fare = text("The fare covers a berth and meals.")
        >>> [ours.within for ours, _, _ in deny_inclusion(text("Passengers must pay for their own meals."), [fare])]
        [False]
        >>> list(deny_inclusion(text("Passengers must pay for their own drinks."), [fare]))
        []
    """
    for ours in read_inclusions(claim.text):
        facing = [
            (theirs, passage)
            for passage in passages[:READ]
            for theirs in read_inclusions(passage.text)
            if _is_same_thing(ours, theirs)
            and not bound_otherwise((claim, ours.statement), (passage, theirs.statement))
        ]
        if facing and all(theirs.within != ours.within for theirs, _ in facing):
            yield ours, *facing[0]
            return


def _is_same_thing(ours: Inclusion, theirs: Inclusion) -> bool:
    held = sum(key in theirs.around for key in ours.head)
    named = ours.head[0] in theirs.around or theirs.head[0] in ours.head
    return held >= HELD * len(ours.head) and named and not ours.statement.figures - theirs.statement.figures
