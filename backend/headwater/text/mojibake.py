"""Mojibake: UTF-8 that was read in a single-byte encoding ("ÂŁ75 million"), found and mended by a table.

The readings of some 180 characters in seven encodings make one pattern. Clean text is never touched: a reading that
words of some language can hold is mended only in a place where they cannot (`mojibake.toml` lists both). What the
table does not know, such as Cyrillic read as Latin, goes to ftfy, and only where two broken characters meet.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import ftfy

from headwater.text.decoding import read_byte_as_cp1252
from headwater.text.rewriting import Edit

_LAYERS = 4  # text that went through more wrong readings than this has not been seen


class _Place(NamedTuple):
    """The two characters before a reading and the one after, as far as there are any."""

    before: str
    after: str

    @property
    def after_letter(self) -> bool:
        return self.before[-1:].isalpha()

    @property
    def after_small_letter(self) -> bool:
        return self.before[-1:].islower()


_Context = Callable[[_Place], bool]

# Whether a reading that clean text can hold is mojibake in a place (`mojibake.toml` gives the reasons).
_CONTEXTS: Mapping[str, _Context] = {
    "run": lambda _: False,
    "between": lambda place: not place.after_letter and not place.after.isalpha(),
    "after_lower": lambda place: place.after_small_letter,
    "cased": lambda place: place.after_small_letter or place.after.islower(),
    "opening": lambda place: place.after_small_letter or (not place.after_letter and place.after.islower()),
    "name": lambda place: place.after.islower() and not place.after_letter and not _has_digit(place.before),
    "no_letter": lambda place: not place.after_letter,
    "no_letter_after": lambda place: not place.after.isalpha(),
    "no_capital": lambda place: not place.before[-1:].isupper(),
}

# Two neighbours that are each the first two bytes of one UTF-8 sequence read as Western: the business of ftfy.
_CONTINUATIONS = "".join(read_byte_as_cp1252(byte) for byte in range(0x80, 0xC0))
_LEFTOVER = re.compile(
    rf"(?:[Â-ß][{re.escape(_CONTINUATIONS)}]|[à-ô][{re.escape(_CONTINUATIONS)}]{{2,3}}){{2}}|ð[Ÿ\x9f]"
)
# What is left of a no-break blank whose second byte became an ordinary one: "£75Â million".
_LOST_BLANK = r"Â(?<=[a-z0-9.,;:!?)%]Â)(?= )"
# What is left of a no-break blank whose second byte became an ordinary one: "£75Â million".
_LOST_BLANK = r"Â(?<=[a-z0-9.,;:!?)%]Â)(?= )"
_TOKEN = re.compile(r"\S++")
_LONGEST_TOKEN = 2000  # ftfy looks at a token many times over; natural ones are far shorter
_LEADS_LEFT = re.compile(rf"[Â-ô][{re.escape(_CONTINUATIONS)}]")


class _Table(NamedTuple):
    marks: Mapping[str, str]
    contexts: Mapping[str, _Context]
    reading: re.Pattern[str]
    run: re.Pattern[str]


def mojibake_edits(text: str) -> Iterator[Edit]:
    """Find mojibake and what it stood for.

    Args:
        text: Any text, before blanks and control characters are made uniform: both occur inside mojibake.

    Returns:
        Edits in order; each is one repair.

    >>> list(mojibake_edits("an extra ÂŁ75 million"))
    [(9, 11, '£')]
    >>> list(mojibake_edits("CÂŞTIG DE CAUZĂ—A"))
    []
    """
    if text.isascii():
        return
    table = _table()
    for found in table.run.finditer(text):
        if found[0] == "Â":
            yield (*found.span(), "")
        else:
            yield from _mend_run(table, text, found)


def leftover_edits(text: str) -> Iterator[Edit]:
    """Find mojibake that the table does not know, token by token, with ftfy.

    Args:
        text: Text in which `mojibake_edits` has been applied.

    Returns:
        Edits in order, each as narrow as its token allows.
    """
    if text.isascii() or _LEFTOVER.search(text) is None:
        return
    for token in _TOKEN.finditer(text):
        surface = token[0]
        if len(surface) <= _LONGEST_TOKEN and not surface.isascii() and _LEFTOVER.search(surface):
            mended = ftfy.fix_encoding(surface)
            if mended != surface and not _LEADS_LEFT.search(mended):
                yield _narrow(token.start(), surface, mended)


def _mend_run(table: _Table, text: str, found: re.Match[str]) -> Iterator[Edit]:
    """Mend one run of neighbouring readings, or leave all of it alone."""
    readings = table.reading.findall(found[0])
    context = table.contexts.get(readings[0])
    if len(readings) == 1 and context is not None:
        place = _Place(text[max(0, found.start() - 2) : found.start()], text[found.end() : found.end() + 1])
        if not context(place):
            return
    mended = found[0]
    for layer in range(_LAYERS):
        once = table.reading.sub(lambda match: table.marks[match[0]], mended)
        if once == mended:
            yield from _edit_each(table, found.start(), readings) if layer == 1 else ((*found.span(), mended),)
            return
        mended = once


def _edit_each(table: _Table, start: int, readings: list[str]) -> Iterator[Edit]:
    """Give each reading of a run its own edit."""
    for reading in readings:
        yield start, start + len(reading), table.marks[reading]
        start += len(reading)


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _narrow(start: int, surface: str, mended: str) -> Edit:
    """Leave out what is the same at both ends."""
    head = 0
    while head < min(len(surface), len(mended)) and surface[head] == mended[head]:
        head += 1
    tail = 0
    while tail < min(len(surface), len(mended)) - head and surface[-1 - tail] == mended[-1 - tail]:
        tail += 1
    return start + head, start + len(surface) - tail, mended[head : len(mended) - tail]


@cache
def _table() -> _Table:
    rules = tomllib.loads((Path(__file__).parent / "mojibake.toml").read_text(encoding="utf-8"))
    lists: dict[str, str] = {name: rules[name] for name in rules["order"]}
    lists["inner"] += "".join(map(chr, range(0x80, 0xA0)))
    marks: dict[str, str] = {}
    for name, characters in lists.items():
        for encoding in rules["eastern_encodings" if name in rules["eastern"] else "encodings"]:
            for mark in characters:
                reading = _read_wrongly(mark, encoding)
                if not any(character.isascii() for character in reading):
                    marks.setdefault(reading, mark)
    marks["â€\ufffd"] = marks["â€"] = "”"  # the byte 9D, which windows-1252 leaves open, lost on the way
    contexts = {reading: context for reading in marks if (context := _natural_context(reading, rules)) is not None}
    pattern = _alternatives(marks)
    return _Table(marks, contexts, re.compile(pattern), re.compile(f"{pattern}(?:{pattern})*+|{_LOST_BLANK}"))


def _read_wrongly(mark: str, encoding: str) -> str:
    """Read a mark's UTF-8 in a single-byte encoding; bytes it leaves open are control characters, as browsers do."""
    text = mark.encode().decode(encoding, "surrogateescape")
    return "".join(
        chr(ord(character) - 0xDC00) if "\udc80" <= character <= "\udcff" else character for character in text
    )


def _natural_context(reading: str, rules: Mapping[str, Any]) -> _Context | None:
    """Return where a reading that clean text can hold is mojibake, or None for one that is always so."""
    lead, rest = reading[:-1], reading[-1]
    for natural in rules["natural"]:
        fits = {"letters": rest.isalpha(), "any": True}.get(natural["rest"], rest in natural["rest"])
        if fits and lead in natural["lead"]:
            return None if natural["context"] == "always" else _CONTEXTS[natural["context"]]
    return None


def _alternatives(readings: Mapping[str, str]) -> str:
    """Build one pattern, branching on the first character alone so that clean text is passed over quickly."""
    by_lead: defaultdict[str, list[str]] = defaultdict(list)
    for reading in readings:
        by_lead[reading[0]].append(reading[1:])
    branches = []
    for lead, rests in by_lead.items():
        longest_first = sorted(rests, key=len, reverse=True)
        cut_short = {"€": r"€(?=[\s.,;:!?)]|\Z)"}  # a closing mark that lost its last byte stands at a word's end
        branches.append(
            f"{re.escape(lead)}(?:{'|'.join(cut_short.get(rest, re.escape(rest)) for rest in longest_first)})"
        )
    return f"(?:{'|'.join(branches)})"
