"""What the claim says without exception where the source makes one: "at all", "all but essential travel".

And what the claim says makes no difference though the source makes it a condition: "whoever wins", "if re-elected".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.statements import Statement, read_statements
from headwater.comparison.telling import HEAVY, Telling, clause_around, keys_of, tellings
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.domain.spans import Span

READ = 3  # passages in which what makes no difference may be made a condition
TELLS = 0.5  # share of the claim's clause that the official sentence holds
LEAST_SHARED = 2.5  # by weight
AROUND = 300  # characters of the article on either side in which the exception may be told
HANGS_ON = 12  # words on either side of a condition that tell what it is


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("universals.toml").read_text("utf-8"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_table()[name]), re.IGNORECASE)


def compare_universals(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find what the claim says of all, or in any case, where the source makes an exception or a condition.

    Rule MOD-CONDITION.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.
    """
    if claim.facts.quotations or not passages:
        return
    for statement in read_statements(claim.text):
        faced = _excepted(claim, statement, passages[0]) or _hanging(claim, statement, passages)
        if faced is not None:
            ours, theirs, passage = faced
            own, other = Cued("stated", False, False, ours), Cued("condition", False, False, theirs)
            yield modality_finding("condition_dropped", claim, own, (passage, other))
            return


def _excepted(claim: Annotated, statement: Statement, passage: Annotated) -> tuple[Span, Span, Annotated] | None:
    found = _pattern("without_exception").search(claim.text, statement.span.start, statement.span.end)
    if found is None or _pattern("told").search(_around(claim)):
        return None
    at = next(i for i, word in enumerate(statement.words) if word.span.end > found.start())
    first, end = clause_around(claim.text, statement.words, at)
    # An aside may part the verb from its words: the whole sentence is asked where the clause is short.
    words = statement.words[first:end] if end - first > HANGS_ON // 2 else statement.words
    for telling in sorted(tellings(words, [passage]), key=lambda one: -one.coverage)[:1]:
        inside = telling.statement.span
        made = _pattern("exception").search(passage.text, inside.start, inside.end)
        if made is not None and _is_one(telling):
            own = Span(min(words[0].span.start, found.start()), max(words[-1].span.end, found.end()))
            return own, Span(*made.span()), passage
    return None


def _is_one(telling: Telling) -> bool:
    return telling.coverage >= TELLS and sum(telling.shared.values()) >= LEAST_SHARED


def _hanging(
    claim: Annotated, statement: Statement, passages: Sequence[Annotated]
) -> tuple[Span, Span, Annotated] | None:
    found = _pattern("regardless").search(claim.text, statement.span.start, statement.span.end)
    if found is None:
        return None
    words = [word for word in statement.words if word.span.start >= found.end()]
    own = set(keys_of(words))
    heavy = {key for key, weight in keys_of(words).items() if weight >= HEAVY}
    for passage in passages[:READ] if own else ():
        for official in read_statements(passage.text):
            for made in _pattern("hanging_on").finditer(passage.text, official.span.start, official.span.end):
                near = [w for w in official.words if made.start() <= w.span.start][:HANGS_ON]
                held = keys_of(statement.words).keys() & keys_of(official.words).keys()
                same = own & keys_of(near).keys()
                if heavy & same or (same and len(held) > len(own)):
                    return Span(found.start(), words[-1].span.end), Span(*made.span()), passage
    return None


def _around(claim: Annotated) -> str:
    place = claim.mapped.to_original(Span(0, len(claim.text)))
    return claim.mapped.original[max(0, place.start - AROUND) : place.end + AROUND]
