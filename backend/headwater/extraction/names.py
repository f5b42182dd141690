"""Names in working text: people, offices, organisations, places, laws, each with the form it is compared in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from headwater.domain.facts import NameKind, NameMention
from headwater.domain.spans import Span
from headwater.extraction.names_acronyms import find_expansions
from headwater.extraction.names_folding import fold_name
from headwater.extraction.names_kinds import NamePart, read_run
from headwater.extraction.names_offices import extract_offices
from headwater.extraction.names_runs import find_runs
from headwater.extraction.names_tables import common_words, find_known, name_words
from headwater.extraction.names_titles import is_title_line, names_in_title
from headwater.extraction.names_tokens import NameToken, read_tokens

# A short excerpt may keep its wrapped lines: a line of some length that breaks off goes on in the next.
_LINE = re.compile(r"[^\n]++")
_GOES_ON = re.compile(r"(?:^|[\s(“‘])[a-z][\w’'\-]*,?\Z")
_LONG_LINE = 40  # characters: a shorter line is a heading or an item
_DETERMINER = re.compile(r" (?:an?|the|your|my|our|his|her|their|its|this|these|those|some|any|no|every|more) ")
_YEAR = re.compile(r"(?: (?:1[6-9]|20)\d\d)(?!\w)")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A name before the whole text has been read."""

    mention: NameMention
    sure: bool


def extract_names(text: str) -> tuple[NameMention, ...]:
    """Extract the names of a text by rules.

    Args:
        text: Working text; an acronym's expansion and a person's first name are looked for in all of it.

    Returns:
        In order of appearance, never overlapping. Months, weekdays, common words that open a sentence and the capitals
        of headings are no names; a heading's names are those that the text or the tables know.

    >>> [(name.surface, name.canonical) for name in extract_names("Mr Lee met the British envoy in Kiev.")]
    [('Lee', 'lee'), ('British', 'united kingdom'), ('Kiev', 'kyiv')]
    """
    offices = extract_offices(text)
    drafts: list[_Draft] = []
    titles: list[list[NameToken]] = []
    for line in _lines(text):
        tokens = read_tokens(text, line.start, line.end)
        own = [office for office in offices if line.start <= office[0].start < line.end]
        if is_title_line(line.slice(text), tokens):
            titles.append(tokens)
        else:
            drafts += _line_names(text, tokens, own)
    known = _sure_names(text, drafts)
    mentions = [_office(text, span, canonical) for span, canonical in offices] + known
    known += [m for tokens in titles for m in names_in_title(text, tokens, known) if not _overlaps(m, offices)]
    expansions = find_expansions(text, known)
    settled = [mention for mention in _settled(known, expansions) if not _is_address(text, mention.span)]
    return tuple(sorted((*mentions[: len(offices)], *settled), key=lambda mention: mention.span))


def _lines(text: str) -> list[Span]:
    """Return the lines of a text, those joined that only the wrapping of a short excerpt has parted."""
    lines: list[Span] = []
    for found in _LINE.finditer(text):
        before = lines[-1] if lines else None
        if before is not None and before.end + 1 == found.start() and _is_wrapped(text, before, found.start()):
            lines[-1] = Span(before.start, found.end())
        else:
            lines.append(Span(*found.span()))
    return lines


def _is_wrapped(text: str, before: Span, start: int) -> bool:
    ending = text[max(before.start, before.end - _LONG_LINE) : before.end]
    goes_on = text[start].islower() or (text[start].isalpha() and _GOES_ON.search(ending) is not None)
    return len(ending) == _LONG_LINE and goes_on and ending[-1] not in ".!?:;"


def _overlaps(mention: NameMention, offices: Iterable[tuple[Span, str]]) -> bool:
    return any(span.overlaps(mention.span) for span, _ in offices)


def _office(text: str, span: Span, canonical: str) -> NameMention:
    return NameMention(span.slice(text), span, NameKind.OFFICE, canonical)


def _line_names(text: str, tokens: Sequence[NameToken], offices: Sequence[tuple[Span, str]]) -> list[_Draft]:
    taken = [any(span.start < token.end and token.start < span.end for span, _ in offices) for token in tokens]
    drafts: list[_Draft] = []
    for first, end in find_runs(tokens, taken):
        before = tokens[first - 1] if first else None
        after = tokens[end] if end < len(tokens) else None
        titled = bool(first) and taken[first - 1] and tokens[first].gap == " "
        parts = read_run(tokens[first:end], before, after)
        drafts += [_draft(text, _behind_office(part, tokens[first]) if titled else part) for part in parts]
    return drafts


def _behind_office(part: NamePart, first: NameToken) -> NamePart:
    """A name right behind an office is its holder's: "Prime Minister Keir Starmer", "President Biden"."""
    if part.words[0] is not first or part.kind is not NameKind.OTHER or len(part.words) > 4:
        return part
    return replace(part, kind=NameKind.PERSON)


def _draft(text: str, part: NamePart) -> _Draft:
    span = Span(part.words[0].start, part.words[-1].end)
    canonical = part.canonical
    year = _YEAR.match(text, span.end) if part.kind is NameKind.LAW else None
    if year:
        span = Span(span.start, year.end())
        canonical = fold_name(span.slice(text))
    return _Draft(NameMention(span.slice(text), span, part.kind, canonical), part.sure)


def _sure_names(text: str, drafts: Sequence[_Draft]) -> list[NameMention]:
    """Keep sentence openers only where they are no common word, or stand as names elsewhere in the text."""
    inside = {draft.mention.surface for draft in drafts if draft.sure}
    inside |= {word for draft in drafts if draft.sure for word in draft.mention.surface.split()}
    return [
        draft.mention
        for draft in drafts
        if draft.sure
        or draft.mention.surface in inside
        or (_is_rare(draft.mention.surface, text) and not _is_told_to(text, draft.mention))
    ]


def _is_told_to(text: str, opener: NameMention) -> bool:
    """Say whether a word that opens a sentence asks or bids: "Fancy a job?", "Swap the car", "Mind your head"."""
    if " " in opener.surface or find_known([opener.surface]) is not None:
        return False
    return _DETERMINER.match(text, opener.span.end) is not None


def _is_rare(surface: str, text: str) -> bool:
    """Say whether an opening word is hardly a common word, nor an inflection of one."""
    word = surface.lower()
    if " " in word:
        return True
    if "-" in word and all(
        part in common_words() | name_words().openers | name_words().small for part in word.split("-")
    ):
        return False  # "Back-to-back"
    if find_known([surface]) is not None or re.search(rf"\b{re.escape(word)}\b", text):
        return find_known([surface]) is not None and word not in common_words()
    return not (word in common_words() or word.endswith("s") or _stem_is_common(word))


def _stem_is_common(word: str) -> bool:
    endings = (
        "s",
        "es",
        "d",
        "ed",
        "ing",
        "ly",
        "er",
        "ers",
        "ment",
        "ness",
        "ists",
        "ism",
        "ions",
        "ion",
        "able",
        "less",
        "ful",
    )
    for ending in endings:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            if {stem, stem + "e", stem + "y", stem[:-1]} & common_words():
                return True
    return False


def _is_address(text: str, span: Span) -> bool:
    """Say whether a name is a part of an electronic address: "Jane.Roe@example.org"."""
    return text[span.end : span.end + 1] == "@" or text[max(0, span.start - 1) : span.start] == "@"


def _settled(mentions: Sequence[NameMention], expansions: dict[str, str]) -> list[NameMention]:
    """Give acronyms their expansion, and surnames the full name that the text has for them."""
    people: dict[str, str | None] = {}
    for mention in mentions:
        words = mention.canonical.split()
        if mention.kind is NameKind.PERSON and len(words) > 1:
            known = people.get(words[-1], mention.canonical)
            people[words[-1]] = mention.canonical if known == mention.canonical else None
    titled = {m.canonical for m in mentions if m.kind is NameKind.PERSON}
    settled = []
    for mention in mentions:
        full = people.get(mention.canonical)
        if (
            full is not None
            and mention.kind in (NameKind.OTHER, NameKind.PERSON, NameKind.PLACE)
            and _is_surname(mention)
        ):
            settled.append(replace(mention, kind=NameKind.PERSON, canonical=full))
        elif mention.canonical in expansions:
            settled.append(replace(mention, kind=NameKind.ORGANISATION, canonical=expansions[mention.canonical]))
        elif mention.kind is NameKind.OTHER and mention.canonical in titled:
            settled.append(replace(mention, kind=NameKind.PERSON))
        else:
            settled.append(mention)
    return settled


def _is_surname(mention: NameMention) -> bool:
    return " " not in mention.canonical and not (mention.kind is NameKind.PLACE and find_known([mention.surface]))
