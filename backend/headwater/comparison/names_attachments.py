"""Two names of one official sentence, each with what the source says of the other.

A sentence that names two people, bodies or places says something of each. Words that stand by one name alone and not
by the other tell which is which; where the claim has them by the other name, the two were exchanged. Which way a name's
words lie (before it, behind it) is not known without a parser, so both ways are tried on both sides, and a single way
in which the claim agrees with the source settles it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from headwater.comparison.names_relations import NameRelation, relate_names
from headwater.comparison.names_settings import Setting, Word, find_lists, sentence_words
from headwater.comparison.names_slots import differ_in_values
from headwater.domain.facts import Annotated, NameKind

MOST_NAMES = 6  # of a sentence: more are a list, of which one thing is said
LONGEST_STEM = 5  # letters: a longer word in -er may be a comparative
TELLING = 1.0  # weight of a content word; light words stand by every name


def find_exchanged_pairs(
    claim: tuple[Annotated, Sequence[Setting]], passages: Sequence[tuple[Annotated, Sequence[Setting]]]
) -> Iterator[tuple[Setting, Setting]]:
    """Yield both names of each exchanged pair, each with the official name that it stands in for.

    Args:
        claim: The claim and the settings of its names.
        passages: The passages and those of theirs.
    """
    for one, other in _pairs(*claim):
        found = [
            (first, second)
            for text, settings in passages
            for first, second in _facing(one, other, text, settings)
            if not differ_in_values(one, first) and _are_exchanged((claim[0], one, other), (text, first, second))
        ]
        straight = any(
            _agree((claim[0], one, other), (text, first, second))
            for text, settings in passages
            for first, second in _facing(one, other, text, settings)
        )
        if found and not straight:
            first, second = found[0]
            yield one, second
            yield other, first


def _pairs(text: Annotated, settings: Sequence[Setting]) -> Iterator[tuple[Setting, Setting]]:
    by_sentence: dict[int, list[Setting]] = {}
    for setting in settings:
        if setting.mention.kind not in (NameKind.OFFICE, NameKind.LAW):
            by_sentence.setdefault(setting.sentence, []).append(setting)
    listed = [set(places) for places in find_lists(text.text, text.facts.names)]
    for names in by_sentence.values():
        for one, other in combinations(names[:MOST_NAMES], 2):
            alike = one.mention.kind is other.mention.kind is not NameKind.OTHER
            together = any({one.place, other.place} <= places for places in listed)
            if alike and not together:
                yield one, other


def _facing(
    one: Setting, other: Setting, text: Annotated, settings: Sequence[Setting]
) -> Iterator[tuple[Setting, Setting]]:
    firsts = [s for s in settings if relate_names(one.mention, s.mention) is NameRelation.SAME]
    seconds = [s for s in settings if relate_names(other.mention, s.mention) is NameRelation.SAME]
    listed = [set(places) for places in find_lists(text.text, text.facts.names)] if firsts and seconds else []
    for first, second in product(firsts, seconds):
        together = any({first.place, second.place} <= places for places in listed)
        if first.sentence == second.sentence and first is not second and not together:
            yield first, second


_Side = tuple[Annotated, Setting, Setting]


def _are_exchanged(ours: _Side, theirs: _Side) -> bool:
    return any(_crossed(*ways) and not _straight(*ways) for ways in _ways(ours, theirs))


def _agree(ours: _Side, theirs: _Side) -> bool:
    """Say whether there is a way to read both sides in which each name has its own words."""
    return any(_straight(*ways) for ways in _ways(ours, theirs))


_Words = tuple[frozenset[str], frozenset[str]]


def _ways(ours: _Side, theirs: _Side) -> Iterator[tuple[_Words, _Words]]:
    yield from product(_attached(*ours), _attached(*theirs))


def _straight(ours: _Words, theirs: _Words) -> int:
    return len(ours[0] & theirs[0]) + len(ours[1] & theirs[1])


def _crossed(ours: _Words, theirs: _Words) -> bool:
    """Say whether each name has words of the other: a single word by one of them may be a chance."""
    return _share_any(ours[0], theirs[1]) and _share_any(ours[1], theirs[0])


def _share_any(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether two sets share a word, if only as "young" and "younger"."""
    return bool(_positive(one) & _positive(other))


def _positive(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word.removesuffix("er") if len(word) > LONGEST_STEM else word for word in words)


def _attached(text: Annotated, one: Setting, other: Setting) -> list[_Words]:
    """Return the words that stand by each of two names alone: those behind each, and those before each."""
    starts = (one.mention.span.start, other.mention.span.start)
    names = {f"={setting.mention.canonical}" for setting in (one, other)}
    words = [word for word in sentence_words(text, one) if word.weight >= TELLING and word.key not in names]
    early, late = min(starts), max(starts)
    behind = (_keys(w for w in words if early < w.start < late), _keys(w for w in words if w.start > late))
    before = (_keys(w for w in words if w.start < early), _keys(w for w in words if early < w.start < late))
    found = []
    for first, second in (behind, before):
        apart = (first - second, second - first)
        found.append(apart if starts[0] < starts[1] else apart[::-1])
    return found


def _keys(words: Iterator[Word]) -> frozenset[str]:
    return frozenset(word.key for word in words)
