"""Whose figure it is: the groups that the figures of one sentence belong to, told from one another by coordination.

"87% of men and 79% of women", "Leeds (£3m) and York (£4m)", "492 and 682 in the 60-64 and the 65 & over age bands
respectively": each figure has its own share of the sentence; what two shares do not have in common says whose it is.
A claim that gives one of the figures to another's group is crossed: both values are the source's own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from headwater.comparison.contexts import Context
from headwater.comparison.vocabulary import concept

TEXTS_REMEMBERED = 2048  # sentences of figures: those of an article's passages are asked for once a claim
REACH = 160  # characters of a share looked at on each side of its figure: a long noun group and its verb
HALF = 0.5  # of the words that tell another figure's group apart: those a claim must have to be giving it this value

_WORD = re.compile(r"[^\W_]++(?:['’](?!s\b)[^\W\d_]++)?")
_OPENING = re.compile(r"[(\[]\s*$")
_CLOSING = re.compile(r"^\s*[)\]]")
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:,|\band\b|\bor\b|, and\b)\s*", re.IGNORECASE)

Chunks = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """What a figure's own share of a sentence says of it.

    Args:
        before: Content words of each part of the share before the figure, the nearest part first.
        after: The same, of the noun group behind the figure.
        words: All content words of the share, what the figure is compared with left out.
        counted: Content words of the counted noun group.
        carried: Whether the share has a pronoun, so that its group may be named elsewhere.
    """

    before: Chunks
    after: Chunks
    words: frozenset[str]
    carried: bool
    counted: frozenset[str] = frozenset()

    @property
    def group(self) -> frozenset[str]:
        """The words that stand for its group: what comes before it, and the noun group behind."""
        return frozenset().union(*self.before, *self.after)


@dataclass(frozen=True, slots=True)
class _Share:
    """The stretches of text before and behind a figure that are its own."""

    start: int
    figure: tuple[int, int]
    end: int


@cache
def _pattern(name: str) -> re.Pattern[str]:
    table = tomllib.loads((Path(__file__).parent / "holders.toml").read_text("utf-8"))
    words = table[name]
    return re.compile(rf"\b(?:{words})\b" if name == "prepositions" else words, re.IGNORECASE)


def read_holders(siblings: Sequence[Context]) -> tuple[Holder, ...]:
    """Read whose figures the figures of one sentence are.

    Args:
        siblings: Figures of one sentence and one kind of unit, in order.
    """
    if not siblings:
        return ()
    first = siblings[0]
    spans = tuple((context.figure.span.start, context.figure.span.end) for context in siblings)
    told = frozenset().union(*(context.told for context in siblings))
    holders = _read(first.text, (first.sentence.start, first.sentence.end), spans, told)
    nouns = [_words(context.figure.counted, told) for context in siblings]
    return tuple(replace(holder, counted=counted) for holder, counted in zip(holders, nouns, strict=True))


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _read(
    text: str, sentence: tuple[int, int], spans: tuple[tuple[int, int], ...], told: frozenset[str]
) -> tuple[Holder, ...]:
    listed = _respectively(text, sentence, spans, told)
    if listed:
        return listed
    ends = [_divide(text, one[1], other[0]) for one, other in pairwise(spans)]
    starts = [sentence[0], *ends]
    ends.append(sentence[1])
    shares = [_Share(start, span, end) for start, span, end in zip(starts, spans, ends, strict=True)]
    return tuple(_holder(text, share, told) for share in shares)


def _divide(text: str, start: int, end: int) -> int:
    """Return where the share of the figure before ends and that of the figure behind begins."""
    closing = _CLOSING.match(text[start:end])
    opening = _OPENING.search(text, start, end)
    first = start + closing.end() if closing else start
    last = opening.start() if opening else end
    strong = _pattern("strong").search(text, first, last)
    # "than" and "to" of a hedge ("more than 40") are no dividers.
    if strong and not (strong.group().lower() == "than" and _pattern("filler").match(text[strong.end() : end])):
        return strong.start()
    weak = list(_pattern("weak").finditer(text, first, last))
    if not weak:
        return last if opening else first + len(_group(text[first:last], 0))
    nearest = next((mark for mark in reversed(weak) if _pattern("filler").match(text[mark.end() : last])), None)
    if nearest and not opening:
        return nearest.start()
    return weak[0].start() if not text[first : weak[0].start()].strip() else weak[-1].start()


def _holder(text: str, share: _Share, told: frozenset[str]) -> Holder:
    begin = max(share.start, share.figure[0] - REACH)
    stop = min(share.end, share.figure[1] + REACH)
    before = _chunks(text[begin : share.figure[0]], told)
    behind = text[share.figure[0] : stop]
    comparing = _pattern("comparing").search(text, share.figure[1], stop)
    words = _words(text[begin : comparing.start() if comparing else stop], told)
    carried = bool(_pattern("pronouns").search(text, begin, stop))
    return Holder(before[::-1], _chunks(_group(behind, share.figure[1] - share.figure[0]), told), words, carried)


def _group(behind: str, figure: int) -> str:
    """Return the noun group behind a figure, the figure's own words included."""
    for mark in _pattern("ends").finditer(behind, figure):
        if _WORD.search(behind, figure, mark.start()) or behind[mark.start()] in ".,;:":
            return behind[: mark.start()]
    return behind


def _chunks(words: str, told: frozenset[str]) -> Chunks:
    parts = (_words(part, told) for part in _pattern("prepositions").split(words))
    return tuple(part for part in parts if part)


def _words(words: str, told: frozenset[str]) -> frozenset[str]:
    found = [match.group() for match in _WORD.finditer(words)]
    contrasts = frozenset(word.lower() for word in found) & _contrasts()
    return contrasts | frozenset(key for word in found if (key := concept(word)) in told)


@cache
def _contrasts() -> frozenset[str]:
    """Return words that tell groups apart though they tell nothing of a subject: "the upper range", "the lower one"."""
    table = tomllib.loads((Path(__file__).parent / "holders.toml").read_text("utf-8"))
    return frozenset(table["contrasts"].split())


def _respectively(
    text: str, sentence: tuple[int, int], spans: tuple[tuple[int, int], ...], told: frozenset[str]
) -> tuple[Holder, ...]:
    """Read figures that are listed apart from their groups: "(8.0% and 8.8%, respectively)"."""
    mark = _RESPECTIVELY.search(text, spans[0][1], sentence[1])
    if mark is None or len(spans) == 1:
        return ()
    if any(not _LISTED.fullmatch(text[one[1] : other[0]]) for one, other in pairwise(spans)):
        return ()
    for stretch in (text[spans[-1][1] : mark.start()], text[max(sentence[0], spans[0][0] - REACH) : spans[0][0]]):
        parts = [part for part in _LISTED.split(stretch) if _words(part, told)]
        if len(parts) == len(spans):
            groups = [_chunks(part, told) for part in parts]
            return tuple(Holder((), chunks, frozenset().union(*chunks), False) for chunks in groups)
    return ()


def tell_apart(one: Holder, other: Holder) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that tell two figures' groups apart: those of the one, and those of the other.

    Only parts of the sentence that both figures have are set against each other; what one alone has, at the sentence's
    beginning or end, may be said of both.

    Args:
        one: Of a figure.
        other: Of another figure of the sentence.
    """
    mine: set[str] = set()
    theirs: set[str] = set()
    for chunks, facing in ((one.before, other.before), (one.after, other.after)):
        for ours, its in zip(chunks, facing, strict=False):
            mine |= ours
            theirs |= its
    if not mine and not theirs:  # "64% of these, compared with 59% of all": one is named before, the other behind
        named, facing = (*one.before[:1], *one.after[:1]), (*other.after[:1], *other.before[:1])
        mine, theirs = (set(named[0]), set(facing[0])) if named and facing else (set(), set())
    # A noun that only one of them is followed by is understood of both: "129 countries have one, 95 the other".
    shared = frozenset() if one.counted and other.counted else one.counted | other.counted
    return frozenset(mine - other.words - shared), frozenset(theirs - one.words - shared)
