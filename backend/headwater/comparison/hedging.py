"""Hedges of whole sentences: what the source says may be so, seems so or is expected, told here as certain.

The verbs of the two sentences need not be the same. What is asked instead: the official sentence holds what the
claim's is about, its hedge governs that very part of it, the claim has no word of its own that holds back, and no other
official sentence says the same plainly.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.modality_rules import DONE, STATED
from headwater.comparison.statements import Term, event, listed, read_statements
from headwater.comparison.telling import HEAVY, Part, Telling, clause_around, key_of, read_parts, tellings
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.domain.spans import Span
from headwater.extraction.modality import Predicate

READ = 3  # passages: a hedge of a farther one is hardly of the same thing
TRIED = 3  # official sentences, those that tell most of the claim's part
TELLS = 0.5  # share of the claim's part that the official sentence holds
TELLS_FIRST = 0.4  # and where it stands in the passage that the claim was aligned to
LEAST_SHARED = 3  # content words in both
GOVERNED = 2  # of them in the clause of the hedge
WORTH_REACH = 9  # words behind an opinion in which what it is of begins: "that it is a very good thing that"
SUBJECT = 3  # content words before a hedge among which its subject stands
CUES = {"possible": "may", "seeming": "seeming", "expected": "expected"}


@dataclass(frozen=True, slots=True)
class _Hedge:
    """A hedge of an official sentence: its tier, its span, and where its scope begins."""

    tier: str
    span: Span
    at: int


@cache
def _table() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return the hedges by their first word, longest first, each with its tier."""
    rows = tomllib.loads(Path(__file__).with_name("hedging.toml").read_text("utf-8"))
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for tier in CUES:
        for written in rows[tier]:
            words = tuple(written.split())
            found.setdefault(words[0], []).append((words, tier))
    return {first: tuple(sorted(group, key=lambda one: -len(one[0]))) for first, group in found.items()}


@cache
def _held_back() -> frozenset[str]:
    rows = tomllib.loads(Path(__file__).with_name("hedging.toml").read_text("utf-8"))
    return frozenset(str(rows["held_back"]).split())


def compare_hedging(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find what the claim tells as certain where the source holds back.

    Rules: MOD-HEDGE-DROPPED, MOD-STRENGTH-UP.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.
    """
    if claim.facts.quotations:
        return  # somebody's own words are the quotation lane's
    for part in _told(claim):
        if not part.is_whole or holds_back(part.words) or _is_hoped(part):
            continue
        found = sorted(tellings(part.words, passages[:READ]), key=lambda one: -one.coverage)
        hedged = _hedged(part, found, passages)
        if hedged is not None:
            yield _finding(claim, part, *hedged)
            return


def _told(claim: Annotated) -> Iterator[Part]:
    """Yield the parts of a claim, and whole those sentences that tell no event: "the ploy works only where it pays"."""
    found = list(read_parts(claim))
    yield from found
    telling = {part.statement.span for part in found if part.is_whole}
    for statement in read_statements(claim.text):
        if statement.span not in telling:
            yield Part(None, statement, statement.words)


def _is_hoped(part: Part) -> bool:
    """Say whether the sentence itself holds back what a part of it says will be: "she hopes that it will open"."""
    return part.predicate is not None and any(
        word.span.end <= part.predicate.cue_span.start and word.event in _hoping() for word in part.statement.words
    )


@cache
def _hoping() -> frozenset[str]:
    return frozenset(event(word) for word in listed("hoping"))


def holds_back(words: Sequence[Term]) -> bool:
    """Say whether one of some words holds back: "may", "seems", "some".

    Args:
        words: Of a statement.
    """
    return any(word.text in _held_back() for word in words) or next(_hedges(words), None) is not None


def _hedged(part: Part, found: Sequence[Telling], passages: Sequence[Annotated]) -> tuple[Telling, _Hedge] | None:
    """Return the official sentence that tells the claim's, with its hedge, where none tells the same plainly."""
    for telling in found[:TRIED]:
        if (
            not _tells(telling, first=telling.passage is passages[0])
            or part.statement.figures - telling.statement.figures
        ):
            continue
        for hedge in _hedges(telling.statement.words):
            governed = _governed(hedge, telling)
            if governed and _is_firmer(part, hedge) and not _is_plain_elsewhere(governed, telling, found):
                return telling, hedge
    return None


def _tells(telling: Telling, *, first: bool) -> bool:
    if first:  # retrieval has bound the claim to it
        return telling.coverage >= TELLS_FIRST and sum(telling.shared.values()) >= LEAST_SHARED - 0.5
    return telling.coverage >= TELLS and telling.heavy >= LEAST_SHARED


def _is_firmer(part: Part, hedge: _Hedge) -> bool:
    """Say whether what the claim says is firmer than the hedge: "should" and hopes are held against "will" alone."""
    cue = part.predicate.cue.name if part.predicate is not None else STATED
    if part.predicate is not None and part.predicate.negated:
        return False
    if cue == "will":
        return not {"will", "'ll"}.isdisjoint(word.text for word in part.words) or hedge.tier == "possible"
    return cue in {DONE, STATED} and hedge.tier != "expected"


def _is_plain_elsewhere(governed: frozenset[str], hedged: Telling, found: Sequence[Telling]) -> bool:
    """Say whether another official sentence holds what is hedged here, and does not hedge it."""
    return any(
        governed <= telling.shared.keys() and not any(_governed(h, telling) for h in _hedges(telling.statement.words))
        for telling in found
        if telling.statement is not hedged.statement
    )


def _hedges(words: Sequence[Term]) -> Iterator[_Hedge]:
    for at, word in enumerate(words):
        for phrase, tier in _table().get(word.text, ()):
            standing = tuple(one.text for one in words[at : at + len(phrase)]) == phrase
            if standing and not _is_month(words, at) and not _is_noun(words, at):
                last = at + len(phrase) - 1
                forbids = tier == "possible" and last + 1 < len(words) and words[last + 1].text == "not"
                if not forbids and not _is_of_its_worth(words, last + 1):
                    yield _Hedge(tier, Span(word.span.start, words[last].span.end), last + 1)
                break


def _is_of_its_worth(words: Sequence[Term], at: int) -> bool:
    """Say whether an opinion is of a fact's worth, not of the fact: "I think that it is right that the ban will"."""
    following = [word.text for word in words[at : at + WORTH_REACH]]
    following = following[1:] if following[:1] == ["that"] else following
    told = following[:1] in (["it"], ["this"], ["that"]) and following[1:2] in (["is"], ["was"], ["'s"])
    judged = [word for word in following[2:] if word not in {"very", "a", "an", "the", "only", "so", "also", "good"}]
    return told and len(judged) > 1 and "that" in judged[1:3]


def _is_month(words: Sequence[Term], at: int) -> bool:
    """Say whether "May" is the month."""
    if words[at].text != "may":
        return False
    around = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
    return words[at].named or any(word.figure for word in around) or (at > 0 and words[at - 1].text in {"in", "since"})


def _is_noun(words: Sequence[Term], at: int) -> bool:
    """Say whether a word is the noun or adjective of another thing: "the potential of", "as likely", "not expected"."""
    before = words[at - 1].text if at else ""
    after = words[at + 1].text if at + 1 < len(words) else ""
    if words[at].text in {"likely", "possible", "expected", "forecast"}:
        return before in {"more", "as", "less", "most", "least", "not", "than", "where", "if", "when", "soon", "far"}
    return words[at].text in {"target", "goal", "aim", "hope", "ambition", "potential"} and after not in {
        "to",
        "of",
        "is",
    }


def _governed(hedge: _Hedge, telling: Telling) -> frozenset[str]:
    """Return the claim's content that a hedge governs: what follows it in its clause, with the subject before it."""
    words, text = telling.statement.words, telling.passage.text
    if hedge.at >= len(words):
        return frozenset()
    _, end = clause_around(text, words, hedge.at)
    first, _ = clause_around(text, words, hedge.at - 1)
    own = [word for word in words[first : hedge.at] if word.span.end <= hedge.span.start]  # "it appears that"
    before = [word for word in own if word.key and word.weight >= HEAVY]
    if before and not any(word.key in telling.ours for word in before[-SUBJECT:]):
        return frozenset()  # somebody else's doing
    inside = {key_of(word) for word in words[hedge.at : end]} & telling.shared.keys()
    heavy = frozenset(key for key in inside if telling.shared[key] >= HEAVY)
    around = {key_of(word) for word in words[first:end]} & telling.shared.keys()
    enough = len(around) >= GOVERNED and 2 * _sum(telling, around) >= _sum(telling, telling.shared)
    return heavy if heavy and enough else frozenset()


def _sum(telling: Telling, keys: Iterable[str]) -> float:
    return sum(telling.shared[key] for key in keys)


def _finding(claim: Annotated, part: Part, telling: Telling, hedge: _Hedge) -> Finding:
    name = part.predicate.cue.name if part.predicate is not None else STATED
    outcome = "strength_up" if name not in {DONE, STATED} else "hedge_dropped"
    theirs = Cued(CUES[hedge.tier], False, False, hedge.span)
    ours = Cued(name, False, False, _shown(part.predicate, part.words))
    return modality_finding(outcome, claim, ours, (telling.passage, theirs))


def _shown(governing: Predicate | None, words: Sequence[Term]) -> Span:
    """Return the words to point at: the verb with its cue, or the whole sentence."""
    if governing is None:
        return Span(words[0].span.start, words[-1].span.end)
    return Span(min(governing.cue_span.start, governing.span.start), max(governing.cue_span.end, governing.span.end))
