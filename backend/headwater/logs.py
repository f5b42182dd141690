"""Logs: one JSON line per event on stderr, and never a word of the reader's text.

Two guards keep text out. Records keep only the fields on an allow-list, and an error is logged by its type and
the place it came from, without its message: messages quote what they could not read.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Literal, TextIO

import structlog

ALLOWED_FIELDS = frozenset(
    {
        "event", "level", "timestamp", "logger", "request_id", "key_id", "method", "route", "status", "elapsed_ms",
        "body_bytes", "text_characters", "text_digest", "source_characters", "source_digest", "claims", "verdicts",
        "document", "encoded", "documents", "passages", "model", "host", "port", "problem", "error", "where",
        "color_message",
    }
)  # fmt: skip
PROCESS_KEY = secrets.token_bytes(16)  # a digest tells repeats apart within one run and cannot be looked up
MAX_VALUE_CHARACTERS = 300  # no field that is allowed needs more
FRAMES_SHOWN = 6  # the innermost frames say where it went wrong

LogFormat = Literal["auto", "json", "console"]


def configure_logs(level: str = "info", layout: LogFormat = "auto", stream: TextIO | None = None) -> None:
    """Send all records, our own and the libraries', to one handler.

    Args:
        level: Least severe record of our own that is written; the libraries' are written from "warning" on.
        layout: JSON lines, lines for a terminal, or "auto": the latter where the stream is a terminal.
        stream: Where to write; stderr unless given.
    """
    target = stream or sys.stderr
    handler = logging.StreamHandler(target)
    handler.setFormatter(_formatter(_chosen_layout(layout, target)))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("headwater").setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    structlog.configure(
        processors=[*_shared_processors(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def digest(text: str) -> str:
    """Return twelve hexadecimal digits that tell two texts apart within one run of the service."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=PROCESS_KEY, digest_size=6).hexdigest()


def keep_allowed(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every field that is not on the allow-list, and shorten what is left."""
    return {name: _shorten(value) for name, value in event.items() if name in ALLOWED_FIELDS or name.startswith("_")}


def name_error(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by its type and the places it passed through."""
    exc_info = event.pop("exc_info", None)
    if exc_info is True:
        exc_info = sys.exc_info()
    if isinstance(exc_info, BaseException):
        exc_info = (type(exc_info), exc_info, exc_info.__traceback__)
    if isinstance(exc_info, tuple) and exc_info[1] is not None:
        event.update(describe_fault(exc_info[1]))
    return event


def describe_fault(error: BaseException) -> dict[str, str]:
    """Return an error's type and the places it passed through, innermost last; never its message."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES_SHOWN:]
    places = (f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}" for frame in frames)
    return {"error": type(error).__name__, "where": " > ".join(places)}


def _shorten(value: object) -> object:
    if isinstance(value, str) and len(value) > MAX_VALUE_CHARACTERS:
        return value[:MAX_VALUE_CHARACTERS] + "..."
    return value


def _shared_processors() -> list[structlog.typing.Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        name_error,
        keep_allowed,
    ]


def _formatter(chosen: Literal["json", "console"]) -> logging.Formatter:
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if chosen == "json" else structlog.dev.ConsoleRenderer()
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared_processors(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )


def _chosen_layout(layout: LogFormat, stream: TextIO) -> Literal["json", "console"]:
    if layout == "auto":
        return "console" if stream.isatty() else "json"
    return layout
