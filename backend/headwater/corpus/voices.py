"""Who speaks in each paragraph of a document: lead-in lines, quotations over several paragraphs, block quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from headwater.corpus.lead_ins import (
    LeadIn,
    closes_quotation,
    find_author,
    find_label,
    find_lead_in,
    find_opening_mark,
    leaves_quotation_open,
)
from headwater.corpus.lines import Line, Look
from headwater.corpus.quoted import find_quoted_speakers

ASKED = re.compile(r"(?:To ask|asked) ")  # how a written question begins; what follows is not the answer's speaker


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words a paragraph is.

    Args:
        speaker: As written where it was announced, or "".
        is_quote: Whether the paragraph as a whole is set as somebody's words.
        is_lead_in: Whether it does nothing but announce the words that follow.
    """

    speaker: str = ""
    is_quote: bool = False
    is_lead_in: bool = False


def assign_voices(lines: Sequence[Line], *, block_quotes: Sequence[str] = (), speaker: str = "") -> tuple[Voice, ...]:
    """Return the voice of each paragraph, in order.

    Args:
        lines: The paragraphs.
        block_quotes: The quotations that the page sets as block quotes, without marks.
        speaker: Whose words the whole document is (a speech), or "".
    """
    quoted = {_fold(part) for quote in block_quotes for part in quote.split("\n") if _fold(part)}
    reader = _VoiceReader(quoted, speaker)
    texts = [line.text for line in lines]
    voices = [reader.read(line, texts[index + 1] if index + 1 < len(texts) else "") for index, line in enumerate(lines)]
    said_by = find_quoted_speakers(texts)
    return tuple(
        voice if voice.speaker or voice.is_lead_in else replace(voice, speaker=said_by.get(number, ""))
        for number, voice in enumerate(voices)
    )


class _VoiceReader:
    """Walks the paragraphs once; remembers the open lead-in, the open quotation and the last speaker named."""

    def __init__(self, quoted: set[str], speaker: str) -> None:
        self._quoted = quoted
        self._narrator = speaker
        self._announced: LeadIn | None = None  # by the paragraph before
        self._opening: str | None = None  # mark of a quotation that goes on
        self._in_block = False  # the paragraph before was a block quote
        self._current = ""  # whose quotation goes on
        self._last = ""  # who spoke last, for "He added:"

    def read(self, line: Line, following: str) -> Voice:
        voice = self._quotation(line)
        if voice is not None:
            self._announced = None
            return voice
        self._opening, self._in_block = None, False
        self._announced = self._announcement(line.text, following)
        if self._announced is not None and self._announced.is_whole_line:
            return Voice(is_lead_in=True)
        if leaves_quotation_open(line.text):
            self._opening, self._current = "“" if "“" in line.text else '"', _inline_speaker(line.text)
        voice = Voice("" if ASKED.match(line.text) else self._narrator)
        self._narrator = find_author(line.text) or self._narrator  # a minister may lay the statement of another
        return voice

    def _quotation(self, line: Line) -> Voice | None:
        """Return the voice of a paragraph that is a quotation, or None."""
        if _fold(line.text) in self._quoted:
            if not self._in_block:
                self._current = self._take_announced()
            self._in_block = True
            return Voice(self._current, is_quote=True)
        mark = find_opening_mark(line.text)
        if mark is not None and (self._announced is not None or mark == self._opening):
            if self._announced is not None:
                self._current = self._take_announced()
            # One closing mark ends it all; a paragraph without one is gone on with by another opening mark.
            self._opening = None if closes_quotation(line.text, mark) else mark
            return Voice(self._current, is_quote=True)
        if mark in {"“", "„", "«"} and closes_quotation(line.text, mark) and line.text.count(mark) == 1:
            self._opening = None
            return Voice(is_quote=True)
        if self._announced is not None and self._announced.is_tight and line.look is Look.PROSE and mark is None:
            return Voice(self._take_announced(), is_quote=True)
        return None

    def _announcement(self, text: str, following: str) -> LeadIn | None:
        found = find_lead_in(text)
        if found is not None:
            return found
        if find_opening_mark(following) is not None:
            return find_label(text)
        if _fold(following) in self._quoted and text.endswith((":", ",")):
            return LeadIn("", is_whole_line=False)
        return None

    def _take_announced(self) -> str:
        if self._announced is None or not self._announced.speaker:
            return ""
        if not self._announced.is_pronoun:
            self._last = self._announced.speaker
        return self._last


def _inline_speaker(paragraph: str) -> str:
    """Return who is announced inside a paragraph right before the quotation it leaves open, or ""."""
    at = max(paragraph.rfind("“"), -1) if "“" in paragraph else paragraph.rfind('"')
    before = paragraph[:at].rstrip().removesuffix(",").removesuffix(":")
    found = find_lead_in(before + ":")
    return found.speaker if found is not None and not found.is_pronoun else ""


def _fold(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
