"""What one word makes another statement of in a sentence that keeps nearly all official words.

"All residents" for "many residents", "leads the world" for "virtually leads the world", "are declining" for "may be
declining": laid side by side, word by word, the two sentences show what was changed, and where it stood.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from headwater.comparison.hedging import holds_back
from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.statements import Term
from headwater.comparison.telling import parts
from headwater.comparison.word_alignment import Facing, face
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.domain.spans import Span
from headwater.extraction.modality_cues import BE, HAVE

READ = 3  # passages: a sentence of a farther one is hardly the one that was reworded
SCOPE_HELD = 0.65  # share of the claim's content that is the official sentence's, where both say of how many
HELD = 0.75  # and where a single word that holds back is missing
TO_NOUN = 4  # words from "all" to the noun it is said of: "all of the remaining 12 states"
GROUP = 6  # words before an official noun in which it is said of how many: "more than 100 of the town's"
BEFORE = 2  # words before "all" that may tell of how many: "most of all the"
EXCEPT = frozenset({"but", "except", "bar"})
BESIDE = 3  # words behind one that holds back in which what it is said of stands


@cache
def _listed(name: str) -> frozenset[str]:
    table = tomllib.loads(Path(__file__).with_name("light_changes.toml").read_text("utf-8"))
    return frozenset(str(table[name]).split())


def compare_light_changes(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find the word by which a lightly reworded sentence says more than the official one.

    Rules: MOD-SCOPE, MOD-HEDGE-DROPPED.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.

    Examples:
        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts())
        >>> official = text("Many residents of the home were moved to Leeds.")
        >>> found = compare_light_changes(text("All residents of the home were moved to Leeds."), [official])
        >>> [finding.rule for finding in found]
        ['MOD-SCOPE']
    """
    if claim.facts.quotations:
        return
    for passage in passages[:READ]:
        for faced in face(claim.text, passage.text):
            yield from _said_of_all(claim, faced, passage)
            yield from _held_back(claim, faced, passage)
            yield from _at_all_times(claim, faced, passage)


def _said_of_all(claim: Annotated, faced: Facing, passage: Annotated) -> Iterator[Finding]:
    ours = faced.ours.words
    for at, word in enumerate(ours if faced.coverage >= SCOPE_HELD else ()):
        if (
            word.text not in _listed("all")
            or at in faced.matched
            or (at and ours[at - 1].text in _listed("not_before"))
        ):
            continue
        noun = _noun_behind(faced, at)
        other = _fewer(passage.text, faced, at, noun) if noun is not None else None
        if noun is not None and other is not None:
            own = Cued("of_all", False, False, Span(word.span.start, ours[noun].span.end))
            yield modality_finding("scope_widened", claim, own, (passage, Cued("of_some", False, False, other)))


def _fewer(text: str, faced: Facing, at: int, noun: int) -> Span | None:
    """Return the words by which the official noun group is of fewer, where the claim has "all" and no word of those."""
    ours, theirs = faced.ours.words, faced.theirs.words
    last = faced.matched[noun]
    group = range(_group_start(text, theirs, last), last)
    some = [k for k in group if theirs[k].text in _listed("some") and k not in faced.matched.values()]
    told = {one.text for one in ours[max(0, at - BEFORE) : noun]} & _listed("some")
    if not some or any(theirs[k].text in _listed("all") | told for k in group):
        return None
    return Span(theirs[some[0]].span.start, theirs[last].span.end)


def _noun_behind(faced: Facing, at: int) -> int | None:
    """Return the first word both sentences have in the noun group that "all" opens."""
    words = faced.ours.words
    for place in range(at + 1, min(at + 1 + TO_NOUN, len(words))):
        if words[place].text in BE | HAVE | EXCEPT:
            return None
        if place in faced.matched and (words[place].figure or words[place].key):
            return place
    return None


def _group_start(text: str, words: Sequence[Term], noun: int) -> int:
    """Return where the noun group that ends with a noun may begin."""
    first = noun
    while first > max(0, noun - GROUP) and not parts(text, words[first - 1], words[first]):
        first -= 1
    return first


def _held_back(claim: Annotated, faced: Facing, passage: Annotated) -> Iterator[Finding]:
    if faced.coverage < HELD or holds_back(faced.ours.words) or _makes_exception(faced.ours.words):
        return
    ours, theirs = faced.ours.words, faced.theirs.words
    back = {there: here for here, there in faced.matched.items()}
    for at, word in enumerate(theirs):
        if word.text not in _listed("held_back") or at in back:
            continue
        said = _said_of(passage.text, theirs, at)
        if said is not None and said in back and not theirs[said].figure:
            own = Cued("stated", False, False, ours[back[said]].span)
            other = Cued("may", False, False, Span(word.span.start, theirs[said].span.end))
            yield modality_finding("hedge_dropped", claim, own, (passage, other))
            return


def _at_all_times(claim: Annotated, faced: Facing, passage: Annotated) -> Iterator[Finding]:
    """Find what is so always here and sometimes in the source."""
    ours, theirs = faced.ours.words, faced.theirs.words
    always = [at for at, word in enumerate(ours) if word.text in _listed("always") and at not in faced.matched]
    known = set(faced.matched.values())
    seldom = [at for at, word in enumerate(theirs) if word.text in _listed("sometimes") and at not in known]
    if not always or faced.coverage_without(always[0]) < HELD or not seldom or not faced.chain:
        return
    if faced.chain[0][1] - BESIDE <= seldom[0] <= faced.chain[-1][1] and not (always[0] and _is_not(ours, always[0])):
        own = Cued("stated", False, False, ours[always[0]].span)
        other = Cued("may", False, False, theirs[seldom[0]].span)
        yield modality_finding("hedge_dropped", claim, own, (passage, other))


def _is_not(words: Sequence[Term], at: int) -> bool:
    return words[at - 1].text in _listed("not_before") or words[at - 1].text.endswith(("n't", "n’t"))


def _makes_exception(words: Sequence[Term]) -> bool:
    """Say whether a sentence has "all but a few", which is nearly all."""
    return any(word.text in _listed("all") and after.text in EXCEPT for word, after in pairwise(words))


def _said_of(text: str, words: Sequence[Term], at: int) -> int | None:
    """Return the word that one that holds back is said of: the content word next behind it in its clause."""
    for place in range(at + 1, min(at + 1 + BESIDE, len(words))):
        if parts(text, words[place - 1], words[place]):
            return None
        if words[place].key or words[place].figure:
            return place
    return None
