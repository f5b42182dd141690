"""Passages read once: normalised, with their facts, ready to be compared."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from headwater.alignment.document_words import DocumentMemory, DocumentWords, PassagesOf, count_words
from headwater.alignment.lead_ins import LeadIns
from headwater.alignment.led_items import governs, read_on
from headwater.domain.documents import Passage, PassageKind
from headwater.domain.facts import Annotated, Facts
from headwater.domain.spans import MappedText
from headwater.extraction.facts import FactsOnDemand, ReadingContext
from headwater.text.normalise import normalise

REMEMBERED = 4096  # passages; about 30 MB at most, and an article rarely meets more than a few hundred


class PassageReader:
    """Read passages, remembering the last few thousand. Safe to share between threads: a lost race reads twice."""

    def __init__(
        self, remembered: int = REMEMBERED, *, passages_of: PassagesOf = lambda _document, _version: ()
    ) -> None:
        self._remembered = remembered
        self._documents = DocumentMemory(passages_of)
        self._lead_ins = LeadIns(passages_of)
        self._read: OrderedDict[tuple[str, int, int], Annotated] = OrderedDict()

    def read(self, passage: Passage) -> Annotated:
        """Return a passage with its facts; sides made from it point into the stored document."""
        key = (passage.document.sha256, passage.span.start, passage.span.end)
        known = self._read.get(key)
        if known is not None and known.passage_id == passage.id:
            return known
        annotated = self._with_line_above(passage, annotate(passage))
        self._read[key] = annotated
        while len(self._read) > self._remembered:
            self._read.popitem(last=False)
        return annotated

    def learn(self, passages: Sequence[Passage]) -> None:
        """Take in a document that is stored nowhere.

        Args:
            passages: All of it.
        """
        self._documents.learn(passages)
        self._lead_ins.learn(passages)

    def lead_ins(self, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """Return the lines above the lists that passages are items of; see `LeadIns.of`."""
        return self._lead_ins.of(passages)

    def _with_line_above(self, passage: Passage, item: Annotated) -> Annotated:
        """Return an item of a list with the same read on from the line above it: "Do not: graze in May"."""
        above = self._lead_ins.above(passage)
        if above is None or not governs(above.text, heading=above.kind is PassageKind.HEADING):
            return item
        mapped = read_on(annotate(above), item)
        facts = FactsOnDemand.of(mapped.text, ReadingContext(_day(passage)))
        return replace(item, led=replace(_annotated(passage, mapped, facts), offset=above.span.start))

    def words_of(self, passages: Sequence[Passage]) -> DocumentWords:
        """Return the words of the document that passages stand in.

        Args:
            passages: Of one document; they stand for the whole where it is not stored.
        """
        return self._documents.words_of(passages[0].document, passages) if passages else count_words(())


def annotate(passage: Passage) -> Annotated:
    """Normalise a passage; its facts are extracted as they are asked for, dates resolved from its document's own."""
    mapped = _as_one_paragraph(passage.text)
    return _annotated(passage, mapped, FactsOnDemand.of(mapped.text, ReadingContext(_day(passage))))


def annotate_figures(passage: Passage) -> Annotated:
    """Normalise a passage; its figures and days alone are extracted, and that when they are asked for."""
    mapped = _as_one_paragraph(passage.text)
    only = frozenset({"quantities", "dates"})
    return _annotated(passage, mapped, FactsOnDemand.of(mapped.text, ReadingContext(_day(passage)), only))


def _day(passage: Passage) -> date | None:
    published = passage.document.first_published or passage.document.updated
    return published.date() if published else None


def _annotated(passage: Passage, mapped: MappedText, facts: Facts) -> Annotated:
    return Annotated(
        mapped,
        facts,
        offset=passage.span.start,
        passage_id=passage.id,
        speaker=passage.speaker,
        publisher=passage.document.publisher,
        author=passage.document.speaker,
    )


def _as_one_paragraph(text: str) -> MappedText:
    """Normalise a passage: a line feed in it is a wrapped line, its document having shown where paragraphs end."""
    if "-\n" in text:  # a word parted at the line's end: joining it takes the whole rule
        return normalise(text).mapped
    return replace(normalise(text.replace("\n", " ")).mapped, original=text)
