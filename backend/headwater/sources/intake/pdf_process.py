"""The process that reads one PDF: bytes in by a pipe, JSON out. Run by `apart` with bounds as its arguments."""

from __future__ import annotations

import sys

import orjson

from headwater.sources.publishers.pdf import read_pdf
from headwater.sources.records import RecordFaultError


def bound_process(memory_bytes: int, seconds: int) -> None:
    """Bound what this process may take, where the system knows such bounds."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> None:
    """Read one PDF from the pipe.

    Args:
        arguments: Bytes of memory, seconds.
    """
    memory_bytes, seconds = map(int, arguments)
    raw = sys.stdin.buffer.read()
    bound_process(memory_bytes, seconds)
    try:
        found = read_pdf(raw)
    except RecordFaultError as fault:
        said: dict[str, object] = {"fault": str(fault)}
    else:
        readable = found.text.encode("utf-8", "replace").decode("utf-8")
        said = {
            "text": readable,
            "title": found.title,
            "page_starts": found.page_starts,
            "licence": found.licence,
            "created": found.created,
            "modified": found.modified,
        }
    sys.stdout.buffer.write(orjson.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1:])
