"""Bytes to text by rule, never by guess: a guesser reads a pound sign as a Polish letter."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from headwater.domain.repairs import EncodingRepair, RepairKind
from headwater.domain.spans import Span

_BOMS = (  # UTF-32 before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FEWEST_UNITS = 4  # of UTF-16: fewer may be ASCII with a stray NUL
_ASCII = bytes(range(128))
_STRAY = re.compile("[\udc80-\udcff]")  # what the error handler "surrogateescape" makes of a bad byte

# Encodings that every text of bytes can be read in: their declaration is weaker evidence than well-formed UTF-8.
_LATIN = frozenset({"ascii", "mac-roman"}) | {
    *(f"cp{number}" for number in (437, 850, 1250, 1252, 1254, 1257)),
    *(f"iso8859-{part}" for part in (1, 2, 4, 9, 10, 13, 14, 15, 16)),
}
_WESTERN = frozenset({"ascii", "iso8859-1"})  # the Encoding Standard reads both labels as windows-1252
_NOT_FOR_DOCUMENTS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"})


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""Text read from bytes.

    Args:
        text: The text, without a byte order mark.
        encoding: The encoding it was read in ("utf-8", "cp1252", ...).
        repairs: Stray bytes, each with its place in `text`; `surface` is the byte in the notation "\xa3".
    """

    text: str
    encoding: str
    repairs: tuple[EncodingRepair, ...] = ()


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    r"""Decode bytes: byte order mark, declared encoding, strict UTF-8, UTF-8 with stray bytes, cp1252.

    A declared single-byte Latin encoding gives way to UTF-8 where the bytes are well-formed UTF-8 beyond ASCII:
    such text by chance is far rarer than a wrong declaration. Never raises.

    Args:
        raw: Any bytes.
        declared: The encoding that the sender named, or None; an unknown name counts as None.

    >>> decode(b"\xc2\xa375 million \x96 more").text
    '£75 million – more'
    >>> decode(b"\xa375 million").encoding
    'cp1252'
    """
    by_mark = _decode_marked(raw)
    if by_mark is not None:
        return by_mark
    encoding = _known_encoding(declared)
    text = _decode_strict(raw, "utf-8")
    if encoding is not None and encoding != "utf-8" and not (text is not None and encoding in _LATIN and _is_high(raw)):
        told = _decode_strict(raw, encoding)
        if told is not None:
            return Decoded(told, encoding)
    wide = _wide_encoding(raw)
    if wide is not None:
        return Decoded(raw.decode(wide, "replace"), wide)
    if text is not None:
        return Decoded(text, "utf-8")
    return _decode_with_stray_bytes(raw) or Decoded(_read_cp1252(raw), "cp1252")


def read_byte_as_cp1252(byte: int) -> str:
    """Return the character of a byte in windows-1252; the five bytes it leaves open are control characters."""
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _decode_marked(raw: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            body = raw[len(mark) :]
            if encoding == "utf-8":
                decoded = decode(body) if _decode_strict(body, encoding) is None else None
                return decoded or Decoded(body.decode(encoding), encoding)
            if encoding.startswith("utf-32") and _decode_strict(body, encoding) is None:
                continue  # UTF-16 that opens with a NUL
            return Decoded(body.decode(encoding, "replace"), encoding)
    return None


def _known_encoding(declared: str | None) -> str | None:
    try:
        name = codecs.lookup((declared or "").strip().strip("\"'")).name
    except (LookupError, ValueError, UnicodeError):
        return None
    if name in _NOT_FOR_DOCUMENTS:
        return None
    return "cp1252" if name in _WESTERN else name


def _decode_strict(raw: bytes, encoding: str) -> str | None:
    if encoding == "cp1252":
        return _read_cp1252(raw)
    try:
        text = raw.decode(encoding)
    except (LookupError, ValueError, UnicodeError):  # LookupError: a codec that makes no text ("hex")
        return None
    return text if isinstance(text, str) else None


def _is_high(raw: bytes) -> bool:
    return not raw.isascii()


def _wide_encoding(raw: bytes) -> str | None:
    """Return UTF-16 without a mark: every second byte of mainly Latin text is NUL."""
    sample = raw[:4096]  # enough to tell
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    half = len(sample) // 2
    if half < _FEWEST_UNITS or len(raw) % 2 or max(zeros) * 2 < half or min(zeros) * 10 > half:
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _decode_with_stray_bytes(raw: bytes) -> Decoded | None:
    """Read UTF-8 of which at least half of the bytes beyond ASCII are well-formed; None where fewer are."""
    text = raw.decode("utf-8", "surrogateescape")
    stray = [found.start() for found in _STRAY.finditer(text)]
    high = len(raw.translate(None, _ASCII))
    if (high - len(stray)) * 2 < high:
        return None
    repaired = _STRAY.sub(lambda found: read_byte_as_cp1252(ord(found[0]) - 0xDC00), text)
    repairs = tuple(
        EncodingRepair(RepairKind.STRAY_BYTES, Span(at, at + 1), f"\\x{ord(text[at]) - 0xDC00:02x}", repaired[at])
        for at in stray
    )
    return Decoded(repaired, "utf-8", repairs)


def _read_cp1252(raw: bytes) -> str:
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "surrogateescape")
        return _STRAY.sub(lambda found: chr(ord(found[0]) - 0xDC00), text)
