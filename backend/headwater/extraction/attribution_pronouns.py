"""Pronouns of speakers: the name or office that "he", "she" or "they" stands for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from headwater.domain.spans import Span
from headwater.extraction.attribution_cues import Cue
from headwater.extraction.attribution_sentences import Sentences
from headwater.extraction.attribution_subjects import is_person
from headwater.extraction.attribution_words import HE, PEOPLE, PRONOUNS, SHE, Token, tokens_of
from headwater.extraction.names_tables import given_names, name_words

_OWNERS = {"his": "he", "her": "she"}
_REACH = 8  # sentences looked back: beyond, the thread is lost
_NAMES_REACH = 2  # sentences in which a name that is no subject still counts
_NAME = re.compile(
    r"\b(?:(?:Mrs?|Ms|Dr|Sir|Dame|Lord|Lady)\.? [A-Z][\w’'-]+"
    r"|[A-Z][a-z][\w’']*(?: (?:[A-Z]\.|[A-Z][\w’'-]+))+(?: (?:for|of) [A-Z]\w+)?)"
)


def is_pronoun(speaker: str) -> bool:
    """Say whether a speaker is written as a pronoun alone.

    Args:
        speaker: As written.
    """
    return speaker.lower() in PRONOUNS or speaker.lower() in _OWNERS


class Speakers:
    """The speakers and subjects named in a text, for pronouns to stand for.

    Args:
        sentences: The text.
        cues: Its cues of attribution.
    """

    def __init__(self, sentences: Sentences, cues: Sequence[Cue]) -> None:
        self._text = sentences.text
        named = {cue.speaker for cue in cues if not cue.names_source}
        named |= {subject for subject in sentences.subjects if subject is not None}
        self._named = sorted(span for span in named if not is_pronoun(span.slice(self._text)))
        self._sentences = sentences

    def antecedent(self, pronoun: Span) -> str | None:
        """Return the nearest name or office before a pronoun that it can stand for, or None.

        Args:
            pronoun: Where it stands.
        """
        word = pronoun.slice(self._text).lower()
        word = _OWNERS.get(word, word)
        if word in ("i", "we", "you"):
            return None
        number = self._sentences.number_at(pronoun.start)
        before = self._sentences.subjects[number - 1] if number else None
        if before is not None and before.slice(self._text).lower() == word and before.start < pronoun.start:
            return self.antecedent(before)  # "He said that Mr Lee had come. He said": one and the same
        at = bisect_left(self._named, pronoun)
        several = self._several(at, number) if word == "they" else None
        if several is not None:
            return several
        for candidate in reversed(self._named[max(0, at - _REACH) : at]):
            distance = number - self._sentences.number_at(candidate.start)
            name = candidate.slice(self._text)
            if distance <= _REACH and _agrees(word, name) and self._can_be(word, candidate):
                # "Mr Lee said the plan of Ms Roe would fail. ... he said": who is met in his sentence is no speaker.
                since = self._sentences.number_at(candidate.start) + 1
                return name if distance <= 1 else self._named_nearby(word, pronoun, number, since) or name
        return self._named_nearby(word, pronoun, number)

    def _several(self, at: int, number: int) -> str | None:
        """Return the nearest candidate just before that is more than one person."""
        for candidate in reversed(self._named[max(0, at - _REACH) : at]):
            if number - self._sentences.number_at(candidate.start) > _NAMES_REACH:
                return None
            group = tokens_of(self._sentences.masked, candidate.start, candidate.end)
            if is_several(group):
                return candidate.slice(self._text)
        return None

    def _can_be(self, word: str, candidate: Span) -> bool:
        """Say whether a candidate is a person, where the pronoun means one."""
        group = tokens_of(self._sentences.masked, candidate.start, candidate.end)
        return word not in ("he", "she") or ((is_person(group) or len(group) == 1) and not is_several(group))

    def _named_nearby(self, word: str, pronoun: Span, number: int, since: int = 0) -> str | None:
        """Return the last full name in the sentences just before, where a single person is meant."""
        if word not in ("he", "she") or since > number:
            return None
        start = self._sentences.bounds(max(since, number - _NAMES_REACH))[0]
        names = _NAME.findall(self._sentences.masked, start, pronoun.start)
        fitting = [name for name in reversed(names) if _agrees(word, name) and not _is_body(name)]
        return next(filter(_has_given_name, fitting), next(iter(fitting), None))


def _is_body(name: str) -> bool:
    """Say whether a full name is what people found, enact or live in: "Means Committee", "Capitol Hill"."""
    lists, last = name_words(), name.rsplit(maxsplit=1)[-1].lower()
    titled = name.split(maxsplit=1)[0].rstrip(".").lower() in lists.honorifics
    return not titled and last in lists.organisations | lists.laws | lists.place_tails


def _has_given_name(name: str) -> bool:
    first = name.split(maxsplit=1)[0]
    return first in given_names() or first.rstrip(".").lower() in name_words().honorifics


def is_several(group: Sequence[Token]) -> bool:
    """Say whether a noun group is more than one person: "the two ministers", "residents".

    Args:
        group: Its words.
    """
    words = [token.lower for token in group if token.is_word]
    if not words:
        return False
    head = next(
        (at for at, word in enumerate(words) if at > 0 and word in ("of", "for", "at", "from", "in")), len(words)
    )
    named = group[-1].is_capital and len(words) > 1  # a word alone has its capital from the sentence it opens
    plural = words[head - 1].endswith("s") and not named and words[head - 1] in PEOPLE
    return plural or "and" in words


def _agrees(pronoun: str, name: str) -> bool:
    words = {word.strip(".,").lower() for word in name.split()}
    if pronoun == "he":
        return not words & SHE
    if pronoun == "she":
        return not words & HE
    return True
