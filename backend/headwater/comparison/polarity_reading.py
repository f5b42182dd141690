"""What a statement affirms, denies, and which way it points: the reading that the polarity lane compares."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from headwater.comparison.statements import Place, Statement, Term, event, read_statements
from headwater.domain.spans import Span
from headwater.extraction.modality_cues import BE, HAVE
from headwater.extraction.modality_cues import listed as cue_words
from headwater.extraction.modality_words import Word, read_words
from headwater.extraction.verbs import is_gerund, verb_base

REACH = 4  # words between a negation and what it denies ("did not, as planned, sign")
EDGES = frozenset({"start", "beginning", "end", "close", "opening"})
WAITING = 10  # words after "not" in which "until" makes it a matter of time
CLAUSE_REACH = 12  # words of a clause in which its auxiliary stands
SHORTEST = 6  # letters of a word whose "un" denies it: "unit" and "until" are none
ASIDE = 3  # words of ", and does" before "not,"
NOUN_REACH = 3  # words of the noun group after "no" and "without"
_MODAL = frozenset({"will", "would", "can", "could", "should", "must", "may", "might"})
_ENDS = frozenset('\n.!?;:()“”"–—,')


@dataclass(frozen=True, slots=True)
class Pointing:
    """A word with the way it points.

    Args:
        place: Where it stands.
        axis: Name of its axis, or "" for a verb compared by itself.
        key: What it is compared by: the axis's name, or its event.
        side: 1 or -1 on the axis; 1 for a verb.
        negated: Whether it is denied.
        span: Of the word, with the negation that denies it.
        governs: Whether it says nothing without the word that comes next ("before").
    """

    place: Place
    axis: str
    key: str
    side: int
    negated: bool
    span: Span
    governs: bool = False

    @property
    def sign(self) -> int:
        """Which way it points once what denies it is reckoned in."""
        return -self.side if self.negated else self.side

    def denies(self, other: Pointing) -> bool:
        """Say whether one says what the other denies: "rose" and "fell", "rose" and "did not rise".

        Args:
            other: On the same axis, or of the same event.
        """
        if self.side == other.side:
            return self.negated != other.negated
        return not self.negated and not other.negated


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("antonyms.toml").read_text("utf-8"))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_table()["negation"][name].split())


@cache
def _governing() -> frozenset[str]:
    return frozenset(row["name"] for row in _table()["axis"] if row.get("governs"))


@cache
def axes() -> Mapping[str, tuple[str, int]]:
    """Return the axis and side of each word, by the stem of its verb."""
    return {
        verb_base(word): (row["name"], side)
        for row in reversed(_table()["axis"])
        for side, words in ((1, row["one"]), (-1, row["other"]))
        for word in words.split()
    }


@lru_cache(maxsize=1024)  # an article's passages are compared with each of its claims in turn
def read_pointings(text: str) -> tuple[tuple[Statement, tuple[Pointing, ...]], ...]:
    """Return the statements of a text with every word that points some way or may be denied."""
    denied = _denied(text)
    return tuple((statement, tuple(_pointings(statement, denied))) for statement in read_statements(text))


@lru_cache(maxsize=1024)
def pointings_by_key(text: str) -> Mapping[str, tuple[Pointing, ...]]:
    """Return the words of a text that point some way or may be denied, by what they are compared by."""
    found: dict[str, list[Pointing]] = {}
    for _, pointings in read_pointings(text):
        for pointing in pointings:
            found.setdefault(pointing.key, []).append(pointing)
    return {key: tuple(group) for key, group in found.items()}


def _pointings(statement: Statement, denied: Mapping[int, Span]) -> Iterator[Pointing]:
    for at, word in enumerate(statement.words):
        phrase = _phrase(statement, at)
        if word.figure or (phrase is None and _is_function(word)):
            continue
        cue = denied.get(word.start)
        span = word.span if cue is None else Span(min(cue.start, word.span.start), max(cue.end, word.span.end))
        if at and statement.words[at - 1].text in {"no", "not"} and word.text in _listed("apart"):
            continue  # "no later than", "not only"
        if word.text in EDGES and statement.words[at + 1 : at + 2] and statement.words[at + 1].text == "of":
            continue  # "by the end of May"
        if _is_bound_of(statement, at):
            continue
        apart = cue is not None and _clause_between(statement, at, cue)
        place = statement.place(at, word.span if apart else span)
        if phrase is not None:
            length, axis_of, side = phrase
            whole = Span(span.start, max(span.end, statement.words[at + length - 1].span.end))
            yield Pointing(place, axis_of, axis_of, side, cue is not None, whole)
            continue
        axis = axes().get(verb_base(word.text))
        if axis is None and (plain := _plain(word.text)):
            yield Pointing(place, "", event(plain), 1, cue is None, span)
        elif axis is not None:
            yield Pointing(place, axis[0], axis[0], axis[1], cue is not None, span, axis[0] in _governing())
        else:
            yield Pointing(place, "", word.event, 1, cue is not None, span)


def _clause_between(statement: Statement, at: int, cue: Span) -> bool:
    """Say whether a clause begins between a word and what denies it: "not believe that the charge is fair"."""
    between = [word for word in statement.words[:at] if word.start >= cue.end]
    verb = next((place for place, word in enumerate(between) if word.text in BE | HAVE | _MODAL), 0)
    return any(word.key for word in between[:verb]) and _believers(between[:verb])


def _believers(words: Sequence[Term]) -> bool:
    return any(verb_base(word.text) in _believing() or word.text in _listed("believing") for word in words)


def _is_bound_of(statement: Statement, at: int) -> bool:
    """Say whether a word is a bound and ranks nothing: "at least", "at the earliest"."""
    before = [word.text for word in statement.words[max(0, at - 2) : at]]
    return statement.words[at].text in _listed("bounds") and (before[-1:] == ["at"] or before == ["at", "the"])


@cache
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], str, int], ...]]:
    """Return the words of several parts that point some way, by the first, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, int]]] = {}
    for row in _table()["phrase"]:
        for side, written in ((1, row["one"]), (-1, row["other"])):
            for words in (tuple(one.split()) for one in written):
                found.setdefault(words[0], []).append((words, row["axis"], side))
    return {first: tuple(sorted(group, key=lambda one: -len(one[0]))) for first, group in found.items()}


def _phrase(statement: Statement, at: int) -> tuple[int, str, int] | None:
    for words, axis, side in _phrases().get(statement.words[at].text, ()):
        if tuple(word.text for word in statement.words[at : at + len(words)]) == words:
            return len(words), axis, side
    return None


def _plain(word: str) -> str:
    """Return the word that a prefix denies: "paid" of "unpaid"; "" where there is none."""
    if word in _listed("denied"):
        return word[3:] if word.startswith(("dis", "non")) else word[2:]
    return (
        word[2:] if word.startswith("un") and len(word) >= SHORTEST and word.endswith(("ed", "id", "en", "ing")) else ""
    )


def is_restricted(text: str, pointing: Pointing, told: Statement) -> bool:
    """Say whether a clause right after narrows what is said to some of the things: "to customers who owe money".

    Args:
        text: What the word stands in.
        pointing: The word.
        told: The statement it is compared with; what that holds too narrows nothing.
    """
    words = pointing.place.statement.words
    for at in range(pointing.place.at + 1, len(words)):
        if not _ENDS.isdisjoint(text[words[at - 1].end : words[at].start]):
            return False
        if words[at].text in _listed("narrowing"):
            return any(word.key and word.key not in told.told for word in words[at + 1 :])
    return False


def holds_of_none(pointing: Pointing) -> bool:
    """Say whether what a word is said of is none of the things, or not all: "no schools were closed".

    Args:
        pointing: The word.
    """
    words = pointing.place.statement.words[: pointing.place.first]
    return any(word.text in _listed("none") for word in words)


def holds_of_some(pointing: Pointing) -> bool:
    """Say whether what a word is said of is some of the things only: "not all trains ran", "some trains did not run".

    Args:
        pointing: The word.
    """
    words = [word.text for word in pointing.place.statement.words[: pointing.place.first]]
    not_all = any(one == "not" and other in {"all", "every"} for one, other in pairwise(words))
    return not_all or not _listed("some").isdisjoint(words)


def _is_function(word: Term) -> bool:
    return word.text in _function() and verb_base(word.text) not in axes()


@cache
def _function() -> frozenset[str]:
    return cue_words("determiners") | cue_words("prepositions") | cue_words("subjects") | BE | HAVE


@lru_cache(maxsize=1024)
def _denied(text: str) -> Mapping[int, Span]:
    """Return where each denied word begins, with the span of what denies it; denied twice is not denied."""
    words = read_words(text)
    found: dict[int, Span] = {}
    for at, word in enumerate(words):
        if word.start in found and verb_base(word.text) in _failing():
            continue  # "did not refuse to sign"
        reached = list(_reached(words, at))
        reached += [place + 2 for place in reached if _complemented(words, place)]
        reached += [further for place in reached[:1] for further in _beside_light(words, place)]
        reached += [further for place in reached[:1] for further in _that_follows(words, place)]
        reached += [further for place in reached[:1] for further in _believed(words, place)]
        for place in reached:
            start = words[place].start
            if start in found:
                del found[start]
            else:
                found[start] = word.span
    found.update((words[place].start, judged) for place, judged in _false_beliefs(words))
    return found


def _complemented(words: tuple[Word, ...], at: int) -> bool:
    """Say whether a denied verb takes another with it: "does not propose to amend"."""
    takes = verb_base(words[at].text) in _taking()
    return takes and at + 2 < len(words) and words[at + 1].text == "to" and words[at + 2].text[0].isalpha()


def _beside_light(words: tuple[Word, ...], at: int) -> Iterator[int]:
    """Yield what a verb that stands for little takes with it: "do not go to waste" denies the waste."""
    if verb_base(words[at].text) not in _light():
        return
    place = at + 1
    while place < len(words) and words[place].text in cue_words("prepositions") | cue_words("determiners"):
        place += 1
    if place < len(words) and words[place].text[0].isalpha() and place - at <= REACH:
        yield place


def _that_follows(words: tuple[Word, ...], at: int) -> Iterator[int]:
    """Yield the verb of what there is no evidence of: "no evidence that the ballot was rigged"."""
    follows = at + 1 < len(words) and words[at + 1].text in {"that", "of"}
    if words[at].text not in _listed("evidence") or not follows:
        return
    for place in range(at + 2, min(at + 2 + CLAUSE_REACH, len(words))):
        if words[place].text in _ENDS:
            return
        if words[place].text in BE | HAVE:
            yield from _next_content(words, place + 1, 1)
            return


def _false_beliefs(words: tuple[Word, ...]) -> Iterator[tuple[int, Span]]:
    """Yield what a belief is of that is said to be false, and the word that says so."""
    for at, word in enumerate(words[:-1]):
        if words[at + 1].text != "that" or word.text not in _listed("beliefs") | _listed("false"):
            continue
        ahead = range(at + 2, min(at + 2 + 2 * CLAUSE_REACH, len(words)))
        end = next((place for place in ahead if words[place].text in _ENDS - {","}), len(words))
        verbs = [place for place in ahead if place < end and words[place].text in BE | HAVE | _MODAL]
        judged = [place for place in ahead if place < end and words[place].text in _listed("false")]
        before = word.text in _listed("false")  # "it is a myth that"
        if verbs and (before or (len(verbs) > 1 and judged and judged[-1] > verbs[-1])):
            for place in _next_content(words, verbs[0] + 1, 1):
                yield place, word.span if before else words[judged[-1]].span


def _believed(words: tuple[Word, ...], at: int) -> Iterator[int]:
    """Yield what somebody does not believe: "I do not believe that a charge is the right answer"."""
    if verb_base(words[at].text) not in _believing() and words[at].text not in _listed("believing"):
        return
    for place in range(at + 1, min(at + 1 + CLAUSE_REACH, len(words))):
        word = words[place].text
        if word in _ENDS or word in {"to", "in", "with", "of", "if", "whether"} & {words[at + 1].text}:
            return
        if word in BE | HAVE | _MODAL:
            yield from _next_content(words, place + 1, 1)
            return


def _reached(words: tuple[Word, ...], at: int) -> Iterator[int]:
    """Yield the words that the one at `at` denies."""
    word = words[at].text
    following = words[at + 1].text if at + 1 < len(words) else ""
    if word == "not" and following == "," and _stands_alone(words, at):
        yield at + 2
        return
    if word in _listed("verbs") or (word == "no" and following == "longer"):
        waits = any(w.text in {"until", "till", "unless", "before"} for w in words[at + 1 : at + WAITING])
        if waits or following in _listed("apart") or (at and words[at - 1].text in {"or", "if", "why", "whether"}):
            return
        has_to = [one.text for one in words[at + 1 : at + 3]] == ["have", "to"]  # "will not have to apply"
        yield from _next_content(words, at + 1 + (following == "longer") + 2 * has_to, 1)
    elif word == "yet" and following == "to":
        yield from _next_content(words, at + 2, 1)
    elif word in _listed("nouns"):
        if following not in {"doubt", "longer", "one", "later", "more", "less", "fewer", "matter"}:
            yield from _next_content(words, at + 1, 1 if is_gerund(following) else NOUN_REACH)
    elif verb_base(word) in _failing() and (following in {"to", "from"} or is_gerund(following)):
        yield from _next_content(words, at + 1 + (following in {"to", "from"}), 1)


def _stands_alone(words: tuple[Word, ...], at: int) -> bool:
    """Say whether a comma only closes an aside before a denied verb: "is not intended to, and does not, create"."""
    if at + 2 >= len(words) or at < ASIDE or words[at - 1].text not in {"do", "does", "did", "shall", "will", "may"}:
        return False
    opens = [word.text for word in words[at - ASIDE : at - 1]]
    return opens == [",", "and"] and words[at + 2].text.isalpha() and not words[at + 2].text.endswith("ly")


@cache
def _light() -> frozenset[str]:
    return frozenset(verb_base(word) for word in _listed("light"))


@cache
def _taking() -> frozenset[str]:
    return frozenset(verb_base(word) for word in _listed("taking"))


@cache
def _believing() -> frozenset[str]:
    return frozenset(verb_base(word) for word in _listed("believing"))


@cache
def _failing() -> frozenset[str]:
    return frozenset(verb_base(word) for word in _listed("failing"))


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and word not in cue_words("verbs_in_ly")


def _next_content(words: tuple[Word, ...], at: int, many: int) -> Iterator[int]:
    met = 0
    for place in range(at, min(at + REACH + many, len(words))):
        word = words[place].text
        if word in _ENDS or (met and (word in cue_words("prepositions") or word in BE | HAVE)):
            return
        skipped = cue_words("between") | cue_words("determiners") | BE | HAVE
        if word in skipped or _is_adverb(word) or not word[0].isalnum():
            continue
        yield place
        met += 1
        if met == many:
            return
