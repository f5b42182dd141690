"""Pronouns of speakers: the name or office that "he", "she" or "they" stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from headwater.domain.spans import Span
from headwater.extraction.attribution_cues import Cue
from headwater.extraction.attribution_sentences import Sentences
from headwater.extraction.attribution_words import HE, PRONOUNS, SHE

_REACH = 8  # sentences looked back: beyond, the thread is lost


def is_pronoun(speaker: str) -> bool:
    """Say whether a speaker is written as a pronoun alone.

    Args:
        speaker: As written.
    """
    return speaker.lower() in PRONOUNS


class Speakers:
    """The speakers and subjects named in a text, for pronouns to stand for.

    Args:
        sentences: The text.
        cues: Its cues of attribution.
    """

    def __init__(self, sentences: Sentences, cues: Sequence[Cue]) -> None:
        self._text = sentences.text
        named = {cue.speaker for cue in cues if not is_pronoun(cue.speaker.slice(sentences.text))}
        named |= {subject for subject in sentences.subjects if subject is not None}
        self._named = sorted(named)
        self._sentences = sentences

    def antecedent(self, pronoun: Span) -> str | None:
        """Return the nearest name or office before a pronoun that it can stand for, or None.

        Args:
            pronoun: Where it stands.
        """
        word = pronoun.slice(self._text).lower()
        if word in ("i", "we", "you"):
            return None
        number = self._sentences.number_at(pronoun.start)
        at = bisect_left(self._named, pronoun)
        for candidate in reversed(self._named[max(0, at - _REACH) : at]):
            if number - self._sentences.number_at(candidate.start) > _REACH:
                return None
            name = candidate.slice(self._text)
            if _agrees(word, name):
                return name
        return None


def _agrees(pronoun: str, name: str) -> bool:
    words = {word.strip(".,").lower() for word in name.split()}
    if pronoun == "he":
        return not words & SHE
    if pronoun == "she":
        return not words & HE
    return True
