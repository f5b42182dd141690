"""Statements set side by side: the words of a sentence, those near a place in it, and how far two places agree.

The lanes of modality, polarity and terms compare one word of the claim with one of the source. They do so only where
the two stand in the same statement, and this module says how far they do.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from headwater.comparison.contexts import sentences
from headwater.comparison.vocabulary import concept, weight
from headwater.domain.spans import Span
from headwater.extraction.verbs import single_verb, verb_base

TEXTS_REMEMBERED = 1024  # an article's passages are compared with each of its claims in turn
NEAR = 8  # content words on each side that tell of what a word is said: about a subject, or an object with its place
DIGITS, YEAR = 2, 4  # digits of a figure that tells something, and of a year
AGENT = 2  # content words before a verb among which its subject's noun stands: "the Prime Minister"
PATIENT = 3  # content words after it among which its object's noun stands: "new UK plans"
SAME_THROUGHOUT = 0.8  # share of the claim's content from which a figure or a name that differs is a slip
LONGEST = 150  # words of a statement; a longer one is a list, or no prose
MOST_FACED = 24  # official places set beside one word of the claim: a passage repeats a word a few times at most
EVIDENCE = 8  # passages read: one event or term may stand outside those that hold most of a claim's words
_WORD = re.compile(r"[^\W_]++(?:[.,]\d++)*+(?:['’](?!s\b)[^\W\d_]++)?")


class Term(NamedTuple):
    """A word of a statement.

    Attributes:
        text: In lower case.
        key: What it is compared by as content, or "" where it tells nothing of a subject.
        event: What it is compared by as a verb or an event.
        start: Where it begins.
        end: One past its last code point.
        weight: What it tells.
        named: Whether it is written as a name.
        figure: Whether it is a figure.
    """

    text: str
    key: str
    event: str
    start: int
    end: int
    weight: float
    named: bool = False
    figure: bool = False

    @property
    def span(self) -> Span:
        """Where it stands: made when it is asked for, which of most words it never is."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence: its words in order, what its content weighs by key, its names, and its figures, years left out."""

    span: Span
    words: tuple[Term, ...]
    told: Mapping[str, float]
    names: frozenset[str]
    figures: frozenset[str]

    def place(self, at: int, cue: Span | None = None) -> Place:
        """Return the place of a word, with the words of its cue where that stands right before it.

        Args:
            at: Index of the word.
            cue: Span of what governs it.
        """
        first = at
        while cue is not None and first > 0 and cue.start <= self.words[first - 1].start < cue.end:
            first -= 1
        return Place(self, at, first)


@dataclass(frozen=True, slots=True)
class Place:
    """A word in its statement; `first` is where the words that belong to it begin ("has been" of "has been signed")."""

    statement: Statement
    at: int
    first: int
    _around: list[_Around] = field(default_factory=list, compare=False, repr=False)

    @property
    def around(self) -> _Around:
        """What stands around it: read once, for a place is set beside many others."""
        if not self._around:
            self._around.append(_read_around(self))
        return self._around[0]

    @property
    def word(self) -> Term:
        """The word itself."""
        return self.statement.words[self.at]


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a place: content words on each side, nearest first, and what is asked of them.

    Args:
        before: Content words before it.
        after: Content words after it.
        near: What the words on both sides tell, less the farther they stand.
        agents: Keys of the nearest before it, adverbs passed over.
        patients: Keys of what may be its object.
        keys: Its own, with those of the words that belong to it.
    """

    before: Sequence[Term]
    after: Sequence[Term]
    near: Mapping[str, float]
    agents: Sequence[str]
    patients: Set[str]
    keys: Set[str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two words stand in the same statement; shares are of weight, from 0 to 1.

    Args:
        coverage: Of the claim's sentence, held by the official one.
        back: Of the official sentence, held by the claim's.
        near: Of the words near the claim's word, standing near the official one.
        shared: Content words near both, and one more for an equal figure in both statements.
        before: Whether the content word next before is the same.
        after: Whether the content word next after is the same.
        agent: Whether what stands right before the claim's word stands before the official one.
        patient: Whether a content word stands soon after both.
        faced: Whether what stands right before the official word stands before the claim's.
        has_before: Whether a content word stands before the claim's.
        crossed: Whether the word next before one stands next after the other: "threats are easing", "easing threats".
        compatible: Whether no name and no figure on either side makes it another statement.
    """

    coverage: float
    back: float
    near: float
    shared: int
    before: bool
    after: bool
    agent: bool
    patient: bool
    faced: bool
    has_before: bool
    crossed: bool
    compatible: bool

    @property
    def closeness(self) -> float:
        """How likely the two are the same place of the same statement."""
        return self.coverage + self.near + 0.25 * (self.before + self.after)  # a neighbour weighs less than a statement


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("events.toml").read_text("utf-8"))


@cache
def listed(name: str) -> frozenset[str]:
    """Return a list of words of the table of events.

    Args:
        name: Its key.
    """
    return frozenset(_table()[name].split())


@cache
def rows(name: str) -> Sequence[str]:
    """Return a list of lines of the table of events.

    Args:
        name: Its key.
    """
    return tuple(_table()[name])


@cache
def _events() -> Mapping[str, str]:
    return {verb_base(word): verb_base(line.split()[0]) for line in rows("same") for word in line.split()}


@cache
def _contents() -> Mapping[str, str]:
    return {verb_base(word): verb_base(line.split()[0]) for line in rows("content") for word in line.split()}


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    """Return what a word is compared by as content; "accords" are agreements, "according" is nothing."""
    noun = not word.lower().endswith(("ing", "ly"))
    known = _contents().get(verb_base(word)) if noun else None
    return known or concept(word)


@cache
def _light() -> frozenset[str]:
    return frozenset(event(word) for word in listed("light"))


@lru_cache(maxsize=50_000)
def event(word: str) -> str:
    """Return what a verb is compared by: its stem, or that of the first of its synonyms.

    >>> event("unveiled") == event("announce"), event("rose") == event("raised")
    (True, True)
    """
    base = verb_base(word)
    return _events().get(base, base)


def is_light(key: str) -> bool:
    """Say whether an event's verb stands in any sentence and so tells nothing alone."""
    return key in _light()


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_statements(text: str) -> tuple[Statement, ...]:
    """Return the statements of a working text, in order; those without a word are left out, endless ones are parted."""
    return tuple(
        _statement(Span(words[0].start, words[-1].end), words)
        for span in sentences(text)
        for words in _parted(_joined([_term(found, opens=found.start() == span.start) for found in _finds(text, span)]))
    )


def _parted(words: Sequence[Term]) -> list[Sequence[Term]]:
    return [words[start : start + LONGEST] for start in range(0, len(words), LONGEST)]


def _joined(words: Sequence[Term]) -> list[Term]:
    """Read a verb of two words as the single verb that it stands for: "set up" as "establish"."""
    following = [*(word.text for word in words[1:]), ""]
    return [
        word._replace(key=_key(single), event=event(single), weight=1.0)
        if (single := single_verb(word.text, after))
        else word
        for word, after in zip(words, following, strict=False)  # no word, no following one
    ]


def _finds(text: str, span: Span) -> list[re.Match[str]]:
    return list(_WORD.finditer(text, span.start, span.end))


def _term(found: re.Match[str], *, opens: bool) -> Term:
    word, start, end = found.group(), found.start(), found.end()
    if word[0].isdigit():
        return Term(word, "", word.replace(",", ""), start, end, 0.0, figure=True)
    text, key, as_event, heavy, named = _read_word(word, opens=opens)
    return Term(text, key, as_event, start, end, heavy, named)


@lru_cache(maxsize=50_000)
def _read_word(word: str, *, opens: bool) -> tuple[str, str, str, float, bool]:
    """Return a word in lower case, its key, its event, its weight, and whether it is written as a name."""
    key = _key(word)
    heavy = max(weight(key, opens_sentence=True), weight(word, opens_sentence=opens)) if key else 0.0
    return word.lower(), key, event(word), heavy, bool(key) and word[0].isupper() and not opens


def _statement(span: Span, words: Sequence[Term]) -> Statement:
    told = {word.key: word.weight for word in words if word.key}
    return Statement(
        span,
        tuple(words),
        told,
        frozenset(word.key for word in words if word.named),
        frozenset(word.event for word in words if word.figure and not _is_year(word.event)),
    )


def liken(ours: Place, theirs: Place) -> Likeness:
    """Set two words side by side, each in its statement; the words themselves count for nothing.

    Args:
        ours: The claim's.
        theirs: The official one.
    """
    own, other, near, facing = ours.statement.told, theirs.statement.told, ours.around, theirs.around
    left_out = near.keys | facing.keys
    shared = near.near.keys() & facing.near.keys() - left_out
    total = sum(heavy for key, heavy in near.near.items() if key not in left_out)
    covered = _share(own, other, left_out)
    return Likeness(
        covered,
        _share(other, own, left_out),
        sum(near.near[key] for key in shared) / total if total else 0.0,
        len(shared) + (not ours.statement.figures.isdisjoint(theirs.statement.figures)),
        _meet(near.before, facing.before),
        _meet(near.after, facing.after),
        _stands_before(near.agents, theirs),
        not near.patients.isdisjoint(facing.patients),
        _stands_before(facing.agents, ours),
        bool(near.before),
        _meet(near.before, facing.after) or _meet(near.after, facing.before),
        covered >= SAME_THROUGHOUT or _are_compatible(ours.statement, theirs.statement),
    )


def _read_around(place: Place) -> _Around:
    before, after = _side(place, -1), _side(place, 1)
    agents = [word.key for word in before if not word.text.endswith("ly")][:AGENT]
    return _Around(before, after, _near(before, after), agents, _heavy(after[:PATIENT]), _own_keys(place))


def _meet(ours: Sequence[Term], theirs: Sequence[Term]) -> bool:
    return bool(ours and theirs) and ours[0].key == theirs[0].key


def _stands_before(agents: Sequence[str], place: Place) -> bool:
    """Say whether one of the nearest words stands anywhere before a place."""
    return bool(agents) and any(word.key in agents for word in place.statement.words[: place.first])


def _are_compatible(ours: Statement, theirs: Statement) -> bool:
    """Say whether names and figures leave room for one statement: neither has its own where the other has another."""
    if ours.figures and theirs.figures and not ours.figures & theirs.figures:
        return False
    return not (ours.names - theirs.told.keys() and theirs.names - ours.told.keys() and not ours.names & theirs.names)


def share_figure(ours: Statement, theirs: Statement) -> bool:
    """Say whether two statements give an equal figure that is hardly so by chance: two digits and more.

    Args:
        ours: The claim's.
        theirs: The official one.
    """
    return any(_is_telling(figure) for figure in ours.figures & theirs.figures)


def _is_telling(figure: str) -> bool:
    return sum(character.isdigit() for character in figure) >= DIGITS


def _is_year(figure: str) -> bool:
    return len(figure) == YEAR and figure.isdigit() and figure[:2] in {"19", "20"}


def _own_keys(place: Place) -> set[str]:
    if place.first == place.at:
        return {place.word.key} if place.word.key else set()
    return {word.key for word in place.statement.words[place.first : place.at + 1]} - {""}


def _share(own: Mapping[str, float], other: Mapping[str, float], left_out: Set[str]) -> float:
    total = held = 0.0
    for key, heavy in own.items():
        if key not in left_out:
            total += heavy
            if key in other:
                held += heavy
    return held / total if total else 0.0


def _side(place: Place, step: int) -> list[Term]:
    """Return the nearest content words on one side, nearest first."""
    words = place.statement.words
    found: list[Term] = []
    for at in range(place.first - 1, -1, -1) if step < 0 else range(place.at + 1, len(words)):
        if words[at].key:
            found.append(words[at])
            if len(found) == NEAR:
                break
    return found


def _heavy(words: Sequence[Term]) -> set[str]:
    return {word.key for word in words if word.weight >= 1}


def _near(*sides: Sequence[Term]) -> dict[str, float]:
    """Return what the content words on either side tell, less the farther they stand."""
    near: dict[str, float] = {}
    for side in sides:
        for distance, word in enumerate(side):
            tells = word.weight * _LESS[distance]
            if tells > near.get(word.key, 0.0):
                near[word.key] = tells
            else:
                near.setdefault(word.key, 0.0)
    return near


_LESS = [1 - distance / (2 * NEAR) for distance in range(NEAR)]
