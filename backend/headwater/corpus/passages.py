"""Cutting a document into passages: exact slices of its text, each with its kind, heading and speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from headwater.corpus.lines import TABLE_MARK, Line, Look, read_lines
from headwater.corpus.pieces import cut_paragraph
from headwater.corpus.voices import Voice, assign_voices
from headwater.domain.documents import PassageKind, SpeakerBasis
from headwater.domain.spans import MappedText, Span

KINDS = {
    Look.PROSE: PassageKind.PARAGRAPH,
    Look.HEADING: PassageKind.HEADING,
    Look.BULLET: PassageKind.LIST_ITEM,
    Look.NUMBERED: PassageKind.LIST_ITEM,
    Look.TABLE_ROW: PassageKind.TABLE_ROW,
}
YEARS = re.compile(
    r"(?:(?<![A-Za-z])[A-Za-z]++ )?(?:19|20)[0-9]{2}(?:[/–-][0-9]{2,4})?"
)  # "2023", "June 2023", "2023/24": a column's name


@dataclass(frozen=True, slots=True)
class PassageSlice:
    """A passage before it is stored.

    Args:
        span: Of `text`, in the document's text as stored.
        text: The slice.
        kind: What it is; a line that only announces a speaker counts as a heading.
        heading: The heading it stands under; for a list item the line that introduces the list, for a table row the
            heading and the table's first row.
        speaker: Who says it, or "" for narration and where that cannot be told.
        speaker_basis: How that is known.
    """

    span: Span
    text: str
    kind: PassageKind
    heading: str = ""
    speaker: str = ""
    speaker_basis: SpeakerBasis = SpeakerBasis.UNKNOWN


def slice_passages(
    text: str,
    *,
    block_quotes: Sequence[str] = (),
    speaker: str = "",
    speaker_basis: SpeakerBasis = SpeakerBasis.METADATA,
) -> tuple[PassageSlice, ...]:
    r"""Cut a document's text into passages, in order.

    Every character that is not white space, a bullet or invisible is in exactly one passage.

    Args:
        text: As stored.
        block_quotes: The quotations that the page sets as block quotes, without marks.
        speaker: Whose words the whole document is (a speech), or "".
        speaker_basis: How that is known.

    >>> [(cut.kind.value, cut.speaker) for cut in slice_passages("The Minister said:\n\n“We will act.”")]
    [('heading', ''), ('quote', 'The Minister')]
    """
    mapped, lines = read_lines(text)
    voices = assign_voices(lines, block_quotes=block_quotes, speaker=speaker, basis=speaker_basis)
    return tuple(_passages(mapped, list(zip(lines, voices, strict=True))))


def _passages(mapped: MappedText, lines: list[tuple[Line, Voice]]) -> Iterator[PassageSlice]:
    headings = _Headings()
    for line, voice in lines:
        kind = _kind(line, voice)
        heading = headings.read(line, kind, is_lead_in=voice.is_lead_in)
        for piece in cut_paragraph(line.text):
            span = mapped.to_original(piece.shift(line.span.start))
            yield PassageSlice(span, span.slice(mapped.original), kind, heading, voice.speaker, voice.basis)


def _kind(line: Line, voice: Voice) -> PassageKind:
    if voice.is_lead_in:
        return PassageKind.HEADING
    return PassageKind.QUOTE if voice.is_quote else KINDS[line.look]


class _Headings:
    """Walks the paragraphs once; remembers the heading, the line before a list, and the first row of a table."""

    def __init__(self) -> None:
        self._section = ""
        self._introduction = ""
        self._first_row = ""
        self._before: PassageKind | None = None

    def read(self, line: Line, kind: PassageKind, *, is_lead_in: bool) -> str:
        """Return the heading that a paragraph stands under."""
        heading = self._section
        if kind is PassageKind.TABLE_ROW:
            if self._before is not PassageKind.TABLE_ROW:
                self._first_row = line.text
            elif _figures(self._first_row) == 0 or _figures(self._first_row) < _figures(line.text):
                heading = " — ".join(part for part in (self._section, self._first_row) if part)
        elif kind is PassageKind.LIST_ITEM:
            heading = self._introduction or self._section
        elif kind is PassageKind.HEADING and not is_lead_in:
            heading, self._section, self._introduction = "", line.text.removesuffix(":"), ""
        else:
            self._introduction = line.text if line.text.endswith(":") and kind is PassageKind.PARAGRAPH else ""
        self._before = kind
        return heading


def _figures(row: str) -> int:
    """Return how many cells of a table's row hold a figure that is no year: a row of names has none."""
    cells = [cell.strip() for cell in row.split(TABLE_MARK)]
    return sum(any(map(str.isdigit, cell)) and YEARS.fullmatch(cell) is None for cell in cells)
