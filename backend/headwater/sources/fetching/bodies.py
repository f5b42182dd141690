"""The body of an answer, decompressed as it comes and never beyond its limits."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from headwater.sources.fetching.errors import SourceUnavailableError, Trouble
from headwater.sources.fetching.limits import FetchLimits

ACCEPTED = "gzip"  # what the standard library can decompress piece by piece, with a limit for each
GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
PIECE_BYTES = 65_536


def read_body(url: str, headers: dict[str, str], pieces: Iterable[bytes], limits: FetchLimits) -> bytes:
    """Return the body of an answer.

    Args:
        url: For messages.
        headers: Of the answer, names in lower case.
        pieces: As they come.
        limits: Of bytes.

    Raises:
        SourceUnavailableError: If it is too large, expands too much, or is not compressed as its headers say.
    """
    _check_length(url, headers.get("content-length", ""), limits)
    coding = headers.get("content-encoding", "").strip().lower()
    counted = _counted(url, pieces, limits)
    if coding in {"", "identity"}:
        return b"".join(counted)
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise SourceUnavailableError(url, Trouble.BROKEN, f"it is compressed in a way not asked for: {coding[:40]!r}")
    try:
        return b"".join(_decompressed(url, counted, limits))
    except zlib.error:
        raise SourceUnavailableError(url, Trouble.BROKEN, "its compression is broken") from None


def _check_length(url: str, declared: str, limits: FetchLimits) -> None:
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > limits.max_bytes:
        raise _too_large(url, limits)


def _counted(url: str, pieces: Iterable[bytes], limits: FetchLimits) -> Iterator[bytes]:
    count = 0
    for piece in pieces:
        count += len(piece)
        if count > limits.max_bytes:
            raise _too_large(url, limits)
        yield piece


def _decompressed(url: str, pieces: Iterable[bytes], limits: FetchLimits) -> Iterator[bytes]:
    taken = given = 0
    member = zlib.decompressobj(GZIP_OR_ZLIB)
    for piece in pieces:
        taken += len(piece)
        rest = piece
        while rest:
            if member.eof:  # a file of several members goes on with the next
                member = zlib.decompressobj(GZIP_OR_ZLIB)
            part = member.decompress(rest, PIECE_BYTES)
            given += len(part)
            _check_expansion(url, (taken, given), limits)
            yield part
            rest = member.unused_data if member.eof else member.unconsumed_tail
    while taken and not member.eof:
        part = member.decompress(member.unconsumed_tail, PIECE_BYTES)
        if not part:
            raise SourceUnavailableError(url, Trouble.BROKEN, "it ends in the middle of its compression")
        given += len(part)
        _check_expansion(url, (taken, given), limits)
        yield part


def _check_expansion(url: str, counts: tuple[int, int], limits: FetchLimits) -> None:
    taken, given = counts
    if given > limits.max_bytes:
        raise _too_large(url, limits)
    if given > limits.free_bytes and given > taken * limits.max_ratio:
        reason = f"it becomes more than {limits.max_ratio} times larger when it is decompressed"
        raise SourceUnavailableError(url, Trouble.EXPANDS, reason)


def _too_large(url: str, limits: FetchLimits) -> SourceUnavailableError:
    return SourceUnavailableError(url, Trouble.TOO_LARGE, f"it is larger than {limits.max_bytes:,} bytes")
