"""Opening files as they come: plain, or compressed by gzip, bzip2 or xz."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from pathlib import Path
from typing import IO, cast

COMPRESSED = (".gz", ".bz2", ".xz")
DAMAGED = (OSError, EOFError, lzma.LZMAError, zlib.error)  # what reading a damaged or unreadable file raises


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file for reading its uncompressed bytes; the caller closes it."""
    match path.suffix.lower():
        case ".gz":
            return cast(IO[bytes], gzip.open(path, "rb"))
        case ".bz2":
            return cast(IO[bytes], bz2.open(path, "rb"))
        case ".xz":
            return cast(IO[bytes], lzma.open(path, "rb"))
        case _:
            return path.open("rb")


def plain_suffix(path: Path) -> str:
    """Return the suffix that says what a file holds, the compression's left out: ".jsonl" of "a.jsonl.xz"."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in COMPRESSED:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""
