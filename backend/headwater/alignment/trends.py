"""Changes over time that a claim takes for granted and no passage tells: "the growing number of empty shops".

A change that goes with a figure is left to the figures, and so is one whose passage has figures to make it out from.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from headwater.domain.facts import Annotated
from headwater.domain.spans import Span
from headwater.text.sentences import split_sentences
from headwater.text.tokens import content_stems

WORD = re.compile(r"[^\W\d_]++(?:['’\-][^\W\d_]++)*+")
MOST_BEHIND = 2  # words behind a change that ends its claim: "this year"
MOST_BETWEEN = 2  # words between "has" and "increased", or the article and "increase"
SHARED = 2  # content words that a sentence shares with the claim, for its change to be the claim's
SHORTEST_FAMILY = 5  # letters: shorter stems without their last one are other words
MOST_FIGURES = 2  # in one passage: from more of them a change can be made out


@dataclass(frozen=True, slots=True)
class Trends:
    """The tables of `trends.toml` for one direction."""

    finite: frozenset[str]
    before_noun: frozenset[str]
    nouns: frozenset[str]
    answers: frozenset[str]


@cache
def _tables() -> tuple[tuple[Trends, ...], Mapping[str, frozenset[str]]]:
    table = tomllib.loads((Path(__file__).parent / "trends.toml").read_text("utf-8"))
    marks = {name: frozenset(words) for name, words in table.pop("marks").items()}
    return tuple(Trends(**{name: frozenset(words) for name, words in way.items()}) for way in table.values()), marks


def unstated_trends(claim: Annotated, passages: Sequence[Annotated]) -> tuple[Span, ...]:
    """Return the changes that a claim tells and no passage does, in order.

    Args:
        claim: The claim.
        passages: That it was compared with.
    """
    if claim.facts.quantities:
        return ()
    return tuple(span for way, span in _told(claim) if not any(_tells(way, claim, span, p) for p in passages))


def is_assertion(claim: Annotated, change: Span) -> bool:
    """Say whether a change is what the claim asserts, its last words: "the number of empty shops has sharply risen".

    What stands before it is then only what the claim is about, however much of it the source has.

    Args:
        claim: The claim.
        change: A change that it tells.
    """
    opener = WORD.match(claim.text, change.start)
    told_as_done = opener is not None and opener[0].lower() in _tables()[1]["auxiliaries"]
    return told_as_done and len(WORD.findall(claim.text, change.end)) <= MOST_BEHIND


def _told(claim: Annotated) -> Iterator[tuple[Trends, Span]]:
    ways, marks = _tables()
    words = list(WORD.finditer(claim.text))
    lower = [word[0].lower() for word in words]
    quoted = [quotation.span for quotation in claim.facts.quotations]
    for place, word in enumerate(lower):
        before = lower[max(0, place - MOST_BETWEEN - 1) : place]
        following = lower[place + 1] if place + 1 < len(lower) else ""
        for way in ways:
            noun = word in way.nouns and following in marks["partitives"]
            openers = marks["auxiliaries"] if word in way.finite else marks["articles"] if noun else frozenset()
            opened = next((back for back in range(1, len(before) + 1) if before[-back] in openers), 0)
            leads = word in way.before_noun and following not in {"", *marks["particles"]}
            if not opened and not leads:
                continue
            last = place + 1 if leads else place
            span = Span(words[place - opened].start(), words[last].end())
            if not any(quotation.overlaps(span) for quotation in quoted):
                yield way, span


def _tells(way: Trends, claim: Annotated, span: Span, passage: Annotated) -> bool:
    """Whether a sentence tells this change, or has figures to make it out from, of what the claim speaks of."""
    spoken_of = {_family(stem) for stem in content_stems(_without(claim, span))}
    figures = len(passage.facts.quantities) > MOST_FIGURES
    for sentence in split_sentences(passage.text):
        text = sentence.slice(passage.text)
        words = {word.lower() for word in WORD.findall(text)}
        shared = len(spoken_of & set(map(_family, content_stems(text))))
        if (figures or words & way.answers) and shared >= min(SHARED, len(spoken_of)):
            return True
    return False


def _without(claim: Annotated, change: Span) -> str:
    """Return a claim without a change that it tells, and without those who tell it: "the central bank said"."""
    left_out = sorted((change, *(one.span for one in claim.facts.attributions)))
    kept, at = [], 0
    for span in left_out:
        kept.append(claim.text[at : max(at, span.start)])
        at = max(at, span.end)
    return " ".join((*kept, claim.text[at:]))


def _family(stem: str) -> str:
    """Return what a stem shares with those made of the same word: "economi" and "econom"."""
    return stem[:-1] if len(stem) > SHORTEST_FAMILY and stem[-1] in "iey" else stem
