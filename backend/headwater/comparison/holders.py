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
NOUN_GROUP = 4  # content words: what stands behind them is said of it
HALF = 0.5  # of the words that tell another figure's group apart: those a claim must have to be giving it this value

_WORD = re.compile(r"[^\W_]++(?:['’](?!s\b)[^\W\d_]++)?")
_OPENING = re.compile(r"[(\[]\s*$")
_CLOSING = re.compile(r"^\s*[)\]]")
_PARTICIPLE = re.compile(
    r"(?:ed|ing|ly)$|\d", re.IGNORECASE
)  # "women aged 40", "men living alone": they name no other group
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_AT_END = re.compile(r"[.;:–—()]")
_CLOSERS = frozenset(')”"')
_LISTED = re.compile(r"(?<!\s)\s*+(?:,|\band\b|\bor\b|, and\b)\s*", re.IGNORECASE)

Chunk = tuple[str, ...]
Chunks = tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """What a figure's own share of a sentence says of it.

    Args:
        before: Content words of each part of the share before the figure, the nearest part first.
        after: The same, of the noun group behind the figure.
        words: All content words of the share, what the figure is compared with left out.
        rest: Content words of what is said behind that group; empty for a last figure, whose end may be said of all.
        counted: Content words of the counted noun group.
        order: What each word of the share is compared by, in order; "" for one that tells nothing.
        carried: Whether the share has a pronoun, so that its group may be named elsewhere.
    """

    before: Chunks
    after: Chunks
    words: frozenset[str]
    carried: bool
    rest: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()

    @property
    def group(self) -> frozenset[str]:
        """The words that stand for its group: what comes before it, the noun group behind and what is said of it."""
        return self.rest.union(*self.before, *self.after)


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
    # "a 13% and 75% reduction": what comes before the first is said of the second too
    for place, (one, other) in enumerate(pairwise(spans)):
        if _pattern("joined").fullmatch(text[one[1] : other[0]]):
            starts[place + 1] = starts[place]
    shares = [_Share(start, span, end) for start, span, end in zip(starts, spans, ends, strict=True)]
    holders = [_holder(text, share, told) for share in shares]
    if len(holders) == 1 or not holders[-2].rest:
        holders[-1] = replace(holders[-1], rest=frozenset())
    return tuple(holders)


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
        own = len(_group(text[first:last], 0))
        return first if opening and not text[first + own : last].strip() else first + own
    nearest = next((mark for mark in reversed(weak) if _pattern("filler").match(text[mark.end() : last])), None)
    if nearest and not opening:
        return nearest.start()
    return weak[0].start() if not text[first : weak[0].start()].strip() else weak[-1].start()


def _holder(text: str, share: _Share, told: frozenset[str]) -> Holder:
    begin = max(share.start, share.figure[0] - REACH)
    stop = min(share.end, share.figure[1] + REACH)
    part = _pattern("part").search(text, share.figure[1], stop)
    stop = part.start() if part else stop
    before = _chunks(text[begin : share.figure[0]], told)
    behind = text[share.figure[0] : stop]
    comparing = _pattern("comparing").search(text, share.figure[1], stop)
    share_words = text[begin : comparing.start() if comparing else stop]
    words = _words(share_words, told)
    carried = bool(_pattern("pronouns").search(text, begin, stop))
    group = _group(behind, share.figure[1] - share.figure[0])
    rest = _words(_AT_END.split(behind[len(group) :].lstrip(",;:.)"), maxsplit=1)[0], told)
    return Holder(before[::-1], _chunks(group, told), words, carried, rest, order=_in_order(share_words))


def _group(behind: str, figure: int) -> str:
    """Return the noun group behind a figure, the figure's own words included."""
    for mark in _pattern("ends").finditer(behind, figure):
        if mark.group() not in _CLOSERS:
            return behind[: mark.start()]
    return behind


def _chunks(words: str, told: frozenset[str]) -> Chunks:
    parts = (_keys(part, told) for part in _pattern("prepositions").split(words))
    return tuple(part for part in parts if part)


def _keys(words: str, told: frozenset[str]) -> Chunk:
    """Return what the words are compared by, in order; words that tell groups apart stand for themselves."""
    found = (match.group() for match in _WORD.finditer(words))
    keys = (word.lower() if word.lower() in _contrasts() else concept(word) for word in found)
    return tuple(key for key in keys if key in told or key in _contrasts())


def _words(words: str, told: frozenset[str]) -> frozenset[str]:
    return frozenset(_keys(words, told))


def _in_order(words: str) -> tuple[str, ...]:
    found = [match.group() for match in _WORD.finditer(words)]
    return tuple("" if _PARTICIPLE.search(word) else concept(word) for word in found)


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
            groups = [_chunks(part, told)[-1:] for part in parts]
            return tuple(Holder((), chunks, frozenset().union(*chunks), carried=False) for chunks in groups)
    return ()


def tell_apart(one: Holder, other: Holder, *, mixed: bool = False) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that tell two figures' groups apart: those of the one, and those of the other.

    Only parts of the sentence that both figures have are set against each other; what one alone has, at the sentence's
    beginning or end, may be said of both.

    Args:
        one: Of a figure.
        other: Of another figure of the sentence.
        mixed: Whether one may be named before its figure and the other behind: "64% of these, against 59% of all".
    """
    pairs = [*_first_apart(list(zip(one.before, other.before, strict=False)))]
    pairs += _first_apart([_to_noun(*pair) for pair in zip(one.after, other.after, strict=False)])
    if one.rest and other.rest:
        pairs.append((tuple(one.rest), tuple(other.rest)))
    if not pairs and mixed:
        named, facing = (*one.before[:1], *one.after[:1]), (*other.after[:1], *other.before[:1])
        pairs = [(named[0], facing[0])] if named and facing else []
    mine = frozenset(word for ours, _ in pairs for word in ours)
    theirs = frozenset(word for _, its in pairs for word in its)
    # A noun that only one of them is followed by is understood of both: "129 countries have one, 95 the other".
    shared = frozenset() if one.counted and other.counted else one.counted | other.counted
    return mine - other.words - shared, theirs - one.words - shared


def _first_apart(pairs: Sequence[tuple[Chunk, Chunk]]) -> Sequence[tuple[Chunk, Chunk]]:
    """Return the pairs of parts up to the first that differs: beyond it, the parts need not face each other."""
    return next((pairs[: place + 1] for place, (ours, its) in enumerate(pairs) if set(ours) != set(its)), pairs)


def _to_noun(ours: Chunk, its: Chunk) -> tuple[Chunk, Chunk]:
    """Cut two noun groups behind the noun that they share ("Formula 1 teams", "NASCAR teams now use"), or soon."""
    noun = next((word for word in ours if word in its), None)
    if noun is None:
        return ours[:NOUN_GROUP], its[:NOUN_GROUP]
    return ours[: ours.index(noun) + 1], its[: its.index(noun) + 1]
