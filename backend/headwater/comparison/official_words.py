"""Official words as one sequence: consecutive passages of a document joined, places kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.comparison.quotation_words import Mark, Word, read_words
from headwater.domain.facts import Annotated
from headwater.domain.findings import Side
from headwater.domain.spans import Span

_BETWEEN_PASSAGES = 60  # characters of one document between neighbours: blank lines, marks, a lead-in "X said:"


@dataclass(frozen=True, slots=True)
class OfficialWords:
    """The words of one or more consecutive passages.

    Args:
        passages: In the order of the document.
        owners: For each word, which passage it is of. Shape: (len(words),).
        words: In order; places are of their own passage's working text.
        keys: Their folded forms. Shape: (len(words),).
        marks: Marks before each word, then those after the last. Shape: (len(words) + 1,).
        walls: Numbers of the words before which a sentence or a paragraph ends.
    """

    passages: tuple[Annotated, ...]
    owners: tuple[int, ...]
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    marks: tuple[tuple[Mark, ...], ...]
    walls: frozenset[int]

    def span(self, start: int, end: int) -> tuple[Annotated, Span]:
        """Return the passage and the span of words `start` to `end` (cut at the end of the first passage).

        Args:
            start: First word.
            end: One past the last; equal to `start` for the empty place behind the word before.
        """
        if start == end:
            return self._place(start)
        owner = self.owners[start]
        last = end - 1
        while self.owners[last] != owner:
            last -= 1
        return self.passages[owner], Span(self.words[start].start, self.words[last].end)

    def _place(self, at: int) -> tuple[Annotated, Span]:
        if at > 0:
            owner, place = self.owners[at - 1], self.words[at - 1].end
        else:
            owner, place = self.owners[0], self.words[0].start
        return self.passages[owner], Span(place, place)

    def side(self, start: int, end: int, value: str = "") -> tuple[Side, int | None]:
        """Return the side of a finding for words `start` to `end`, and its passage.

        Args:
            start: First word.
            end: One past the last.
            value: What is read from them.
        """
        passage, span = self.span(start, end)
        return passage.side(span, value), passage.passage_id

    def owner_of_mark(self, at: int, mark: Mark) -> Annotated:
        """Return the passage that a mark before word `at` stands in.

        Args:
            at: The word's number.
            mark: One of `marks[at]`.
        """
        before = self.passages[self.owners[at - 1]] if at > 0 else self.passages[self.owners[at]]
        if at > 0 and mark.start < self.words[at - 1].end:
            return self.passages[self.owners[at]]
        return before


def join_passages(passages: Sequence[Annotated]) -> tuple[OfficialWords, ...]:
    """Join passages that follow one another in a document; the rest stand alone, in the order given.

    Args:
        passages: Of one or several documents; the same passage twice counts once.
    """
    order = {id(passage): number for number, passage in enumerate(passages)}
    groups: list[list[Annotated]] = []
    seen: set[tuple[int, int | None, str]] = set()
    for passage in sorted(passages, key=lambda passage: passage.offset):
        key = (passage.offset, passage.passage_id, passage.mapped.original)
        if key in seen:
            continue
        seen.add(key)
        home = next((group for group in reversed(groups[-4:]) if _follows(group[-1], passage)), None)
        if home is None:
            groups.append([passage])
        else:
            home.append(passage)
    groups.sort(key=lambda group: min(order[id(passage)] for passage in group))
    joined = (_joined(group) for group in groups)
    return tuple(words for words in joined if words.words)


def _follows(before: Annotated, after: Annotated) -> bool:
    gap = after.offset - before.offset - len(before.mapped.original)
    if (before.passage_id is None) != (after.passage_id is None):
        return False
    near = before.passage_id is None or after.passage_id is None or 0 < after.passage_id - before.passage_id <= 3
    return near and 0 <= gap <= _BETWEEN_PASSAGES


def _joined(passages: Sequence[Annotated]) -> OfficialWords:
    owners: list[int] = []
    words: list[Word] = []
    marks: list[tuple[Mark, ...]] = []
    trailing: tuple[Mark, ...] = ()
    for number, passage in enumerate(passages):
        reading = read_words(passage.text)
        if not reading.words:
            continue
        boundary = (Mark("¶", 0, 0),) if words else ()
        marks.append((*trailing, *boundary, *reading.marks[0]))
        marks.extend(reading.marks[1:-1])
        trailing = reading.marks[-1]
        words.extend(reading.words)
        owners.extend([number] * len(reading.words))
    marks.append(trailing)
    keys = tuple(word.key for word in words)
    walls = frozenset(at for at, before in enumerate(marks) if any(mark.sign in ".!?¶" for mark in before))
    return OfficialWords(tuple(passages), tuple(owners), tuple(words), keys, tuple(marks), walls)
