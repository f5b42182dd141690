"""Which post each person is said to hold, and at which body: another person in the claim's post is another statement.

A bond is read only where post and person stand side by side: "Home Secretary Yvette Cooper", "CSIRO chief Larry
Marshall", "Larry Marshall, the head of CSIRO", "the parliament's speaker, Irakli Kobakhidze".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from headwater.comparison.names_relations import NameRelation, relate_names
from headwater.comparison.names_settings import Setting
from headwater.comparison.names_slots import LIKE_STATEMENT, coverage
from headwater.domain.facts import Annotated, NameKind

_LONGEST = 60  # characters between a post and its holder
_TITLE = r"(?:(?:Sir|Dame|Lord|Lady|Baroness|Dr|Prof|Professor|Senator|Sen|Rep|Justice|Mr|Mrs|Ms|the Hon|MP|MSP)\.? )*"
_HEADS = "head|boss|chief|chief executive|chief executive officer|ceo|director|director general|managing director"
_CHAIRS = "chair|chairman|chairwoman|chairperson|president"
_LEADS = "leader|general secretary|spokesman|spokeswoman|spokesperson|captain|coach|manager|editor|founder"
_ROLE = rf"(?P<role>{_LEADS}|{_CHAIRS}|{_HEADS})"
_PAST = re.compile(
    r"\b(?:former|ex|then|late|outgoing|incoming|predecessor|successor|acting|shadow|deputy|vice)\b[ -]*\Z", re.I
)
_CLASSES = {word: kind for kind, words in (("head", _HEADS), ("chair", _CHAIRS)) for word in words.split("|")}


@dataclass(frozen=True, slots=True)
class Bond:
    """A person and the post that stands beside the name.

    Args:
        post: The office, or the role at a body ("head").
        body: The body, or None for an office.
        person: The holder.
    """

    post: str
    body: Setting | None
    person: Setting


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """What may stand between a body and its head, and whether the person comes first."""
    return (
        (re.compile(rf"(?:[’']s)?,? (?:\w+ )?{_ROLE},? {_TITLE}", re.I), False),  # CSIRO chief executive Dr
        (re.compile(rf",? (?:the |its |who is |now )?(?:\w+ )?{_ROLE} (?:of|at|for) (?:the )?", re.I), True),
    )


def read_bonds(text: Annotated, settings: Sequence[Setting]) -> Iterator[Bond]:
    """Yield the bonds of a text.

    Args:
        text: A claim or a passage.
        settings: Of all its names, in order.
    """
    for place, person in enumerate(settings):
        if not _may_be_person(person):
            continue
        for near in (place - 1, place + 1):
            if not 0 <= near < len(settings) or settings[near].sentence != person.sentence:
                continue
            if near > place and _belongs_to_next(text.text, settings, near):
                continue
            bond = _bond(text.text, settings[near], person)
            if bond is not None:
                yield bond


def _belongs_to_next(text: str, settings: Sequence[Setting], post: int) -> bool:
    """Say whether an office behind a person stands before its own holder: "Jane Roe, Prime Minister John Doe, ..."."""
    if post + 1 >= len(settings) or settings[post].mention.kind is not NameKind.OFFICE:
        return False
    between = text[settings[post].mention.span.end : settings[post + 1].mention.span.start]
    # "Prime Minister Jane Roe, Minister for Energy, John Doe": who has an office already is given no second one.
    gap = rf"(?: and [A-Z][\w’'-]+)*,? {_TITLE}" if _has_office(text, settings, post - 1) else rf" {_TITLE}"
    return _may_be_person(settings[post + 1]) and re.fullmatch(gap, between) is not None


def _has_office(text: str, settings: Sequence[Setting], person: int) -> bool:
    """Say whether a person's office stands right before the name."""
    if person < 1 or settings[person - 1].mention.kind is not NameKind.OFFICE:
        return False
    between = text[settings[person - 1].mention.span.end : settings[person].mention.span.start]
    return re.fullmatch(rf",? {_TITLE}", between) is not None


def _may_be_person(name: Setting) -> bool:
    two = len(name.mention.surface.split()) == 2 and not name.mention.surface.isupper()
    return name.mention.kind is NameKind.PERSON or (name.mention.kind is NameKind.OTHER and two)


def _bond(text: str, post: Setting, person: Setting) -> Bond | None:
    first, second = sorted((post, person), key=lambda setting: setting.mention.span)
    start, end = first.mention.span.end, second.mention.span.start
    if end - start > _LONGEST or _PAST.search(text, max(0, first.mention.span.start - 16), first.mention.span.start):
        return None
    between = text[start:end]
    if post.mention.kind is NameKind.OFFICE:
        gap = rf"(?:,? | \(){_TITLE}" if first is post else r", (?:the |our )?(?:current |new )?"
        return Bond(post.mention.canonical, None, person) if re.fullmatch(gap, between) else None
    if post.mention.kind is NameKind.PERSON:
        return None
    for pattern, person_first in _patterns():
        found = pattern.fullmatch(between)
        if found is not None and person_first == (first is person):
            return _role_bond(found["role"], post, person)
    return _before(text, post, person, between) if first is post else _behind(text, post, person, between)


def _behind(text: str, body: Setting, person: Setting, between: str) -> Bond | None:
    """Read "Larry Marshall, the CSIRO's chief executive"."""
    found = re.compile(rf"[’']s? {_ROLE}\b", re.I).match(text, body.mention.span.end)
    return _role_bond(found["role"], body, person) if found and re.fullmatch(r", (?:the )?", between) else None


def _before(text: str, body: Setting, person: Setting, between: str) -> Bond | None:
    """Read "the head of the CSIRO, Dr Larry Marshall"."""
    if not re.fullmatch(rf", {_TITLE}", between):
        return None
    start = body.mention.span.start
    found = re.search(rf"\b{_ROLE} (?:of|at) (?:the )?\Z", text[max(0, start - _LONGEST) : start], re.I)
    past = found is not None and _PAST.search(text[max(0, start - _LONGEST) : start][: found.start()])
    return None if found is None or past else _role_bond(found["role"], body, person)


def _role_bond(role: str, body: Setting, person: Setting) -> Bond | None:
    return Bond(_CLASSES.get(role.lower(), role.lower()), body, person)


def find_other_holders(claimed: Sequence[Bond], official: Sequence[Bond]) -> Iterator[tuple[Setting, Setting]]:
    """Yield each person of the claim in a post that the source gives to another, with that other.

    Args:
        claimed: Bonds of the claim.
        official: Bonds of the passages.
    """
    for ours in claimed:
        same_post = [theirs for theirs in official if _is_same_post(ours, theirs)]
        if not same_post or any(_is_same(ours.person, theirs.person) for theirs in same_post):
            continue
        holders = {theirs.person.mention.canonical for theirs in same_post}
        one = same_post[0]
        elsewhere = any(_is_same(ours.person, theirs.person) for theirs in official)
        least = 0.0 if elsewhere or (ours.body is not None) else LIKE_STATEMENT
        if len(holders) == 1 and max(coverage(ours.person, theirs.person) for theirs in same_post) >= least:
            yield ours.person, one.person


def _is_same_post(ours: Bond, theirs: Bond) -> bool:
    if ours.post != theirs.post or (ours.body is None) != (theirs.body is None):
        return False
    if ours.body is None or theirs.body is None:
        return True
    return relate_names(ours.body.mention, theirs.body.mention) is NameRelation.SAME


def _is_same(ours: Setting, theirs: Setting) -> bool:
    if relate_names(ours.mention, theirs.mention) is not NameRelation.APART:
        return True
    last = ours.mention.canonical.split()[-1]
    return last == theirs.mention.canonical.split()[-1]
