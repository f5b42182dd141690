"""What the passage that a claim was aligned to denies of it: less shared content is asked there than elsewhere.

Retrieval has bound the claim to its first passage, so a paraphrase of it need not share most of its words. What is
asked instead is that the words which make the statement face each other: its subject's noun and all that it says of it;
what holds of all, of some or of none of the same things; or the way in which one thing is said to be going.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from headwater.comparison.polarity_reading import Pointing, is_restricted, pointings_by_key, read_pointings
from headwater.comparison.same_clause import heavy_words, say_alike, tell_other_periods
from headwater.comparison.statements import MOST_FACED, Statement, Term, read_statements
from headwater.comparison.vocabulary import is_person
from headwater.domain.facts import Annotated
from headwater.domain.spans import Span

SAID_HELD = 0.6  # share of what is said of all, or none, of some things
LINKED = 3  # content words of the claim that stand in the passage, for one word for a trend to be of the same thing
TWO_WORDS = 2  # what is said of a thing: one word in common is a coincidence
DATES_READ = 2  # passages: the same day is in many others
DATED_HELD = 0.4  # share of the claim's sentence, beside the date
SIDE_REACH = 20  # characters before a date in which its preposition ends
# "was not granted until 1947": from then on
_WAITED = re.compile(r"(?:\bnot\b|n['’]t\b|\bnever\b)[^.;:\n]{0,80}\b(?:until|till)(?: the)? \Z", re.IGNORECASE)
_NOT_COUNTING = frozenset({"the", "of", "by", "than", "in", "to", "aged", "over", "under"})
_NOBODY = frozenset({"nobody", "none"})
_SIDE = re.compile(
    r"\b(?:(?P<earlier>before|prior to|ahead of|earlier than|preceding)"
    r"|(?P<until>until|till)|(?P<later>after|since|following|later than|on or after))(?: the)? \Z",
    re.IGNORECASE,
)
_SIDE_INSIDE = re.compile(r"(?:(?P<earlier>before|prior to)|(?P<later>after|since|following))\b", re.IGNORECASE)
_HEDGES_OF_ALL = frozenset({"nearly", "almost", "virtually", "practically", "at", "above", "after", "in", "if", "or"})


@dataclass(frozen=True, slots=True)
class _Counted:
    """Of how many of some things a sentence holds: "all", "none" or "some" of them."""

    how_many: str
    statement: Statement
    at: int
    span: Span


def deny_in_evidence(claim: Annotated, passage: Annotated) -> Iterator[tuple[Pointing, Pointing]]:
    """Yield the claim's words that the passage denies, each with the official ones.

    Args:
        claim: The text in hand.
        passage: The one it was aligned to.

    Examples:
        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts())
        >>> official = text("The fares for the new ferry are not capped at 0 while trials go on.")
        >>> claim = text("Fares on the ferry have been capped at zero.")
        >>> [theirs.negated for _, theirs in deny_in_evidence(claim, official)]
        [True]
    """
    for _, pointings in read_pointings(claim.text):
        for ours in pointings:
            theirs = pointings_by_key(passage.text).get(ours.key, ())
            if not theirs:
                continue
            facing = _facing_predicate(claim, ours, passage, theirs) or _facing_trend(claim, ours, passage, theirs)
            if facing is not None:
                yield ours, facing
                return
    yield from _facing_count(claim, passage)


def _facing_predicate(
    claim: Annotated, ours: Pointing, passage: Annotated, theirs: Sequence[Pointing]
) -> Pointing | None:
    """Return the official verb that denies the claim's: one subject, and just the same said of it."""
    same = [one for one in theirs if one.side == ours.side]
    if same and bound_otherwise((claim, ours.place.statement), (passage, same[0].place.statement)):
        return None
    if ours.governs or len(same) != 1 or same[0].negated == ours.negated:
        return None
    if is_restricted(passage.text, same[0], ours.place.statement):
        return None
    told_more = ours.place.at + 1 < len(ours.place.statement.words)  # "fares did not rise": of when, it does not say
    alike = told_more and say_alike((claim, ours.place), (passage, same[0].place))
    return same[0] if alike else None


def _facing_trend(claim: Annotated, ours: Pointing, passage: Annotated, theirs: Sequence[Pointing]) -> Pointing | None:
    """Return the opposite way in which the same thing is going on: "threats are easing", "increasing threats"."""
    if len(theirs) != 1 or not ours.axis or not ours.denies(theirs[0]) or ours.side == theirs[0].side:
        return None
    if claim.facts.dates or passage.facts.dates or not (_is_going_on(ours) and _is_going_on(theirs[0])):
        return None
    thing = _thing(ours)
    if thing is None or thing != _thing(theirs[0]):
        return None
    keys = {key for statement, _ in read_pointings(passage.text) for key in statement.told}
    linked = keys & set(ours.place.statement.told)
    return theirs[0] if len(linked) >= LINKED else None


def _is_going_on(pointing: Pointing) -> bool:
    return pointing.place.word.text.endswith("ing") and not pointing.negated


def _thing(pointing: Pointing) -> str | None:
    """Return what is said to be rising, falling or the like: the noun next to it, and no other word between."""
    words, at = pointing.place.statement.words, pointing.place.at
    before = [word for word in words[:at] if word.key and word.weight >= 1]
    linked = at > 0 and words[at - 1].text in {"is", "are"}
    if linked:
        return before[-1].key if before else None
    after = words[at + 1] if at + 1 < len(words) else None
    return after.key if after is not None and after.weight >= 1 else None


def bound_otherwise(ours: tuple[Annotated, Statement], theirs: tuple[Annotated, Statement]) -> bool:
    """Say whether an equal figure bounds other things on each side: "50 cows or more", "fewer than 50 cows".

    Args:
        ours: The claim and its statement.
        theirs: The official ones.
    """
    own, official = (
        {(q.value, q.qualifier) for q in text.facts.quantities if statement.span.contains(q.span)}
        for text, statement in (ours, theirs)
    )
    values = {value for value, _ in own} & {value for value, _ in official}
    return any({q for v, q in own if v == value} != {q for v, q in official if v == value} for value in values)


def turn_around_date(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[tuple[Pointing, Pointing, Annotated]]:
    """Yield "since 22 August" where the source has "before 22 August", of the same thing.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.
    """
    for passage in passages[:DATES_READ]:
        theirs = list(islice(_sided(passage), MOST_FACED))
        for side, day, ours in islice(_sided(claim), MOST_FACED):
            same = [one for one in theirs if one[1] == day and _tell_one(ours, one[2])]
            if same and all(one[0] != side for one in same):
                yield ours, same[0][2], passage
                return


def _tell_one(ours: Pointing, theirs: Pointing) -> bool:
    own, official = ours.place.statement.told, theirs.place.statement.told
    shared = [key for key, weight in own.items() if key in official and weight >= 1]
    return len(shared) >= LINKED and sum(own[key] for key in shared) >= DATED_HELD * sum(own.values())


def _sided(text: Annotated) -> Iterator[tuple[int, object, Pointing]]:
    """Yield the side of each date that a word puts before or after it, the date, and the words."""
    for date in text.facts.dates:
        before = _SIDE.search(text.text[max(0, date.span.start - SIDE_REACH) : date.span.start])
        before = before or _SIDE_INSIDE.match(date.surface)
        if before is None:
            continue
        side = -1 if before.lastgroup == "earlier" else 1
        if before.lastgroup == "until" and not _WAITED.search(text.text, 0, date.span.start):
            continue
        span = Span(max(0, date.span.start - (len(before.group()) if before.re is _SIDE else 0)), date.span.end)
        day = date.first or date.surface.lower()
        for statement in read_statements(text.text):
            at = next((i for i, word in enumerate(statement.words) if word.span.overlaps(span)), None)
            if at is not None:
                yield side, day, Pointing(statement.place(at), "before or after", "", side, False, span)


def _facing_count(claim: Annotated, passage: Annotated) -> Iterator[tuple[Pointing, Pointing]]:
    """Yield "no" or "all" of some things where the source has "not all", and the reverse."""
    official = tuple(islice(_counts(passage.text), MOST_FACED))
    for ours in islice(_counts(claim.text), MOST_FACED):
        for theirs in official:
            if not _deny(ours.how_many, theirs.how_many):
                continue
            thing, thing_there = ours.statement.words[ours.at], theirs.statement.words[theirs.at]
            numbered = "number" in {ours.how_many, theirs.how_many}
            if numbered and tell_other_periods((claim, ours.statement), (passage, theirs.statement)):
                continue
            if _is_same_thing(thing, thing_there) and _says_alike(ours, theirs):
                yield _pointed(ours), _pointed(theirs)
                return


def _is_same_thing(thing: Term, other: Term) -> bool:
    """Say whether two things counted are one; "nobody" is of any persons."""
    if thing.text in _NOBODY or other.text in _NOBODY:
        return all(word.text in _NOBODY or is_person(word.text) for word in (thing, other))
    return thing.key == other.key


def _deny(ours: str, theirs: str) -> bool:
    return (ours, theirs) in {
        ("none", "some"),
        ("all", "some"),
        ("some", "all"),
        ("none", "number"),
        ("number", "none"),
    }


def _says_alike(ours: _Counted, theirs: _Counted) -> bool:
    own = {word.key for word in heavy_words(ours.statement.words[ours.at + 1 :])}
    official = {word.key for word in heavy_words(theirs.statement.words[theirs.at + 1 :])}
    shared = len(own & official)
    return shared >= min(TWO_WORDS, len(own)) and shared >= SAID_HELD * len(own) and bool(own)


def _pointed(counted: _Counted) -> Pointing:
    negated = counted.how_many != "all"
    return Pointing(counted.statement.place(counted.at, counted.span), "", "", 1, negated, counted.span)


def _counts(text: str) -> Iterator[_Counted]:
    for statement in read_statements(text):
        words = statement.words
        for at in range(len(words)):
            how_many = _how_many(words, at)
            thing = at + 1
            while thing < len(words) and words[thing].text in {"of", "the", "these", "those", "its", "our"}:
                thing += 1
            if words[at].text in _NOBODY:
                thing = at
            elif not how_many or thing >= len(words) or (words[thing].weight < 1 and not is_person(words[thing].text)):
                continue
            first = at - 1 if how_many == "some" else at
            denied = any(later.text in {"not", "never", "cannot"} for later in words[thing + 1 :])
            if not denied:
                span = Span(words[first].span.start, words[thing].span.end)
                yield _Counted(how_many, statement, thing, span)


def _how_many(words: Sequence[Term], at: int) -> str:
    word, before = words[at].text, words[at - 1].text if at else ""
    if words[at].figure:
        many = at + 1 < len(words) and (words[at + 1].text.endswith("s") or is_person(words[at + 1].text))
        ranged = at > 0 and words[at - 1].figure  # "the 16-24 age group"
        return "number" if many and not ranged and word != "0" and before not in _NOT_COUNTING else ""
    if word in _NOBODY:
        return "none"
    if word in {"all", "every"}:
        return "some" if before == "not" else "" if before in _HEDGES_OF_ALL else "all"
    return "none" if word in {"no", "none"} and before not in _HEDGES_OF_ALL else ""
