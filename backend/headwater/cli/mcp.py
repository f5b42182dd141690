"""`headwater mcp`: assistants look up the official words, on this machine, over standard input and output."""

from __future__ import annotations

import io
import sys
from datetime import date, datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from headwater.cli import options
from headwater.domain.errors import InvalidInputError
from headwater.settings import Settings, load_settings

if TYPE_CHECKING:
    from headwater.cli.mcp_protocol import Tool
    from headwater.corpus.store import CorpusStore
    from headwater.domain.verdicts import CheckReport
    from headwater.wiring import Parts

INSTRUCTIONS = (
    "Headwater finds the official passage that news text flows from and names every difference. A verdict says what "
    "the official source says, never whether a statement is right: not_in_source is no word against it. Quote the "
    "official words with the publisher, the day and the link that are given."
)
TEXT = {"type": "string", "description": "The words to check, as written."}
DAY = {"type": "string", "description": 'Day of the text as YYYY-MM-DD, so that "last year" can be read.'}
MOST_PASSAGES = 20


def serve_assistants(*, database: options.Database = None, model: options.Model = None) -> None:
    """Serve the tools match, check_text and get_document to an assistant (Model Context Protocol, stdio)."""
    settings = load_settings(database=database, model=model)

    from headwater.cli.mcp_protocol import ToolServer  # noqa: PLC0415
    from headwater.logs import configure_logs  # noqa: PLC0415

    configure_logs(settings.log_level, settings.log_format)
    ToolServer(make_tools(Opened(settings)), INSTRUCTIONS).serve(sys.stdin.buffer, sys.stdout.buffer)


class Opened:
    """The corpus and the checker, opened with the first call that needs them: an assistant asks for the list first.

    Args:
        settings: What the command line and the environment chose.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.store = cache(self._open_store)
        self.parts = cache(self._open_parts)

    def _open_store(self) -> CorpusStore:
        from headwater.wiring import open_corpus  # noqa: PLC0415

        return open_corpus(self._settings)

    def _open_parts(self) -> Parts:
        from headwater.wiring import open_parts  # noqa: PLC0415

        return open_parts(self._settings, self.store())


def make_tools(opened: Opened) -> tuple[Tool, ...]:
    """Return the tools.

    Args:
        opened: What they ask.
    """
    from headwater.cli.mcp_protocol import Tool  # noqa: PLC0415

    return (
        Tool(
            "match",
            "Find the official passage behind a sentence or a highlighted passage, and every difference from it.",
            {"text": TEXT, "published": DAY, "limit": {"type": "integer", "description": "Passages shown, 1 to 20."}},
            ("text",),
            act=partial(_match, opened),
        ),
        Tool(
            "check_text",
            "Check a whole article against the official documents, or against one official text that is given.",
            {"text": TEXT, "source": {"type": "string", "description": "The official text."}, "published": DAY},
            ("text",),
            act=partial(_check_text, opened),
        ),
        Tool(
            "get_document",
            "Get a stored official document with its text, by the identifier that match and check_text name.",
            {
                "document_id": {"type": "string", "description": "As an answer names it."},
                "version": {"type": "integer", "description": "Which version; the latest unless given."},
            },
            ("document_id",),
            act=partial(_get_document, opened),
        ),
    )


def _match(opened: Opened, given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    from headwater.cli.mcp_protocol import require_between  # noqa: PLC0415

    limit = require_between(given.get("limit", 3), 1, MOST_PASSAGES)
    return _told(opened.parts().checker.check(given["text"], options.context_of(_day(given)), limit=limit))


def _check_text(opened: Opened, given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    context, checker = options.context_of(_day(given)), opened.parts().checker
    if "source" in given:
        return _told(checker.compare(given["text"], given["source"], context))
    return _told(checker.check(given["text"], context))


def _get_document(opened: Opened, given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    from headwater.report.json import document_to_json  # noqa: PLC0415

    document = opened.store().document(given["document_id"], given.get("version"))
    values = document_to_json(document)
    heading = f"{document.title}\n{document.publisher}, {values['first_published']}, {document.url}"
    return f"{heading}\n\n{document.text}", values


def _told(report: CheckReport) -> tuple[str, dict[str, Any]]:
    from headwater.report.json import report_to_json  # noqa: PLC0415
    from headwater.report.text import make_console, print_report  # noqa: PLC0415 - rich is slow to load

    written = io.StringIO()
    print_report(report, make_console(written))
    return written.getvalue(), report_to_json(report)


def _day(given: dict[str, Any]) -> datetime | None:
    try:
        day = date.fromisoformat(given["published"]) if given.get("published") else None
    except ValueError:
        raise InvalidInputError("published must be written as YYYY-MM-DD") from None
    return datetime(day.year, day.month, day.day) if day else None
