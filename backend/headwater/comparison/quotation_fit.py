"""How well official words fit a quotation: altered words told from words that are not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from headwater.comparison.edit_kinds import is_negator
from headwater.comparison.edits import Aligned
from headwater.comparison.official_words import OfficialWords
from headwater.comparison.quotation_alignment import Pairing, Step, align_words
from headwater.comparison.quotation_spelling import is_common, is_inflection, is_spelling_variant
from headwater.comparison.quotation_words import Reading

_MATCHED = (Step.SAME, Step.VARIANT, Step.JOINED, Step.EXPANDED)
_COMMON_WEIGHT = 0.4  # a grammar word shared says little
_LEAST_SHARE = 0.6  # of the quotation's weight that must stand in the source, in order
_LEAST_TURNED = 0.45  # where every word stands there in another order
_NEARLY_ALL = 0.85  # with so much of it there, a quotation may be cut from a long stretch; with less, it is scattered
_WIDEST = 2  # official words for each word of a quotation that is altered
_REACH = 6  # and a few more
_SHORT = 3  # words: shorter quotations must stand there whole
_LEAST_RUN = 3  # words in a row: single words in common are the topic, not the quotation
_LEAST_IN_RUNS = 0.45  # of the quotation's words that stand in such runs
LONGEST_CHANCE_RUN = 8  # words in a row: longer runs are taken over, not met by chance
_PARAPHRASE_WORDS = 6  # words: below this, shared words are chance
_LONGEST_SENTENCE = 2.5  # words for each word quoted: a long sentence holds the words of many
_PARAPHRASE_SHARE = 0.7  # of the quotation's content words that one official sentence holds
_PARAPHRASE_CONTENT = 4  # content words shared, at the least


@dataclass(frozen=True, slots=True)
class Fit:
    """How official words fit.

    Args:
        share: Weighted share of the quotation's words that stand in the source, in order, from 0 to 1.
        holds: Whether it is the same quotation, altered or not.
        whole: Whether every word stands there in one piece, spelling aside.
        edges: Whether the quotation's first and last words stand there, so that what lies beyond them is known.
        facing: Official words from the first that fits to the last, half-open.
    """

    share: float
    holds: bool
    whole: bool
    edges: bool
    facing: tuple[int, int]


def measure_fit(aligned: Aligned) -> Fit:
    """Measure how the official words fit a quotation.

    Args:
        aligned: Both, with at least one pairing.
    """
    words, pairings = aligned.reading.words, aligned.pairings
    matched = [pairing for pairing in pairings if pairing.step in _MATCHED]
    if not matched:
        return Fit(0.0, False, False, False, (0, 0))
    weights = [0.0 if word.bracketed else _weight(word.key) for word in words]
    held = sum(weights[i] for pairing in matched for i in range(*pairing.claimed))
    share = held / sum(weights) if sum(weights) else 0.0
    whole = len(matched) == len(pairings)
    edges = pairings[0].step in _MATCHED and pairings[-1].step in _MATCHED
    facing = (matched[0].official[0], matched[-1].official[1])
    return Fit(share, whole or _holds(aligned, share), whole, edges, facing)


def _weight(key: str) -> float:
    return _COMMON_WEIGHT if is_common(key) else 1.0


def _holds(aligned: Aligned, share: float) -> bool:
    count = sum(1 for word in aligned.reading.words if not word.bracketed)
    if count <= _SHORT:
        return False
    if share < _LEAST_SHARE:
        return share >= _LEAST_TURNED and _is_turned(aligned)
    if share < _NEARLY_ALL and _stretch(aligned.pairings) > _WIDEST * count + _REACH:
        return False
    runs = _run_lengths(aligned.pairings)
    if _is_marked(aligned):
        return sum(runs) >= _LEAST_SHARE * count
    if count <= 2 * _SHORT:
        return max(runs) >= 2 and _is_compact(aligned.pairings)
    return sum(length for length in runs if length >= _LEAST_RUN) >= _LEAST_IN_RUNS * count


def _is_turned(aligned: Aligned) -> bool:
    """Say whether the words that do not fit stand there all the same, in another order: "Britain owes France"."""
    low, high = aligned.pairings[0].official[0], aligned.pairings[-1].official[1]
    count = len(aligned.reading.words)
    near = set(aligned.official.keys[max(0, low - count) : high + count])
    return all(word.key in near for word in aligned.reading.words)


def _run_lengths(pairings: Sequence[Pairing]) -> list[int]:
    lengths, running = [0], 0
    for pairing in pairings:
        if pairing.step in _MATCHED:
            running += pairing.claimed[1] - pairing.claimed[0]
            continue
        lengths.append(running)
        running = 0
    return [*lengths, running]


def _is_marked(aligned: Aligned) -> bool:
    return any(mark.sign == "…" for marks in aligned.reading.marks[1:-1] for mark in marks)


def _stretch(pairings: Sequence[Pairing]) -> int:
    """Return how many official words face the quotation, from the first to the last."""
    return pairings[-1].official[1] - pairings[0].official[0]


def _is_compact(pairings: Sequence[Pairing]) -> bool:
    return all(p.official[1] - p.official[0] <= 2 for p in pairings if p.step is Step.DELETED)


def find_paraphrase(reading: Reading, groups: Sequence[OfficialWords]) -> tuple[OfficialWords, int, int] | None:
    """Find the official sentence that says the same in other words: most content words of the quotation stand in it.

    Args:
        reading: The quotation.
        groups: Official words.

    Returns:
        The group and the sentence's words, half-open; None where none is near enough, or it denies what is quoted.
    """
    content = [word.key for word in reading.words if not is_common(word.key)]
    if len(reading.words) < _PARAPHRASE_WORDS or len(content) < _PARAPHRASE_CONTENT:
        return None
    best: tuple[int, OfficialWords, int, int] | None = None
    for group in groups:
        for start, end in _sentences(group):
            if end - start > _LONGEST_SENTENCE * len(reading.words):
                continue
            held = _held(content, set(group.keys[start:end]))
            if best is None or held > best[0]:
                best = (held, group, start, end)
    if best is None or best[0] < max(_PARAPHRASE_CONTENT, _PARAPHRASE_SHARE * len(content)):
        return None
    if any(map(is_negator, content)) != any(map(is_negator, best[1].keys[best[2] : best[3]])):
        return None
    return best[1:]


def _held(content: Sequence[str], sentence: set[str]) -> int:
    rest = sentence - set(content)
    return sum(
        1
        for key in content
        if key in sentence or any(is_inflection(key, other) or is_spelling_variant(key, other) for other in rest)
    )


def _sentences(group: OfficialWords) -> list[tuple[int, int]]:
    ends = [at for at in range(1, len(group.words)) if any(mark.sign in ".!?¶" for mark in group.marks[at])]
    return list(pairwise((0, *ends, len(group.words))))


def longest_run(claimed: Sequence[str], official: Sequence[str]) -> tuple[int, int, int] | None:
    """Find the longest run of equal words: where it begins in each text, and its length; None where there is none.

    Args:
        claimed: Folded words.
        official: Folded words.
    """
    pairings = align_words(claimed, official)
    best: tuple[int, int, int] | None = None
    start = 0
    for at, pairing in enumerate(pairings):
        if pairing.step is not Step.SAME:
            start = at + 1
        elif best is None or at + 1 - start > best[2]:
            best = (pairings[start].claimed[0], pairings[start].official[0], at + 1 - start)
    return best
