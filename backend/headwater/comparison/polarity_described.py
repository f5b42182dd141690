"""How one thing is described: "peaceful protests", "protests that turned violent"; "smaller falls", "steeper falls".

An adjective is read with the noun it belongs to, before it or through a linking verb; two that exclude each other are
set against each other where they are said of one thing in sentences that share something else too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from headwater.comparison.polarity_reading import Pointing, axes
from headwater.comparison.same_clause import tell_other_periods
from headwater.comparison.statements import TEXTS_REMEMBERED, Statement, Term, read_statements
from headwater.comparison.telling import HEAVY, keys_of, parts
from headwater.domain.facts import Annotated
from headwater.domain.spans import Span
from headwater.extraction.modality_cues import listed
from headwater.extraction.verbs import verb_base

READ = 3  # passages
MOVEMENT = "rise or fall"  # the axis whose nouns are things too: "the falls"
GROUP = 4  # words of a noun group after its adjective
LINK_REACH = 3  # words between a linking verb and its adjective: "have often turned very violent"
SUBJECT_REACH = 7  # words between a noun and its linking verb: "protests that have often turned"
COMPARED = 2  # lines of the table that say nothing without what a thing is compared with
LEAST_SHARED = 1.0  # by weight, beside the thing
LEAST_FARTHER = 2.0  # and in a passage that the claim was not aligned to
_PASSED = frozenset({"that", "which", "have", "has", "had", "will", "would", "often", "also", "both", "not"})
_DENYING = frozenset({"not", "no", "never", "less", "n't", "without", "nor", "neither", "hardly"})


@dataclass(frozen=True, slots=True)
class Described:
    """An adjective with the nouns it belongs to; `pair` and `side` say which line of the table, and where on it."""

    pair: int
    side: int
    things: frozenset[str]
    pointing: Pointing


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("polarity_described.toml").read_text("utf-8"))


@cache
def _sides() -> Mapping[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for pair, line in enumerate(_table()["sides"]):
        for side, words in zip((1, -1), line.split("/"), strict=True):
            for word in words.split():
                found.setdefault(word, (pair, side))
    return found


@cache
def _linking() -> frozenset[str]:
    return frozenset(str(_table()["linking"]).split())


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_described(text: str) -> tuple[Described, ...]:
    """Return the adjectives of a text that have opposites, each with the things it is said of.

    Args:
        text: Working text.
    """
    return tuple(one for statement in read_statements(text) for one in _read(text, statement))


def _read(text: str, statement: Statement) -> Iterator[Described]:
    words = statement.words
    for at, word in enumerate(words):
        if word.text not in _sides() or not _DENYING.isdisjoint(w.text for w in words[max(0, at - 3) : at]):
            continue
        things = _after(text, words, at)
        things = things or _before(text, words, at)
        if things:
            pair, side = _sides()[word.text]
            span = Span(min(word.span.start, things[0].span.start), max(word.span.end, things[-1].span.end))
            place = statement.place(at)
            yield Described(pair, side, frozenset(map(_thing, things)), Pointing(place, "", "", side, False, span))


def _thing(word: Term) -> str:
    return word.key or word.event


def _is_thing(word: Term) -> bool:
    """Say whether a word names a thing: content, or a movement ("the falls")."""
    if word.figure or word.text in listed("determiners") or word.text in listed("prepositions"):
        return False
    if word.text.endswith(("ed", "ly")) or word.named:
        return False
    movement = not word.key and axes().get(verb_base(word.text), ("",))[0] == MOVEMENT
    return word.weight >= HEAVY or movement


def _after(text: str, words: Sequence[Term], at: int) -> list[Term]:
    group: list[Term] = []
    for place in range(at + 1, min(at + 1 + GROUP, len(words))):
        word = words[place]
        if parts(text, words[place - 1], word) or word.text in listed("prepositions") or word.text in _linking():
            break
        if _is_thing(word) and word.text not in _sides():
            group.append(word)
    return group[-1:]


def _before(text: str, words: Sequence[Term], at: int) -> list[Term]:
    """Return the noun that a linking verb describes: "protests that have often turned violent"."""
    link = next((p for p in range(at - 1, max(at - 1 - LINK_REACH, -1), -1) if words[p].text in _linking()), None)
    if link is None or any(parts(text, words[p - 1], words[p]) for p in range(link + 1, at + 1)):
        return []
    return _subject(text, words, link)


def _subject(text: str, words: Sequence[Term], link: int) -> list[Term]:
    """Return the noun before a linking verb; what a preposition puts in between is passed over."""
    place = link - 1
    while place >= max(0, link - SUBJECT_REACH):
        if not {",", ";", ":"}.isdisjoint(text[words[place].span.end : words[place + 1].span.start]):
            return []
        before = place - 1 - (place > 1 and words[place - 1].text in listed("determiners"))
        if words[place].text not in _PASSED and before >= 0 and words[before].text in listed("prepositions"):
            place = before - 1
            continue
        if _is_thing(words[place]):
            return [words[place]]
        if words[place].text not in _PASSED and words[place].text not in _linking():
            return []
        place -= 1
    return []


def describe_otherwise(
    claim: Annotated, passages: Sequence[Annotated]
) -> Iterator[tuple[Pointing, Pointing, Annotated]]:
    """Yield what the claim describes as the reverse of what the source does, with the passage.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.

    Examples:
        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts())
        >>> official = text("Leeds saw peaceful protests over the fare.")
        >>> len(list(describe_otherwise(text("Protests in Leeds often turned violent."), [official])))
        1
        >>> list(describe_otherwise(text("Protests in Leeds were orderly."), [official]))
        []
    """
    own = read_described(claim.text)
    official = [(one, passage) for passage in passages[:READ] for one in read_described(passage.text)] if own else []
    for ours in own:
        faced = [(one, passage) for one, passage in official if one.pair == ours.pair and one.things & ours.things]
        faced = [
            (one, passage)
            for one, passage in faced
            if _is_shared((claim, ours), (passage, one), first=passage is passages[0])
        ]
        if faced and all(one.side != ours.side for one, _ in faced):
            yield ours.pointing, faced[0][0].pointing, faced[0][1]
            return


def _is_shared(ours: tuple[Annotated, Described], theirs: tuple[Annotated, Described], *, first: bool) -> bool:
    (claim, own), (passage, other) = ours, theirs
    statement, official = own.pointing.place.statement, other.pointing.place.statement
    compared = [any(word.text == "than" for word in one.words) for one in (statement, official)]
    if own.pair < COMPARED and not all(compared):
        return False  # larger than what?
    if tell_other_periods((claim, statement), (passage, official)):
        return False
    if statement.names - official.told.keys() and official.names - statement.told.keys():
        return False
    mine, held = keys_of(statement.words), keys_of(official.words)
    shared = sum(w for key, w in mine.items() if key in held and key not in own.things and w >= HEAVY)
    return shared >= (LEAST_SHARED if first else LEAST_FARTHER)
