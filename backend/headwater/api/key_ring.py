"""The keys as the service knows them: never older than two seconds, so that a revocation holds soon everywhere."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime

import anyio
from anyio import to_thread

from headwater.api.problems import InvalidKeyError
from headwater.corpus.key_secrets import NO_HASH, WrittenKey, find_key, is_secret_of
from headwater.corpus.keys import KeyRecords, StoredKey

FRESH_SECONDS = 2.0  # as long as a revoked key may still pass

NOBODY = WrittenKey("0" * 10, "0" * 43)


class KeyRing:
    """All keys of the corpus, in memory: a key that is not there costs no query, and takes as long as one that is.

    Args:
        records: Where they are kept.
        fresh_seconds: How old what is known may be.
    """

    def __init__(self, records: KeyRecords, fresh_seconds: float = FRESH_SECONDS) -> None:
        self._records = records
        self._fresh_seconds = fresh_seconds
        self._keys: Mapping[str, StoredKey] = {}
        self._read_at = float("-inf")
        self._lock = anyio.Lock()

    async def is_empty(self) -> bool:
        """Say whether no key was ever made; a revoked one counts, so that revoking the last one opens nothing.

        Raises:
            CorpusUnavailableError: If the corpus cannot be read.
        """
        return not await self._current()

    async def verify(self, written: str) -> StoredKey:
        """Return the key that was sent.

        Args:
            written: As it was sent.

        Raises:
            InvalidKeyError: If it is none, or no longer good; which of these is not said.
            CorpusUnavailableError: If the corpus cannot be read: nobody is let in unseen.
        """
        keys = await self._current()
        sent = find_key(written) or NOBODY
        kept = keys.get(sent.key_id)
        is_known = is_secret_of(sent, kept.secret_hash if kept else NO_HASH)
        if kept is None or not is_known or kept.state(datetime.now(UTC)) != "live":
            raise InvalidKeyError
        return kept

    async def _current(self) -> Mapping[str, StoredKey]:
        async with self._lock:
            if time.monotonic() - self._read_at > self._fresh_seconds:
                begun = time.monotonic()
                self._keys = {key.key_id: key for key in await to_thread.run_sync(self._records.all)}
                self._read_at = begun
            return self._keys
