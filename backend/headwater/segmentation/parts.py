"""A claim parted further, once it has been compared as a whole: assertions that a reader can tell apart.

The lanes need the words around a figure or a name to know what it is about, so they are given the larger claim; the
verdict is given for each part, from the findings that stand in it and from what the official passages hold of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from headwater.domain.claims import Claim, ClaimKind
from headwater.domain.facts import Annotated, Facts
from headwater.domain.spans import Span
from headwater.extraction.facts import facts_within
from headwater.segmentation.clauses import LEAST_WORDS, WORD, trim
from headwater.segmentation.cues import cues


def split_claim(claim: Claim) -> tuple[Claim, ...]:
    """Part a claim into assertions, in order; most claims are one assertion.

    Args:
        claim: As it was segmented.

    Returns:
        Claims with the same identifier, whose facts are counted from their own start.
    """
    if claim.kind is not ClaimKind.STATEMENT:
        return (claim,)
    spans = split_parts(claim.content.text, claim.content.facts)
    return tuple(_part(claim, span) for span in spans) if len(spans) > 1 else (claim,)


def part_off(claim: Claim, ends: Sequence[Span]) -> tuple[Claim, ...]:
    """Part off what begins or ends a claim and is to be judged by itself: a purpose that no source states.

    Args:
        claim: One assertion, as far as its words tell.
        ends: Stretches of its working text; one that stands in the middle, or leaves too little beside it, stays.

    Returns:
        The parts in order; the claim alone where nothing is parted off.
    """
    text, kind = claim.content.text, claim.kind
    if kind is not ClaimKind.STATEMENT or claim.content.facts.quotations:
        return (claim,)
    cuts = {0, len(text)}
    for end in ends:
        before, behind = text[: end.start], text[end.end :]
        if not WORD.search(behind) and len(WORD.findall(before)) >= LEAST_WORDS:
            cuts.add(end.start)
        elif not WORD.search(before) and len(WORD.findall(behind)) >= LEAST_WORDS:
            cuts.add(end.end)
    spans = [trim(text, Span(start, end)) for start, end in pairwise(sorted(cuts))]
    spans = [span for span in spans if WORD.search(span.slice(text))]
    return tuple(_part(claim, span) for span in spans) if len(spans) > 1 else (claim,)


def split_parts(text: str, facts: Facts) -> tuple[Span, ...]:
    """Part a clause where a second assertion begins; no fact is cut.

    Args:
        text: Working text of one clause.
        facts: Its facts.
    """
    cuts = _cuts(text, facts)
    return tuple(trim(text, Span(start, end)) for start, end in pairwise([0, *cuts, len(text)]))


def _cuts(text: str, facts: Facts) -> list[int]:
    places = [match.span() for match in WORD.finditer(text)]
    lower = [text[start:end].lower() for start, end in places]
    kept = [fact.span for group in (facts.quotations, facts.quantities, facts.dates, facts.names) for fact in group]
    found: list[int] = []
    last = 0
    for index in range(LEAST_WORDS, len(lower) - LEAST_WORDS + 1):
        at = places[index][0]
        gap = text[places[index - 1][1] : at]
        if index - last < LEAST_WORDS or any(span.start < at < span.end for span in kept):
            continue
        if _opens_assertion(gap, lower, index):
            found.append(at)
            last = index
    return found


def _opens_assertion(gap: str, lower: Sequence[str], index: int) -> bool:
    word, following = lower[index], lower[index + 1]
    if word in cues().joiners:
        return following in cues().verbs and any(before in cues().finite for before in lower[:index])
    if "," not in gap and "–" not in gap:
        return False
    if word in cues().attendants:
        return True
    if word == "the":  # "to $2.9bn, the highest since 2013"
        return following in cues().superlatives
    return word in cues().directions and following[0].isdigit()  # "67 deals, down 51 per cent on the year before"


def _part(claim: Claim, span: Span) -> Claim:
    content = claim.content
    mapped = content.mapped.slice(span)
    whole = Span(0, len(mapped.text))
    return replace(
        claim,
        text=mapped.surface(whole),
        span=mapped.to_original(whole),
        content=Annotated(mapped, facts_within(content.facts, span, content.text), speaker=content.speaker),
    )
