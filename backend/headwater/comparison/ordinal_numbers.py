"""Which of a row of things: "the 80th anniversary" for "the 82nd", "the third region" for "the fourth".

An ordinal is compared by the words behind it. It differs where the source has those words with one other ordinal
and nowhere with this one. "First" is left to `shares.py`, ranks ("third-largest") to `ranks.py`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from headwater.comparison.contexts import sentence_at, told_words
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.figure_rules import figure_rules
from headwater.comparison.statements import TEXTS_REMEMBERED
from headwater.comparison.vocabulary import concept
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding, Lane
from headwater.domain.spans import Span

BEHIND = 2  # words: "vice president"
SHARED = 1  # content words of the two sentences beside those
LEAST = 8  # characters
_SEVERAL = re.compile(r"\b(?:and|or|to|nor)(?: the)? $", re.IGNORECASE)  # "the fourth and the ninth president"
_WORD = re.compile(r"[ ](?:['’]s )?([^\W\d_]++)")


@dataclass(frozen=True, slots=True)
class Ordinal:
    """An ordinal in its text.

    Args:
        number: Which it is.
        things: What the words behind it are compared by, in order.
        told: Content words of its sentence.
        span: Of the ordinal and the words behind it.
        joined: Whether another one may be told before it: "the fourth and the ninth president".
    """

    number: int
    things: tuple[str, ...]
    told: frozenset[str]
    span: Span
    joined: bool


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("ordinal_numbers.toml").read_text("utf-8"))


@cache
def _ordinals() -> re.Pattern[str]:
    words = "|".join(_table()["numbers"])
    return re.compile(rf"(?<![\w/.,-])(?:(\d{{1,3}}+)(?:st|nd|rd|th|d)|({words}))(?![\w-])", re.IGNORECASE)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(_table()[name]).split())


def compare_ordinals(claim: Annotated, passages: Sequence[Annotated]) -> tuple[Finding, ...]:
    """Find the ordinals of a claim that the source gives otherwise.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.
    """
    own = [one for one in _read(claim) if not any(q.inner.overlaps(one.span) for q in claim.facts.quotations)]
    if not own:
        return ()
    official = [(one, passage) for passage in passages for one in _read(passage)]
    found = ((one, _other(one, official)) for one in own)
    return tuple(_finding(claim, one, *other) for one, other in found if other is not None)


def _other(own: Ordinal, official: Sequence[tuple[Ordinal, Annotated]]) -> tuple[Ordinal, Annotated] | None:
    """Return the one ordinal that the source gives the claim's thing, where it is another."""
    alike = [(len(set(own.things) & set(one.things)), one, passage) for one, passage in official]
    most = max((shared for shared, *_ in alike), default=0)
    if not most or any(one.number == own.number and shared for shared, one, _ in alike):
        return None
    things = frozenset(own.things)
    faced = [
        (one, passage)
        for shared, one, passage in alike
        if shared == most and not one.joined and len((own.told & one.told) - things) >= SHARED
    ]
    return faced[0] if len({one.number for one, _ in faced}) == 1 else None


def _read(text: Annotated) -> tuple[Ordinal, ...]:
    taken = tuple(mention.span for mention in text.facts.dates)
    figures = tuple(quantity.span for quantity in text.facts.quantities)
    return tuple(
        one for one in _read_text(text.text) if not any(span.overlaps(one.span) for span in (*taken, *figures))
    )


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _read_text(text: str) -> tuple[Ordinal, ...]:
    found = (_ordinal(text, match) for match in _ordinals().finditer(text))
    return tuple(one for one in found if one is not None)


def _ordinal(text: str, match: re.Match[str]) -> Ordinal | None:
    end = match.end()
    things: list[str] = []
    while len(things) < BEHIND:
        word = _WORD.match(text, end)
        if word is None or word.group(1).lower() in _listed("ends"):
            break
        meaning = concept(word.group(1)) or (word.group(1).lower() if word.group(1).lower() == "first" else "")
        things += [meaning] if meaning else []
        end = word.end()
        if not meaning:
            break
    if not things or not _listed("no_things").isdisjoint(text[match.end() : end].lower().split()):
        return None
    number = int(match.group(1)) if match.group(1) else _table()["numbers"][match.group(2).lower()]
    sentence = sentence_at(text, Span(match.start(), end))
    joined = bool(_SEVERAL.search(text[max(match.start() - LEAST, 0) : match.start()]))
    return Ordinal(number, tuple(things), told_words(text, sentence), Span(match.start(), end), joined)


def _finding(claim: Annotated, own: Ordinal, official: Ordinal, passage: Annotated) -> Finding:
    rule = figure_rules()[Outcome.ORDINAL]
    ours, theirs = claim.side(own.span, str(own.number)), passage.side(official.span, str(official.number))
    return Finding(
        rule.id,
        Lane.FIGURE,
        Outcome.ORDINAL.value,
        rule.effect,
        rule.severity,
        ours,
        theirs,
        f"The article says “{ours.surface}”, the source “{theirs.surface}”.",
        passage_id=passage.passage_id,
    )
