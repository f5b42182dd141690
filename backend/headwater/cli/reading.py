"""Texts named on the command line: a file, or "-" for what is piped in; of a web page its words."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.text.decoding import Decoded

STANDARD_INPUT = Path("-")
PAGE_SUFFIXES = {".html", ".htm"}
PAGE_START = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,64}<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def read_text(path: Path) -> Decoded:
    """Read a text, its encoding found by rule; stray bytes are among its repairs.

    A web page gives the words of its document, without its markup and the site around them; places are then counted
    in those words, and no repair of a byte is reported.

    Args:
        path: Of the file, or "-" for standard input.

    Returns:
        The text and how it was read.

    Raises:
        OSError: If the file cannot be read.
        UnreadableRecordError: If a page is made to exhaust its reader.
    """
    from headwater.text.decoding import decode  # noqa: PLC0415 - tables are loaded with it

    content = sys.stdin.buffer.read() if path == STANDARD_INPUT else path.read_bytes()
    if path.suffix.lower() in PAGE_SUFFIXES or PAGE_START.match(content):
        return _read_page(content, path)
    return decode(content)


def _read_page(content: bytes, path: Path) -> Decoded:
    from headwater.domain.errors import UnreadableRecordError  # noqa: PLC0415
    from headwater.sources.html import declared_encoding, read_html  # noqa: PLC0415 - a parser is loaded with it
    from headwater.sources.records import RecordFaultError  # noqa: PLC0415
    from headwater.text.decoding import Decoded, decode  # noqa: PLC0415

    page = decode(content, declared_encoding(content))
    try:
        return Decoded(str(read_html(page.text)["text"]), page.encoding)
    except RecordFaultError as fault:
        raise UnreadableRecordError(str(path), None, str(fault)) from None
