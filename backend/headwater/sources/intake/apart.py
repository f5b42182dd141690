"""PDF files read in a process of their own, with bounds on its memory and time.

The library is not made for several threads, a file can be made to unpack to gigabytes, and a fault in it would end
the service: a process apart takes all three on itself.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import Any

import orjson

from headwater.sources.intake.errors import FileTooLargeError, UnreadableFileError
from headwater.sources.intake.limits import LIMITS, IntakeLimits

MEMORY_BYTES = 1_500_000_000  # of addresses: an inquiry report of 1,000 pages takes a third of it
SECONDS = 60  # of one file: 1,000 pages take some ten
AT_ONCE = 2  # processes; the others wait
LOCKED_SIGN = "password"
_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class TakenPdf:
    """What a PDF holds; moments as the file states them, ISO 8601, or ""."""

    text: str
    title: str
    page_starts: tuple[int, ...]
    licence: str = ""
    created: str = ""
    modified: str = ""

    @property
    def pages(self) -> int:
        """How many there are."""
        return len(self.page_starts)


def read_pdf_apart(raw: bytes, name: str = "", limits: IntakeLimits = LIMITS) -> TakenPdf:
    """Return what a PDF holds.

    Args:
        raw: The file.
        name: For messages.
        limits: How long its text may be.

    Raises:
        UnreadableFileError: If it is damaged, locked, or holds pictures of words alone.
        FileTooLargeError: If it takes more memory or time than a document does.
    """
    said = _run(raw, name)
    if "fault" in said:
        raise UnreadableFileError(name, _explain(str(said["fault"])))
    text = str(said["text"])
    if len(text) > limits.characters:
        raise FileTooLargeError(name, f"it holds more than {limits.characters:,} characters")
    if not any(character.isalnum() for character in text):
        raise UnreadableFileError(name, "its pages hold no words but pictures: run text recognition on it first")
    stated = {name: str(said[name] or "") for name in ("title", "licence", "created", "modified")}
    return TakenPdf(text, page_starts=tuple(said["page_starts"]), **stated)


def _run(raw: bytes, name: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "headwater.sources.intake.pdf_process", str(MEMORY_BYTES), str(SECONDS)]
    with _turns:
        try:
            ended = subprocess.run(  # noqa: S603 - this program itself
                command, input=raw, capture_output=True, timeout=2 * SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise FileTooLargeError(name, f"reading it takes more than {SECONDS} seconds") from None
    if ended.returncode:
        raise FileTooLargeError(name, "reading it takes more memory or time than a document does, or it is damaged")
    said: dict[str, Any] = orjson.loads(ended.stdout)
    return said


def _explain(fault: str) -> str:
    if LOCKED_SIGN in fault.lower():
        return "the PDF is locked by a password: take it away"
    return "this is a damaged PDF, or one that was not copied whole: save it anew"
