"""Which post a text says that somebody is to have: "the vice president is to be its executive director".

The source is read in the same way: where it gives the same person or office another post, and has the claim's post for
somebody else, the two do not agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from headwater.comparison.names_relations import NameRelation, relate_names
from headwater.comparison.names_settings import Setting
from headwater.domain.facts import NameKind

_RANK = r"(?:(?:vice|deputy|executive|managing|honorary|chief|general|artistic|medical|scientific|technical)[- ])"
_HEAD = (
    r"(?:chair(?:man|woman|person)?|director(?:[- ]general)?|president|secretary[- ]general|treasurer|convenor|convener"
    r"|co-?ordinator|executive|head|leader|rapporteur|patron|commander|administrator|moderator|captain|manager)"
)
_BEING = (
    r"(?:(?:is|are|was|were|be|been|being|will|shall|would|should|must|has|have|had|to|now|also|itself|himself|herself"
    r"|[\w-]+[’']s|remains?|serves?|served|serving|acts?|acted|acting|becomes?|became|named|appointed|elected|chosen|made|as|the|its"
    r"|their|his|her|a|an) )+?"
)
_POST = re.compile(rf",? (?P<being>{_BEING})(?P<role>(?:co-)?{_RANK}*{_HEAD})\b(?![’'-])", re.IGNORECASE)
_COPULA = re.compile(
    r"\b(?:is|was|were|are|be|been|serve\w*|act\w*|bec[oa]me\w*|named|appointed|elected|chosen|remains?)\b"
)
_UNDER = re.compile(r"\b(?:vice|deputy|assistant|acting|former|then|outgoing|shadow|under|first)[ -]\Z", re.IGNORECASE)
_LONGEST_RANK = 16
_NEAR = 60  # characters between a name and a post that may be its own all the same


@dataclass(frozen=True, slots=True)
class Given:
    """A person or office, and the post that a text says it has."""

    name: Setting
    role: str


def read_posts(text: str, settings: Sequence[Setting]) -> Iterator[Given]:
    """Yield the posts that a text gives to the people and offices it names.

    Args:
        text: Of a claim or a passage.
        settings: Of all its names.
    """
    for setting in settings:
        if setting.mention.kind not in (NameKind.PERSON, NameKind.OFFICE):
            continue
        start = setting.mention.span.start
        if _UNDER.search(text, max(0, start - _LONGEST_RANK), start):
            continue  # "the Deputy Mayor" is not the mayor
        found = _POST.match(text, setting.mention.span.end)
        if found is not None and _COPULA.search(found["being"].lower()):
            yield Given(setting, fold_role(found["role"]))


def fold_role(role: str) -> str:
    """Return a post in the form that posts are compared in.

    Args:
        role: As written.

    >>> fold_role("Vice-Chairwoman"), fold_role("deputy chair"), fold_role("Co-Chair")
    ('vice chair', 'vice chair', 'chair')
    """
    folded = re.sub(r"^co-", "", role.lower()).replace("-", " ").replace("deputy", "vice")
    return re.sub(r"\bchair(?:man|woman|person)\b", "chair", folded)


def find_other_posts(
    claimed: Sequence[Given], official: Sequence[Given], passages: Sequence[str]
) -> Iterator[tuple[Setting, Setting]]:
    """Yield each name of the claim that has another post in the source, with the official name.

    Args:
        claimed: Posts of the claim.
        official: Of the passages.
        passages: Their working text.
    """
    for ours in claimed:
        same = [t for t in official if relate_names(ours.name.mention, t.name.mention) is NameRelation.SAME]
        near = any(ours.role in theirs.role or theirs.role in ours.role for theirs in same)
        if not same or (near and not all(_is_ranked(ours.role, theirs.role) for theirs in same)):
            continue
        another = any(theirs.role == ours.role for theirs in official)
        if another or _stands_elsewhere(ours, passages):
            yield ours.name, same[0].name


def _is_ranked(one: str, other: str) -> bool:
    """Say whether one is the deputy of the other: "chair", "vice chair"."""
    return one != other and "vice" in set(one.split()) ^ set(other.split())


def _stands_elsewhere(ours: Given, passages: Sequence[str]) -> bool:
    """Say whether the source has the claim's post, and never near the claim's name."""
    role = re.compile(rf"(?<!vice )(?<!deputy )\b{re.escape(ours.role)}(?:man|woman|person)?\b")
    name = ours.name.mention.surface.lower()
    held = False
    for passage in passages:
        text = passage.lower().replace("-", " ")
        for found in role.finditer(text):
            held = True
            before = re.split(r"[.;\n] ?", text[max(0, found.start() - _NEAR) : found.start()])[-1]
            behind = re.split(r"[.;\n]", text[found.end() : found.end() + _NEAR], maxsplit=1)[0]
            if name in before or name in behind:
                return False
    return held
