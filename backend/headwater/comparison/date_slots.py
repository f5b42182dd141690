"""What part a date plays in its statement: the opening word, the words around it, the sentence it stands in.

Two dates stand in the same slot where all three agree; only then does a difference between them contradict.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from headwater.comparison.contexts import sentences
from headwater.comparison.date_events import read_events, tells_when_said
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
_WINDOW = re.compile(r"\b(?:past|coming|next)\b")  # "more than $2 billion over the past decade" compares nothing
_GOES_ON = re.compile(r"\s*(?:This|These|Those|Such|It|They|He|She|The (?:latter|former)|Both)\b")
_BEHIND = re.compile(r"(?: [^\W\d_]{3,}){1,3}")
_OF = re.compile(r"\bthe ([^\W\d_]{3,}) of $", re.IGNORECASE)
_THE = re.compile(r"\bthe \S+$", re.IGNORECASE)
BESIDE = 0.6  # of nearness: the noun that another date names stands within three words
LEAD = 40  # characters before a date in which its opening words stand


@dataclass(frozen=True, slots=True)
class Slot:
    """A date with what surrounds it.

    Args:
        mention: The date.
        role: "start", "end", "at", "base", "said" beside a verb of speech, "name" where it is part of a name or stands
            before its noun ("the 2019 election", "the Act of 2010"), or "" where no opening word stands.
        near: Content words near it, and how near each is, from 0 to 1.
        told: Content words of its sentence, and what each tells.
        figures: Values of the figures of its sentence.
        trend: Whether its sentence tells that something rose or fell, which every period has its own answer to.
        passage: Index of the passage it stands in; -1 for the claim.
        named: What it names as part of a name: "downturn" of "the 2008/09 downturn" and "the downturn of 2008".
        events: The events told by the nearest word of its clause that tells one; see `date_rules.toml`.
        verbs: Content words that tell those events.
        quoted: Whether it stands in a quotation, told from the speaker's day and not the document's.
    """

    mention: DateMention
    role: str
    near: Mapping[str, float]
    told: Mapping[str, float]
    figures: frozenset[Decimal]
    trend: bool
    passage: int = -1
    named: frozenset[str] = frozenset()
    events: frozenset[int] = frozenset()
    verbs: frozenset[str] = frozenset()
    quoted: bool = False


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
        before = spans[at - 1] if at and _GOES_ON.match(text.text, spans[at].start) else None
        slots.append(_slot(text, mention, (spans[at], before), passage))
    return tuple(slots)


def _slot(text: Annotated, mention: DateMention, told_in: tuple[Span, Span | None], passage: int) -> Slot:
    sentence, previous = told_in
    dated = [other.span for other in text.facts.dates if other.span.overlaps(sentence)]
    words = [
        (meaning, found)
        for place, found in enumerate(_WORD.finditer(text.text, sentence.start, sentence.end))
        if (meaning := concept(found.group())) and not found.group()[0].isdigit() and not _inside(found, dated)
    ]
    told = {meaning: weight(found.group(), opens_sentence=found.start() == sentence.start) for meaning, found in words}
    if previous is not None:
        told |= {
            meaning: weight(found.group(), opens_sentence=found.start() == previous.start)
            for found in _WORD.finditer(text.text, previous.start, previous.end)
            if (meaning := concept(found.group())) and meaning not in told and not found.group()[0].isdigit()
        }
    near = _near(mention, words)
    events, verbs = read_events(text.text, mention.span, sentence)
    figures = frozenset(figure.value for figure in text.facts.quantities if sentence.contains(figure.span))
    trend = not vocabulary().movement.isdisjoint(stems(sentence.slice(text.text)))
    quoted = any(quotation.inner.contains(mention.span) for quotation in text.facts.quotations)
    role = _role(text.text, mention)
    named = _named(text.text, mention, role)
    return Slot(mention, role, near, told, figures, trend, passage, named, events, verbs, quoted)


def _near(mention: DateMention, words: Sequence[tuple[str, re.Match[str]]]) -> dict[str, float]:
    """Return how near each content word is, from 0 to 1."""
    before = [meaning for meaning, found in words if found.end() <= mention.span.start]
    after = [meaning for meaning, found in words if found.start() >= mention.span.end]
    near: dict[str, float] = {}
    for side in (before[::-1][:NEAR], after[:NEAR]):
        for distance, meaning in enumerate(side):
            near[meaning] = max(near.get(meaning, 0.0), 1 - distance / NEAR)
    return near


def _named(text: str, mention: DateMention, role: str) -> frozenset[str]:
    """Return the nouns that a date names: those behind it, or the one before "of"."""
    behind = _BEHIND.match(text, mention.span.end)
    titled = _OF.search(text, max(mention.span.start - LEAD, 0), mention.span.start)
    if titled:
        return frozenset(filter(None, (concept(titled.group(1)),)))
    if behind is None or not (role == "name" or _THE.search(mention.surface)):
        return frozenset()
    return frozenset(filter(None, map(concept, behind.group().split())))


def _inside(found: re.Match[str], spans: list[Span]) -> bool:
    return any(span.start <= found.start() < span.end for span in spans)


def _role(text: str, mention: DateMention) -> str:
    opening = _opening(text, mention)
    if mention.base and opening != "end" and not _WINDOW.search(mention.surface):
        return "base"
    if _in_name(text, mention):
        return "name"
    if mention.kind is PeriodKind.SINCE:
        return "start"
    return "said" if tells_when_said(text, mention) else opening


def _opening(text: str, mention: DateMention) -> str:
    """Return the part that the words before a date give it, or ""."""
    lead = _LEAD.search(text, max(mention.span.start - LEAD, 0), mention.span.start)
    words = lead.group().lower().split() if lead else []
    while words and words[-1] in _ARTICLES:
        words.pop()
    lengths = (length for length in (3, 2, 1) if len(words) >= length)
    roles = (role_words().get(" ".join(words[-length:])) for length in lengths)
    return next((role for role in roles if role is not None), "")


def _in_name(text: str, mention: DateMention) -> bool:
    """Say whether a date belongs to its neighbour: "the February 2021 survey", "the Act of 2010"."""
    if mention.kind not in _NAMING or not (mention.surface[:1].isdigit() or mention.surface[:1].isupper()):
        return False
    start, end = mention.span.start, mention.span.end
    before = text[max(start - LEAD, 0) : start]
    return (_ARTICLE.search(before) and _NOUN.match(text, end)) is not None or _TITLE.search(before) is not None


_NAMING = frozenset({PeriodKind.DAY, PeriodKind.MONTH, PeriodKind.YEAR})
_ARTICLE = re.compile(r"(?:\b(?:the|its|their|our|a|an)|['’]s) $", re.IGNORECASE)
# "the 13th of January to" names nothing: what stands behind must be no word of grammar.
_NOUN = re.compile(
    r" (?!(?:to|and|or|in|on|at|for|of|by|with|from|is|was|will|has|had|as|but|when|where|until|after|before)\b)"
    r"[^\W\d_]"
)
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
    parts = {claim.role or "at", official.role or "at"}
    if claim.named & official.named and "base" not in parts:
        return True
    if len(parts) == 1:
        return parts not in ({"said"}, {"name"})
    if "name" in parts:
        naming, other = (claim, official) if claim.role == "name" else (official, claim)
        return any(other.near.get(word, 0.0) >= BESIDE for word in naming.named)
    return parts == {"at", "end"} and claim.mention.kind is official.mention.kind


def same_event(claim: Slot, official: Slot) -> bool | None:
    """Say whether two dates are of one event; None where either stands beside no verb that tells one."""
    if not claim.events or not official.events:
        return True if claim.events == official.events else None
    return bool(claim.events & official.events)
