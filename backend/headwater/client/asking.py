"""The two clients: the same methods, one for programs that wait and one for programs that await."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import date
from types import TracebackType
from typing import Self, TypeVar

import anyio
import httpx
from pydantic import BaseModel

from headwater.client import protocol
from headwater.client.answers import (
    Batch,
    Check,
    ClaimsStep,
    Document,
    DocumentPage,
    ListedDocument,
    SummaryStep,
)
from headwater.client.errors import ServiceUnreachableError

LOCAL = "http://127.0.0.1:8710"
TIMEOUT = 60.0  # seconds: a long article on a busy machine takes some
TRIES = 4
Shape = TypeVar("Shape", bound=BaseModel)


class Headwater:
    """A connection to one service. Checks change nothing, so every request may be sent again.

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

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def match(self, text: str, *, published: date | None = None, title: str = "", limit: int | None = None) -> Check:
        """Check a text against the official documents of the corpus.

        Args:
            text: A passage or an article.
            published: Its day, so that "last year" can be read.
            title: Its headline.
            limit: Passages shown per claim.

        Raises:
            HeadwaterClientError: As drawn where the package begins.
        """
        ask = protocol.ask_match(text, context=protocol.context_of(published, title), limit=limit)
        return self._ask(ask, Check)

    def compare(self, text: str, source: str, *, published: date | None = None) -> Check:
        """Check a text against one given official text; arguments and errors as for `match`."""
        return self._ask(protocol.ask_compare(text, source, context=protocol.context_of(published, "")), Check)

    def match_many(self, texts: Sequence[str], *, limit: int | None = None) -> Batch:
        """Check up to a hundred texts; each has an answer or a problem. Arguments and errors as for `match`."""
        return self._ask(protocol.ask_batch(texts, limit=limit), Batch)

    def document(self, document_id: str, version: int | None = None) -> Document:
        """Return a stored document with its text: the latest version unless one is named."""
        return self._ask(protocol.ask_document(document_id, version), Document)

    def documents(self, **filters: str | date) -> Iterator[ListedDocument]:
        """Go through the documents of the corpus, newest first, page by page.

        Args:
            **filters: publisher, type, to, limit (of a page); `from_` for the first day.
        """
        cursor: str | None = ""
        asked = {name.rstrip("_"): value for name, value in filters.items()}
        while cursor is not None:
            page = self._ask(protocol.ask_documents(cursor, asked), DocumentPage)
            yield from page.items
            cursor = page.next

    def stream(
        self, text: str, *, published: date | None = None, title: str = "", limit: int | None = None
    ) -> Iterator[ClaimsStep | SummaryStep]:
        """Check a text and yield the claims of each sentence once they are decided, and last the summary.

        Args and errors are those of `match`. Nothing is sent again once the answer has begun.
        """
        context = protocol.context_of(published, title)
        ask = protocol.ask_match(text, accept=protocol.NDJSON, context=context, limit=limit)
        response = self._send(ask, stream=True)
        try:
            if response.is_error:
                response.read()
                raise protocol.problem_of(response)
            for line in response.iter_lines():
                yield protocol.read_line(line)
        except httpx.TransportError as error:
            raise ServiceUnreachableError(type(error).__name__) from error
        finally:
            response.close()

    def _ask(self, ask: protocol.Ask, shape: type[Shape]) -> Shape:
        return protocol.read_answer(self._send(ask), shape)

    def _send(self, ask: protocol.Ask, *, stream: bool = False) -> httpx.Response:
        tried = 0
        while True:
            tried += 1
            response = None
            try:
                response = self._http.send(self._http.build_request(**ask.arguments()), stream=stream)
            except httpx.TransportError as error:
                if tried >= self._tries:
                    raise ServiceUnreachableError(type(error).__name__) from error
            wait = protocol.wait_before_next(tried, response)
            if response is not None and (wait is None or tried >= self._tries):
                return response
            if response is not None:
                response.close()
            time.sleep(wait or 0.0)


class AsyncHeadwater:
    """A connection to one service, for programs that await. Checks change nothing, so every request may be sent again.

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
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._tries = max(1, tries)
        self._http = httpx.AsyncClient(
            base_url=address, headers=protocol.headers_of(api_key), timeout=timeout, transport=transport
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def match(
        self, text: str, *, published: date | None = None, title: str = "", limit: int | None = None
    ) -> Check:
        """Check a text against the official documents of the corpus.

        Args:
            text: A passage or an article.
            published: Its day, so that "last year" can be read.
            title: Its headline.
            limit: Passages shown per claim.

        Raises:
            HeadwaterClientError: As drawn where the package begins.
        """
        ask = protocol.ask_match(text, context=protocol.context_of(published, title), limit=limit)
        return await self._ask(ask, Check)

    async def compare(self, text: str, source: str, *, published: date | None = None) -> Check:
        """Check a text against one given official text; arguments and errors as for `match`."""
        return await self._ask(protocol.ask_compare(text, source, context=protocol.context_of(published, "")), Check)

    async def match_many(self, texts: Sequence[str], *, limit: int | None = None) -> Batch:
        """Check up to a hundred texts; each has an answer or a problem. Arguments and errors as for `match`."""
        return await self._ask(protocol.ask_batch(texts, limit=limit), Batch)

    async def document(self, document_id: str, version: int | None = None) -> Document:
        """Return a stored document with its text: the latest version unless one is named."""
        return await self._ask(protocol.ask_document(document_id, version), Document)

    async def documents(self, **filters: str | date) -> AsyncIterator[ListedDocument]:
        """Go through the documents of the corpus, newest first, page by page.

        Args:
            **filters: publisher, type, to, limit (of a page); `from_` for the first day.
        """
        cursor: str | None = ""
        asked = {name.rstrip("_"): value for name, value in filters.items()}
        while cursor is not None:
            page = await self._ask(protocol.ask_documents(cursor, asked), DocumentPage)
            for item in page.items:
                yield item
            cursor = page.next

    async def stream(
        self, text: str, *, published: date | None = None, title: str = "", limit: int | None = None
    ) -> AsyncIterator[ClaimsStep | SummaryStep]:
        """Check a text and yield the claims of each sentence once they are decided, and last the summary.

        Args and errors are those of `match`. Nothing is sent again once the answer has begun.
        """
        context = protocol.context_of(published, title)
        ask = protocol.ask_match(text, accept=protocol.NDJSON, context=context, limit=limit)
        response = await self._send(ask, stream=True)
        try:
            if response.is_error:
                await response.aread()
                raise protocol.problem_of(response)
            async for line in response.aiter_lines():
                yield protocol.read_line(line)
        except httpx.TransportError as error:
            raise ServiceUnreachableError(type(error).__name__) from error
        finally:
            await response.aclose()

    async def _ask(self, ask: protocol.Ask, shape: type[Shape]) -> Shape:
        return protocol.read_answer(await self._send(ask), shape)

    async def _send(self, ask: protocol.Ask, *, stream: bool = False) -> httpx.Response:
        tried = 0
        while True:
            tried += 1
            response = None
            try:
                response = await self._http.send(self._http.build_request(**ask.arguments()), stream=stream)
            except httpx.TransportError as error:
                if tried >= self._tries:
                    raise ServiceUnreachableError(type(error).__name__) from error
            wait = protocol.wait_before_next(tried, response)
            if response is not None and (wait is None or tried >= self._tries):
                return response
            if response is not None:
                await response.aclose()
            await anyio.sleep(wait or 0.0)
