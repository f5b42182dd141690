"""What a name is that no passage holds: an office's holder, the country of a government, a speaker, or not stated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from headwater.comparison.names_narrator import is_narrator
from headwater.comparison.names_relations import NameRelation, relate_names
from headwater.comparison.names_rules import NameOutcome
from headwater.comparison.names_settings import Setting
from headwater.comparison.names_source import Source
from headwater.comparison.vocabulary import concept
from headwater.domain.facts import Annotated, NameKind, NameMention
from headwater.extraction.names import extract_names
from headwater.extraction.names_departments import find_office_field
from headwater.extraction.names_metonyms import find_capital_of, is_metonym_of
from headwater.extraction.names_tables import find_known, place_parents

_LONGEST_TEXT = 20_000  # characters of an article read for "Prime Minister Keir Starmer"
_BESIDE = re.compile(r"(?:[’']s)?,? (?:(?:and|the|then|of|[A-Z][\w’']+) ){0,3}")
# "WASHINGTON, Nov 3 (Reuters) - ", "LEEDS — ", "SYDNEY: "
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?: [A-Z.'’-]+){0,3}(?:, [A-Z][A-Za-z. ]{1,20})?"
    r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?(?: \(\w+\))?(?: ?[-–—]|:) "
)
_HEADED = re.compile(r"(?:[’']s)? (?:[a-z]+ )?(?:government|administration|ministry|cabinet)\b", re.IGNORECASE)
_GOVERNMENT = re.compile(
    r"(?<![\w’'-])([\w’'-]++) (?:government|administration|ministry|cabinet)\b|\bpredecessors?\b", re.IGNORECASE
)
# What stands before "Government" in official texts and is nobody's name.
_NO_HEAD = re.compile(
    r"(?:the|an?|my|our|this|that|his|her|federal|commonwealth|national|majesty|u[ks]|previous|prior|last|former|new|"
    r"state|local|central|and|of|by)",
    re.IGNORECASE,
)
# "Boston[ Fed chief ]Susan Collins"
_CALLED = re.compile(
    r"(?:[’']s)? (?:(?:[A-Z][\w-]*+|chief|president|governor|head|boss|leader|lawmaker|mayor|senator|premier|member|"
    r"minister|secretary|director|chair|chairman|chairwoman|spokesman|spokeswoman|judge|teacher|resident|lawyer) ){1,4}"
)
# "the Virginia[ Republican]", "the Leeds[ MP]"
_PARTY = re.compile(
    r" (?:Republican|Democrat|Conservative|Tory|Labor|Labour|Liberal|Lib Dem|National|Green|Independent|MP|MEP|MSP|"
    r"congressman|congresswoman|lawmaker|senator|representative|backbencher|peer)\b(?! (?:Party|Government|Minister))"
)
_FROM = re.compile(r" of |,? (?:\()?(?:[DRI]|Rep|Sen|Lab|Con)[-–.] ?|, from ")
# "the Minister", "the Secretary of State": it is left to the reader of what.
_BARE_HEAD = re.compile(r"\b[Tt]he (?:Secretary of State|Secretary|Minister)\b(?! (?:of|for)\b)")
_DEPUTY = re.compile(r"\b(?:vice|deputy|shadow|assistant|former|under|pro)[- ]$", re.IGNORECASE)
_AT = frozenset(("in", "at", "near", "around", "outside", "inside", "across", "through"))
_OWN = re.compile(
    r"(?:[’']s)? (?:(?:new|current|former|own|federal|central) )?"
    r"(?:government|govt|authorities|parliament|cabinet|ministers?|officials|"
    r"administration|taxpayers?|public|courts?|law|economy|people|citizens|territory|waters|borders?)\b",
    re.IGNORECASE,
)


def absent_outcome(claim: Annotated, ours: Setting, settings: Sequence[Setting], source: Source) -> NameOutcome:
    """Say what a name is that stands nowhere in the passages and faces no other.

    Args:
        claim: The claim.
        ours: The name.
        settings: All names of the claim.
        source: All names of the passages.
    """
    if _holds_stated_office(claim, ours.mention, source) or _heads_stated_government(claim, ours.mention, source):
        return NameOutcome.HOLDER_ADDED
    if ours.mention.kind is NameKind.PLACE and tells_whose(claim, ours, settings):
        return NameOutcome.COUNTRY_ADDED if _leaves_whose_open(claim, ours, source) else NameOutcome.NOT_STATED
    if _is_background(claim, ours, source):
        return NameOutcome.BACKGROUND
    if _is_speaker(claim, ours.mention) or _is_unnamed_narrator(claim, ours.mention, source):
        return NameOutcome.SPEAKER_NOT_STATED
    if ours.mention.kind is NameKind.OFFICE:
        other = _is_office_among_others(ours.mention, source)
        return NameOutcome.NOT_STATED if other else NameOutcome.SPEAKER_NOT_STATED
    return NameOutcome.NOT_STATED


def _is_unnamed_narrator(claim: Annotated, name: NameMention, source: Source) -> bool:
    return name.kind is NameKind.PERSON and is_narrator(claim, name, source)


def _heads_stated_government(claim: Annotated, name: NameMention, source: Source) -> bool:
    """Say whether a name only tells whose government it is that the source speaks of, and names nobody's."""
    if name.kind not in (NameKind.PERSON, NameKind.OTHER) or not _HEADED.match(claim.text, name.span.end):
        return False
    found = [each[1] or "" for text in source.texts for each in _GOVERNMENT.finditer(text)]
    return bool(found) and all(not word[:1].isupper() or _is_no_head(word) for word in found)


def _is_no_head(word: str) -> bool:
    bare = re.sub(r"[’']s?\Z", "", word)
    return _NO_HEAD.fullmatch(bare) is not None or find_known([bare]) is not None


def _is_background(claim: Annotated, ours: Setting, source: Source) -> bool:
    """Say whether a place only says more of what the source names: the capital of a state, whose a person is."""
    if ours.mention.kind is not NameKind.PLACE and ours.mention.canonical not in place_parents():
        return False  # "Virginia" is a given name, too
    return _is_seat(ours, source) or _describes_known_person(claim, ours, source)


def _is_seat(ours: Setting, source: Source) -> bool:
    """Say whether a place is the capital of a state that the source speaks of, which has nothing happen elsewhere."""
    state = find_capital_of(ours.mention.surface)
    if state is None or not any(is_metonym_of(ours.mention.surface, text) for text in source.texts):
        return False
    return not any(
        theirs.lead in _AT
        and (theirs.mention.kind is NameKind.OTHER or place_parents().get(theirs.mention.canonical) == state)
        for theirs in source.settings
    )


def _describes_known_person(claim: Annotated, ours: Setting, source: Source) -> bool:
    """Say whether a place stands in what a person of the source is called: "Boston Fed chief Susan Collins".

    "Esther George of Kansas City" and "Steven Rothman (D-N.J.)" are called so, too.
    """
    end = ours.mention.span.end
    of_whom = _of_whom(claim, ours.mention)
    if of_whom is not None:
        return bool(source.related(of_whom).same)
    if ours.lead in _AT:
        return False
    called = (name for name in claim.facts.names if name.kind is NameKind.PERSON and name.span.start > end)
    person = next((name for name in called if _CALLED.fullmatch(claim.text, end, name.span.start)), None)
    if person is None:  # "the Virginia Republican": somebody of whom the article speaks, the state told besides
        return _PARTY.match(claim.text, end) is not None
    return bool(source.related(person).same)


def _of_whom(claim: Annotated, place: NameMention) -> NameMention | None:
    """Return the person whose place is told right behind the name."""
    behind = (name for name in claim.facts.names if name.kind is NameKind.PERSON and name.span.end < place.span.start)
    return next((name for name in behind if _FROM.fullmatch(claim.text, name.span.end, place.span.start)), None)


@cache
def _rulers() -> frozenset[str]:
    return frozenset(map(concept, ("authorities", "government", "ministers", "officials", "leaders", "rulers")))


def is_in_dateline(claim: Annotated, ours: Setting) -> bool:
    """Say whether a name stands in the dateline that opens a report.

    Args:
        claim: The claim.
        ours: The name.
    """
    found = _DATELINE.match(claim.text)
    return found is not None and ours.mention.span.end < found.end()


def stands_for_another(ours: Setting, source: Source) -> bool:
    """Say whether a name stands for a body that the source speaks of: "Westminster" for the UK Parliament.

    A city is a body only where nothing is said to be in it.

    Args:
        ours: A name of the claim.
        source: All names of the passages.
    """
    surface = ours.mention.surface
    city = ours.mention.canonical in place_parents() or find_capital_of(surface) is not None
    ruled = ours.before[:1] and ours.before[0] in _rulers()  # "the authorities in Tbilisi"
    return not (city and ours.lead in _AT and not ruled) and any(is_metonym_of(surface, text) for text in source.texts)


def _holds_stated_office(claim: Annotated, person: NameMention, source: Source) -> bool:
    """Say whether the article names the person beside an office that the source has without a name."""
    if person.kind is not NameKind.PERSON:
        return False
    offices = [
        office for office, holder in holders(claim.mapped.original[:_LONGEST_TEXT]) if holder == person.canonical
    ]
    offices += [office for office, holder in _beside(claim.text, claim.facts.names) if holder == person.canonical]
    held = {setting.post for setting in source.settings}  # the source has a holder of its own
    offices = [office for office in offices if office not in held]
    return any(
        office in source.by_name or (source.holds_form(office) and not _is_of_a_deputy(office, source))
        for office in offices
    )


def _is_of_a_deputy(office: str, source: Source) -> bool:
    """Say whether an office stands in the source only inside another one: "Vice-Chancellor"."""
    found = [each for text in source.texts for each in re.finditer(rf"\b{re.escape(office)}\b", text, re.IGNORECASE)]
    return bool(found) and all(_DEPUTY.search(each.string, max(0, each.start() - 12), each.start()) for each in found)


@lru_cache(maxsize=16)  # an article is asked for with each of its claims
def holders(text: str) -> tuple[tuple[str, str], ...]:
    """Return the offices of a text with the names that stand beside them, both in canonical form.

    Args:
        text: An article.
    """
    return _beside(text, extract_names(text))


def tells_of(claim: Annotated, person: NameMention) -> bool:
    """Say whether the article names a person in full, wherever it does.

    Args:
        claim: A claim of the article.
        person: A person whom the source names.
    """
    named = _full_names(claim.mapped.original[:_LONGEST_TEXT])
    return any(relate_names(one, person) is NameRelation.SAME for one in named)


@lru_cache(maxsize=16)  # an article is asked for with each of its claims
def _full_names(text: str) -> tuple[NameMention, ...]:
    return tuple(name for name in extract_names(text) if name.kind is NameKind.PERSON and " " in name.canonical)


def _beside(text: str, names: Sequence[NameMention]) -> tuple[tuple[str, str], ...]:
    found = []
    for one, other in pairwise(names):
        pair = {one.kind: one.canonical, other.kind: other.canonical}
        if set(pair) == {NameKind.OFFICE, NameKind.PERSON} and _BESIDE.fullmatch(text, one.span.end, other.span.start):
            found.append((pair[NameKind.OFFICE], pair[NameKind.PERSON]))
    return tuple(found)


def tells_whose(claim: Annotated, ours: Setting, settings: Sequence[Setting]) -> bool:
    """Say whether a country only tells whose government or office is meant.

    Args:
        claim: The claim.
        ours: The country.
        settings: All names of the claim.
    """
    end = ours.mention.span.end
    if _OWN.match(claim.text, end):
        return True
    behind = next((s.mention for s in settings if s.place == ours.place + 1), None)
    office = behind is not None and behind.kind is NameKind.OFFICE
    return office and claim.text[end : behind.span.start].strip(" ’'s") == "" if behind is not None else False


def _leaves_whose_open(claim: Annotated, ours: Setting, source: Source) -> bool:
    """Say whether the source speaks of a government, a parliament without saying whose; not if each is another's."""
    found = _OWN.match(claim.text, ours.mention.span.end)
    if found is None:
        return True
    head = found[0].split()[-1].lower().rstrip("s")
    others = [
        text[setting.mention.span.end : setting.mention.span.end + len(head) + 3]
        .lower()
        .lstrip("’'s ")
        .startswith(head)
        for setting in source.settings
        if setting.mention.kind is NameKind.PLACE
        for text in [source.texts[setting.passage]]
    ]
    mentions = sum(len(re.findall(rf"\b{head}", text, re.IGNORECASE)) for text in source.texts)
    return mentions == 0 or mentions > sum(others)


def _is_office_among_others(office: NameMention, source: Source) -> bool:
    """Say whether the source tells its secretaries or ministers by what they are for, and this one is none of them."""
    field, head = find_office_field(office.canonical), office.canonical.split()[-1]
    if field is None or any(_BARE_HEAD.search(text) for text in source.texts):
        return False
    return any(find_office_field(name) is not None and name.endswith(f" {head}") for name in source.by_name)


def _is_speaker(claim: Annotated, name: NameMention) -> bool:
    """Say whether a name is of those who are said to speak, whom the attribution lane compares."""
    spoken = [attribution.speaker for attribution in claim.facts.attributions]
    spoken += [quotation.speaker for quotation in claim.facts.quotations]
    return any(name.surface in speaker for speaker in spoken if speaker)
