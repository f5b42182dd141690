"""Clauses that tell one thing in other words: the same subject's noun, and just the same said of it after the verb.

Asked where a passage is already known to be the one a claim flows from: less than sharing most words, and stricter on
the few that make the statement.
"""

from __future__ import annotations

from collections.abc import Sequence

from headwater.comparison.period_relations import PeriodRelation, compare_periods
from headwater.comparison.statements import Place, Statement, Term, listed
from headwater.domain.facts import Annotated
from headwater.domain.quantities import DateMention

HELD = 0.5  # share of what narrows the claim's subject that the official sentence must hold
TWO_WORDS = 2  # verb and object where the subject tells nothing: one word in common is a coincidence
# As subjects these name nothing: "figures are adjusted for inflation".
FREE = frozenset({"figures", "data", "values", "numbers", "statistics", "estimates", "totals", "amounts", "results"})
_ZERO = frozenset({"zero", "nil", "0"})
_MARKS = frozenset(',;:()–—\n“”"')


def say_alike(ours: tuple[Annotated, Place], theirs: tuple[Annotated, Place]) -> bool:
    """Say whether two verbs have one subject and say just the same of it.

    Args:
        ours: The claim, and the place of the verb in it.
        theirs: The official ones.
    """
    (claim, place), (passage, there) = ours, theirs
    if tell_other_periods((claim, place.statement), (passage, there.statement)):
        return False
    (before, after), (before_there, after_there) = _clause(claim.text, place), _clause(passage.text, there)
    named, named_there = _names((*before, *after)), _names((*before_there, *after_there))
    if named - there.statement.told.keys() or named_there - place.statement.told.keys():
        return False
    said = _said(after)
    if said != _said(after_there):
        return False
    subject, subject_there = heavy_words(before), heavy_words(before_there)
    if any(word.text in FREE for word in before) and all(word.text in FREE for word in subject):
        return bool(said) and len(said) + bool(place.word.key) >= TWO_WORDS
    if not subject or not subject_there or subject[0].key != subject_there[0].key:
        return False
    held = sum(word.key in there.statement.told for word in subject[1:])
    return held >= HELD * len(subject[1:])


def heavy_words(words: Sequence[Term]) -> list[Term]:
    """Return the words that tell of a subject.

    Args:
        words: Of a statement.
    """
    return [word for word in words if word.key and word.weight >= 1]


def _clause(text: str, place: Place) -> tuple[Sequence[Term], Sequence[Term]]:
    """Return the words of its clause before a verb and those after it."""
    words = place.statement.words
    first, last = place.first, place.at
    while first > 0 and not _parts(text, words[first - 1], words[first]):
        first -= 1
    while last + 1 < len(words) and not _parts(text, words[last], words[last + 1]):
        last += 1
    return words[first : place.first], words[place.at + 1 : last + 1]


def _parts(text: str, word: Term, following: Term) -> bool:
    between = text[word.end : following.start]
    return not _MARKS.isdisjoint(between) or following.text in listed("clause_openers")


def _said(words: Sequence[Term]) -> frozenset[str]:
    """Return what is said after a verb: its content words and figures."""
    return frozenset(_compared(word) for word in words if word.key or word.figure)


def _compared(word: Term) -> str:
    if word.text in _ZERO:
        return "0"
    return word.event if word.figure else word.key


def _names(words: Sequence[Term]) -> set[str]:
    return {word.key for word in words if word.named}


def tell_other_periods(ours: tuple[Annotated, Statement], theirs: tuple[Annotated, Statement]) -> bool:
    """Say whether both statements give periods, and one of the claim's is none of the source's.

    Args:
        ours: The claim and its statement.
        theirs: The official passage and its statement.
    """
    own, official = _dates(*ours), _dates(*theirs)
    return bool(own and official) and any(all(_are_apart(one, other) for other in official) for one in own)


def _dates(text: Annotated, statement: Statement) -> list[DateMention]:
    return [date for date in text.facts.dates if statement.span.contains(date.span)]


def _are_apart(own: DateMention, other: DateMention) -> bool:
    relation = compare_periods(own, other).relation
    if relation is PeriodRelation.UNRESOLVED:
        return own.surface.lower() != other.surface.lower()
    return relation is PeriodRelation.DISJOINT
