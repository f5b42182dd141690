"""`Idempotency-Key`: a write that is sent twice is done once.

That it was done is kept in the corpus for a day, by caller and key: a client that lost the answer asks any service on
that corpus again, before a restart or after it. The answer itself holds a reader's words and is not kept: it is made
anew, of what it was about as that stands by then. One key for two different requests is refused.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, cast

import anyio
from anyio import to_thread
from fastapi import Header, Request, Response

from headwater.api.access import caller_of
from headwater.api.holders import is_gone, make_holder
from headwater.api.problems import IdempotencyConflictError, OverloadedError
from headwater.corpus.answered import AnsweredWrites, KeptAnswer
from headwater.domain.errors import HeadwaterError

LOOK_SECONDS = 0.1  # between looks at a write that another process is at
MOST_LOOKS = 300  # then the caller is asked to come again; by then it is known of every process whether it is gone
SIGN_SECONDS = 5.0  # between the signs that a long write is still under way: four of them before it counts as gone

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        pattern=r"^[\x21-\x7e]*$",
        description="Made by the client: a request that is sent again with it within a day is not done again.",
    ),
]


@dataclass(frozen=True, slots=True)
class Write:
    """A write that may be sent twice.

    Args:
        key: Of the header; "" for none, and then it is done each time.
        asked: What is asked, and where: one key stands for one of these.
        act: Does it; what it raises is not kept, so that it can be tried again.
        again: Answers one that was done, given the headers it was answered with.
    """

    key: str
    asked: bytes
    act: Callable[[], Awaitable[Response]]
    again: Callable[[Mapping[str, str]], Awaitable[Response]]


class IdempotentAnswers:
    """Writes that were done, for those who ask again.

    Args:
        writes: Where they are kept.
    """

    def __init__(self, writes: AnsweredWrites) -> None:
        self._writes = writes
        self._holder = make_holder()
        self._under_way: dict[str, tuple[anyio.Lock, int]] = {}

    async def answer(self, caller: str, write: Write) -> Response:
        """Do a write, unless it was done already under this key.

        Args:
            caller: Whose key it is; two callers may use the same.
            write: To be done.

        Raises:
            IdempotencyConflictError: If the key was used for another request.
            OverloadedError: If another process has not come to an end with it.
            CorpusUnavailableError: If the corpus cannot be written.
        """
        if not write.key:
            return await write.act()
        name, digest = _digest(f"{caller}\0{write.key}".encode()), _digest(write.asked)
        lock, users = self._under_way.get(name, (anyio.Lock(), 0))
        self._under_way[name] = (lock, users + 1)
        try:
            async with lock:
                headers = await self._claimed(name, digest)
                if headers is None:
                    return await self._done(name, digest, write)
                answer = await write.again(headers)
                answer.headers["Idempotent-Replay"] = "true"
                return answer
        finally:
            lock, users = self._under_way.pop(name)
            if users > 1:
                self._under_way[name] = (lock, users - 1)

    async def _claimed(self, name: str, digest: str) -> Mapping[str, str] | None:
        """Return the headers that were answered, or None where the write is now ours to do."""
        for _ in range(MOST_LOOKS):
            claim = partial(self._writes.claim, name, digest, self._holder, is_gone=is_gone)
            kept = await to_thread.run_sync(claim)
            if kept is None:
                return None
            if kept.digest != digest:
                raise IdempotencyConflictError
            if kept.status:
                return kept.headers or {}
            await anyio.sleep(LOOK_SECONDS)
        raise OverloadedError

    async def _done(self, name: str, digest: str, write: Write) -> Response:
        is_kept = False
        try:
            async with self._giving_signs(name):
                answer = await write.act()
            if answer.status_code < 500:
                kept = KeptAnswer(digest, answer.status_code, dict(answer.headers))
                await to_thread.run_sync(self._writes.keep, name, self._holder, kept)
                is_kept = True
            return answer
        finally:
            if not is_kept:
                with anyio.CancelScope(shield=True), suppress(HeadwaterError):
                    await to_thread.run_sync(self._writes.release, name, self._holder)

    @asynccontextmanager
    async def _giving_signs(self, name: str) -> AsyncIterator[None]:
        """Say now and then that a write is under way, until the block ends."""
        signs = asyncio.create_task(self._give_signs(name))
        try:
            yield
        finally:
            signs.cancel()

    async def _give_signs(self, name: str) -> None:
        while True:
            await asyncio.sleep(SIGN_SECONDS)
            with suppress(HeadwaterError):  # the next one may get through
                await to_thread.run_sync(self._writes.renew, name, self._holder)


async def answer_once(request: Request, write: Write) -> Response:
    """Do a write unless it was done under its key; one key stands for one address and what was asked there.

    Args:
        request: Of the caller.
        write: To be done.

    Raises:
        IdempotencyConflictError: If the key was used for another request.
    """
    asked = f"{request.method} {request.url.path}\n".encode() + write.asked
    answers = cast(IdempotentAnswers, request.app.state.idempotent)
    return await answers.answer(caller_of(request.scope).key_id, replace(write, asked=asked))


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()
