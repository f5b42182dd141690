"""Cut one line of text into number, word and sign tokens: what the readers of figures walk over."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from headwater.domain.spans import Span
from headwater.extraction.tables import load_words

NUMBER, FRACTION, WORD, SIGN, MASKED, NOTHING = range(6)
_KINDS = {"number": NUMBER, "fraction": FRACTION, "word": WORD, "sign": SIGN}
PAD = 24  # empty tokens behind the last one: look-around of up to this many tokens needs no bounds check
_WINDOW = 6000  # characters read at a time where a line has no break: keeps memory flat on hostile input
_REACH = 600  # characters before a window's end in which a sentence break is looked for

_TOKEN = re.compile(
    r"""
    (?P<word>[^\W\d_¼½¾⅐-⅞]++(?:['’][^\W\d_¼½¾⅐-⅞]++)*+)
  | (?P<number>
        \d{1,3}(?:,\d{3}(?!\d)){0,7}+,\d{3}(?=\d{1,2}(?![\d,.]?\d))   # 179,000 and the mark of a note: "179,0005"
      | \d{1,3}(?:,\d{3}(?!\d)){1,8}+(?:[.·]\d++)?+              # 1,234,567.8
      | \d{1,2}(?:,\d{2}(?!\d)){1,6}+,\d{3}(?!\d)(?:\.\d++)?+     # 12,34,567 (lakh, crore)
      | (?<!\d[ ])[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3}(?!\d)){1,8}+(?:\.\d++)?+(?![ ][-–]?\d)  # 1 234 567
      | \d{1,3}(?:['’]\d{3}(?!\d)){1,8}+(?:\.\d++)?+             # 1'234'567
      | \d{1,3}(?:\.\d{3}(?!\d)){2,8}+                            # 1.234.567
      | \d++(?:[.·]\d++)?+                                        # 1234.5
      | (?<![\w.)\]])\.\d++                                       # .5
    )
  | (?P<fraction>[¼½¾⅐-⅞])
  | (?P<sign>[^\s\w]|_)
    """,
    re.VERBOSE,
)
_NOTE = 2  # digits of a note's mark
_SCALES = frozenset(("million", "billion", "trillion", "bn", "m"))
_BREAK = re.compile(r"[.!?][\"”’)\]]{0,3}\s")
_ENDS_SENTENCE = frozenset(".!?")
_NOT_AN_END = load_words("tokens", "abbreviations")


class Tokens:
    """The tokens of one stretch of text, as parallel lists with empty tokens behind the last.

    Indexes from `-PAD` to `count + PAD - 1` may be read: what is outside the text reads as `""`.

    Args:
        text: The whole text that was given.
        start: Where the stretch begins in it.
        end: Where it ends.
        masks: Sorted, disjoint (start, end) pairs that are not to be read as figures.
    """

    __slots__ = ("count", "ends", "kinds", "lower", "starts", "text", "words")

    def __init__(self, text: str, start: int, end: int, masks: Sequence[tuple[int, int]] = ()) -> None:
        self.text = text
        found = list(_TOKEN.finditer(text, start, end))
        self.words = [match.group() for match in found]
        self.kinds = [_KINDS[match.lastgroup or "sign"] for match in found]
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]
        self.lower = [word.lower() for word in self.words]
        if "’" in text:
            self.lower = [word.replace("’", "'") for word in self.lower]
        self.count = len(self.words)
        self._mask(masks)
        self._blank_notes()
        self.words += [""] * PAD
        self.lower += [""] * PAD
        self.kinds += [NOTHING] * PAD
        self.starts += [end + 2] * PAD
        self.ends += [end + 2] * PAD

    def _mask(self, masks: Sequence[tuple[int, int]]) -> None:
        """Blank the tokens that overlap a mask."""
        for first, last in masks:
            at = max(0, bisect_right(self.ends, first))
            while at < self.count and self.starts[at] < last:
                self.kinds[at] = MASKED
                self.lower[at] = ""
                at += 1

    def _blank_notes(self) -> None:
        """Blank the marks of notes set against a figure: "0.6%4 of adults", "179,0005", "1.6 million2 people"."""
        for at in range(1, self.count):
            mark = self.kinds[at] == NUMBER and self.starts[at] == self.ends[at - 1] and len(self.words[at]) <= _NOTE
            if mark and self.words[at].isdigit() and self._bears_note(at - 1):
                self.kinds[at], self.lower[at] = MASKED, ""

    def _bears_note(self, at: int) -> bool:
        """Say whether a token ends a figure behind which digits are no more of it."""
        if self.kinds[at] == NUMBER:
            return "," in self.words[at]
        return at > 0 and self.kinds[at - 1] == NUMBER and (self.words[at] == "%" or self.lower[at] in _SCALES)

    def glued(self, at: int) -> bool:
        """Say whether token `at` follows the one before it without a blank."""
        return 0 < at < self.count and self.starts[at] == self.ends[at - 1]

    def hyphen(self, at: int) -> bool:
        """Say whether token `at` is a hyphen or dash set tight between two tokens."""
        return self.words[at] in HYPHENS and self.glued(at) and self.glued(at + 1)

    def span(self, first: int, last: int) -> Span:
        """Return the span of tokens `first` to `last - 1`."""
        return Span(self.starts[first], self.ends[last - 1])

    def ends_sentence(self, at: int) -> bool:
        """Say whether token `at` is a full stop, question or exclamation mark that ends a sentence."""
        if self.words[at] not in _ENDS_SENTENCE or self.glued(at + 1):
            return at < self.count and self.words[at] in _ENDS_SENTENCE and self.words[at + 1] in CLOSERS
        return not (self.words[at] == "." and (self.lower[at - 1] in _NOT_AN_END or self._initial(at)))

    def _initial(self, at: int) -> bool:
        """Say whether the full stop at `at` stands after a single capital: an initial, or the end of "U.S."."""
        return len(self.words[at - 1]) == 1 and self.words[at - 1].isupper()


HYPHENS = frozenset("-‐‑–")
DASHES = frozenset("-‐‑–—−")
CLOSERS = frozenset("\"”’')]»")


def iterate_windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the lines of `text`; a very long line is cut where a sentence or a word ends.

    Args:
        text: Any text.
    """
    start, length = 0, len(text)
    while start < length:
        newline = text.find("\n", start, start + _WINDOW)
        if newline >= 0:
            end = newline
        elif length - start <= _WINDOW:
            end = length
        else:
            end = _find_cut(text, start + _WINDOW - _REACH, start + _WINDOW)
        yield start, end
        start = end + 1 if end == newline else end


def _find_cut(text: str, start: int, end: int) -> int:
    """Return where to cut a long line: after the last sentence in the reach, else at its last blank, else its end."""
    cut = end
    for match in _BREAK.finditer(text, start, end):
        cut = match.end()
    if cut == end:
        blank = text.rfind(" ", start, end)
        cut = blank + 1 if blank >= 0 else end
    return cut
