"""Whether two names stand in the same slot of the same statement, so that one is put where the other belongs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from headwater.comparison.names_settings import Setting
from headwater.comparison.vocabulary import concept
from headwater.domain.facts import NameKind
from headwater.extraction.names_tables import name_words, place_names

SAME_STATEMENT = 0.6  # share of the claim sentence's content: below, the official sentence may be about anything
LIKE_STATEMENT = 0.4  # the same where more than the words speaks for one slot: the verb, or the sort of name
VERBATIM = 0.85  # both ways: the claim's sentence is the official one, but for a word or so
SAME_WORDS = 3  # content words in both sentences: fewer are the topic
SAME_FIGURES = 0.5  # share of the claim sentence's figures: a "5" in both is no sign of one event
LEAST_TOLD = 2  # content words that are no names
CLEAR_LEAD = 0.1  # of coverage: two official names nearer than this cannot be told apart
BACK = 0.4  # share of the official sentence that the claim holds: a long sentence holds words of everything


def coverage(claim: Setting, official: Setting) -> float:
    """Return the share of the claim sentence's content that the official sentence holds, from 0 to 1.

    Args:
        claim: Of the claim's name.
        official: Of the official name.
    """
    total = sum(claim.told.values())
    return sum(told for word, told in claim.told.items() if word in official.told) / total if total else 0.0


def find_faced(claim: Setting, official: Sequence[Setting]) -> Setting | None:
    """Return the official name that stands where the claim has its own, if just one stands out.

    Args:
        claim: A name that the source does not have.
        official: Names of the source that the claim does not have.
    """
    held = sorted(
        ((coverage(claim, other), other) for other in official if _same_slot(claim, other)), key=lambda pair: -pair[0]
    )
    if not held:
        return None
    best = held[0]
    rivals = {other.mention.canonical for share, other in held[1:] if best[0] - share < CLEAR_LEAD}
    return None if rivals - {best[1].mention.canonical} else best[1]


def _same_slot(claim: Setting, official: Setting) -> bool:
    if _at_same_event(claim, official) or _is_of_the_same(claim, official):
        return True
    share, back = coverage(claim, official), coverage(official, claim)
    shared = len(claim.told.keys() & official.told.keys())
    verbatim = min(share, back) >= VERBATIM or (share >= VERBATIM and shared >= SAME_WORDS)
    if not _same_kind(claim, official, verbatim=verbatim):
        return False
    if _is_sibling_in_place(claim, official):
        return True
    if share < SAME_STATEMENT or (back < BACK and share < VERBATIM) or claim.lead != official.lead:
        return False
    least = LEAST_TOLD if min(share, back) >= VERBATIM else SAME_WORDS
    if shared < least or _has_no_predicate(claim) or _is_parallel(claim, official):
        return False
    return _neighbours_agree(claim, official)


def _shared_tail(claim: Setting, official: Setting) -> int:
    """Return how many last words two names share, each having a word of its own before them."""
    ours, theirs = claim.mention.canonical.split(), official.mention.canonical.split()
    tail = 0
    while tail < min(len(ours), len(theirs)) - 1 and ours[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    return tail


def _are_headed_alike(claim: Setting, official: Setting) -> bool:
    """Say whether two names are of one sort by their own words: "Department of Health", "Leeds University"."""
    ours, theirs = claim.mention.canonical.split(), official.mention.canonical.split()
    heads = name_words().organisations | name_words().laws | name_words().place_tails
    headed = ours[:2] == theirs[:2] and ours[0] in heads and ours[1:2] in (["of"], ["for"])
    return headed or (_shared_tail(claim, official) > 0 and ours[-1] in heads)


def _is_sibling_in_place(claim: Setting, official: Setting) -> bool:
    """Say whether a name of the same sort stands behind the same preposition of a like statement."""
    shared = sum(key[0] != "=" for key in claim.told.keys() & official.told.keys())
    if shared < SAME_WORDS or claim.lead != official.lead or _is_parallel(claim, official):
        return False
    like = coverage(claim, official) >= LIKE_STATEMENT
    return _shared_tail(claim, official) > 1 or (like and _are_headed_alike(claim, official))


def _at_same_event(claim: Setting, official: Setting) -> bool:
    """Say whether both places are where the same named event is: "the EPC summit in Bucharest", "in Budapest"."""
    both_places = claim.mention.kind is official.mention.kind is NameKind.PLACE
    if not both_places or not claim.lead or claim.lead != official.lead:
        return False
    ours, theirs = _event(claim), _event(official)
    return ours is not None and ours == theirs


def _is_of_the_same(claim: Setting, official: Setting) -> bool:
    """Say whether the same name stands right before both: "Jane Roe, of Virginia", "Jane Roe, of Maryland"."""
    alike = claim.mention.kind is official.mention.kind and claim.lead == official.lead == "of"
    nearest = claim.before[:1]
    return alike and nearest == official.before[:1] and any(key[0] == "=" for key in nearest)


def _event(setting: Setting) -> str | None:
    """Return the name of the event just before a place, or None."""
    for at, key in enumerate(setting.before[:2]):
        if key[0] != "=":
            continue
        nouns = {*key[1:].split()[-1:], *setting.before[:at]}
        held = nouns & _events() and len(key[1:].split()) > 1
        return key if held and key[1:] not in place_names() else None
    return None


@cache
def _events() -> frozenset[str]:
    words = name_words().events
    return words | {concept(word) for word in words}


def _same_kind(claim: Setting, official: Setting, *, verbatim: bool) -> bool:
    kinds = {claim.mention.kind, official.mention.kind}
    return verbatim if NameKind.OTHER in kinds else len(kinds) == 1


def _has_no_predicate(claim: Setting) -> bool:
    """Say whether a claim is little but names: "Applicants: Rocky Mountain Reserve Group" states nothing of them."""
    return sum(1 for key in claim.told if key[0] != "=") < LEAST_TOLD


def _is_parallel(claim: Setting, official: Setting) -> bool:
    """Say whether two sentences tell the same of different things: figures, days, posts or further names."""
    own = claim.holders - official.names - {claim.mention.canonical}
    others = official.holders - claim.names - {official.mention.canonical}
    posts = claim.post and official.post and claim.post not in official.names and official.post not in claim.names
    return differ_in_values(claim, official) or bool(own and others) or bool(posts)


def differ_in_values(claim: Setting, official: Setting) -> bool:
    """Say whether two sentences have figures or days of their own: what is told of another is another statement.

    Args:
        claim: Of the claim's name.
        official: Of the official name.
    """
    for ours, theirs in ((claim.figures, official.figures), (claim.days, official.days)):
        if ours and theirs and len(ours & theirs) < SAME_FIGURES * len(ours):
            return True
    return False


def _neighbours_agree(claim: Setting, official: Setting) -> bool:
    """Say whether the nearest content words on each side that has any agree.

    One word alone on one side is met by chance; both sides, or two words on one, are not. Of people other things are
    told behind their names where they are other people: "Jane Roe, a legal intern", "John Doe, a military fellow".
    """
    people = claim.mention.kind is NameKind.PERSON
    if people and claim.behind and official.behind and not set(claim.behind) & set(official.behind):
        return False
    agree = 0
    for ours, theirs in ((claim.before, official.before), (claim.behind, official.behind)):
        if ours and theirs and ours[0] == theirs[0]:
            agree += 2 if set(ours[1:]) & set(theirs[1:]) else 1
        elif set(ours[:2]) & set(theirs[:2]):
            agree += 1
    return agree >= 2 or (agree == 1 and min(len(claim.told), len(official.told)) <= SAME_WORDS)
