"""Firmer words than those of the passage a claim was aligned to, where its verbs are other ones.

Three forms that paraphrase takes: the same figure under another verb of amounts ("will top half a million", "is likely
to rise to half a million"); an order where the source only asks; and what is told as done while the source is at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from headwater.comparison.modality_findings import Cued
from headwater.comparison.modality_rules import DONE, directives, find_outcome
from headwater.comparison.statements import Place, Statement, Term, event, listed, read_statements
from headwater.domain.facts import Annotated
from headwater.domain.quantities import Quantity
from headwater.domain.spans import Span
from headwater.extraction.verbs import verb_base

FIRMER = frozenset({"strength_up", "hedge_dropped", "told_as_done", "status_up"})
AMOUNT_REACH = 40  # characters between a verb and its figure: "is likely to rise to more than half a million"
LEAST_TELLING = 10  # a smaller figure is in any two sentences
LINKED = 3  # content words of the claim that the official sentence holds, for an order and a request to be one
AT_IT_LINKED = 2  # content words that the passages hold, where the passage has the very verb as going on
AT_IT_READ = 3  # passages in which those words are looked for
WILL_REACH = 80  # characters before a participle in which the plan stands that it hangs on
OBJECT_REACH = 5  # words between an order and the "to" of what is ordered
_AT_IT = re.compile(
    r"\b(?:is|are)(?: (?:now|currently|already|also|still|well)){0,2} (?:underway|under way|ongoing|in progress)"
    r" to (?P<verb>[a-z]++)"
    r"|\bwork (?:to|on|has begun to|has started to|is continuing to|continues to) (?P<worked>[a-z]++)\b[^.;\n]{0,80}?"
    r"(?:is|are|has|have) (?:now |currently |already |also |still |well )?"
    r"(?:underway|under way|ongoing|begun|started)\b",
    re.IGNORECASE,
)
_HEREBY = re.compile(r"\bhereby (?P<verb>[a-z]+)", re.IGNORECASE)
_WILL_BE = re.compile(
    r"\b(?:will|shall|would|could|may|might|is to|are to) (?:[a-z]+ly |also )?be "
    r"(?:(?!and\b|but\b|that\b|who\b|which\b)[^,;:.\n])+$"
)
Faced = tuple[Cued, Cued, str]  # the claim's cue, the official one, and the outcome


def firmer_amount(
    claim: Annotated, ours: tuple[Place, Cued], passage: Annotated, theirs: tuple[Place, Cued]
) -> str | None:
    """Return the outcome of two cues that govern one figure, where the claim's is the firmer.

    Args:
        claim: The text in hand.
        ours: Its cue and the place of the verb.
        passage: The one it was aligned to.
        theirs: A cue of it and the place of the verb.
    """
    (place, cued), (there, other) = ours, theirs
    if cued.negated or other.negated or not (_is_of_amounts(place) and _is_of_amounts(there)):
        return None
    own, official = _figure_after(claim, place), _figure_after(passage, there)
    if own is None or official is None or abs(own.value) < LEAST_TELLING:
        return None
    if (own.value, own.unit.dimension) != (official.value, official.unit.dimension):
        return None
    if cued.name == "will" and "will" not in cued.span.slice(claim.text):
        return None  # "is set to reach": newsrooms say so of what is expected
    outcome = find_outcome((cued.name, cued.past), (other.name, other.past))
    return outcome if outcome in FIRMER else None


def _is_of_amounts(place: Place) -> bool:
    return place.word.event in _amounts()


@cache
def _amounts() -> frozenset[str]:
    return frozenset(event(word) for word in listed("amounts"))


def _figure_after(text: Annotated, place: Place) -> Quantity | None:
    """Return the next figure after a verb, no mark between."""
    end = place.word.span.end
    for quantity in text.facts.quantities:
        if quantity.span.start >= end:
            between = text.text[end : quantity.span.start]
            near = len(between) <= AMOUNT_REACH and not re.search(r"[,;:.()\n]", between)
            return quantity if near else None
    return None


def ordered(claim: Annotated, passage: Annotated) -> Iterator[Faced]:
    """Find an order in the claim where the source urges or asks, of the same people and about the same thing.

    Args:
        claim: The text in hand.
        passage: The one it was aligned to.
    """
    firm, weak = directives()
    requests = [(s, w) for s in read_statements(passage.text) for w in s.words if _is_one_of(w, weak)]
    if not requests or any(
        _is_one_of(w, firm) or w.text == "must" for s in read_statements(passage.text) for w in s.words
    ):
        return
    for statement in read_statements(claim.text):
        if any(_is_one_of(word, weak) for word in statement.words):
            continue
        for at, word in enumerate(statement.words):
            whom = _told_whom(statement, at) if _is_one_of(word, firm) else ""
            for official, request in requests if whom else ():
                if whom in official.told and len(statement.told.keys() & official.told.keys()) >= LINKED:
                    yield (
                        Cued("must", False, False, word.span),
                        Cued("should", False, False, request.span),
                        "strength_up",
                    )
                    return


def _is_one_of(word: Term, verbs: frozenset[str]) -> bool:
    return word.text.endswith(("ed", "ing", "s")) and not word.named and verb_base(word.text) in verbs


def _told_whom(statement: Statement, at: int) -> str:
    """Return who is ordered: the content word between the verb and "to", or ""."""
    following = statement.words[at + 1 : at + 1 + OBJECT_REACH]
    goal = next((place for place, word in enumerate(following) if word.text == "to"), 0)
    return next((word.key for word in following[:goal] if word.key), "")


def at_it(claim: Sequence[tuple[Place, Cued]], passages: Sequence[Annotated]) -> Iterator[Faced]:
    """Find what the claim tells as done while the first passage says that work on it is under way.

    Args:
        claim: Its cues, each with the place of the verb.
        passages: Official passages, the aligned one first.
    """
    for found in _AT_IT.finditer(passages[0].text) if passages else ():
        for place, cued in claim:
            perfect = cued.name == DONE and not cued.negated and place.first < place.at  # "have cleaned", "was cleaned"
            if (
                perfect
                and place.word.event == event(found["verb"] or found["worked"])
                and _is_linked(place, passages[:AT_IT_READ])
            ):
                theirs = Cued("planned", False, False, Span(*found.span()))
                yield cued, theirs, "told_as_done"
                return


def _is_linked(place: Place, passages: Sequence[Annotated]) -> bool:
    """Say whether the passages hold enough of what the claim tells around a verb."""
    own = set(place.statement.told) - {place.word.key}
    held = {key for passage in passages for statement in read_statements(passage.text) for key in statement.told}
    return len(own & held) >= AT_IT_LINKED


@cache
def _performed() -> frozenset[str]:
    return frozenset(event(word) for word in listed("performed"))


def performs(place: Place) -> bool:
    """Say whether somebody does a thing by saying so: "I want to thank the nurses".

    Args:
        place: Of the verb, with its cue.
    """
    return (
        place.word.event in _performed()
        and place.first > 0
        and (place.statement.words[place.first - 1].text in {"i", "we"})
    )


def performed_hereby(verb: str, passages: Sequence[Annotated]) -> bool:
    """Say whether the source does a thing by saying so: "I hereby determine that the loan is in the public interest".

    Args:
        verb: What it is compared by as an event.
        passages: Official passages.
    """
    return any(event(found["verb"]) == verb for one in passages for found in _HEREBY.finditer(one.text))


def is_of_what_will_be(text: str, span: Span) -> bool:
    """Say whether a participle hangs on a noun of what is still to be: "will be among the wards refurbished".

    Args:
        text: Working text.
        span: Of the participle.
    """
    return _WILL_BE.search(text[max(0, span.start - WILL_REACH) : span.start]) is not None
