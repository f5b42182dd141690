"""What the routes need, in one value that the application carries."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Annotated, Protocol, TypeVar, cast

import structlog
from fastapi import Depends, Header, Request

from headwater.api.workers import Workers
from headwater.checking import CheckContext
from headwater.corpus.filters import PassageFilters
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import CorpusUnavailableError, TextTooLongError
from headwater.domain.verdicts import CheckReport, CheckStep
from headwater.logs import digest
from headwater.settings import Settings

Rendered = TypeVar("Rendered")
log = structlog.get_logger("headwater.api")


class Checker(Protocol):
    """The one thing that checks; `headwater.checking.FactChecker` is it."""

    def check(
        self,
        text: str,
        context: CheckContext = ...,
        *,
        filters: PassageFilters | None = None,
        limit: int | None = None,
    ) -> CheckReport:
        """Check a text against the corpus."""

    def check_by_steps(
        self,
        text: str,
        context: CheckContext = ...,
        *,
        filters: PassageFilters | None = None,
        limit: int | None = None,
    ) -> Generator[CheckStep | CheckReport, None, None]:
        """Check a text against the corpus: each sentence's claims once decided, last the report."""

    def compare(
        self, text: str, source: str, context: CheckContext = ..., *, source_context: CheckContext = ...
    ) -> CheckReport:
        """Check a text against one given official text."""

    def compare_by_steps(
        self, text: str, source: str, context: CheckContext = ..., *, source_context: CheckContext = ...
    ) -> Generator[CheckStep | CheckReport, None, None]:
        """Check a text against one given official text: each sentence's claims once decided, last the report."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a check could be made now, and the state of each part."""

    ready: bool
    checks: dict[str, str]


@dataclass(slots=True)
class Course:
    """How far the service is between its start and its end.

    Args:
        is_stopping: Whether it was told to stop.
        has_index: Whether the index has been read, so that no first reader waits for it.
    """

    is_stopping: bool = False
    has_index: bool = True


@dataclass(frozen=True, slots=True)
class Service:
    """The parts that a request is answered with.

    Args:
        checker: Makes the reports.
        store: The corpus.
        settings: Limits.
        workers: Threads for the checks.
        tell_model: Tells the identifier of the model that is loaded, "" where there is none.
        course: How far it is.
    """

    checker: Checker
    store: CorpusStore
    settings: Settings
    workers: Workers
    tell_model: Callable[[], str]
    course: Course = field(default_factory=Course)

    @property
    def model_id(self) -> str:
        """Of the model that is loaded."""
        return self.tell_model()

    async def answer(
        self, check: Callable[[], CheckReport], render: Callable[[CheckReport], Rendered], **texts: str
    ) -> Rendered:
        """Make one check and render it, both on a thread: a long report takes a while to write out, too.

        Args:
            check: Makes the report.
            render: Makes the answer of it.
            **texts: The texts of the request by name; only their lengths and digests are logged.

        Returns:
            What `render` returns.

        Raises:
            TextTooLongError: If one of the texts is longer than one request may be.
            OverloadedError: If all threads are busy and the queue is full.
        """
        self.require_lengths(**texts)
        report, rendered = await self.workers.run(lambda: _rendered(check(), render))
        self.note_checked(len(report.claims), **texts)
        return rendered

    def require_lengths(self, **texts: str) -> None:
        """Refuse a text that is longer than one request may be.

        Args:
            **texts: The texts of the request by name.

        Raises:
            TextTooLongError: If one of them is longer.
        """
        limit = self.settings.max_text_characters
        for what, text in texts.items():
            if len(text) > limit:
                raise TextTooLongError(len(text), limit, what)

    def note_checked(self, claims: int, **texts: str) -> None:
        """Log a finished check; of its texts only the lengths and digests."""
        sizes = {f"{what}_characters": len(text) for what, text in texts.items()}
        digests = {f"{what}_digest": digest(text) for what, text in texts.items()}
        log.info("checked", claims=claims, **sizes, **digests)

    def readiness(self) -> Readiness:
        """Look at each part that a check made now would need, a place in the queue among them."""
        course, is_full = self.course, self.workers.is_full
        checks = {
            "service": "is stopping" if course.is_stopping else "runs",
            "database": "answers",
            "passages": "0",
            "model": self.model_id or "not loaded",
            "index": "read" if course.has_index else "being read",
            "queue": "full" if is_full else "has room",
        }
        try:
            checks["passages"] = str(self.store.passage_count())
        except CorpusUnavailableError:
            checks["database"] = "does not answer"
        is_lacking = course.is_stopping or not course.has_index or is_full or not self.model_id
        return Readiness(not is_lacking and checks["passages"] != "0", checks)


def _rendered(report: CheckReport, render: Callable[[CheckReport], Rendered]) -> tuple[CheckReport, Rendered]:
    return report, render(report)


def current_service(request: Request) -> Service:
    """Return the service that the application was made with."""
    return cast(Service, request.app.state.service)


AcceptedType = Annotated[
    str,
    Header(
        alias="Accept",
        description="`text/plain` gives the report as a page of text instead of JSON; `application/ld+json` linked"
        " data for the article's page; `application/x-ndjson`, of `/v1/match` alone, gives a line of JSON for each"
        " sentence once it is decided, and as last line a summary.",
    ),
]
CurrentService = Annotated[Service, Depends(current_service)]
