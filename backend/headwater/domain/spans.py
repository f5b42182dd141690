"""Spans of text, and text that remembers where each of its characters came from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of Unicode code points.

    Args:
        start: First code point, counted from 0.
        end: One past the last code point; never below `start`.

    Raises:
        ValueError: If the two numbers do not make a range.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: start {self.start}, end {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def shift(self, by: int) -> Span:
        """Return the same span moved right by `by` code points (left if negative)."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Say whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def slice(self, text: str) -> str:
        """Return the part of `text` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class MappedText:
    """Working text together with the original it was made from.

    The working text is what rules read; the original is what came in. `starts[i]` and `ends[i]` bound the
    original code points that working character `i` stands for, so that every working span has an original one.

    Args:
        text: The working text.
        original: The text as it came in.
        starts: For each working character, where its original begins. Shape: (len(text),).
        ends: For each working character, where its original ends. Shape: (len(text),).
    """

    text: str
    original: str
    starts: Sequence[int] = field(repr=False)
    ends: Sequence[int] = field(repr=False)

    def __post_init__(self) -> None:
        if not len(self.text) == len(self.starts) == len(self.ends):
            raise ValueError(
                f"offset map does not fit: {len(self.text)} characters, "
                f"{len(self.starts)} starts, {len(self.ends)} ends"
            )

    @classmethod
    def identity(cls, text: str) -> MappedText:
        """Wrap text that needs no map: each character stands for itself."""
        return cls(text, text, range(len(text)), range(1, len(text) + 1))

    def to_original(self, span: Span) -> Span:
        """Map a span of the working text to the original. An empty span stays empty."""
        if span.start == span.end:
            at = self.starts[span.start] if span.start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return Span(at, at)
        return Span(self.starts[span.start], self.ends[span.end - 1])

    def to_working(self, span: Span) -> Span:
        """Map a span of the original to the smallest working span that covers what is left of it."""
        start = bisect_left(self.ends, span.start + 1)
        return Span(start, max(start, bisect_left(self.starts, span.end)))

    def slice(self, span: Span) -> MappedText:
        """Return the part under a working span, still mapped to the same original."""
        part = slice(span.start, span.end)
        return MappedText(self.text[part], self.original, self.starts[part], self.ends[part])

    def surface(self, span: Span) -> str:
        """Return the original words under a working span, exactly as they came in."""
        return self.to_original(span).slice(self.original)
