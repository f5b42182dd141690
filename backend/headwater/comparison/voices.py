"""Who does a thing and to whom: "retailers pay a fee" for "retailers are paid a fee", "A sued B" for "B sued A".

Names that change places are the name lane's; here they may be anybody. One verb, told of the same two, or of the same
one in the other voice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from headwater.comparison.opposed import shared_terms
from headwater.comparison.statements import EVIDENCE, TEXTS_REMEMBERED, Statement, Term, is_light, read_statements
from headwater.comparison.telling import clause_around, parts
from headwater.domain.facts import Annotated
from headwater.domain.spans import Span
from headwater.extraction.modality_cues import BE, HAVE
from headwater.extraction.modality_cues import listed as cue_words
from headwater.extraction.verbs import is_gerund, is_participle, is_past, verb_base

READ = 2  # passages
OBJECT_REACH = 4  # words behind a verb among which its object's noun stands: "a small annual fee"
AGENT_REACH = 6  # words behind a passive verb in which "by" opens who does it
ME_REACH = 12  # words behind "I congratulate" among which the one congratulated is named
TO_REACH = 6  # words behind a verb among which the one it is done to is named: "paid a warm tribute to Ada Obi"
_SOMEBODY = frozenset({"he", "she", "they", "it"})
_MODAL = frozenset({"will", "would", "can", "could", "should", "must", "may", "might", "shall", "did", "do", "does"})
_ADVERBS = frozenset({"not", "also", "now", "already", "still", "then", "never", "once", "again", "been", "being"})
_ME = frozenset({"me", "us"})


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb with those who take part in it.

    Args:
        statement: The sentence.
        at: Index of the verb.
        first: Index of its first auxiliary.
        passive: Its voice.
        sure: Whether its form can be nothing else: a bare "offered" may hang on a noun.
        subject: Content words of the noun group right before it.
        object: Those of the noun group right behind it, no preposition between.
        agent: Those behind "by".
        first_person: Whether the author does it: "I congratulate".
    """

    statement: Statement
    at: int
    first: int
    passive: bool
    sure: bool
    subject: tuple[Term, ...]
    object: tuple[Term, ...]
    agent: tuple[Term, ...]
    first_person: bool = False

    @property
    def event(self) -> str:
        """What the verb is compared by."""
        return self.statement.words[self.at].event

    @property
    def doers(self) -> tuple[Term, ...]:
        """Who does it."""
        return self.agent if self.passive else self.subject

    @property
    def done_to(self) -> tuple[Term, ...]:
        """To whom, or to what, it is done."""
        return self.subject if self.passive else self.object

    @property
    def span(self) -> Span:
        """Of the subject, the verb and its object or agent."""
        around = (*self.subject, *self.object, *self.agent, self.statement.words[self.first])
        verb = self.statement.words[self.at].span
        return Span(min(word.span.start for word in around), max(verb.end, *(word.span.end for word in around)))


@cache
def _listed(name: str) -> frozenset[str]:
    table = tomllib.loads(Path(__file__).with_name("voices.toml").read_text("utf-8"))
    return frozenset(verb_base(word) for word in table[name].split())


def exchange_roles(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[tuple[Deed, Deed, Annotated]]:
    """Yield what the claim has one do to another that the source has the other do, or have done to it.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.

    Examples:
        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts())
        >>> found = exchange_roles(text("Retailers pay a fee for it."), [text("Retailers are paid a fee for it.")])
        >>> [theirs.passive for _, theirs, _ in found]
        [True]
    """
    if claim.facts.quotations:
        return
    for ours in read_deeds(claim.text):
        same = [
            (theirs, passage)
            for passage in passages[:EVIDENCE]
            for theirs in read_deeds(passage.text)
            if theirs.event == ours.event
        ]
        if any(_says_so_too(ours, theirs) for theirs, _ in same):
            continue
        for theirs, passage in same:
            near = any(passage is one for one in passages[:READ])
            if near and (_other_voice(ours, theirs) or _other_way_round(ours, theirs)):
                yield ours, theirs, passage
                return


def _says_so_too(ours: Deed, theirs: Deed) -> bool:
    """Say whether the source has the claim's doer do it, too, or has it done to the same."""
    if ours.passive == theirs.passive and shared_terms(ours.subject, theirs.subject):
        return True
    return bool(shared_terms(ours.doers, theirs.doers) or shared_terms(theirs.doers, ours.doers))


def _other_voice(ours: Deed, theirs: Deed) -> bool:
    """Say whether one gives what the other is given: "pay a fee", "are paid a fee"."""
    if ours.passive == theirs.passive or not (ours.sure and theirs.sure) or not _is_of(ours, "given"):
        return False
    figures = {word.event for word in ours.object if word.figure} & {w.event for w in theirs.object if w.figure}
    things = bool(figures) or bool(shared_terms(_content(ours.object), _content(theirs.object)))
    return things and bool(shared_terms(ours.subject[-1:], theirs.subject[-1:]))


def _other_way_round(ours: Deed, theirs: Deed) -> bool:
    """Say whether each has the other's part."""
    if _is_of(ours, "either_way") or is_light(ours.event):
        return False
    doers, done_to = _content(ours.doers), _content(ours.done_to)
    if not doers or not done_to or shared_terms(doers, done_to):
        return False
    if theirs.first_person:
        return _is_done_by_me(doers, done_to, theirs)
    if not shared_terms(done_to, _content(theirs.doers)):
        return _is_done_to(doers, ours, theirs)
    if shared_terms(doers, _content(theirs.done_to)):
        return True
    return not theirs.passive and _to_me(theirs) and not shared_terms(doers, _content(theirs.statement.words))


def _is_done_by_me(doers: Sequence[Term], done_to: Sequence[Term], theirs: Deed) -> bool:
    """Say whether the author does it to somebody by name who does it in the claim: "I congratulate (Ada Obi)"."""
    words = theirs.statement.words
    behind = words[theirs.at + 1 : theirs.at + 1 + ME_REACH]
    named = [word for word in doers if word.named]
    all_there = bool(named) and len(shared_terms(named, behind)) == len({word.key for word in named})
    return all_there and not shared_terms(done_to, words)


def _is_done_to(doers: Sequence[Term], ours: Deed, theirs: Deed) -> bool:
    """Say whether another does it to the one, by name, who does it in the claim: "she starved the Treasury of"."""
    words = theirs.statement.words
    behind = words[theirs.at + 1 : theirs.at + 1 + TO_REACH]
    named = [word for word in doers if word.named]
    all_there = bool(named) and len(shared_terms(doers, behind)) == len({word.key for word in doers})
    others = [word for word in ours.statement.words[ours.at + 1 : ours.at + 1 + TO_REACH] if word.weight >= 1]
    if ours.passive or theirs.passive or any(word.text == "by" for word in behind):
        return False  # "the vaccine financed partly by"
    return all_there and bool(others) and len(shared_terms(others, behind)) < len(others)


def _to_me(deed: Deed) -> bool:
    behind = deed.statement.words[deed.at + 1 : deed.at + 2]
    return bool(behind) and behind[0].text in _ME


def _is_of(deed: Deed, name: str) -> bool:
    return verb_base(deed.statement.words[deed.at].text) in _listed(name)


def _content(words: Sequence[Term]) -> list[Term]:
    return [word for word in words if word.key]


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_deeds(text: str) -> tuple[Deed, ...]:
    """Return the verbs of a text that have a subject before them, in order.

    Args:
        text: Working text.
    """
    return tuple(
        deed
        for statement in read_statements(text)
        for at in range(1, len(statement.words))
        if (deed := _deed(text, statement, at)) is not None
    )


def _deed(text: str, statement: Statement, at: int) -> Deed | None:
    words = statement.words
    word = words[at]
    if word.named or word.figure or is_gerund(word.text) or word.text in _no_verbs():
        return None
    begin, end = clause_around(text, words, at)
    first = at
    while first > begin and (
        words[first - 1].text in BE | HAVE | _MODAL | _ADVERBS or words[first - 1].text[-2:] == "ly"
    ):
        first -= 1
    helped = {one.text for one in words[first:at]}
    passive = not helped.isdisjoint(BE)
    if passive and not is_participle(word.text):
        return None
    subject = _before(words, begin, first)
    mine = first > begin and words[first - 1].text in {"i", "we"} and not passive
    if mine:
        return Deed(statement, at, first, passive, True, (), _behind(words, at, end), (), first_person=True)
    somebody = first > begin and words[first - 1].text in _SOMEBODY
    if not (subject or somebody) or (not helped and not _may_be_finite(text, words, at)):
        return None
    sure = bool(helped) or not (is_past(word.text) or is_participle(word.text))
    return Deed(statement, at, first, passive, sure, subject, _behind(words, at, end), _agent(words, at, end))


def _may_be_finite(text: str, words: Sequence[Term], at: int) -> bool:
    """Say whether a bare word may be a verb: a noun before it and a noun group behind, which a determiner opens."""
    if at + 1 >= len(words) or parts(text, words[at], words[at + 1]) or parts(text, words[at - 1], words[at]):
        return False
    behind = words[at + 1]
    return behind.text in cue_words("determiners") | _ME or behind.figure or behind.named or is_past(words[at].text)


def _before(words: Sequence[Term], begin: int, first: int) -> tuple[Term, ...]:
    """Return the content words of the noun group that ends right before a verb."""
    start = first
    while start > begin and words[start - 1].text not in _stops():
        start -= 1
    return tuple(_content(words[start:first]))


def _behind(words: Sequence[Term], at: int, end: int) -> tuple[Term, ...]:
    found: list[Term] = []
    for word in words[at + 1 : min(at + 1 + OBJECT_REACH, end)]:
        if word.text in cue_words("prepositions") | {"and", "or", "that", "but"}:
            break
        if word.figure or word.key:
            found.append(word)
    return tuple(found)


def _agent(words: Sequence[Term], at: int, end: int) -> tuple[Term, ...]:
    for place in range(at + 1, min(at + 1 + AGENT_REACH, end - 1)):
        if words[place].text == "by":
            return tuple(_content(_behind(words, place, end)))
    return ()


@cache
def _no_verbs() -> frozenset[str]:
    return _stops() | cue_words("determiners") | cue_words("subjects") | BE | HAVE | _MODAL | _ADVERBS


@cache
def _stops() -> frozenset[str]:
    return (
        cue_words("prepositions") | cue_words("reporting") | {"and", "or", "but", "that", "to", "who", "which", "not"}
    )
