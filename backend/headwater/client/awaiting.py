"""The client for programs that await: the twin of `blocking`."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from contextlib import aclosing, asynccontextmanager
from datetime import date
from functools import update_wrapper
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import anyio
import httpx

from headwater.client import calls, protocol
from headwater.client.answers import ClaimsStep, Job, JobEnd, ListedDocument, SummaryStep
from headwater.client.blocking import LOCAL, TIMEOUT, TRIES
from headwater.client.errors import ServiceUnreachableError

Arguments = ParamSpec("Arguments")
Read = TypeVar("Read")


def _method(
    make: Callable[Arguments, protocol.Call[Read]],
) -> Callable[Concatenate[Any, Arguments], Coroutine[Any, Any, Read]]:
    async def method(self: Any, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Read:
        call = make(*args, **kwargs)
        return call.read(await self._send(call.ask))

    update_wrapper(method, make)
    return method


class AsyncHeadwater:
    """A connection to one service, for programs that await; methods and arguments are those of `Headwater`.

    Args:
        address: Of the service, as "https://headwater.example".
        api_key: As `headwater keys create` printed it; "" where the service wants none.
        timeout: Seconds until a request is given up.
        tries: How often a request is sent at most.
        transport: Sends the requests; httpx's own unless given.
    """

    def __init__(
        self,
        address: str = LOCAL,
        *,
        api_key: str = "",
        timeout: float = TIMEOUT,
        tries: int = TRIES,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._tries = max(1, tries)
        self._http = httpx.AsyncClient(
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

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def documents(self, **filters: str | date) -> AsyncGenerator[ListedDocument, None]:
        """Go through the documents of the corpus; see `Headwater.documents`."""
        cursor: str | None = ""
        while cursor is not None:
            page = await self._page(cursor, filters)
            for item in page.items:
                yield item
            cursor = page.next

    async def stream(
        self, text: str, *, published: date | None = None, title: str = "", limit: int | None = None
    ) -> AsyncGenerator[ClaimsStep | SummaryStep, None]:
        """Check a text and yield its claims once they are decided; see `Headwater.stream`."""
        async with self._lines(calls.lines_of_match(text, published=published, title=title, limit=limit)) as lines:
            async for line in lines:
                yield protocol.read_line(line)

    async def watch(self, check_id: str, *, after: int = 0) -> AsyncGenerator[ClaimsStep | JobEnd, None]:
        """Yield the claims of a check as they are decided, and last its end; see `Headwater.watch`."""
        reader, lost = protocol.EventReader(after), 0
        while True:
            try:
                async with self._lines(calls.events_of_check(check_id, reader.last_id)) as lines:
                    async for line in lines:
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
            await anyio.sleep(protocol.wait_before_next(lost, None) or 0.0)

    async def wait(self, check_id: str) -> Job:
        """Wait until a check is over, and return it with its report; see `Headwater.wait`."""
        async with aclosing(self.watch(check_id)) as events:
            async for _ in events:
                pass
        found: Job = await self.check(check_id)
        return found

    @asynccontextmanager
    async def _lines(self, ask: protocol.Ask) -> AsyncIterator[AsyncIterator[str]]:
        response = await self._send(ask, stream=True)
        try:
            if response.is_error:
                await response.aread()
                raise protocol.problem_of(response)
            yield response.aiter_lines()
        except httpx.TransportError as error:
            raise ServiceUnreachableError(type(error).__name__) from error
        finally:
            await response.aclose()

    async def _send(self, ask: protocol.Ask, *, stream: bool = False) -> httpx.Response:
        turns = protocol.exchange(ask, self._tries)
        turn = next(turns)
        try:
            while True:
                turn = turns.send(await self._act(turn, stream=stream))
        except StopIteration as ended:
            answer: httpx.Response = ended.value
            return answer

    async def _act(self, turn: protocol.Ask | protocol.Wait, *, stream: bool) -> protocol.Came | None:
        if isinstance(turn, protocol.Wait):
            if turn.after is not None:
                await turn.after.aclose()
            await anyio.sleep(turn.seconds)
            return None
        try:
            return await self._http.send(self._http.build_request(**turn.arguments()), stream=stream)
        except httpx.TransportError as error:
            return error
