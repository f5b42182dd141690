"""Characters that are not text: what is removed, and what is read as an ordinary blank, line end, letter or figure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from headwater.domain.repairs import RepairKind
from headwater.text.decoding import read_byte_as_cp1252
from headwater.text.rewriting import Edit


class CharacterEdit(NamedTuple):
    """An edit, and the repair to report for it (None for what a reader would not call one)."""

    edit: Edit
    kind: RepairKind | None


# Joiners are letters' business in scripts from Hebrew to Mongolian, and join pictures; elsewhere they are litter.
_JOINING = "\u0590-\u1bff\ua800-\ua8ff\ufb50-\ufdff\ufe70-\ufefc\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_ZERO_WIDTH = (
    "\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)
_INVISIBLE = rf"(?:[{_ZERO_WIDTH}]|(?<![{_JOINING}])[\u200c\u200d])++"

# What never takes part in mojibake, and would hide it.
_FOREIGN = re.compile(
    rf"(?P<pair>[\ud800-\udbff][\udc00-\udfff])"
    r"|(?P<byte>[\udc80-\udcff]++)"
    r"|(?P<surrogate>[\udc00-\udc7f\udd00-\udfff]++|(?:[\ud800-\udbff](?![\udc00-\udfff]))++)"
    r"|(?P<separator>[\x1c-\x1f]++)"
    r"|(?P<control>[\x00-\x08\x0e-\x1b\x7f\ufdd0-\ufdef\uffff]++)"
    rf"|(?P<invisible>{_INVISIBLE})"
)
_ANY_FOREIGN = re.compile(
    rf"[\x00-\x08\x0e-\x1f\x7f\u200c\u200d\ud800-\udfff\ufdd0-\ufdef\uffff{_ZERO_WIDTH}]"  # quick to rule out
)
# What can be part of mojibake, and is looked at after it has been mended.
_REMAINING = re.compile(
    r"(?P<divided>[\xad\ufffe]++[ \t]*+\r?\n[ \t]*+(?=[^\W\d_]))"
    r"|(?P<soft>[\xad\ufffe]++)"
    r"|(?P<line>\r\n)"
    r"|(?P<western>[\x80-\x84\x86-\x9f])"
    r"|(?P<ligature>[\ufb00-\ufb06])"
)
_ANY_REMAINING = re.compile("[\r\x80-\x84\x86-\x9f\xad\ufb00-\ufb06\ufffe]")
_LINE_ENDS = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
_WIDE = re.compile("[\uff01-\uff5e\uffe0\uffe1\uffe5\U0001d7ce-\U0001d7ff]")
_INNER = ".,'’-"  # marks that stand inside words and figures
_WIDE_SIGNS = {"\uffe0": "¢", "\uffe1": "£", "\uffe5": "¥"}
_BEYOND_LATIN = re.compile("[\u0300-\U0010ffff]")

# One character or nothing from ASCII, then what may compose: a boundary before an ASCII character is always safe.
_COMPOSABLE = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]++")
_LONGEST_CHARACTER = 31  # Unicode Standard Annex 15, stream-safe text: a starter and 30 marks
_SHORT = 64  # within this many characters the sorting of marks costs nothing

# Starters that nevertheless compose with what stands before them (NFC_Quick_Check=Maybe): jamo and Indic vowel signs.
_MAYBE = frozenset(
    "".join(map(chr, [*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]))
    + "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e\u1b35"
    + "\U000110ba\U00011127\U0001133e\U00011357\U000114b0\U000114ba\U000114bd\U000115af\U00011930"
)


def foreign_edits(text: str) -> Iterator[CharacterEdit]:
    """Find surrogates, control characters and invisible characters that never take part in mojibake."""
    if _ANY_FOREIGN.search(text) is None:
        return
    for found in _FOREIGN.finditer(text):
        replacement, kind = _replace_foreign(found)
        if kind is RepairKind.INVISIBLE and not _inside_word(text, found.start(), found.end()):
            kind = None
        yield CharacterEdit((found.start(), found.end(), replacement), kind)


def remaining_edits(text: str) -> Iterator[CharacterEdit]:
    """Find soft hyphens, C1 control characters, ligatures and two-character line ends.

    A word divided by a soft hyphen at the end of a line is joined. C1 control characters are read as windows-1252,
    as browsers do; the five that it leaves open are removed.
    """
    if _ANY_REMAINING.search(text) is None:
        return
    for found in _REMAINING.finditer(text):
        replacement, kind = _replace_remaining(found)
        if kind is RepairKind.INVISIBLE and not _inside_word(text, found.start(), found.end()):
            kind = None
        yield CharacterEdit((found.start(), found.end(), replacement), kind)


def plain_characters(text: str) -> str:
    """Read line ends, blanks and full-width forms as their ordinary counterparts, character for character."""
    text = _LINE_ENDS.sub("\n", text)
    if text.isascii():
        return text
    return _WIDE.sub(_narrow_form, _BLANKS.sub(" ", text))


def composition_edits(text: str) -> Iterator[Edit]:
    """Find what Unicode normalisation form C writes otherwise, in pieces as small as it allows.

    A letter with more than 30 marks is left alone: ordering them has quadratic cost.
    """
    if text.isascii() or _BEYOND_LATIN.search(text) is None:
        return
    for found in _COMPOSABLE.finditer(text):
        piece, start = found[0], found.start()
        if len(piece) <= _SHORT:
            if not unicodedata.is_normalized("NFC", piece):
                yield from _compose(piece, start)
        else:
            yield from _compose(piece, start)


def _compose(piece: str, start: int) -> Iterator[Edit]:
    at = 0
    for end in [*_boundaries(piece), len(piece)]:
        character = piece[at:end]
        if len(character) <= _LONGEST_CHARACTER:
            composed = unicodedata.normalize("NFC", character)
            if composed != character:
                yield start + at, start + end, composed
        at = end


def _boundaries(piece: str) -> Iterator[int]:
    for at in range(1, len(piece)):
        if unicodedata.combining(piece[at]) == 0 and piece[at] not in _MAYBE:
            yield at


def _replace_foreign(found: re.Match[str]) -> tuple[str, RepairKind | None]:
    surface = found[0]
    match found.lastgroup:
        case "pair":
            return surface.encode("utf-16", "surrogatepass").decode("utf-16"), None
        case "byte":
            bytes_read = (read_byte_as_cp1252(ord(character) - 0xDC00) for character in surface)
            return "".join(bytes_read), RepairKind.STRAY_BYTES
        case "surrogate":
            return "\ufffd" * len(surface), RepairKind.CONTROL
        case "separator":
            return " ", RepairKind.CONTROL
        case "control":
            return "", RepairKind.CONTROL
        case _:
            return "", RepairKind.INVISIBLE


def _replace_remaining(found: re.Match[str]) -> tuple[str, RepairKind | None]:
    surface = found[0]
    match found.lastgroup:
        case "line":
            return "\n", None
        case "western":
            character = read_byte_as_cp1252(ord(surface))
            return ("", RepairKind.CONTROL) if character == surface else (character, RepairKind.MOJIBAKE)
        case "ligature":
            return unicodedata.normalize("NFKC", surface), None
        case "divided":
            return "", None
        case _:
            return "", RepairKind.INVISIBLE


def _inside_word(text: str, start: int, end: int) -> bool:
    """Say whether a stretch parts a word or a figure: "100\u200b,000"."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    inner = [character.isalnum() or (character != "" and character in _INNER) for character in (before, after)]
    return all(inner) and (before.isalnum() or after.isalnum())


def _narrow_form(found: re.Match[str]) -> str:
    return _WIDE_SIGNS.get(found[0]) or unicodedata.normalize("NFKC", found[0])
