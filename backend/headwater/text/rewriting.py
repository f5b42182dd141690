"""A text under repair: edits are applied in order, and each character remembers where it came from."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from headwater.domain.spans import MappedText, Span

Edit = tuple[int, int, str]
"""Start and end of what is replaced (in the current text, never empty), and what stands there afterwards."""

_POSITIONS = "q"  # 64-bit: array slices are copied as blocks, which keeps a megabyte of text within a second


class Draft:
    """A text under repair, with the map to the text that came in.

    Args:
        original: The text as it came in; also the first state of `text`.
    """

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original
        self._starts: array[int] | None = None
        self._ends: array[int] | None = None

    def apply(self, edits: Iterable[Edit]) -> None:
        """Replace stretches of the current text; each new character stands for the whole stretch it replaces.

        Args:
            edits: In order, not overlapping, none with an empty range.
        """
        pieces: list[str] = []
        starts, ends = array(_POSITIONS), array(_POSITIONS)
        at = 0
        for start, end, replacement in edits:
            if at < start:
                self._keep(at, start, starts, ends)
                pieces.append(self.text[at:start])
            if replacement:
                span = self.original_span(start, end)
                starts += array(_POSITIONS, (span.start,)) * len(replacement)
                ends += array(_POSITIONS, (span.end,)) * len(replacement)
                pieces.append(replacement)
            at = end
        if at == 0:
            return
        self._keep(at, len(self.text), starts, ends)
        self.text = "".join([*pieces, self.text[at:]])
        self._starts, self._ends = starts, ends

    def _keep(self, start: int, end: int, starts: array[int], ends: array[int]) -> None:
        """Carry the map of a stretch over to the new map."""
        if self._starts is None or self._ends is None:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts += self._starts[start:end]
            ends += self._ends[start:end]

    def exchange(self, text: str) -> None:
        """Put another text of the same length in place, character for character.

        Args:
            text: The other text.

        Raises:
            ValueError: If the lengths differ.
        """
        if len(text) != len(self.text):
            raise ValueError(f"not character for character: {len(self.text)} before, {len(text)} after")
        self.text = text

    def original_span(self, start: int, end: int) -> Span:
        """Return the original span of a stretch of the current text that is not empty."""
        if self._starts is None or self._ends is None:
            return Span(start, end)
        return Span(self._starts[start], self._ends[end - 1])

    def mapped(self) -> MappedText:
        """Return the current text with its map."""
        if self._starts is None or self._ends is None:
            if self.text is self.original:
                return MappedText.identity(self.original)
            return MappedText(self.text, self.original, range(len(self.text)), range(1, len(self.text) + 1))
        return MappedText(self.text, self.original, self._starts[:], self._ends[:])
