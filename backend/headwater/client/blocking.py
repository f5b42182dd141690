"""The client for programs that wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import update_wrapper
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import httpx

from headwater.client import calls, protocol
from headwater.client.answers import ClaimsStep, Job, JobEnd, ListedDocument, SummaryStep
from headwater.client.errors import ServiceUnreachableError

LOCAL = "http://127.0.0.1:8710"
TIMEOUT = 60.0  # seconds: a long article on a busy machine takes some
TRIES = 4
Arguments = ParamSpec("Arguments")
Read = TypeVar("Read")


def _method(make: Callable[Arguments, protocol.Call[Read]]) -> Callable[Concatenate[Any, Arguments], Read]:
    def method(self: Any, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Read:
        call = make(*args, **kwargs)
        return call.read(self._send(call.ask))

    update_wrapper(method, make)
    return method


class Headwater:
    """A connection to one service. Writes carry an idempotency key, so every request may be sent again.

    All methods raise `HeadwaterClientError`, as drawn where the package begins; `calls` tells their arguments.

    Args:
        address: Of the service, as "https://headwater.example".
        api_key: As `headwater keys create` printed it; "" where the service wants none.
        timeout: Seconds until a request is given up.
        tries: How often a request is sent at most: again after 429, 502, 503, 504 and lost connections, when the
            service says or after a growing while.
        transport: Sends the requests; httpx's own unless given.
    """

    def __init__(
        self,
        address: str = LOCAL,
        *,
        api_key: str = "",
        timeout: float = TIMEOUT,
        tries: int = TRIES,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._tries = max(1, tries)
        self._http = httpx.Client(
            base_url=address, headers=protocol.headers_of(api_key), timeout=timeout, transport=transport
        )

    match = _method(calls.match)
    compare = _method(calls.compare)
    match_many = _method(calls.match_many)
    linked = _method(calls.linked)
    document = _method(calls.document)
    document_tag = _method(calls.document_tag)
    add_document = _method(calls.add_document)
    delete_document = _method(calls.delete_document)
    coverage = _method(calls.coverage)
    start_check = _method(calls.start_check)
    check = _method(calls.check)
    report = _method(calls.report)
    cancel_check = _method(calls.cancel_check)
    keep_check = _method(calls.keep_check)
    delete_check = _method(calls.delete_check)
    decide = _method(calls.decide)
    version = _method(calls.version)
    readiness = _method(calls.readiness)
    _page = _method(calls.document_page)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def documents(self, **filters: str | date) -> Iterator[ListedDocument]:
        """Go through the documents of the corpus, newest first, page by page; what is added meanwhile shifts nothing.

        Args:
            **filters: publisher, type, title, to, limit (of a page); `from_` for the first day.
        """
        cursor: str | None = ""
        while cursor is not None:
            page = self._page(cursor, filters)
            yield from page.items
            cursor = page.next

    def stream(
        self, text: str, *, published: date | None = None, title: str = "", limit: int | None = None
    ) -> Iterator[ClaimsStep | SummaryStep]:
        """Check a text and yield the claims of each sentence once they are decided, and last the summary.

        Arguments are those of `match`. Nothing is sent again once the answer has begun.
        """
        with self._lines(calls.lines_of_match(text, published=published, title=title, limit=limit)) as lines:
            for line in lines:
                yield protocol.read_line(line)

    def watch(self, check_id: str, *, after: int = 0) -> Iterator[ClaimsStep | JobEnd]:
        """Yield the claims of a check as they are decided, and last its end; a lost connection is taken up again.

        Args:
            check_id: As `start_check` returned it.
            after: Number of the last event that is known.
        """
        reader, lost = protocol.EventReader(after), 0
        while True:
            try:
                with self._lines(calls.events_of_check(check_id, reader.last_id)) as lines:
                    for line in lines:
                        if (event := reader.read(line)) is not None:
                            lost = 0
                            yield event
                            if isinstance(event, JobEnd):
                                return
                error = ServiceUnreachableError("the events of the check ended before it did")
            except ServiceUnreachableError as broken:
                error = broken
            lost += 1
            if lost >= self._tries:
                raise error
            time.sleep(protocol.wait_before_next(lost, None) or 0.0)

    def wait(self, check_id: str) -> Job:
        """Wait until a check is over, and return it with its report.

        Args:
            check_id: As `start_check` returned it.
        """
        for _ in self.watch(check_id):
            pass
        found: Job = self.check(check_id)
        return found

    @contextmanager
    def _lines(self, ask: protocol.Ask) -> Iterator[Iterator[str]]:
        response = self._send(ask, stream=True)
        try:
            if response.is_error:
                response.read()
                raise protocol.problem_of(response)
            yield response.iter_lines()
        except httpx.TransportError as error:
            raise ServiceUnreachableError(type(error).__name__) from error
        finally:
            response.close()

    def _send(self, ask: protocol.Ask, *, stream: bool = False) -> httpx.Response:
        turns = protocol.exchange(ask, self._tries)
        turn = next(turns)
        try:
            while True:
                turn = turns.send(self._act(turn, stream=stream))
        except StopIteration as ended:
            answer: httpx.Response = ended.value
            return answer

    def _act(self, turn: protocol.Ask | protocol.Wait, *, stream: bool) -> protocol.Came | None:
        if isinstance(turn, protocol.Wait):
            if turn.after is not None:
                turn.after.close()
            time.sleep(turn.seconds)
            return None
        try:
            return self._http.send(self._http.build_request(**turn.arguments()), stream=stream)
        except httpx.TransportError as error:
            return error
