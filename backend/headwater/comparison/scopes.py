"""Who a thing is said of: all of some people or things here, and in the source those only that a word narrows them to.

"All residents of care homes qualify" for "residents of eligible care homes"; "everyone under 50" for "those under 50
who are clinically vulnerable".
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.opposed import content_of, shared_terms
from headwater.comparison.statements import MOST_FACED, Statement, Term, read_statements
from headwater.comparison.telling import HEAVY, keys_of, parts
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.domain.spans import Span

READ = 2  # passages
GROUP = 5  # words from the word of all to the noun it is said of, and words of the phrase behind that noun
BEFORE = 3  # words before a noun among which one narrows it
LEAST_SHARED = 2  # content words that both sentences share, the noun among them
AROUND = 300  # characters of the article on either side in which the narrowing word may be told
_ALL = frozenset({"all", "every", "each", "any"})
_NOT_BEFORE = frozenset({"not", "at", "of", "in", "after", "above", "nearly", "almost", "first", "virtually", "for"})


@cache
def _listed(name: str) -> frozenset[str]:
    table: dict[str, Any] = tomllib.loads(Path(__file__).with_name("scopes.toml").read_text("utf-8"))
    return frozenset(str(table[name]).split())


def compare_scopes(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find what the claim says of all of some things and the source of a narrower sort of them.

    Rule MOD-SCOPE.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.
    """
    if claim.facts.quotations:
        return
    for statement in read_statements(claim.text):
        for span, group in _of_all(claim, statement):
            faced = _narrowed(claim, statement, group, passages)
            if faced is not None:
                theirs, passage = faced
                ours, other = Cued("of_all", False, False, span), Cued("of_some", False, False, theirs)
                yield modality_finding("scope_widened", claim, ours, (passage, other))
                return


def _of_all(claim: Annotated, statement: Statement) -> Iterator[tuple[Span, list[Term]]]:
    """Yield what a sentence says of all of: the words that say so, and the content words of the noun group."""
    words = statement.words
    for at, word in enumerate(words):
        whole = word.text in _ALL and (at == 0 or words[at - 1].text not in _NOT_BEFORE)
        if not (whole or word.text in {"everyone", "everybody", "anyone", "anybody"}):
            continue
        group = []
        for place in range(at + 1, min(at + 1 + GROUP, len(words))):
            if parts(claim.text, words[place - 1], words[place]) or words[place].text in {"will", "is", "are", "must"}:
                break
            if words[place].figure or (words[place].key and words[place].weight >= HEAVY):
                group.append(words[place])
        if group and not (words[at + 1 : at + 2] and words[at + 1].text == "but"):
            yield Span(word.span.start, group[0].span.end), group


def _narrowed(
    claim: Annotated, statement: Statement, group: Sequence[Term], passages: Sequence[Annotated]
) -> tuple[Span, Annotated] | None:
    around = _around(claim)
    for passage in passages[:READ]:
        for official in read_statements(passage.text):
            shared = shared_terms(content_of(statement), content_of(official))
            figure = any(word.figure and word.event in official.figures for word in group)
            if not figure and (len(shared) < LEAST_SHARED or not shared_terms([group[0]], content_of(official))):
                continue
            for at in islice(_places(group, official), MOST_FACED):
                found = _narrower(passage, official, at, around)
                if found is not None:
                    return found, passage
    return None


def _places(group: Sequence[Term], official: Statement) -> Iterator[int]:
    """Yield where the official sentence has what the claim says it of all of."""
    for at, word in enumerate(official.words):
        figure = word.figure and word.event in {own.event for own in group if own.figure}
        if figure or (word.key and not word.figure and shared_terms([group[0]], [word])):
            yield at


def _narrower(passage: Annotated, official: Statement, at: int, around: frozenset[str]) -> Span | None:
    """Return the words that narrow a noun, where the article tells nothing of what they say."""
    words = official.words
    if any(word.text in _ALL for word in words[max(0, at - BEFORE) : at]):
        return None
    for place in range(max(0, at - BEFORE), min(at + 1 + BEFORE, len(words))):
        if words[place].text in _listed("narrowing") and words[place].key not in around:
            lower, upper = min(place, at), max(place, at)
            if not any(parts(passage.text, words[i], words[i + 1]) for i in range(lower, upper)):
                return Span(words[lower].span.start, words[upper].span.end)
    opens = at + 1
    if opens < len(words) and words[opens].text in _listed("opening"):
        inside = _clause(passage, words, opens)
        told = {key for key, weight in keys_of(inside).items() if weight >= HEAVY}
        if (
            told - around
            and len(told & around) < len(told - around)
            and "," not in passage.text[words[at].span.end : words[opens].span.start]
        ):
            return Span(words[at].span.start, inside[-1].span.end)
    return None


def _clause(passage: Annotated, words: Sequence[Term], opens: int) -> Sequence[Term]:
    end = opens + 1
    while end < min(opens + 1 + GROUP, len(words)) and not parts(passage.text, words[end - 1], words[end]):
        end += 1
    return words[opens:end]


def _around(claim: Annotated) -> frozenset[str]:
    """Return what the article tells around a claim, as it is compared."""
    place = claim.mapped.to_original(Span(0, len(claim.text)))
    text = claim.mapped.original[max(0, place.start - AROUND) : place.end + AROUND]
    return frozenset(key for statement in read_statements(text) for key in keys_of(statement.words))
