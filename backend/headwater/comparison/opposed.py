"""Opposite things said of the same thing in sentences that share few of their words.

polarity.py asks that most of a claim's words stand in the official sentence; a reporter who rewrites keeps half of
them. Here the clauses around two opposite words are set against each other: what the one is said of must be what the
other is said of, the clauses must share a second thing, and no official sentence may say what the claim says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from headwater.comparison.opposites import Opposite, binds_nothing, is_form, kindred, negating, opposites
from headwater.comparison.polarity_reading import Pointing
from headwater.comparison.same_clause import tell_other_periods
from headwater.comparison.statements import EVIDENCE, MOST_FACED, TEXTS_REMEMBERED, Statement, Term, read_statements
from headwater.comparison.telling import HEAVY, clause_around, parts
from headwater.domain.facts import Annotated
from headwater.domain.spans import Span
from headwater.extraction.modality_cues import listed as cue_words
from headwater.extraction.verbs import verb_base

_PASSIVE = frozenset(("is", "are", "was", "were", "be", "been", "being", "get", "gets", "got"))
_SAYING = re.compile(r"(?: that\b| on \w+day\b)?(?:[.,;:!?\"“”’)]|\s*\Z| that\b)| [“\"‘]")
READ = 3  # passages: an opposite word in a farther one is hardly of the same thing
NEXT = 3  # content words before the claim's word that it may be said of
NEXT_THERE = 4  # and before the official one: official noun groups are longer
LEAST_SHARED = 2  # content words in both clauses: one is a topic
LEAST_FARTHER = 3  # and in a passage that the claim was not aligned to first
HELD = 0.5  # share of the claim's clause that the official sentence must hold
PHRASE, PHRASE_HELD = 3, 0.6  # content words behind both, and their share of those behind the claim's
DENIED_WITHIN = 3  # words before a word in which something turns it round
NOT_REACH = 60  # characters before a word in which "not" stands
BEGINNING = 4  # letters that a name and the word for its people share
MEASURE = 2  # words of a measure: "two months", "10 per cent"


@dataclass(frozen=True, slots=True)
class Said:
    """A word that has an opposite, with the clause it stands in.

    Args:
        pair: Which line of the table.
        side: 1 or -1.
        statement: The sentence.
        first: Index of its first word.
        last: Index of its last word.
        before: The content words of its clause before it.
        after: And those after it.
        objects: Those of the noun group right behind it.
        measure: The measure right before it, or ().
        negated: Whether "not" stands before it.
    """

    pair: Opposite
    side: int
    statement: Statement
    first: int
    last: int
    before: tuple[Term, ...]
    after: tuple[Term, ...]
    objects: tuple[Term, ...]
    measure: tuple[str, ...]
    negated: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.statement.words[self.first].span.start, self.statement.words[self.last].span.end)

    @property
    def clause(self) -> tuple[Term, ...]:
        """The content words of its clause, itself left out."""
        return (*self.before, *self.after)

    def near(self, reach: int) -> tuple[Term, ...]:
        """Return the content words next to it on either side.

        Args:
            reach: How many on each.
        """
        return (*self.before[-reach:], *self.after[:reach])

    def thing(self, reach: int) -> tuple[Term, ...]:
        """Return what it is said of: the noun group right behind it, or the content words next before it.

        Args:
            reach: How many of those before.
        """
        return self.objects or self.before[-reach:]

    @property
    def pointing(self) -> Pointing:
        """As the polarity lane reports it."""
        return Pointing(
            self.statement.place(self.last), self.pair.name, self.pair.name, self.side, self.negated, self.span
        )


def oppose(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[tuple[Pointing, Pointing, Annotated]]:
    """Yield the words of a claim that the source has the opposite of, said of the same thing, with the passage.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.

    Examples:
        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts())
        >>> official = text("Services to veterans and their families are being modernised and improved.")
        >>> claim = text("Services for veterans have stagnated.")
        >>> [theirs.span.slice(official.text) for _, theirs, _ in oppose(claim, [official])]
        ['modernised']
    """
    if claim.facts.quotations or not passages:
        return
    for ours in islice(read_said(claim.text), MOST_FACED):
        facing = _facing(claim, ours, passages)
        if facing is not None:
            yield ours.pointing, facing[0].pointing, facing[1]
            return


def _facing(claim: Annotated, ours: Said, passages: Sequence[Annotated]) -> tuple[Said, Annotated] | None:
    if any(_says_so_too(ours, theirs) for passage in passages[:EVIDENCE] for theirs in read_said(passage.text)):
        return None
    for place, passage in enumerate(passages[:READ]):
        for theirs in islice(_of_pair(passage.text, ours.pair), MOST_FACED):
            if _is_opposite(ours, theirs) and _is_of_one_thing(claim, ours, passage, theirs, first=place == 0):
                return theirs, passage
    return None


def _of_pair(text: str, pair: Opposite) -> Iterator[Said]:
    return (said for said in read_said(text) if said.pair is pair)


def _says_so_too(ours: Said, theirs: Said) -> bool:
    """Say whether the source says what the claim says, of something the claim says it of."""
    if ours.pair is not theirs.pair or _is_opposite(ours, theirs):
        return False
    if ours.pair.measured:
        return ours.measure == theirs.measure
    return bool(shared_terms(ours.thing(NEXT_THERE), theirs.near(NEXT_THERE)))


def _is_opposite(ours: Said, theirs: Said) -> bool:
    """Say whether one says the opposite of the other, or denies it; "did not rise" and "fell" go together."""
    if ours.side == theirs.side:
        return ours.negated != theirs.negated
    return not ours.negated and not theirs.negated


def _is_of_one_thing(claim: Annotated, ours: Said, passage: Annotated, theirs: Said, *, first: bool) -> bool:
    if tell_other_periods((claim, ours.statement), (passage, theirs.statement)) or _are_apart(ours, theirs):
        return False
    bound = [w for w in shared_terms(ours.thing(NEXT), theirs.thing(NEXT_THERE)) if w.key not in binds_nothing()]
    if ours.pair.person and any(word.named for word in bound) and any(word.named for word in theirs.near(NEXT_THERE)):
        return True
    if ours.pair.measured:
        alike = shared_terms(content_of(ours.statement), content_of(theirs.statement))
        return bool(ours.measure) and ours.measure == theirs.measure and len(alike) >= LEAST_SHARED
    if first and not bound:
        return _stand_in_one_phrase(ours, theirs)
    return bool(bound) and _share_more(ours, theirs, len(bound), first=first)


def _stand_in_one_phrase(ours: Said, theirs: Said) -> bool:
    """Say whether nearly all that follows a word follows its opposite: "readiness to hold a genuine dialogue on"."""
    following = {word.key for word in ours.after}
    shared = shared_terms(ours.after, theirs.after)
    return len(shared) >= PHRASE and len(shared) >= PHRASE_HELD * len(following)


def _share_more(ours: Said, theirs: Said, bound: int, *, first: bool) -> bool:
    """Say whether the clauses share more than the thing the two words are said of, or there is no more to share."""
    told = [word for word in _told(ours) if word.key not in binds_nothing()]
    if first and len(told) == bound:
        return True  # "hiring has been feeble": there is nothing else in it
    shared = shared_terms(ours.clause, theirs.clause)
    least = LEAST_SHARED if first else LEAST_FARTHER
    return len(shared) >= least and len(shared) >= HELD * len({word.key for word in told})


def _told(said: Said) -> list[Term]:
    """Return the content of a clause, who reports it left out: "officials said that"."""
    reporting = [w.span.end for w in said.statement.words[: said.first] if w.text in cue_words("reporting")]
    start = max(reporting, default=0)
    return [word for word in said.clause if word.span.start >= start]


def _are_apart(ours: Said, theirs: Said) -> bool:
    """Say whether names or figures leave no room for one statement: each side has its own."""
    mine, other = {w.key for w in ours.clause if w.named}, {w.key for w in theirs.clause if w.named}
    if _foreign(mine, theirs.statement) and _foreign(other, ours.statement):
        return True
    return bool(ours.statement.figures and theirs.statement.figures) and ours.statement.figures.isdisjoint(
        theirs.statement.figures
    )


def _foreign(names: set[str], statement: Statement) -> bool:
    """Say whether a sentence lacks one of some names, in any form: "Swazi" is of "Swaziland"."""
    begun = {key[:BEGINNING] for key in statement.told}
    return any(name[:BEGINNING] not in begun for name in names - statement.told.keys())


def shared_terms(ours: Sequence[Term], theirs: Sequence[Term]) -> list[Term]:
    """Return those words of one side that the other side has, or has something akin to; each thing once.

    Args:
        ours: Content words.
        theirs: Content words.
    """
    labels = {label for word in theirs for label in kindred(word.key)}
    found: dict[str, Term] = {}
    for word in ours:
        if not labels.isdisjoint(kindred(word.key)):
            found.setdefault(word.key, word)
    return list(found.values())


def content_of(statement: Statement) -> list[Term]:
    """Return the content words of a statement.

    Args:
        statement: A sentence.
    """
    return [word for word in statement.words if word.key and word.weight >= HEAVY]


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_said(text: str) -> tuple[Said, ...]:
    """Return the words of a text that have opposites and are not turned round, in order.

    Args:
        text: Working text.
    """
    return tuple(said for statement in read_statements(text) for said in _read(text, statement))


@cache
def _skipped() -> frozenset[str]:
    return cue_words("determiners") | cue_words("prepositions")


def _read(text: str, statement: Statement) -> Iterator[Said]:
    words = statement.words
    stems = [verb_base(word.text) for word in words]
    found = [
        (at, at + length - 1, pair, side)
        for at in range(len(words))
        for length, pair, side in _matches(words, stems, at)
    ]
    sides: Mapping[tuple[str, int], set[int]] = _sides_by_clause(text, statement, found)
    for first, last, pair, side in found:
        begin, end = clause_around(text, words, first)
        denied = _is_denied(text, statement, first, pair)
        if len(sides[(pair.name, begin)]) > 1 or denied is None or _is_said_so(text, statement, first):
            continue
        before = [word for word in words[begin:first] if word.key and word.weight >= HEAVY]
        # "rules that help when nobody else does have been ignored": the subject stands in front of an aside
        before = before or [word for word in words[:begin] if word.key and word.weight >= HEAVY]
        after = [word for word in words[last + 1 : end] if word.key and word.weight >= HEAVY]
        objects = tuple(_objects(text, words, last))
        around = (tuple(before), tuple(after), objects, _measure(words, first))
        yield Said(pair, side, statement, first, last, *around, denied)


def _is_said_so(text: str, statement: Statement, at: int) -> bool:
    """Say whether a word only tells that somebody speaks: "the party may win, he added", "she added that"."""
    word, before = statement.words[at], statement.words[at - 1].text if at else ""
    if word.text not in cue_words("reporting") or before in _PASSIVE:
        return False
    return _SAYING.match(text, word.span.end, statement.span.end) is not None


@cache
def _stops() -> frozenset[str]:
    return (cue_words("prepositions") | _STOPS) - {"of", "than"}


def _objects(text: str, words: Sequence[Term], last: int) -> Iterator[Term]:
    """Yield the content words of the noun group right behind a word."""
    for at in range(last + 1, len(words)):
        word = words[at]
        if parts(text, words[at - 1], word) or word.text in _stops():
            return
        if word.key and word.weight >= HEAVY and not word.text.endswith("ly"):
            yield word


def _sides_by_clause(
    text: str, statement: Statement, found: Sequence[tuple[int, int, Opposite, int]]
) -> Mapping[tuple[str, int], set[int]]:
    """Return which sides of each pair a clause holds: what is told of what cannot be seen where it holds both."""
    sides: dict[tuple[str, int], set[int]] = {}
    for first, _, pair, side in found:
        begin, _ = clause_around(text, statement.words, first)
        sides.setdefault((pair.name, begin), set()).add(side)
    return sides


def _matches(words: Sequence[Term], stems: Sequence[str], at: int) -> Iterator[tuple[int, Opposite, int]]:
    if words[at].figure or words[at].named:
        return
    taken: set[str] = set()
    for phrase, pair, side in opposites().get(stems[at], ()) + opposites().get(f"={words[at].text}", ()):
        exact = phrase[0].startswith("=")
        written = words[at : at + len(phrase)]
        forms = len(written) == len(phrase) and all(
            is_form(word.text, base) for word, base in zip(written, phrase, strict=True)
        )
        if pair.name in taken or not (exact or forms):
            continue
        taken.add(pair.name)
        yield len(phrase), pair, side


def _is_denied(text: str, statement: Statement, first: int, pair: Opposite) -> bool | None:
    """Say whether "not" denies a word; None where it may not be so for another reason, or not yet."""
    words, start = statement.words, statement.words[first].span.start
    if _NOT.search(text, max(statement.span.start, start - NOT_REACH), start) is not None:
        return None if _IN_TIME.search(text, start, statement.span.end) or pair.measured else True
    return None if _is_turned_round(words, first, pair) else False


def _is_turned_round(words: Sequence[Term], first: int, pair: Opposite) -> bool:
    """Say whether a word before it takes it out of what is said to be so."""
    before = [word.text for word in words[max(0, first - DENIED_WITHIN) : first]]
    if pair.measured:
        return not {"not", "no", "never"}.isdisjoint(before)
    joined = f" {' '.join(before)} "
    return any(f" {phrase} " in joined for phrase in negating())


def _measure(words: Sequence[Term], first: int) -> tuple[str, ...]:
    measure = tuple(word.text for word in words[max(0, first - MEASURE) : first])
    counted = len(measure) == MEASURE and (words[first - MEASURE].figure or measure[0] in _NUMBERS)
    return (measure[0], verb_base(measure[1])) if counted and measure[1] not in _skipped() else ()


# "did not rise", "not, for the avoidance of doubt, to establish"; what is "not yet" or "not until" is a matter of time
_NOT = re.compile(
    r"\b(?:(?:do|does|did|will|would|has|have|had|is|are|was|were|be|been|can|could|should|must)"
    r"(?: (?:not|never)|n['’]t)(?: [a-z]+ly| be| been| being)?|not(?:, [^,;.()\n]{1,40},)? to) \Z",
    re.IGNORECASE,
)
_IN_TIME = re.compile(r"\b(?:until|till|yet|before|unless|only|just|alone)\b", re.IGNORECASE)
_STOPS = frozenset({"and", "or", "but", "to", "that", "as", "it", "them", "him", "her", "us"})
_STOPS |= frozenset(
    {"beyond", "despite", "across", "among", "within", "throughout", "amid", "during", "until", "since", "before"}
)
_STOPS |= frozenset(
    {"after", "while", "when", "where", "because", "so", "if", "under", "over", "through", "between", "towards"}
)
_NUMBERS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "a", "an"}
    | {"several", "some", "dozen", "twenty", "thirty", "forty", "fifty", "hundred"}
)
