"""What part a date plays in its statement: the opening word, the words around it, the sentence it stands in.

Two dates stand in the same slot where all three agree; only then does a difference between them contradict.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from headwater.comparison.contexts import sentences
from headwater.comparison.date_rules import role_words
from headwater.comparison.vocabulary import concept, vocabulary, weight
from headwater.domain.facts import Annotated
from headwater.domain.quantities import DateMention, PeriodKind
from headwater.domain.spans import Span
from headwater.text.tokens import stems

NEAR = 6  # content words on each side of a date that tell what it dates
_WORD = re.compile(r"[^\W_]++(?:['’](?!s\b)[^\W\d_]++)?")
_LEAD = re.compile(r"(?:[a-z]+ ){0,2}[a-z]+ ?$", re.IGNORECASE)
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "about", "around", "at", "least"})
LEAD = 40  # characters before a date in which its opening words stand


@dataclass(frozen=True, slots=True)
class Slot:
    """A date with what surrounds it.

    Args:
        mention: The date.
        role: "start", "end", "at", "base", "name" where it is part of a name or stands before its noun ("the 2019
            election", "the Act of 2010"), or "" where no opening word stands.
        near: Content words near it, and how near each is, from 0 to 1.
        told: Content words of its sentence, and what each tells.
        figures: Values of the figures of its sentence.
        trend: Whether its sentence tells that something rose or fell, which every period has its own answer to.
        passage: Index of the passage it stands in; -1 for the claim.
    """

    mention: DateMention
    role: str
    near: Mapping[str, float]
    told: Mapping[str, float]
    figures: frozenset[Decimal]
    trend: bool
    passage: int = -1


def read_slots(text: Annotated, passage: int = -1) -> tuple[Slot, ...]:
    """Return the slot of every date of a text, in order."""
    if not text.facts.dates:
        return ()
    spans = sentences(text.text)
    dates = sorted(text.facts.dates, key=lambda mention: mention.span)
    slots, at = [], 0
    for mention in dates:
        while at + 1 < len(spans) and spans[at].end <= mention.span.start:
            at += 1
        slots.append(_slot(text, mention, spans[at], passage))
    return tuple(slots)


def _slot(text: Annotated, mention: DateMention, sentence: Span, passage: int) -> Slot:
    dated = [other.span for other in text.facts.dates if other.span.overlaps(sentence)]
    words = [
        (meaning, found)
        for place, found in enumerate(_WORD.finditer(text.text, sentence.start, sentence.end))
        if (meaning := concept(found.group())) and not found.group()[0].isdigit() and not _inside(found, dated)
    ]
    told = {meaning: weight(found.group(), opens_sentence=found.start() == sentence.start) for meaning, found in words}
    before = [meaning for meaning, found in words if found.end() <= mention.span.start]
    after = [meaning for meaning, found in words if found.start() >= mention.span.end]
    near: dict[str, float] = {}
    for side in (before[::-1][:NEAR], after[:NEAR]):
        for distance, meaning in enumerate(side):
            near[meaning] = max(near.get(meaning, 0.0), 1 - distance / NEAR)
    figures = frozenset(figure.value for figure in text.facts.quantities if sentence.contains(figure.span))
    trend = not vocabulary().movement.isdisjoint(stems(sentence.slice(text.text)))
    return Slot(mention, _role(text.text, mention), near, told, figures, trend, passage)


def _inside(found: re.Match[str], spans: list[Span]) -> bool:
    return any(span.start <= found.start() < span.end for span in spans)


def _role(text: str, mention: DateMention) -> str:
    if mention.base:
        return "base"
    if _in_name(text, mention):
        return "name"
    if mention.kind is PeriodKind.SINCE:
        return "start"
    lead = _LEAD.search(text, max(mention.span.start - LEAD, 0), mention.span.start)
    words = lead.group().lower().split() if lead else []
    while words and words[-1] in _ARTICLES:
        words.pop()
    for length in (3, 2, 1):
        role = role_words().get(" ".join(words[-length:])) if len(words) >= length else None
        if role is not None:
            return role
    return ""


def _in_name(text: str, mention: DateMention) -> bool:
    """Say whether a date belongs to its neighbour: "the February 2021 survey", "the Act of 2010"."""
    if mention.kind not in _NAMING or not (mention.surface[:1].isdigit() or mention.surface[:1].isupper()):
        return False
    start, end = mention.span.start, mention.span.end
    before = text[max(start - LEAD, 0) : start]
    return (_ARTICLE.search(before) and _NOUN.match(text, end)) is not None or _TITLE.search(before) is not None


_NAMING = frozenset({PeriodKind.DAY, PeriodKind.MONTH, PeriodKind.YEAR})
_ARTICLE = re.compile(r"(?:\b(?:the|its|their|our|a|an)|['’]s) $", re.IGNORECASE)
_NOUN = re.compile(r" [^\W\d_]")
_TITLE = re.compile(r"\b[A-Z][a-z]+ of $")


def coverage(claim: Slot, official: Slot) -> float:
    """Return the share of the claim sentence's content that the official sentence holds, from 0 to 1."""
    total = sum(claim.told.values())
    return sum(told for word, told in claim.told.items() if word in official.told) / total if total else 0.0


def nearness(claim: Slot, official: Slot) -> float:
    """Return how far the words near the two dates agree, from 0 to 1."""
    total = sum(claim.near.values())
    shared = sum(min(near, official.near[word]) for word, near in claim.near.items() if word in official.near)
    return shared / total if total else 0.0


def shared_words(claim: Slot, official: Slot) -> int:
    """Return how many content words stand near both dates."""
    return len(claim.near.keys() & official.near.keys())


def same_role(claim: Slot, official: Slot) -> bool:
    """Say whether two dates play the same part; an opening word that is missing stands for "at"."""
    return (claim.role or "at") == (official.role or "at")
