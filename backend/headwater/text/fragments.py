"""Text fragments: the part of an address by which a browser scrolls to the words of a page and marks them.

`#:~:text=[prefix-,]start[,end][,-suffix]`, as browsers match it (measured in Chromium): letter case, curly marks
and no-break spaces do not matter, dashes do; words are matched whole; neither of the parts may cross a block (a
paragraph, an item, a cell), but what stands between start and end may, and so may the step from prefix to start.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from urllib.parse import quote

LONGEST = 100  # characters of the page's words in one fragment: an address that can be mailed and read
WHOLE = 60  # characters: a passage this short is given whole
EDGE_WORDS = 5  # of the first and of the last words: mostly unique at once, and short
EDGE_CHARACTERS = 40  # of either edge at first: leaves room for the start to grow
SHORT_END_WORDS = 2  # to which the end gives way where the start needs its room
DIRECTIVE = "#:~:text="
QUOTES = dict(zip("‘’‚‛′“”„‟″«»", '\'\'\'\'\'"""""""', strict=True))
# An item's number may be the browser's own, and then stands in no text: "1.", "(a)", "1.2".
ENUMERATOR = re.compile(r"\(?(?:[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}|[ivxlc]{1,6}|[a-z])[.)]?")


@dataclass(frozen=True, slots=True)
class TextFragment:
    """The words that name a place in a page, as the page shows them; `start` is never empty."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def __len__(self) -> int:
        return sum(map(len, (self.start, self.end, self.prefix, self.suffix)))

    def encode(self) -> str:
        """Return the fragment as it stands in an address.

        >>> TextFragment("a well-known fact", "3,000").encode()
        '#:~:text=a%20well%2Dknown%20fact,3%2C000'
        """
        parts = (f"{_quote(self.prefix)}-" if self.prefix else "", _quote(self.start), _quote(self.end))
        last = f"-{_quote(self.suffix)}" if self.suffix else ""
        return DIRECTIVE + ",".join(part for part in (*parts, last) if part)


class PageWords:
    """The words of a page as it shows them, block by block.

    Args:
        blocks: In the page's order; a table's cells are blocks of their own.
        beside: What the page shows elsewhere (its title): a start must not be found there either.
    """

    def __init__(self, blocks: Iterable[str], *, beside: Sequence[str] = ()) -> None:
        self._blocks = _Blocks([" ".join(block.split()) for block in blocks])
        before = " ".join(fold_words(text.split()) for text in beside)
        folded = [block.lower() if block.isascii() else fold(block) for block in self._blocks.joined]
        ends = accumulate((len(block) + 1 for block in folded), initial=len(before) + 1)
        self._starts = list(ends)
        self._page = " ".join((before, *folded))

    def find_fragment(self, first: int, last: int, *, is_repeated: bool = False) -> TextFragment | None:
        """Return the shortest fair fragment that names some blocks and nothing else, or None where there is none.

        Args:
            first: Number of the first block.
            last: Of the last one.
            is_repeated: Whether the page shows the same words elsewhere (a heading, in its table of contents), so that
                only what stands around them tells.
        """
        for place in range(first, last + 1):
            words = self._blocks[place]
            skipped = _enumerated(words) if place == first else 0
            if len(words) == skipped:
                continue
            for fragment in self._candidates(_Place(place, skipped), last, is_repeated=is_repeated):
                if len(fragment) <= LONGEST and self._names(fragment, _Place(place, skipped)):
                    return self._with_right_end(fragment, _Place(place, skipped), last)
        return None

    def _candidates(self, at: _Place, last: int, *, is_repeated: bool) -> Iterator[TextFragment]:
        words = self._blocks[at.block][at.word :]
        ending = self._blocks[last] if last != at.block else words
        apart = last != at.block
        if not is_repeated:
            yield from _growing(words, ending, apart=apart)
        edge = " ".join(words) if len(" ".join(words)) <= WHOLE else " ".join(_edge(words))
        before = self._blocks[at.block][: at.word] or (self._blocks[at.block - 1] if at.block else [])
        for count in range(1, len(before) + 1):
            prefix = " ".join(before[-count:])
            if len(prefix) + len(edge) > LONGEST:
                break
            yield TextFragment(edge, _end(words, edge, ending, LONGEST - len(prefix) - len(edge)), prefix)
        after = self._blocks[at.block + 1] if at.block + 1 < len(self._blocks) else []
        for count in range(1, len(after) + 1):
            suffix = " ".join(after[:count])
            if len(" ".join(words)) + len(suffix) > LONGEST:
                break
            yield TextFragment(" ".join(words), suffix=suffix)

    def _names(self, fragment: TextFragment, at: _Place) -> bool:
        """Say whether a browser finds the start, with what has to stand around it, there and nowhere else."""
        parts = (fragment.prefix, fragment.start, fragment.suffix)
        wanted = " ".join(fold_words(part.split()) for part in parts if part)
        own = self._offset(at) - (len(fold_words(fragment.prefix.split())) + 1 if fragment.prefix else 0)
        return bool(wanted) and list(_found(wanted, self._page)) == [own]

    def _with_right_end(self, fragment: TextFragment, at: _Place, last: int) -> TextFragment:
        """Drop an end that a browser finds before the last words of the blocks."""
        if not fragment.end:
            return fragment
        end = fold_words(fragment.end.split())
        begun = self._offset(at) + len(fold_words(fragment.start.split()))
        found = next(_found(end, self._page, begun), -1)
        right = self._starts[last] + len(fold_words(self._blocks[last])) - len(end)
        return fragment if found == right else TextFragment(fragment.start, prefix=fragment.prefix)

    def _offset(self, at: _Place) -> int:
        skipped = fold_words(self._blocks[at.block][: at.word])
        return self._starts[at.block] + (len(skipped) + 1 if skipped else 0)


class _Blocks:
    """The words of each block, parted when they are asked for: of a page only a few blocks are.

    Args:
        joined: The blocks, one blank between words.
    """

    def __init__(self, joined: Sequence[str]) -> None:
        self.joined = joined

    def __len__(self) -> int:
        return len(self.joined)

    def __getitem__(self, place: int) -> list[str]:
        return self.joined[place].split()


@dataclass(frozen=True, slots=True)
class _Place:
    """A block, and the word in it from which on a fragment names it."""

    block: int
    word: int


def fold_words(words: Sequence[str]) -> str:
    """Return words as a browser compares them, or more alike than it does: what differs here differs there.

    Args:
        words: Without white space.

    >>> fold_words(["“Café", "said"])
    '"cafe said'
    """
    return fold(" ".join(words))


def fold(text: str) -> str:
    """Return a text as `fold_words` does; white space stays as it is.

    Args:
        text: Any.
    """
    if text.isascii():
        return text.lower()
    for curly, straight in QUOTES.items():  # a look for each takes no time; translating goes sign by sign
        text = text.replace(curly, straight)
    decomposed = unicodedata.normalize("NFKD", text)
    for one in set(decomposed):
        if unicodedata.combining(one):  # a whole page has a hundred different signs
            decomposed = decomposed.replace(one, "")
    return decomposed.casefold()


def _growing(words: Sequence[str], ending: Sequence[str], *, apart: bool) -> Iterator[TextFragment]:
    """First words and last words, the first growing; a short passage is given whole."""
    whole = " ".join(words)
    if len(whole) <= (LONGEST if apart else WHOLE):
        last = " ".join(_edge(ending[::-1])[::-1]) if apart else ""
        yield TextFragment(whole, last if len(whole) + len(last) <= LONGEST else "")
        return
    for count in range(len(_edge(words)), len(words) + 1):
        start = " ".join(words[:count])
        if len(start) > LONGEST:
            return
        yield TextFragment(start, _end(words, start, ending, LONGEST - len(start)))


def _end(words: Sequence[str], start: str, ending: Sequence[str], room: int) -> str:
    """Return the last words that fit, none of them in the start; "" where fewer than two do."""
    left = ending[len(start.split()) :] if ending is words else ending
    last = _edge(left[::-1])[::-1]
    while len(" ".join(last)) > room and len(last) > SHORT_END_WORDS:
        last = last[1:]
    return " ".join(last) if len(" ".join(last)) <= room else ""


def _edge(words: Sequence[str]) -> list[str]:
    """Return the first words: five, or as many as are not too long; one at least."""
    lengths = accumulate(len(word) + 1 for word in words[:EDGE_WORDS])
    fitting = sum(1 for _ in takewhile(lambda length: length <= EDGE_CHARACTERS, lengths))
    return list(words[: max(1, fitting)])


def _enumerated(words: Sequence[str]) -> int:
    return 1 if len(words) > 1 and ENUMERATOR.fullmatch(words[0]) and words[0][-1] in ".)" else 0


def _found(wanted: str, page: str, start: int = 0) -> Iterator[int]:
    """Yield where words stand in a page, whole words only."""
    at = page.find(wanted, start)
    while at >= 0:
        after = at + len(wanted)
        inside = (at > 0 and _joins(page[at - 1], wanted[0])) or (after < len(page) and _joins(wanted[-1], page[after]))
        if not inside:
            yield at
        at = page.find(wanted, at + 1)


def _joins(one: str, other: str) -> bool:
    return one.isalnum() and other.isalnum()


def _quote(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
