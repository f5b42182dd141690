"""Parts of an archive, unpacked a piece at a time, so that one made to fill the memory is given up early."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from headwater.sources.intake.errors import FileTooLargeError, UnreadableFileError
from headwater.sources.intake.limits import IntakeLimits

PIECE_BYTES = 65_536
LARGE_BYTES = 1_000_000  # below it a part may be packed as well as it likes
MOST_PARTS = 10_000  # names in an archive: a Word document with a thousand pictures has some two thousand
LOCKED = 0x1  # the bit of a part's flags that says that it is locked
DAMAGED = "this is a damaged archive, or a file that was not copied whole: save it anew"


class SafeArchive:
    """An archive that somebody handed over.

    Args:
        raw: The file.
        name: For messages.
        limits: How large its parts may be.

    Raises:
        UnreadableFileError: If it is damaged.
    """

    def __init__(self, raw: bytes, name: str, limits: IntakeLimits) -> None:
        self._name, self._limits = name, limits
        try:
            self._archive = zipfile.ZipFile(BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
            raise UnreadableFileError(name, DAMAGED) from None
        if len(self._archive.filelist) > MOST_PARTS:
            raise FileTooLargeError(name, f"the archive holds more than {MOST_PARTS:,} parts")

    @property
    def parts(self) -> list[str]:
        """Names of the parts."""
        return self._archive.namelist()

    def pieces(self, part: str) -> Iterator[bytes]:
        """Unpack a part, piece by piece.

        Args:
            part: Its name.

        Raises:
            FileTooLargeError: If it grows beyond the limits.
            UnreadableFileError: If it is damaged, locked or not there.
        """
        with self._named_faults():
            about = self._archive.getinfo(part)
            if about.flag_bits & LOCKED:
                raise UnreadableFileError(self._name, "the file is locked by a password: take it away")
            self._hold(about.file_size, about.compress_size)  # no more than it declares is ever unpacked
            read = 0
            with self._archive.open(about) as stream:
                while piece := stream.read(PIECE_BYTES):
                    read += len(piece)
                    self._hold(read, about.compress_size)
                    yield piece

    def _hold(self, read: int, packed: int) -> None:
        limits = self._limits
        if read > limits.unpacked_bytes:
            raise FileTooLargeError(self._name, f"unpacked it is larger than {limits.unpacked_bytes:,} bytes")
        if read > LARGE_BYTES and read > limits.expansion * max(packed, 1):
            raise FileTooLargeError(
                self._name, f"it grows more than {limits.expansion}-fold when it is unpacked, as no document does"
            )

    @contextmanager
    def _named_faults(self) -> Iterator[None]:
        try:
            yield
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, RuntimeError):
            raise UnreadableFileError(self._name, DAMAGED) from None
