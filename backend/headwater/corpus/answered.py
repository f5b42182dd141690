"""Writes that were answered, as the corpus keeps them: each is done once, whichever service is asked again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from headwater.corpus.answered_tables import ANSWERED
from headwater.corpus.engine import CorpusDatabase
from headwater.corpus.store import CorpusStore
from headwater.corpus.upserts import insert_into

KEPT_SECONDS = 86_400.0
GONE_SECONDS = 20.0  # without a sign of it, a write that is under way was that of a process that died


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a write was answered with, but for its words: those may be a reader's.

    Args:
        digest: Of the request.
        status: 0 while it is under way.
        headers: That were sent.
    """

    digest: str
    status: int = 0
    headers: dict[str, str] | None = None


class AnsweredWrites:
    """The answered writes of one corpus. Safe to share between threads; every method is one transaction.

    Args:
        database: Of the corpus.
        now: Seconds since 1970: a clock that all processes share.
    """

    def __init__(self, database: CorpusDatabase, now: Callable[[], float] = time.time) -> None:
        self._database, self._now = database, now

    def claim(
        self, name: str, digest: str, holder: str, *, is_gone: Callable[[str], bool] = lambda _: False
    ) -> KeptAnswer | None:
        """Take a write to do, or return what there is of it: the answer, or a status of 0 while another is at it.

        Args:
            name: Of caller and key.
            digest: Of the request.
            holder: Who wants to do it.
            is_gone: Says of another holder whether it is known to have ended.

        Raises:
            CorpusUnavailableError: If the corpus cannot be written.
        """
        now = self._now()
        values = {"digest": digest, "holder": holder, "moment": now, "status": 0, "headers": "{}"}
        own = ANSWERED.c.name == name
        with self._database.write() as connection:
            connection.execute(delete(ANSWERED).where(ANSWERED.c.moment < now - KEPT_SECONDS))
            insert = insert_into(connection, ANSWERED).values(name=name, **values).on_conflict_do_nothing()
            if connection.execute(insert).rowcount:
                return None
            row = connection.execute(select(ANSWERED).where(own).with_for_update()).one()
            # Beyond now: the clock was set back since, and nobody knows how long ago that was.
            is_lately = now - GONE_SECONDS <= row.moment <= now + GONE_SECONDS
            if row.status or (is_lately and not is_gone(row.holder)):
                return KeptAnswer(row.digest, row.status, json.loads(row.headers))
            connection.execute(update(ANSWERED).where(own).values(**values))
        return None

    def keep(self, name: str, holder: str, answer: KeptAnswer) -> None:
        """Keep the answer to a write that was claimed.

        Args:
            name: Of caller and key.
            holder: Who claimed it.
            answer: To the write.

        Raises:
            CorpusUnavailableError: If the corpus cannot be written.
        """
        values = {"status": answer.status, "headers": json.dumps(answer.headers or {})}
        own = (ANSWERED.c.name == name) & (ANSWERED.c.holder == holder)
        with self._database.write() as connection:
            connection.execute(update(ANSWERED).where(own).values(**values, moment=self._now()))

    def renew(self, name: str, holder: str) -> None:
        """Give a sign that a write that was claimed is still under way.

        Args:
            name: Of caller and key.
            holder: Who claimed it.

        Raises:
            CorpusUnavailableError: If the corpus cannot be written.
        """
        own = (ANSWERED.c.name == name) & (ANSWERED.c.holder == holder) & (ANSWERED.c.status == 0)
        with self._database.write() as connection:
            connection.execute(update(ANSWERED).where(own).values(moment=self._now()))

    def release(self, name: str, holder: str) -> None:
        """Give up a write that was claimed: it may be tried again.

        Args:
            name: Of caller and key.
            holder: Who claimed it.

        Raises:
            CorpusUnavailableError: If the corpus cannot be written.
        """
        own = (ANSWERED.c.name == name) & (ANSWERED.c.holder == holder)
        with self._database.write() as connection:
            connection.execute(delete(ANSWERED).where(own))


def open_answered(store: CorpusStore) -> AnsweredWrites:
    """Return the answered writes that are kept with a corpus."""
    return AnsweredWrites(store._database)
