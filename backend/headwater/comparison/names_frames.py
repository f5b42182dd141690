"""Who does what to whom: the names that are a verb's agent, and those that are its object, in either voice.

"Babcock bought Vosper", "Vosper was bought by Babcock", "Vosper was sold to Babcock" are
read without a parser: from the words right beside the verb. Where those leave any doubt, a name has no part.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from headwater.comparison.contexts import sentences
from headwater.domain.facts import NameKind, NameMention
from headwater.extraction.names_tables import name_words
from headwater.extraction.verbs import is_participle, is_past, verb_base

TEXTS_REMEMBERED = 1024  # an article's passages are compared with each of its claims in turn
APPOSITION = 14  # words between the commas of "Babcock, the engineering group that ..., bought"
OBJECT = 4  # words between a verb and the name it acts on: "lent the troubled ferry company Northlink"
PARTICLE = 8  # words between "borrowed" and "from": "borrowed a further £300 million last year from"
NOUN = 6  # words between a verb and what it does: "completed the all share merger of"

_TOKEN = re.compile(r"[^\W_]++(?:[’'\-&.][^\W_]++)*+|[,;:()–—]")
_OWNER = re.compile(r"[’']s?\Z")


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb with the names that take part in it.

    Args:
        verb: The relation of the table, or the verb's stem.
        directed: Whether the table knows the relation, so that its two ends are known to differ.
        agents: Places, among the names of the text, of those who act.
        patients: Places of those acted on.
        sentence: Number of the sentence in the text.
        planned: Whether it is told as to come ("will be run by").
    """

    verb: str
    directed: bool
    agents: tuple[int, ...]
    patients: tuple[int, ...]
    sentence: int
    planned: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    capital: bool
    place: int = -1  # among the names of the text; -1 for other words
    kind: NameKind | None = None
    owner: bool = False  # "Babcock's"


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One way to tell a relation: "borrow from", which is "lend" with its ends exchanged."""

    relation: str
    particles: tuple[str, ...]
    exchanged: bool


@dataclass(frozen=True, slots=True)
class _Words:
    auxiliaries: frozenset[str]
    being: frozenset[str]
    prepositions: frozenset[str]
    skipped: frozenset[str]
    relative: frozenset[str]
    symmetric: frozenset[str]
    telling: frozenset[str]
    planned: frozenset[str]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@cache
def _listed() -> _Words:
    rows = _table()["words"]
    lists = {name: frozenset(rows[name].split()) for name in _Words.__slots__}
    lists["symmetric"] = frozenset(verb_base(word) for word in lists["symmetric"])
    return _Words(**lists)


@cache
def _phrases() -> Mapping[str, tuple[_Phrase, ...]]:
    """Return the phrases of the table by the stem of their verb, those with most particles first."""
    found: dict[str, list[_Phrase]] = {}
    for row in _table()["relation"]:
        for exchanged, phrases in ((False, row["gives"]), (True, row["takes"])):
            for phrase in phrases:
                verb, *particles = phrase.split()
                found.setdefault(verb_base(verb), []).append(_Phrase(row["id"], tuple(particles), exchanged))
    return {verb: tuple(sorted(phrases, key=lambda p: -len(p.particles))) for verb, phrases in found.items()}


@cache
def _nouns() -> Mapping[str, _Phrase]:
    """Return the nouns of the table: "takeover", "invasion"."""
    rows = [(row["id"], noun.split()) for row in _table()["relation"] for noun in row["nouns"]]
    return {words[0]: _Phrase(relation, tuple(words[1:]) or ("of",), False) for relation, words in rows}


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_frames(text: str, names: tuple[NameMention, ...]) -> tuple[Frame, ...]:
    """Return the verbs of a text that have a name as agent or object, in order.

    Args:
        text: Working text.
        names: Its names in order.

    >>> from headwater.extraction.names import extract_names
    >>> words = "Vosper was bought by Babcock."
    >>> [(f.verb, f.agents, f.patients) for f in read_frames(words, extract_names(words))]
    [('acquire', (1,), (0,))]
    """
    frames: list[Frame] = []
    for number, span in enumerate(sentences(text)):
        tokens = _tokens(text, (span.start, span.end), names)
        for at, token in enumerate(tokens):
            if token.place < 0 and not token.capital:
                frames += _read_at(tokens, at, number)
    return tuple(frames)


def _tokens(text: str, bounds: tuple[int, int], names: Sequence[NameMention]) -> list[_Token]:
    own = [(place, mention) for place, mention in enumerate(names) if bounds[0] <= mention.span.start < bounds[1]]
    tokens: list[_Token] = []
    at = 0
    for found in _TOKEN.finditer(text, *bounds):
        while at < len(own) and own[at][1].span.end <= found.start():
            at += 1
        inside = at < len(own) and own[at][1].span.start < found.end()
        if not inside:
            word = _OWNER.sub("", found[0]).lower().removeprefix("co-")  # who co-chairs it chairs it
            tokens.append(_Token(word, found[0][0].isupper() and bool(tokens)))
        elif not tokens or tokens[-1].place != own[at][0]:
            place, mention = own[at]
            owner = text[mention.span.end : mention.span.end + 1] in ("’", "'")
            tokens.append(_Token(mention.surface.lower(), True, place, mention.kind, owner))
    return tokens


def _read_at(tokens: Sequence[_Token], at: int, sentence: int) -> Iterator[Frame]:
    if tokens[at].text in _listed().telling:
        yield from _read_preposition(tokens, at, sentence)
        return
    noun = _nouns().get(tokens[at].text.removesuffix("s"))
    if noun is not None:
        yield from _read_noun(tokens, at, noun, sentence)
    verb = verb_base(tokens[at].text)
    known = [phrase for phrase in _phrases().get(verb, ()) if _end_of(tokens, at, phrase) >= 0]
    if known:
        planned = _is_planned(tokens, at)
        yield from _framed(_read_verb(tokens, at, known[0]), Frame(known[0].relation, True, (), (), sentence, planned))
    elif is_past(tokens[at].text) or is_participle(tokens[at].text):
        plain = _Phrase(verb, (), False)
        if verb not in _listed().symmetric and tokens[at].text not in name_words().speech:
            yield from _framed(
                _read_verb(tokens, at, plain), Frame(verb, False, (), (), sentence, _is_planned(tokens, at))
            )


def _read_preposition(tokens: Sequence[_Token], at: int, sentence: int) -> Iterator[Frame]:
    """Read "support from Arup": a noun, a preposition that tells whose, and the name."""
    noun = tokens[at - 1] if at else None
    if noun is None or noun.place >= 0 or noun.capital or not noun.text.isalpha() or _is_between(noun.text):
        return
    if is_participle(noun.text) or noun.text in _listed().skipped or noun.text in _listed().prepositions:
        return
    names = _object(tokens, at)
    if names:
        yield Frame(f"{verb_base(noun.text)} {tokens[at].text}", False, names, (), sentence)


def _framed(parts: tuple[tuple[int, ...], tuple[int, ...]], frame: Frame) -> Iterator[Frame]:
    if any(parts):
        yield replace(frame, agents=parts[0], patients=parts[1])


def _is_planned(tokens: Sequence[_Token], at: int) -> bool:
    while at > 0 and (tokens[at - 1].text in _listed().auxiliaries or tokens[at - 1].text.endswith("ly")):
        at -= 1
        if tokens[at].text in _listed().planned:
            return True
    return False


def _end_of(tokens: Sequence[_Token], at: int, phrase: _Phrase) -> int:
    """Return the place of the last particle of a phrase, the verb's own where it has none, or -1."""
    for particle in phrase.particles:
        reach = 1 if particle == "over" else PARTICLE
        following = range(at + 1, min(at + 1 + reach, len(tokens)))
        at = next((place for place in following if tokens[place].text == particle), -1)
        if at < 0:
            return -1
    return at


def _read_verb(tokens: Sequence[_Token], at: int, phrase: _Phrase) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the places of the names that act and of those acted on."""
    end = _end_of(tokens, at, phrase)
    subject = _subject(tokens, at)
    passive = is_participle(tokens[at].text) and (_is_being(tokens, at) or _text(tokens, end + 1) == "by")
    if passive:
        agents = _object(tokens, end + 1) if _text(tokens, end + 1) == "by" else ()
        parts = (agents, subject)
    else:
        parts = (subject, _object(tokens, end) or _object_of(tokens, end))
    return parts[::-1] if phrase.exchanged else parts


def _text(tokens: Sequence[_Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _is_being(tokens: Sequence[_Token], at: int) -> bool:
    while at > 0 and (tokens[at - 1].text in _listed().auxiliaries or tokens[at - 1].text.endswith("ly")):
        at -= 1
        if tokens[at].text in _listed().being:
            return True
    return False


def _subject(tokens: Sequence[_Token], at: int) -> tuple[int, ...]:
    """Return the name that stands before a verb and its auxiliaries, brackets and an apposition skipped."""
    place = at - 1
    while place >= 0 and tokens[place].place < 0 and _is_between(tokens[place].text):
        place -= 1
    if place >= 0 and tokens[place].text == ")":
        place = _opening(tokens, place, "(") - 1
    elif place >= 0 and tokens[place].text == ",":
        place = _opening(tokens, place, ",") - 1
    elif place > 0 and tokens[place].place < 0 and tokens[place - 1].kind is NameKind.PLACE:
        place -= 1  # "American forces defeated"
    return _heading(tokens, place) if place >= 0 and tokens[place].place >= 0 else ()


def _is_between(word: str) -> bool:
    return word in _listed().auxiliaries or word in _listed().relative or word.endswith("ly")


def _opening(tokens: Sequence[_Token], at: int, mark: str) -> int:
    """Return where the bracket or the apposition that ends at a place began; the place itself where none is seen."""
    for place in range(at - 1, max(0, at - APPOSITION), -1):
        if tokens[place].text == mark:
            follows = tokens[place + 1]
            opens = mark == "(" or (follows.place < 0 and not follows.capital and follows.text not in ("and", "or"))
            return place if tokens[place - 1].place >= 0 and opens else at
    return at


def _heading(tokens: Sequence[_Token], place: int) -> tuple[int, ...]:
    """Return the name that heads a group: "Babcock" of "Babcock plc of the UK"; none behind another preposition."""
    first = place
    while first > 0 and (tokens[first - 1].text in _listed().skipped or tokens[first - 1].capital):
        if tokens[first - 1].place >= 0 and tokens[first - 1].kind is not NameKind.OFFICE:
            break
        first -= 1
    before = _text(tokens, first - 1) if first else ""
    if before == "of":
        head = first - 2
        return _heading(tokens, head) if head >= 0 and tokens[head].place >= 0 else ()
    if before in _listed().prepositions or tokens[place].owner:
        return ()
    return tuple(token.place for token in tokens[first : place + 1] if token.place >= 0)


def _object(tokens: Sequence[_Token], at: int) -> tuple[int, ...]:
    """Return the name right behind a verb or preposition, with the office before it and the list it opens."""
    found: list[int] = []
    for place in range(at + 1, min(at + 2 + OBJECT, len(tokens))):
        token = tokens[place]
        if token.place >= 0:
            found.append(token.place)
            if token.owner:
                return ()  # "bought Babcock's yard"
            following = tokens[place + 1] if place + 1 < len(tokens) else None
            if token.kind is not NameKind.OFFICE and (following is None or not following.capital):
                break
        elif not token.capital and (found or _parts(token.text)):
            break
    return tuple(found)


def _object_of(tokens: Sequence[_Token], at: int) -> tuple[int, ...]:
    """Return the name whose thing it is that a verb acts on: "took over the duties of the Child Support Agency"."""
    for place in range(at + 2, min(at + 2 + OBJECT, len(tokens))):
        if tokens[place].text == "of":
            return _object(tokens, place)
        if tokens[place].place >= 0 or _parts(tokens[place].text):
            break
    return ()


def _parts(word: str) -> bool:
    return word in _listed().prepositions or not word.isalpha() or word == "and"


def _read_noun(tokens: Sequence[_Token], at: int, phrase: _Phrase, sentence: int) -> Iterator[Frame]:
    """Read "X's takeover of Y", "the takeover of Y by X" and "X completed the takeover of Y"."""
    end = _end_of(tokens, at, phrase)
    if end != at + 1:
        return
    patients = _object(tokens, end)
    first = at - 1
    while first >= 0 and at - first <= NOUN and tokens[first].place < 0 and tokens[first].text.isalpha():
        if is_past(tokens[first].text) and tokens[first].text not in name_words().speech:
            break
        first -= 1
    agents: tuple[int, ...] = ()
    if first >= 0 and tokens[first].place >= 0:
        agents = (tokens[first].place,) if tokens[first].owner else ()
    elif first >= 0 and at - first <= NOUN and is_past(tokens[first].text):
        agents = _subject(tokens, first)
    by = next((p for p in range(end + 1, min(end + 2 + OBJECT, len(tokens))) if tokens[p].text == "by"), -1)
    if by >= 0:
        agents = _object(tokens, by)
    if patients and agents:
        yield Frame(phrase.relation, True, agents, patients, sentence)
