"""How far one sentence tells what another does: shared content, figures and years, whatever the verbs.

A reporter's sentence seldom keeps the official verb. What it keeps is what the sentence is about: its nouns, its names,
its figures. The words that report who says so ("officials said that") are left out of the reckoning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from headwater.comparison.statements import TEXTS_REMEMBERED, Statement, Term, listed, read_statements
from headwater.domain.facts import Annotated
from headwater.extraction.modality import Predicate, read_predicates

FIGURE, SHORT_FIGURE = 1.5, 0.5  # a figure of two digits tells more than a noun; a single digit is anywhere
HEAVY = 1.0  # weight from which a word is content, and not one of any sentence
SUBJECT_REACH = 6  # words after "and" in which another subject has its verb
DIGITS = 2  # digits of a figure that tells something


@dataclass(frozen=True, slots=True)
class Telling:
    """What a claim's sentence shares with an official one.

    Args:
        statement: The official one.
        passage: Where it stands.
        shared: Keys that both hold, with what they weigh.
        coverage: Share of the claim's sentence, by weight, from 0 to 1.
        ours: All keys of the claim's sentence.
    """

    statement: Statement
    passage: Annotated
    shared: Mapping[str, float]
    coverage: float
    ours: Mapping[str, float]

    @property
    def heavy(self) -> int:
        """Shared keys that are content."""
        return sum(weight >= HEAVY for weight in self.shared.values())


def key_of(word: Term) -> str:
    """Return what a word is compared by here: figures, months and days of the week count too.

    Args:
        word: Of a statement.
    """
    if word.figure or word.text in _DAYS:
        return f"#{word.event}"
    return word.key


def keys_of(words: Sequence[Term]) -> dict[str, float]:
    """Return the keys of some words with what they weigh.

    Args:
        words: Of a statement.
    """
    following = [*(word.text for word in words[1:]), ""]
    return {key: _weight(word, after) for word, after in zip(words, following, strict=False) if (key := key_of(word))}


def _weight(word: Term, after: str) -> float:
    if not word.figure:
        return HEAVY if word.text in _DAYS else word.weight
    return FIGURE if sum(map(str.isdigit, word.event)) >= DIGITS or after in _SCALES else SHORT_FIGURE


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_keyed(text: str) -> tuple[tuple[Statement, Mapping[str, float]], ...]:
    """Return the statements of a text, each with its keys and what they weigh.

    Args:
        text: Working text.
    """
    return tuple((statement, keys_of(statement.words)) for statement in read_statements(text))


@dataclass(frozen=True, slots=True)
class Part:
    """A verb of the claim with its own part of the sentence, and with the subject where that is set apart.

    Args:
        predicate: The verb with its cue; None for a part without one, kept where it is the whole or holds a figure.
        statement: The whole sentence.
        words: Of the part.
    """

    predicate: Predicate | None
    statement: Statement
    words: tuple[Term, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it is a statement of its own: it has a verb, or is the whole sentence."""
        return self.predicate is not None or len(self.words) == len(self.statement.words)


def read_parts(claim: Annotated) -> Iterator[Part]:
    """Yield the parts of a claim that tell an event each, in order.

    Args:
        claim: The text in hand.
    """
    governed = {predicate.span.start: predicate for predicate in read_predicates(claim.text) if predicate.direct}
    for statement in read_statements(claim.text):
        pieces = list(_pieces(claim, statement.words, governed))
        subject: tuple[Term, ...] = ()
        for piece in pieces:
            predicate = next((governed[w.start] for w in piece if w.start in governed), None)
            begins = predicate is not None and piece[0].span.start >= predicate.cue_span.start
            words = (*subject, *piece) if begins else piece
            if predicate is not None or len(pieces) == 1 or any(word.figure for word in piece):
                yield Part(predicate, statement, words)
            subject = subject or piece


def _pieces(claim: Annotated, words: Sequence[Term], governed: Mapping[int, Predicate]) -> Iterator[tuple[Term, ...]]:
    """Part a sentence at its marks, at words that open a clause, and at "and" before another subject with its verb."""
    start = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or _ends(claim.text, words, (start, at), governed):
            piece = tuple(word for word in words[start:at] if word.text not in {"and", "but"})
            if piece:
                yield piece
            start = at


def _ends(text: str, words: Sequence[Term], piece: tuple[int, int], governed: Mapping[int, Predicate]) -> bool:
    start, at = piece
    if parts(text, words[at - 1], words[at]):
        return True
    if words[at].text not in {"and", "but"}:
        return False
    if start == 0 and not any(word.start in governed for word in words[:at]):
        return False  # "pubs and bars must close": two of one verb
    for later in range(at + 1, min(at + 1 + SUBJECT_REACH, len(words))):
        predicate = governed.get(words[later].start)
        if predicate is not None:
            return predicate.cue_span.start > words[at + 1].span.start  # a subject stands between
    return False


def tellings(words: Sequence[Term], passages: Sequence[Annotated]) -> Iterator[Telling]:
    """Yield every official sentence that shares content with the words of a claim's.

    Args:
        words: Of the claim's sentence.
        passages: Official passages.
    """
    ours = keys_of(words)
    total = sum(ours.values())
    for passage in passages if total else ():
        for statement, theirs in read_keyed(passage.text):
            shared = {key: weight for key, weight in ours.items() if key in theirs}
            if shared:
                yield Telling(statement, passage, shared, sum(shared.values()) / total, ours)


def clause_around(text: str, words: Sequence[Term], at: int) -> tuple[int, int]:
    """Return the range of words, half-open, of the clause that a word stands in.

    Args:
        text: That the words are of.
        words: Of the sentence.
        at: Index of the word.
    """
    first, end, openers = at, at + 1, _openers()
    while first > 0 and not _part(text, words[first - 1].end, words[first], openers):
        first -= 1
    while end < len(words) and not _part(text, words[end - 1].end, words[end], openers):
        end += 1
    return first, end


def parts(text: str, word: Term, following: Term) -> bool:
    """Say whether a clause ends between two words that follow each other.

    Args:
        text: That the words are of.
        word: The one before.
        following: The next one.
    """
    return _part(text, word.end, following, _openers())


def _part(text: str, end: int, following: Term, openers: frozenset[str]) -> bool:
    gap = text[end : following.start]
    return (gap != " " and not _MARKS.isdisjoint(gap)) or following.text in openers


@cache
def _openers() -> frozenset[str]:
    return listed("clause_openers") - {"that"}


_MARKS = frozenset(',;:()–—\n“”"')
_SCALES = frozenset({"million", "billion", "trillion", "thousand", "per", "percent", "m", "bn"})
# "May" is left out: it is a verb more often than a month.
_DAYS = frozenset(
    {"january", "february", "march", "april", "june", "july", "august", "september", "october", "november"}
    | {"december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
