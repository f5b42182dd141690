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
from headwater.corpus.turns import ends_turn, find_turn
from headwater.domain.documents import SpeakerBasis

ASKED = re.compile(r"(?:To ask|asked) ")  # how a written question begins; what follows is not the answer's speaker


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words a paragraph is.

    Args:
        speaker: As written where it was announced, or "".
        basis: How the speaker is known.
        is_quote: Whether the paragraph as a whole is set as somebody's words.
        is_lead_in: Whether it does nothing but announce the words that follow.
    """

    speaker: str = ""
    is_quote: bool = False
    is_lead_in: bool = False
    basis: SpeakerBasis = SpeakerBasis.UNKNOWN


def assign_voices(
    lines: Sequence[Line],
    *,
    block_quotes: Sequence[str] = (),
    speaker: str = "",
    basis: SpeakerBasis = SpeakerBasis.METADATA,
) -> tuple[Voice, ...]:
    """Return the voice of each paragraph, in order.

    Args:
        lines: The paragraphs.
        block_quotes: The quotations that the page sets as block quotes, without marks.
        speaker: Whose words the whole document is (a speech), or "".
        basis: How that is known.
    """
    quoted = {_fold(part) for quote in block_quotes for part in quote.split("\n") if _fold(part)}
    reader = _VoiceReader(quoted, speaker, basis)
    texts = [line.text for line in lines]
    voices = [reader.read(line, texts[index + 1] if index + 1 < len(texts) else "") for index, line in enumerate(lines)]
    said_by = find_quoted_speakers(texts)
    return tuple(_told_beside(voice, said_by.get(number, "")) for number, voice in enumerate(voices))


def _told_beside(voice: Voice, speaker: str) -> Voice:
    """Return a voice with the speaker that is named beside the words, where nothing better is known."""
    if voice.speaker or voice.is_lead_in or not speaker:
        return voice
    return replace(voice, speaker=speaker, basis=SpeakerBasis.BESIDE)


class _VoiceReader:
    """Walks the paragraphs once; remembers the open lead-in, the open quotation and the last speaker named."""

    def __init__(self, quoted: set[str], speaker: str, basis: SpeakerBasis) -> None:
        self._quoted = quoted
        self._narrator, self._basis = speaker, basis
        self._announced: LeadIn | None = None  # by the paragraph before
        self._opening: str | None = None  # mark of a quotation that goes on
        self._in_block = False  # the paragraph before was a block quote
        self._current = ""  # whose quotation goes on
        self._last = ""  # who spoke last, for "He added:"
        self._is_report = False  # whether names stand before the words: "Mr. WARNER. Mr. President, ..."

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
        self._take_turn(line)
        voice = self._spoken(None if ASKED.match(line.text) else self._narrator, self._basis)
        if self._is_report and ends_turn(line.text):
            self._narrator = ""
        author = find_author(line.text)
        if author:  # a minister may lay the statement of another
            self._narrator, self._basis = author, SpeakerBasis.LEAD_IN
        return voice

    def _take_turn(self, line: Line) -> None:
        """Follow a report of proceedings that sets each speaker's name before the words."""
        turn = find_turn(line.text)
        if turn:
            self._narrator, self._basis, self._is_report = turn, SpeakerBasis.HANSARD_ITEM, True
        elif self._is_report and line.look is Look.HEADING and line.text.isupper():
            self._narrator = ""

    @staticmethod
    def _spoken(speaker: str | None, basis: SpeakerBasis, *, is_quote: bool = False) -> Voice:
        return Voice(speaker or "", is_quote, basis=basis if speaker else SpeakerBasis.UNKNOWN)

    def _quotation(self, line: Line) -> Voice | None:
        """Return the voice of a paragraph that is a quotation, or None."""
        if _fold(line.text) in self._quoted:
            if not self._in_block:
                self._current = self._take_announced()
            self._in_block = True
            return self._spoken(self._current, SpeakerBasis.BLOCK_QUOTE, is_quote=True)
        mark = find_opening_mark(line.text)
        if mark is not None and (self._announced is not None or mark == self._opening):
            if self._announced is not None:
                self._current = self._take_announced()
            # One closing mark ends it all; a paragraph without one is gone on with by another opening mark.
            self._opening = None if closes_quotation(line.text, mark) else mark
            return self._spoken(self._current, SpeakerBasis.LEAD_IN, is_quote=True)
        if mark in {"“", "„", "«"} and closes_quotation(line.text, mark) and line.text.count(mark) == 1:
            self._opening = None
            return Voice(is_quote=True)
        if self._announced is not None and self._announced.is_tight and line.look is Look.PROSE and mark is None:
            return self._spoken(self._take_announced(), SpeakerBasis.LEAD_IN, is_quote=True)
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
