"""How many of some things, and which in order: "every academy" for "academies largely", "the second" for "the first".

What is said of them may be reworded, but the thing counted has to be the same, and the sentences must share two more.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.opposed import content_of, shared_terms
from headwater.comparison.statements import EVIDENCE, MOST_FACED, TEXTS_REMEMBERED, Statement, Term, read_statements
from headwater.comparison.telling import HEAVY, parts
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.domain.spans import Span
from headwater.extraction.modality_cues import BE
from headwater.extraction.modality_cues import listed as cue_words

READ = 2  # passages
GROUP = 4  # words of a noun group after its quantifier
LONGEST = 5  # words of a quantifier
REACH = 3  # words between a noun and the adverb that says of how many of them it holds
LEAST_SHARED = 2  # content words beside what is counted
HELD = 0.5  # share of the claim's sentence that the official one holds
ORDER = ("none", "few", "some", "most", "nearly", "all")
NAMES = {step: "of_nearly_all" if step == "nearly" else f"of_{step}" for step in ORDER}


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some things a sentence speaks of, or which of them in order.

    Args:
        step: "all", "nearly", "most", "some", "few", "none", or a place: "first", "second".
        thing: The noun.
        statement: The sentence.
        span: Of the words with the noun.
    """

    step: str
    thing: Term
    statement: Statement
    span: Span


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("shares.toml").read_text("utf-8"))


@cache
def _quantifiers() -> Mapping[tuple[str, ...], str]:
    return {tuple(one.split()): step for step, written in _table()["steps"].items() for one in written}


@cache
def _listed(section: str, name: str) -> frozenset[str]:
    found = _table()[section][name]
    return frozenset(found if isinstance(found, list) else found.split())


@cache
def _places() -> Mapping[str, str]:
    return {word: word for name in ("one", "later", "last") for word in _table()["places"][name]}


def compare_shares(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find what the claim says of other shares of the same things than the source, or of another one in order.

    Rules: MOD-STRENGTH-UP, MOD-STRENGTH-DOWN.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.
    """
    if claim.facts.quotations or not passages:
        return
    for read, apart in ((read_shares, _cannot_pass), (read_places, _other_place)):
        for ours in islice(read(claim.text), MOST_FACED):
            alike = [
                (theirs, passage)
                for passage in passages[:EVIDENCE]
                for theirs in read(passage.text)
                if theirs.step == ours.step
                and shared_terms([ours.thing], [theirs.thing] if ours.step in ORDER else content_of(theirs.statement))
            ]
            faced = next(_facing(ours, passages, read, apart), None) if not alike else None
            if faced is not None:
                yield _finding(claim, ours, *faced)
                return


def _facing(ours: Share, passages: Sequence[Annotated], read: Any, apart: Any) -> Iterator[tuple[Share, Annotated]]:
    own = [w for w in content_of(ours.statement) if w is ours.thing or not ours.span.contains(w.span)]
    for passage in passages[:READ]:
        for theirs in islice(read(passage.text), MOST_FACED):
            if not apart(ours, theirs):
                continue
            official = content_of(theirs.statement)
            beside = [w for w in shared_terms(own, official) if w.key != ours.thing.key]
            if len(beside) >= min(LEAST_SHARED, max(1, len(own) - 2)) and len(beside) + 1 >= HELD * len(
                {w.key for w in own}
            ):
                yield theirs, passage


def _cannot_pass(ours: Share, theirs: Share) -> bool:
    same = bool(shared_terms([ours.thing], [theirs.thing]))
    return same and theirs.step in _listed("apart", ours.step)


def _other_place(ours: Share, theirs: Share) -> bool:
    return (
        "first" in {ours.step, theirs.step}
        and ours.step != theirs.step
        and bool(
            shared_terms([ours.thing], content_of(theirs.statement))
            or shared_terms([theirs.thing], content_of(ours.statement))
        )
    )


def _finding(claim: Annotated, ours: Share, theirs: Share, passage: Annotated) -> Finding:
    if ours.step in ORDER:
        up = ORDER.index(ours.step) > ORDER.index(theirs.step)
        own, official = NAMES[ours.step], NAMES[theirs.step]
    else:
        up = ours.step == "first"
        own, official = ("ranked_first" if one.step == "first" else "ranked_later" for one in (ours, theirs))
    outcome = "strength_up" if up else "strength_down"
    there = (passage, Cued(official, False, False, theirs.span))
    return modality_finding(outcome, claim, Cued(own, False, False, ours.span), there)


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_shares(text: str) -> tuple[Share, ...]:
    """Return of how many things a text speaks, in order.

    Args:
        text: Working text.
    """
    return tuple(share for statement in read_statements(text) for share in _read_shares(text, statement))


def _read_shares(text: str, statement: Statement) -> Iterator[Share]:
    words, read = statement.words, 0
    for at in range(len(words)):
        step, length = _quantifier(words, at)
        if at < read:
            continue  # "all but a few": no few
        if not step or (at and words[at - 1].text in {"not", "almost", "nearly", "above", "of", "at", "virtually"}):
            yield from _largely(statement, at)
            yield from _restricted(text, statement, at)
            continue
        thing, read = _thing(text, words, at + length), at + length
        if thing is not None:
            place = _place_of(words, thing)
            if step == "all" and _is_narrowed(text, words, at + length, place):
                step = "some"
            yield Share(step, thing, statement, Span(words[at].span.start, thing.span.end))


@cache
def _openers() -> frozenset[str]:
    """First words of quantifiers: hardly any other word has to be looked at."""
    return frozenset(written[0] for written in _quantifiers())


def _quantifier(words: Sequence[Term], at: int) -> tuple[str, int]:
    if words[at].text not in _openers():
        return "", 0
    for length in range(min(LONGEST, len(words) - at), 0, -1):
        step = _quantifiers().get(_plain(tuple(word.text for word in words[at : at + length])))
        if step:
            return step, length
    return "", 0


def _plain(written: tuple[str, ...]) -> tuple[str, ...]:
    """Return a quantifier without its adjective: "a vast majority of"; a small number is its own."""
    adjective = len(written) == LONGEST - 1 and written[0] in {"a", "the"} and written[1] in _listed("sizes", "any")
    return (written[0], *written[2:]) if adjective else written


def _of_age(words: Sequence[Term], at: int) -> Term | None:
    """Return people of an age as one thing: "over-65s", "those aged over 65", "everyone over 65"."""
    place = at
    while place < min(at + GROUP, len(words) - 1) and words[place].text in _listed("ages", "before"):
        place += 1
    side = words[place].text if place < len(words) - 1 else ""
    years = words[place + 1].text.removesuffix("s") if side in {"over", "under"} else ""
    if not years.isdigit():
        return None
    start, end = words[place].start, words[place + 1].end
    return words[place + 1]._replace(key=f"#{side} {years}", start=start, end=end, weight=HEAVY, figure=False)


def _thing(text: str, words: Sequence[Term], at: int) -> Term | None:
    """Return the last content word of the noun group that begins here."""
    found = _of_age(words, at)
    if found is not None:
        return found
    for place in range(at, min(at + GROUP, len(words))):
        word = words[place]
        if place > at and parts(text, words[place - 1], word):
            break
        if word.text in cue_words("determiners") or word.text in {"of", "the"}:
            continue
        if word.figure or word.text in cue_words("prepositions") or word.text in BE or not word.key:
            break
        if word.weight < HEAVY or (found is not None and word.text.endswith(("ed", "ing"))):
            break
        found = word
        if word.text.endswith("s") and not word.text.endswith("ss"):
            break
    return found


def _place_of(words: Sequence[Term], thing: Term) -> int:
    return next(i for i, word in enumerate(words) if word.span.end == thing.span.end)


def _is_narrowed(text: str, words: Sequence[Term], first: int, place: int) -> bool:
    before = {word.text for word in words[first:place]}
    if not before.isdisjoint(_listed("narrowed", "before")):
        return True
    if place + 1 >= len(words) or text[words[place].span.end : words[place + 1].span.start].strip():
        return False  # "states, which": all of them
    return words[place + 1].text in _listed("narrowed", "after")


def _largely(statement: Statement, at: int) -> Iterator[Share]:
    words = statement.words
    linked = at > 0 and words[at - 1].text in BE | {"have", "has"}
    if not linked or words[at].text not in _listed("largely", "most"):
        return
    nouns = [w for w in words[max(0, at - REACH) : at] if w.key and w.weight >= HEAVY]
    if nouns:
        yield Share("most", nouns[-1], statement, Span(nouns[-1].span.start, words[at].span.end))


def _restricted(text: str, statement: Statement, at: int) -> Iterator[Share]:
    """Yield things that a clause right behind narrows: "in states which recycle less than 70 percent"."""
    words = statement.words
    if words[at].text not in {"in", "to", "for", "on", "at"} or at + 1 >= len(words):
        return
    thing = _thing(text, words, at + 1)
    if thing is not None and thing.text.endswith("s"):
        place = _place_of(words, thing)
        if _is_narrowed(text, words, at + 1, place):
            span = Span(thing.span.start, words[min(place + 1, len(words) - 1)].span.end)
            yield Share("some", thing, statement, span)


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_places(text: str) -> tuple[Share, ...]:
    """Return what a text has as the first, the second and so on, in order.

    Args:
        text: Working text.
    """
    return tuple(place for statement in read_statements(text) for place in _read_places(text, statement))


def _says_which(words: Sequence[Term], at: int) -> bool:
    """Say whether a place is said of something rather than naming it: "is the first to", "its first woman"."""
    before = [word.text for word in words[max(0, at - 2) : at]]
    if words[at + 1].text == "time" or before[-1:] in (["its"], ["their"], ["his"], ["her"], ["our"]):
        return True
    return before[-1:] in (["the"], ["a"], ["only"]) and before[0] in BE | _listed("places", "linking")


def _read_places(text: str, statement: Statement) -> Iterator[Share]:
    words = statement.words
    for at, word in enumerate(words[:-1]):
        step = _places().get(word.text)
        if not step or word.named or words[at + 1].text in _listed("places", "not_before"):
            continue
        ranked = words[at + 1].text.endswith("est") or words[at + 1].text in {"most", "least"}  # "the second fastest"
        if ranked or parts(text, word, words[at + 1]) or not _says_which(words, at):
            continue
        thing = _thing(text, words, at + 1)
        if words[at + 1].text == "time":
            nouns = content_of(statement)
            thing = max(nouns, key=lambda noun: noun.weight) if nouns else None
        if thing is not None and not thing.named:
            yield Share(step, thing, statement, Span(word.span.start, max(thing.span.end, words[at + 1].span.end)))
        elif thing is not None and words[at + 1].text == "time":
            yield Share(step, thing, statement, Span(word.span.start, words[at + 1].span.end))
