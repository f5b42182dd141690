"""Where a name stands: the words before and behind it, the sentence's content, the list it is a member of.

In a setting every name counts as one word, by its canonical form, so that "the EPC summit" and "the European Political
Community meeting" are seen to hold the same name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from headwater.comparison.contexts import sentences
from headwater.comparison.vocabulary import concept, weight
from headwater.domain.facts import Annotated, NameKind, NameMention
from headwater.domain.quantities import Dimension
from headwater.domain.spans import Span
from headwater.extraction.names_folding import fold_name
from headwater.extraction.names_tables import name_words

TEXTS_REMEMBERED = 1024  # an article's passages are compared with each of its claims in turn
NEIGHBOURS = 3  # content words on each side that tell what part a name plays
NAME_WEIGHT = 1.5  # as in the vocabulary: a name tells more than a word
_WORD = re.compile(r"[^\W_]++(?:['’](?!s\b)[^\W\d_]++)?")
_COORDINATED = re.compile(r"\b(?:and|or|as well as|along with)\b|&", re.IGNORECASE)
LONGEST_TITLE = 80  # characters between two people of a list: "and Minister for Tertiary Education, Senator"
_TITLES = re.compile(r"(?:,? and|,)(?: the)?(?: [A-Z][\w’'\-]*+\.?,?| of| for| and| the| in)*? ")
_TITLED = re.compile(r"(?:,? | \()(?:(?:Sir|Dame|Lord|Lady|Dr|Senator|Sen|Hon|the Hon|Mr|Mrs|Ms)\.? )?")
_BETWEEN = re.compile(
    r"(?:,| and| or| &|, and|, or|,? as well as|,? along with)(?: the| in| with| from)?\s", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Word:
    """A content word or a name of a sentence: what it is compared by, where it stands, what it tells."""

    key: str
    start: int
    end: int
    weight: float
    office: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A name with what surrounds it.

    Args:
        mention: The name.
        place: Its number among the names of its text.
        lead: The preposition before it, articles skipped, or "".
        before: Keys of the content words just before, nearest first.
        behind: Keys of the content words just behind, nearest first.
        told: Keys of the sentence without the name itself, and what each tells.
        names: Canonical names of the sentence.
        holders: The same without offices, which one and the same person may hold.
        figures: Values of the figures of the sentence.
        days: First days of the dates of the sentence that need no other date to be read.
        passage: Index of the passage it stands in; -1 for the claim.
        sentence: Number of its sentence in the text.
        post: Canonical form of the office right before a person, or "".
    """

    mention: NameMention
    place: int
    lead: str
    before: tuple[str, ...]
    behind: tuple[str, ...]
    told: Mapping[str, float]
    names: frozenset[str]
    holders: frozenset[str]
    figures: frozenset[Decimal]
    days: frozenset[date]
    passage: int = -1
    sentence: int = 0
    post: str = ""


class _Within(NamedTuple):
    """The figures and the days of one sentence."""

    figures: frozenset[Decimal]
    days: frozenset[date]


class _Values(NamedTuple):
    """The figures and the days of a text, and where each stands."""

    figures: tuple[tuple[int, Decimal], ...]
    days: tuple[tuple[int, date], ...]

    def within(self, span: Span) -> _Within:
        """Return those of one sentence."""
        return _Within(
            frozenset(value for start, value in self.figures if span.start <= start < span.end),
            frozenset(day for start, day in self.days if span.start <= start < span.end),
        )


def read_settings(text: Annotated, passage: int = -1) -> tuple[Setting, ...]:
    """Return the setting of every name of a text, in order.

    Args:
        text: A claim or a passage.
        passage: Its index.
    """
    counted = (q for q in text.facts.quantities if q.unit.dimension is not Dimension.SCORE)  # "2-1" is "1-2" too
    figures = tuple((quantity.span.start, quantity.value) for quantity in counted)
    days = tuple((m.span.start, m.first) for m in text.facts.dates if m.first is not None and not m.relative)
    return _placed(text.text, text.facts.names, _Values(figures, days), passage)


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _placed(text: str, names: tuple[NameMention, ...], values: _Values, passage: int) -> tuple[Setting, ...]:
    """Give settings the index of their passage: the same text stands first for one claim, third for another."""
    return tuple(replace(setting, passage=passage) for setting in _settings(text, names, values))


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _settings(text: str, names: tuple[NameMention, ...], values: _Values) -> tuple[Setting, ...]:
    found = []
    at = 0
    for number, span in enumerate(sentences(text)):
        own = []
        while at < len(names) and names[at].span.start < span.end:
            own.append((at, names[at]))
            at += 1
        if own:
            words = _words(text, span, [mention for _, mention in own])
            within = values.within(span)
            found += [_setting(text, mention, place, (words, within, number)) for place, mention in own]
    return tuple(found)


def sentence_words(text: Annotated, setting: Setting) -> list[Word]:
    """Return the content words and names of the sentence that a name stands in, in order.

    Args:
        text: A claim or a passage.
        setting: Of one of its names.
    """
    return list(_sentence_words(text.text, text.facts.names, setting.sentence))


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _sentence_words(text: str, names: tuple[NameMention, ...], number: int) -> tuple[Word, ...]:
    span = sentences(text)[number]
    return tuple(_words(text, span, [m for m in names if span.start <= m.span.start < span.end]))


def _words(text: str, sentence: Span, names: list[NameMention]) -> list[Word]:
    words = [
        Word(f"={m.canonical}", m.span.start, m.span.end, NAME_WEIGHT, office=m.kind is NameKind.OFFICE) for m in names
    ]
    inside = 0
    for found in _WORD.finditer(text, sentence.start, sentence.end):
        while inside < len(names) and names[inside].span.end <= found.start():
            inside += 1
        if inside < len(names) and found.start() >= names[inside].span.start:
            continue
        key = "" if found[0][0].isdigit() else concept(found[0])
        if key:
            words.append(Word(key, found.start(), found.end(), weight(found[0], opens_sentence=True)))
    return sorted(words, key=lambda word: word.start)


def _setting(text: str, mention: NameMention, place: int, around: tuple[list[Word], _Within, int]) -> Setting:
    words, within, number = around
    title = _find_title(text, mention, words)
    start = mention.span.start if title is None else title.start
    before = [word.key for word in words if word.end <= start]
    behind = [word.key for word in words if word.start >= mention.span.end]
    told = {word.key: word.weight for word in words if not mention.span.overlaps(Span(word.start, word.end))}
    return Setting(
        mention,
        place,
        find_lead(text, start),
        tuple(before[::-1][:NEIGHBOURS]),
        tuple(behind[:NEIGHBOURS]),
        told,
        frozenset(word.key[1:] for word in words if word.key[0] == "="),
        frozenset(word.key[1:] for word in words if word.key[0] == "=" and not word.office),
        within.figures,
        within.days,
        sentence=number,
        post="" if title is None else title.key[1:],
    )


def _find_title(text: str, mention: NameMention, words: Sequence[Word]) -> Word | None:
    """Return the office that stands right before a person: "led by Prime Minister Starmer"."""
    if mention.kind is not NameKind.PERSON:
        return None
    start = mention.span.start
    return next((w for w in words if w.office and w.end < start and _TITLED.fullmatch(text, w.end, start)), None)


def find_lead(text: str, start: int) -> str:
    """Return the preposition before a place in a text, articles skipped, or "".

    Args:
        text: Working text.
        start: Where the name begins.
    """
    words = re.findall(r"[^\W_]+|[^\w\s]", text[max(0, start - 40) : start].lower())  # 40: three or four words
    while words and words[-1] in name_words().articles:
        words.pop()
    return words[-1] if words and words[-1] in name_words().prepositions else ""


@lru_cache(maxsize=TEXTS_REMEMBERED)
def word_rows(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the folded words of each sentence of a text, in order.

    Args:
        text: Working text.
    """
    return tuple(tuple(fold_name(span.slice(text)).split()) for span in sentences(text))


def find_lists(text: str, names: tuple[NameMention, ...]) -> tuple[tuple[int, ...], ...]:
    """Return the lists of names of a text, each as the places of its members.

    Args:
        text: Working text.
        names: Its names in order.
    """
    lists: list[list[int]] = []
    current: list[int] = []
    for place, mention in enumerate(names):
        joined = current and _BETWEEN.fullmatch(text, names[current[-1]].span.end, mention.span.start)
        alike = current and _alike(names[current[-1]].kind, mention.kind)
        if joined and alike:
            current.append(place)
            continue
        lists.append(current)
        current = [place]
    return tuple(
        tuple(members) for members in (*lists, current) if len(members) > 1 and _is_coordinated(text, names, members)
    )


def find_person_lists(text: str, names: tuple[NameMention, ...]) -> tuple[tuple[int, ...], ...]:
    """Return the lists of people of a text, each with what they are: "Premier Anna Bligh and Mayor Allan Sutherland".

    Args:
        text: Working text.
        names: Its names in order.
    """
    people = [place for place, mention in enumerate(names) if mention.kind is NameKind.PERSON]
    lists: list[list[int]] = [people[:1]]
    for one, other in pairwise(people):
        start, end = names[one].span.end, names[other].span.start
        if end - start <= LONGEST_TITLE and _TITLES.fullmatch(text, start, end):
            lists[-1].append(other)
        else:
            lists.append([other])
    return tuple(tuple(members) for members in lists if len(members) > 1 and _is_coordinated(text, names, members))


def _is_coordinated(text: str, names: tuple[NameMention, ...], members: list[int]) -> bool:
    """Say whether the last member is joined by "and" or "or": an address or an apposition is no list."""
    return _COORDINATED.search(text, names[members[-2]].span.end, names[members[-1]].span.start) is not None


def _alike(one: NameKind, other: NameKind) -> bool:
    return one is other or NameKind.OTHER in (one, other)
