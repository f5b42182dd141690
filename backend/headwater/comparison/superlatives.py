"""One end of a row told as the other: "their highest since 1990" for "the lowest level since 1990".

Asked of the same thing, or of the same stretch of years, in sentences that share their matter, where no passage
near the claim has its own end of it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
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

READ, EVERY = 3, 8  # passages in which the other end, and in which the claim's own end may stand
BEHIND = 3  # words of the thing
BEFORE = 16  # characters before in which a word leaves the end open
HELD = 0.25  # of the claim's content words, in the official sentence
SHARED = 2  # content words of both sentences; one where both tell since when
AMOUNT, CHANGE = "amount", "change"
_WORD = re.compile(r"[^\W\d_]++(?:-[^\W\d_]++)*+")
_AT = re.compile(r"\bat $")  # "at least two roads"
_NEXT = re.compile(r"[ -](?:['’]s )?([^\W\d_]++)")


@dataclass(frozen=True, slots=True)
class End:
    """A thing at one end of a row.

    Args:
        axis: What the row is of: an amount, a change, or a pair of words.
        top: Whether it stands at the first end of it.
        things: Content words behind, in order.
        scope: Since when or among what, as written: the year, the number of years, "record".
        told: Content words of the sentence.
        span: Of the word with what follows it.
    """

    axis: str
    top: bool
    things: frozenset[str]
    scope: frozenset[str]
    told: frozenset[str]
    span: Span


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("superlatives.toml").read_text("utf-8"))


@cache
def _ends() -> Mapping[str, tuple[str, bool]]:
    found = dict.fromkeys(_table()["top"]["words"].split(), (AMOUNT, True))
    found |= dict.fromkeys(_table()["bottom"]["words"].split(), (AMOUNT, False))
    for pair in _table()["ends"]["pairs"]:
        one, other = pair.split()
        found.setdefault(one, (pair, True))
        found.setdefault(other, (pair, False))
    return found


@cache
def _words(section: str) -> frozenset[str]:
    return frozenset(_table()[section]["words"].split())


@cache
def _scopes() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _table()["scope"].items()}


def compare_superlatives(claim: Annotated, passages: Sequence[Annotated]) -> tuple[Finding, ...]:
    """Find what a claim puts at one end where the source puts it at the other.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.
    """
    own = [one for one in read_ends(claim.text) if not any(q.inner.overlaps(one.span) for q in claim.facts.quotations)]
    return tuple(finding for one in own for finding in _turned(claim, one, passages))


def _turned(claim: Annotated, own: End, passages: Sequence[Annotated]) -> Iterator[Finding]:
    near = [(one, passage) for passage in passages[:EVERY] for one in read_ends(passage.text)]
    alike = [(one, passage) for one, passage in near if one.axis == own.axis and _is_of_one_row(own, one)]
    if any(one.top is own.top for one, _ in alike):
        return
    first = passages[:READ]
    faced = [
        pair
        for pair in alike
        if any(pair[1] is passage for passage in first)
        and _tells_alike(own, pair[0])
        and not any(passage is pair[1] and _has_own_end(own, pair[0], one) for one, passage in near)
    ]
    if faced:
        yield _finding(claim, own, *faced[0])


def _has_own_end(own: End, faced: End, beside: End) -> bool:
    """Say whether the claim's own end stands in one sentence with the other one."""
    return beside.axis == own.axis and beside.top is own.top and beside.told == faced.told


def _is_of_one_row(own: End, official: End) -> bool:
    if own.scope and official.scope:
        return bool(own.scope & official.scope)
    return bool(own.things & official.things)


def _tells_alike(own: End, official: End) -> bool:
    shared = own.told & official.told
    if own.scope & official.scope:
        return bool(shared)
    return len(shared) >= SHARED and len(shared) >= HELD * len(own.told)


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_ends(text: str) -> tuple[End, ...]:
    """Return what a text puts at one end of a row, in order.

    Args:
        text: Working text.
    """
    return tuple(one for match in _WORD.finditer(text) if (one := _end(text, match)) is not None)


def _end(text: str, match: re.Match[str]) -> End | None:
    axis, top = _ends().get(match.group().lower(), ("", False))
    if not axis or not _words("open").isdisjoint(text[max(0, match.start() - BEFORE) : match.start()].lower().split()):
        return None
    things, end = [], match.end()
    for _ in range(BEHIND):
        word = _NEXT.match(text, end)
        if word is None or not (concept(word.group(1)) or word.group(1).lower() in _words("changes")):
            break
        things.append(word.group(1).lower())
        end = word.end()
    if match.group().lower() in {"most", "least"} and (
        not things or not things[0].endswith("s") or _AT.search(text, max(0, match.start() - 3), match.start())
    ):
        return None  # "most important" ranks by another word; "most visitors" is an amount
    sentence = sentence_at(text, Span(match.start(), match.end()))
    words = sentence.slice(text)
    scope = {
        name if name == "record" else found.group(1).lower()
        for name, pattern in _scopes().items()
        if (found := pattern.search(words))
    }
    moved = axis == AMOUNT and any(word.removesuffix("s") in _words("changes") for word in things)
    kept = frozenset(filter(None, map(concept, things)))
    told = told_words(text, sentence)
    return End(CHANGE if moved else axis, top, kept, frozenset(scope), told, Span(match.start(), end))


def _finding(claim: Annotated, own: End, official: End, passage: Annotated) -> Finding:
    rule = figure_rules()[Outcome.OTHER_END]
    ours, theirs = claim.side(own.span), passage.side(official.span)
    return Finding(
        rule.id,
        Lane.FIGURE,
        Outcome.OTHER_END.value,
        rule.effect,
        rule.severity,
        ours,
        theirs,
        f"The article says “{ours.surface}”, the source “{theirs.surface}”.",
        passage_id=passage.passage_id,
    )
