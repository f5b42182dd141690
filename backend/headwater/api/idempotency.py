"""`Idempotency-Key`: a write that is sent twice is done once, and answered twice alike.

What was answered is kept in the corpus for a day, by caller and key: a client that lost the answer asks any service on
that corpus again, before a restart or after it. One key for two different requests is refused.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Annotated

import anyio
from anyio import to_thread
from fastapi import Header, Response

from headwater.api.problems import IdempotencyConflictError, OverloadedError
from headwater.corpus.answered import AnsweredWrites, KeptAnswer
from headwater.domain.errors import HeadwaterError

LARGEST_KEPT = 100_000  # bytes of an answer; a larger one is made anew
LOOK_SECONDS = 0.1  # between looks at a write that another process is at
MOST_LOOKS = 300  # then the caller is asked to come again

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        pattern=r"^[\x21-\x7e]*$",
        description="Made by the client: a request that is sent again with it within a day is answered as the first.",
    ),
]


class IdempotentAnswers:
    """Answers that were given to writes, for those who ask again.

    Args:
        writes: Where they are kept.
    """

    def __init__(self, writes: AnsweredWrites) -> None:
        self._writes = writes
        self._holder = secrets.token_hex(8)
        self._under_way: dict[str, tuple[anyio.Lock, int]] = {}

    async def answer(self, caller: str, key: str, body: bytes, act: Callable[[], Awaitable[Response]]) -> Response:
        """Do a write, unless it was done already under this key.

        Args:
            caller: Whose key it is; two callers may use the same.
            key: Of the header; "" for none, and then it is done each time.
            body: As it was sent.
            act: Does it; what it raises is not kept, so that it can be tried again.

        Raises:
            IdempotencyConflictError: If the key was used for another request.
            OverloadedError: If another process has not come to an end with it.
            CorpusUnavailableError: If the corpus cannot be written.
        """
        if not key:
            return await act()
        name, digest = hashlib.sha256(f"{caller}\0{key}".encode()).hexdigest(), hashlib.sha256(body).hexdigest()
        lock, users = self._under_way.get(name, (anyio.Lock(), 0))
        self._under_way[name] = (lock, users + 1)
        try:
            async with lock:
                return await self._claimed(name, digest) or await self._done(name, digest, act)
        finally:
            lock, users = self._under_way.pop(name)
            if users > 1:
                self._under_way[name] = (lock, users - 1)

    async def _claimed(self, name: str, digest: str) -> Response | None:
        """Return the answer that was given, or None where the write is now ours to do."""
        for _ in range(MOST_LOOKS):
            kept = await to_thread.run_sync(self._writes.claim, name, digest, self._holder)
            if kept is None:
                return None
            if kept.digest != digest:
                raise IdempotencyConflictError
            if kept.status:
                headers = {**(kept.headers or {}), "Idempotent-Replay": "true"}
                return Response(kept.body, kept.status, headers)
            await anyio.sleep(LOOK_SECONDS)
        raise OverloadedError

    async def _done(self, name: str, digest: str, act: Callable[[], Awaitable[Response]]) -> Response:
        is_kept = False
        try:
            answer = await act()
            if answer.status_code < 500 and len(answer.body) <= LARGEST_KEPT:
                kept = KeptAnswer(digest, answer.status_code, dict(answer.headers), bytes(answer.body))
                await to_thread.run_sync(self._writes.keep, name, self._holder, kept)
                is_kept = True
            return answer
        finally:
            if not is_kept:
                with anyio.CancelScope(shield=True), suppress(HeadwaterError):
                    await to_thread.run_sync(self._writes.release, name, self._holder)
