"""`Idempotency-Key`: a write that is sent twice is done once, and answered twice alike.

What was answered is kept in memory for a day, by caller and key: a client that lost the answer asks the same service
again. A write that has to survive a restart keeps the key in its own row; this is the part that all share: the header,
its form, and the refusal of one key for two different requests.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Annotated

import anyio
from fastapi import Header, Response

from headwater.api.problems import IdempotencyConflictError

KEPT_SECONDS = 86_400.0
KEPT = 1_000  # answers: some kilobytes each
LARGEST_KEPT = 100_000  # bytes of an answer; a larger one is made anew

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
        now: Seconds of a clock that is never set back.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._kept: OrderedDict[str, tuple[float, str, Response]] = OrderedDict()
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
        """
        if not key:
            return await act()
        name, digest = f"{caller}\0{key}", hashlib.sha256(body).hexdigest()
        lock, users = self._under_way.get(name, (anyio.Lock(), 0))
        self._under_way[name] = (lock, users + 1)
        try:
            async with lock:
                return self._find(name, digest) or self._keep(name, digest, await act())
        finally:
            lock, users = self._under_way.pop(name)
            if users > 1:
                self._under_way[name] = (lock, users - 1)

    def _find(self, name: str, digest: str) -> Response | None:
        at, held, answer = self._kept.get(name, (0.0, "", None))
        if answer is None or self._now() - at > KEPT_SECONDS:
            return None
        if held != digest:
            raise IdempotencyConflictError
        again = Response(answer.body, answer.status_code, media_type=answer.media_type)
        again.headers.update({**answer.headers, "Idempotent-Replay": "true"})
        return again

    def _keep(self, name: str, digest: str, answer: Response) -> Response:
        if answer.status_code < 500 and len(answer.body) <= LARGEST_KEPT:
            self._kept[name] = (self._now(), digest, answer)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return answer
