"""A check that is made as a job: what it is asked, how far it is, and what was decided so far."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from headwater.api.checks.asked import AskedCheck, without_text
from headwater.corpus.saved_checks import DONE, UNFINISHED, WAITING
from headwater.report.assembled import assemble
from headwater.report.receipt import IsStored, compare_receipts, make_receipt

Json = dict[str, Any]
KEPT_SECONDS = 1_800  # a job that is not saved, after its end: time to fetch its report
BEAT_SECONDS = 8.0  # from sign to sign


@dataclass
class Job:
    """A job of this process, and all that was decided so far."""

    check_id: str
    asked: AskedCheck
    created: datetime
    expires: datetime
    owner: str = ""
    is_saved: bool = False
    state: str = WAITING
    steps: list[Json] = field(default_factory=list)
    rest: Json = field(default_factory=dict)
    problem: Json = field(default_factory=dict)
    decisions: list[Json] = field(default_factory=list)
    ended: datetime | None = None
    versions: Json = field(default_factory=dict)
    is_stored: IsStored | None = None  # whether the corpus still holds what a former check rested on
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    task: asyncio.Task[None] | None = None

    @property
    def is_kept(self) -> bool:
        """Whether it is kept for days; several processes store one that is not, too, for as long as memory holds it."""
        return self.is_saved and self.expires - self.created > timedelta(seconds=KEPT_SECONDS)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in UNFINISHED

    def report(self) -> Json:
        """Return the whole report of a job that is done, with its receipt.

        Raises:
            ValueError: If it is not done.
        """
        if self.state != DONE:
            raise ValueError("the check is not done")
        whole = assemble(self.steps, self.rest)
        receipt = make_receipt(self.asked.checked, whole, made=self.ended, decisions=self.decisions)
        former = self.asked.receipt
        changes = None if former is None else list(compare_receipts(former, receipt, self.is_stored))
        texts: Json = {"article": without_text(self.asked.article)}
        texts["source"] = without_text(self.asked.source) if self.asked.source else None
        return {**whole, **texts, "decisions": self.decisions, "receipt": receipt, "changes": changes}

    async def watch(self, after: int) -> AsyncGenerator[tuple[int, Json] | None, None]:
        """Yield the steps after a number as they come, with their numbers, until the job ends.

        Args:
            after: The last step that the watcher has.

        Yields:
            tuple[int, Json] | None: A step, or None once in a while in which none came.
        """
        number = after
        while True:
            while number < len(self.steps):
                number += 1
                yield number, self.steps[number - 1]
            if self.is_over and number >= len(self.steps):
                return
            try:
                async with self.changed:
                    if number >= len(self.steps) and not self.is_over:
                        await asyncio.wait_for(self.changed.wait(), BEAT_SECONDS)
            except TimeoutError:
                yield None
