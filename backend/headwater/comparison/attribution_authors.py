"""Indirect speech given to somebody of whom a speech speaks: "according to the Red Cross", where its author says so.

Only a person or body that the speech itself names elsewhere counts, and only where the sentence that holds what is said
names neither it nor anybody who reports something.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from headwater.comparison.attribution_narrators import are_in_first_person, is_named_person
from headwater.comparison.attribution_speakers import Relation, SpeakerKind, is_publisher, read_speaker, relate_speakers
from headwater.comparison.opposed import content_of, shared_terms
from headwater.comparison.statements import Statement, Term, read_statements
from headwater.domain.facts import Annotated, Attribution
from headwater.domain.spans import Span
from headwater.extraction.speech_verbs import SPEECH_VERB, SURE_FORMS

LEAST_SHARED = 3  # content words of what is said that the author's sentence has: fewer are the topic
HELD = 0.6  # share of those content words
BEGINNING = 4  # letters by which a name is looked for in any form
_CAPITAL = re.compile(r"\b(?!The\b)[A-Z][\w’'-]{2,}")
# What these say their leader or member may say for them.
_OWN = frozenset(
    {"government", "administration", "ministry", "department", "office", "party", "committee", "house", "parliament"}
    | {"congress", "senate", "commission", "cabinet", "council", "board", "bank", "fed", "reserve", "opposition"}
)
_REPORTED = re.compile(r"\b(?:according to|told|says?|said|reports?|reported|records? show|in the words of)\b")


def find_author(
    claim: Annotated, attribution: Attribution, passages: Sequence[Annotated]
) -> tuple[Annotated, Span] | None:
    """Return the author's own sentence that tells what the claim gives to somebody else of whom the author speaks.

    Args:
        claim: The text in hand.
        attribution: Indirect speech in it.
        passages: Official passages, best first.
    """
    first = passages[0] if passages else None
    if first is None or not first.author or not _is_third_party(attribution.speaker, first, passages):
        return None
    inside = [word for statement in read_statements(claim.text) for word in statement.words]
    said = [word for word in inside if attribution.content.contains(word.span) and word.key and word.weight >= 1]
    for official in read_statements(first.text):
        if _tells(said, official) and not _is_reported(first, official, attribution.speaker):
            return first, official.span
    return None


def _tells(said: Sequence[Term], official: Statement) -> bool:
    shared = shared_terms(said, content_of(official))
    return len(shared) >= LEAST_SHARED and len(shared) >= HELD * len({word.key for word in said})


def _is_third_party(speaker: str, first: Annotated, passages: Sequence[Annotated]) -> bool:
    """Say whether a speaker is surely not the author, and named in the author's words."""
    ours, author = read_speaker(speaker), read_speaker(first.author)
    if author.kind is not SpeakerKind.PERSON or is_publisher(speaker, first.publisher):
        return False
    person = is_named_person(speaker, ours) and relate_speakers(speaker, first.author) is Relation.DIFFERENT
    body = ours.kind is SpeakerKind.BODY and _OWN.isdisjoint(ours.body)
    if not (person or body) or not are_in_first_person(passages):
        return False
    return bool(_names(speaker)) and any(_mentions(passage.text, speaker) for passage in passages)


def _names(speaker: str) -> list[str]:
    return [found.group()[:BEGINNING] for found in _CAPITAL.finditer(speaker)]


def _mentions(text: str, speaker: str) -> bool:
    names = _names(speaker)
    return bool(names) and all(name in text for name in names)


def _is_reported(passage: Annotated, official: Statement, speaker: str) -> bool:
    """Say whether the author's sentence names the speaker, or passes on what anybody says."""
    words = official.span.slice(passage.text)
    verbs = any(found.group() in SURE_FORMS for found in SPEECH_VERB.finditer(words))
    return verbs or _REPORTED.search(words) is not None or any(name in words for name in _names(speaker))
