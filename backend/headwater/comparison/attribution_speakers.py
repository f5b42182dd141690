"""Speakers as written, read as people, offices, bodies and texts, and how two of them compare."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from headwater.extraction.names_folding import fold_marks
from headwater.extraction.names_tables import given_names

_TABLE = tomllib.loads((Path(__file__).parent / "attribution_speakers.toml").read_text("utf-8"))
_TITLES, _OFFICES, _SPOKESPERSONS, _BODIES, _DOCUMENTS, _VAGUE = (
    frozenset(_TABLE[name]) for name in ("titles", "offices", "spokespersons", "bodies", "documents", "vague")
)
_OUTSIDERS = frozenset(_TABLE["outsiders"])
_BODY_WORDS = frozenset(_TABLE["body_words"])
_SAME: dict[str, str] = _TABLE["same"]
_SAME_PATTERN = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, _SAME), key=len, reverse=True)) + r")\b")
_WORD = re.compile(r"[^\W_](?:[\w’'-]|\.(?=\w))*")
_JOINTS = frozenset(("of", "for", "and", "the", "to", "at", "in", "on"))
_PRONOUNS = frozenset(("i", "we", "he", "she", "they", "it", "you", "who"))
_HONOURS = re.compile(
    r"(?:my|our|the) (?:(?:very|right|rt) )?(?:hon\.?|honou?rable|noble)(?: and (?:learned|gallant))? "
    r"(?:friend|gentleman|lady|lord|baroness|member)\b,?(?: the\b)?",
    re.IGNORECASE,
)
_SEAT = re.compile(r" ?(?:Member )?for [A-Z][^,(]*| ?Member of Parliament[^,(]*")
_SEGMENT = re.compile(r"[,;:()–—]")
_GROUPS: dict[str, list[str]] = _TABLE["groups"]
_SOLE = frozenset(_TABLE["sole"])
_ESTATES: dict[str, int] = {office: number for number, row in enumerate(_TABLE["estates"]) for office in row}
_RANKS = frozenset(_TABLE["ranks"])
_ALIKE = frozenset(_TABLE["alike"])
_OWNED = re.compile(r"[^,]*'s (?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+){1,2})$")  # "the union's Sarah Cole"
_CAPITALS = re.compile(r"\b[A-Z][\w’'-]+")
_PLURAL = re.compile(r"[a-z]{3,}(?<!s)s")  # "hospital managers": nobody is named
_BESIDE = 80  # characters before a name in which its office stands
_APPOSITION = re.compile(r", ((?:the |an? )?[^,.;:\n]{3,60}),")
_MOST_OFFICES = 3  # of one person; more are several people of one name
_LONGEST_SPEAKER = 300  # characters read: more is no speaker


class SpeakerKind(StrEnum):
    """What sort of speaker it is."""

    PERSON = "person"
    SPOKESPERSON = "spokesperson"
    BODY = "body"
    DOCUMENT = "document"
    VAGUE = "vague"
    UNKNOWN = "unknown"


class Relation(StrEnum):
    """How the speaker of a text in hand compares with the official one."""

    SAME = "same"
    DIFFERENT = "different"
    VAGUE = "vague"  # nobody is named where the source names somebody
    RAISED = "raised"  # a person's words are given to a body or a text
    LENT = "lent"  # a spokesperson's words are given to the person, or the other way round
    UNKNOWN = "unknown"


_NATIONS = frozenset(("uk", "us", "british", "american"))  # "the UK government" is "the government"
_KINDS = {
    (SpeakerKind.VAGUE, SpeakerKind.PERSON): Relation.VAGUE,
    (SpeakerKind.VAGUE, SpeakerKind.SPOKESPERSON): Relation.VAGUE,
    (SpeakerKind.VAGUE, SpeakerKind.BODY): Relation.VAGUE,
    (SpeakerKind.VAGUE, SpeakerKind.DOCUMENT): Relation.VAGUE,
    (SpeakerKind.PERSON, SpeakerKind.VAGUE): Relation.LENT,
    (SpeakerKind.BODY, SpeakerKind.PERSON): Relation.RAISED,
    (SpeakerKind.DOCUMENT, SpeakerKind.PERSON): Relation.RAISED,
    (SpeakerKind.SPOKESPERSON, SpeakerKind.PERSON): Relation.LENT,
    (SpeakerKind.PERSON, SpeakerKind.SPOKESPERSON): Relation.LENT,
}


Office = tuple[str, frozenset[str]]  # its noun, and the words that say which


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as read.

    Args:
        kind: What sort.
        names: Words of personal names, folded.
        offices: Each office as its noun and the words that say which.
        body: Words of the body's name.
        sure: Whether the names are certain, being parted from the office; whether a vague speaker names nobody at all
            ("officials"), and not a group ("hospital managers").
    """

    kind: SpeakerKind
    names: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    body: frozenset[str] = frozenset()
    sure: bool = True


@lru_cache(maxsize=1024)
def read_speaker(written: str) -> Speaker:
    """Read a speaker.

    Args:
        written: As it stands in the text: "Prime Minister", "Jane Smith, the health secretary".
    """
    written = _without_honours(written[:_LONGEST_SPEAKER].replace("’", "'"))
    words = [word.lower() for word in _WORD.findall(written)]
    if not words or (len(words) == 1 and words[0] in _PRONOUNS):
        return Speaker(SpeakerKind.UNKNOWN)
    parts = [_read_part(part) for part in _SEGMENT.split(written) if _WORD.search(part)]
    named = sorted((part for part in parts if part.names), key=lambda part: not part.sure)  # "(Phil Woolas)" is sure
    names = named[0].names if named else ()
    offices = tuple(office for part in parts for office in part.offices)
    kind = parts[0].kind
    sure = named[0].sure if named else kind is not SpeakerKind.VAGUE or parts[0].sure
    if kind not in (SpeakerKind.SPOKESPERSON, SpeakerKind.VAGUE) and (offices or (names and sure)):
        kind = SpeakerKind.PERSON
    return Speaker(kind, names, offices, frozenset().union(*(part.body for part in parts)), sure)


def _without_honours(written: str) -> str:
    """Return a speaker without what a parliament calls its members: "my right hon. Friend the Member for Leith"."""
    honours = _HONOURS.match(written)
    if honours is None:
        return written
    rest = written[honours.end() :]
    seat = _SEAT.match(rest)
    return rest[seat.end() :] if seat else rest


def _read_part(part: str) -> Speaker:
    owned = _OWNED.match(part.strip())
    name = _read_name(owned["name"]) if owned else None
    if name is not None and not _OFFICES & {*name.names} and _kind_of_noun("", [*name.names]) is None:
        return name
    folded = _SAME_PATTERN.sub(lambda found: _SAME[found.group()], part.lower().replace(",", " "))
    words = [word.removesuffix("'s") for word in _WORD.findall(folded)]
    content = [word for word in words if word not in _TITLES and word not in _JOINTS]
    if not content:
        return Speaker(SpeakerKind.UNKNOWN)
    head = _head(words)
    if any(word in _SPOKESPERSONS for word in words):
        return Speaker(SpeakerKind.SPOKESPERSON, body=frozenset(content))
    if head in _OFFICES:
        return _read_office(part, words, head)
    kind = _kind_of_noun(head, content)
    if kind is None and _PLURAL.fullmatch(_WORD.findall(part)[-1]):
        return Speaker(SpeakerKind.VAGUE, body=frozenset(content), sure=False)
    return _read_name(part) if kind is None else Speaker(kind, body=frozenset(content))


def _kind_of_noun(head: str, content: list[str]) -> SpeakerKind | None:
    if head in _VAGUE:
        return SpeakerKind.VAGUE
    if head in _DOCUMENTS:
        return SpeakerKind.DOCUMENT
    return SpeakerKind.BODY if any(word in _BODIES or word in _BODY_WORDS for word in content) else None


def _head(words: list[str]) -> str:
    """Return the noun that says what the group is: the last before "of" or "for", else the last known one."""
    for word in words:
        if word in _OFFICES:
            return word
    stop = next(
        (at for at, word in enumerate(words) if at > 0 and word in ("of", "for", "from", "in", "at", "by")), len(words)
    )
    return words[stop - 1]


def _read_office(part: str, words: list[str], head: str) -> Speaker:
    at = words.index(head)
    before = [word for word in words[:at] if word not in _TITLES and word not in _JOINTS]
    behind = words[at + 1 :]
    sure = True
    if behind[:1] and behind[0] in _JOINTS:
        which = frozenset((*before, *(word for word in behind if word not in _JOINTS | _TITLES and word != "state")))
        capitals = _CAPITALS.findall(part)[-2:]
        names: tuple[str, ...] = tuple(name.lower() for name in capitals) if len(behind) > 3 else ()
        sure = len(capitals) > 1 and fold_marks(capitals[0]) in given_names()  # "of Energy Laura Kim"
    else:
        which = frozenset(before)
        capitals = [word.lower().removesuffix("'s") for word in _CAPITALS.findall(part)]
        written = [word for word in behind if word in capitals or not capitals]  # "PM statement": no name
        names = tuple(word for word in written if word not in _TITLES and word not in _OFFICES and word not in _JOINTS)
    return Speaker(SpeakerKind.PERSON, names, ((head, which),), sure=sure)


def _capitals(part: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(part) if word[0].isupper() and word.lower() not in _TITLES]


def _read_name(part: str) -> Speaker:
    capitals = [word.removesuffix("'s") for word in _capitals(part)]
    titled = any(
        word.lower().strip(".") in ("mr", "mrs", "ms", "dr", "sir", "dame", "lord", "lady", "baroness")
        for word in _WORD.findall(part)
    )
    if not capitals or len(capitals) > 4:
        return Speaker(SpeakerKind.UNKNOWN)
    if len(capitals) == 1 and not titled:
        return Speaker(SpeakerKind.UNKNOWN, tuple(capitals), sure=False)  # a surname, or a company
    return Speaker(SpeakerKind.PERSON, tuple(capitals))


def relate_speakers(claimed: str, official: str, texts: tuple[str, ...] = ()) -> Relation:
    """Say how two speakers compare; unknown wherever they could be one and the same.

    Args:
        claimed: As the text in hand has it.
        official: As the source has it.
        texts: Texts in which an office may stand beside the name of its holder.
    """
    ours, theirs = read_speaker(claimed), read_speaker(official)
    if set(ours.names[-1:]) & set(theirs.names) or set(theirs.names[-1:]) & set(ours.names):
        return _same_surname(ours, theirs)
    if (ours.kind, theirs.kind) == (SpeakerKind.PERSON, SpeakerKind.PERSON):
        return _relate_people(ours, theirs, texts)
    if ours.kind is theirs.kind and ours.body and ours.body <= theirs.body | _NATIONS:
        return Relation.SAME
    if ours.kind is SpeakerKind.VAGUE and _are_colleagues(ours, theirs):
        return Relation.UNKNOWN
    return _KINDS.get((ours.kind, theirs.kind), Relation.UNKNOWN)


def is_publisher(speaker: str, publisher: str) -> bool:
    """Say whether a body that is said to speak is the one that published the words: "Downing Street".

    Args:
        speaker: As the text in hand has it.
        publisher: Of the document, from its record.
    """
    said = read_speaker(speaker)
    held = {word.lower() for word in _WORD.findall(publisher)} | _NATIONS
    return said.kind is SpeakerKind.BODY and bool(said.body) and said.body <= held


def stands_outside(speaker: str, texts: tuple[str, ...]) -> bool:
    """Say whether a group is none of those who publish official texts, and is not spoken of in any of them.

    Args:
        speaker: As the text in hand has it: "environmental groups".
        texts: The official ones.
    """
    words = [word.lower() for word in _WORD.findall(speaker)]
    if not words or words[-1] not in _OUTSIDERS:
        return False
    return not any(re.search(rf"\b{re.escape(words[-1][:-1])}", text, re.IGNORECASE) for text in texts)


def _are_colleagues(several: Speaker, one: Speaker) -> bool:
    """Say whether a group is the usual word for those of one's office: "ministers" for a minister's statement."""
    offices = {head for head, _ in one.offices}
    return any(offices & set(_GROUPS.get(word, ())) for word in several.body)


def _same_surname(ours: Speaker, theirs: Speaker) -> Relation:
    first, second = ours.names, theirs.names
    if ours.sure and theirs.sure and len(first) > 1 and len(second) > 1 and first[-1] == second[-1]:
        initials = min(len(first[0].strip(".")), len(second[0].strip("."))) == 1 and first[0][0] == second[0][0]
        same = first[0] in second or second[0] in first or initials
        return Relation.SAME if same else Relation.UNKNOWN  # Bob may be Robert, and Jane is not John
    return Relation.SAME


def _relate_people(ours: Speaker, theirs: Speaker, texts: tuple[str, ...]) -> Relation:
    if ours.names and theirs.names:
        if _relate_offices(ours.offices, theirs.offices) is Relation.SAME:
            return Relation.UNKNOWN  # one office, two names: it may have changed hands
        return Relation.DIFFERENT if ours.sure and theirs.sure else Relation.UNKNOWN
    mine = ours.offices or _offices_of(ours, texts)
    others = theirs.offices or _offices_of(theirs, texts)
    return _relate_offices(mine, others)


def _offices_of(speaker: Speaker, texts: tuple[str, ...]) -> tuple[Office, ...]:
    """Return the offices that texts set beside a name: "Home Secretary Yvette Cooper", "Yvette Cooper, the …"."""
    if not speaker.names:
        return ()
    found: set[Office] = set()
    for text in texts:
        for place in re.finditer(rf"\b{re.escape(speaker.names[-1])}\b", text, re.IGNORECASE):
            found |= set(_offices_beside(text, place.start(), place.end()))
            if len(found) > _MOST_OFFICES:
                return tuple(found)
    return tuple(found)


def _offices_beside(text: str, start: int, end: int) -> tuple[Office, ...]:
    words = text[max(0, start - _BESIDE) : start].split()
    first = len(words)
    while (
        first > 0
        and (words[first - 1][:1].isupper() or words[first - 1] in _JOINTS)
        and words[first - 1][-1] not in ",.;:"
    ):
        first -= 1
    before = read_speaker(" ".join((*words[first:], text[start:end])))
    behind = _APPOSITION.match(text, end)
    after = read_speaker(behind.group(1)) if behind else before
    return (*before.offices, *after.offices)


def _relate_offices(ours: tuple[Office, ...], theirs: tuple[Office, ...]) -> Relation:
    """Compare offices: different only where each says which it is, and they share neither noun nor field."""
    if not ours or not theirs:
        return Relation.UNKNOWN
    relations = {_relate_two_offices(one, other) for one in ours for other in theirs}
    return next((r for r in (Relation.SAME, Relation.UNKNOWN) if r in relations), Relation.DIFFERENT)


def _relate_two_offices(one: Office, other: Office) -> Relation:
    (head, which), (noun, field_of) = one, other
    if head == noun and (which <= field_of or field_of <= which):
        return Relation.SAME if which == field_of or (which - _RANKS and field_of - _RANKS) else Relation.UNKNOWN
    if {head, noun} <= _ALIKE:
        return Relation.UNKNOWN
    if _ESTATES.get(head, 0) != _ESTATES.get(noun, 0) and head in _ESTATES and noun in _ESTATES:
        return Relation.DIFFERENT
    which, field_of = which - _RANKS, field_of - _RANKS
    told = (which or _is_sole(head)) and (field_of or _is_sole(noun))
    return Relation.DIFFERENT if told and not which & field_of else Relation.UNKNOWN


def _is_sole(office: str) -> bool:
    """Say whether an office needs no field to be known: there is one in a text, as a rule."""
    return office in _SOLE
