"""Jobs of this process: each a task that takes its turn on the threads step by step, and tells whoever watches.

A job that is not saved lives in memory and is forgotten some time after its end. One that is saved has each step stored
before it is told, so that nothing that anybody saw is lost; when its process dies, another goes on with it.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import structlog

from headwater import RULE_VERSION, __version__
from headwater.api.checks.asked import AskedCheck, asked_of_json, asked_to_json
from headwater.api.checks.job import BEAT_SECONDS, KEPT_SECONDS, Job
from headwater.api.checks.official import OfficialTexts
from headwater.api.holders import is_gone, make_holder
from headwater.api.problems import OverloadedError, detail_of, problem_of
from headwater.api.service import Service
from headwater.api.streams import Steps
from headwater.api.waiting import forget_caller
from headwater.corpus.naming import holds_version
from headwater.corpus.saved_checks import (
    CANCELLED,
    DONE,
    FAILED,
    INTERRUPTED,
    RUNNING,
    SavedCheck,
    SavedChecks,
)
from headwater.domain.errors import HeadwaterError, InvalidInputError, NotFoundError
from headwater.domain.verdicts import CheckReport
from headwater.logs import describe_fault
from headwater.report.assembled import rest_to_json, step_to_json
from headwater.report.rows import RowReader

Json = dict[str, Any]
ID_BYTES = 24  # of chance: an address that nobody guesses
MOST_JOBS = 200  # in memory: beyond, those that ended first are forgotten
MOST_UNFINISHED = 50  # of this process; more are refused
GONE_SECONDS = 30.0  # without a sign a process counts as gone
LOOK_SECONDS = 1.0  # between looks at a job of another process
log = structlog.get_logger("headwater.api")


class Jobs:
    """All jobs of this process.

    Args:
        service: Checker, threads and settings.
        saved: Where checks are kept that are to be.
        official: Finds official texts that checks name.
        gone_seconds: Without a sign for so long, another process's jobs are taken over.
    """

    def __init__(
        self, service: Service, saved: SavedChecks, official: OfficialTexts, *, gone_seconds: float = GONE_SECONDS
    ) -> None:
        self._service, self._saved, self._official = service, saved, official
        self._gone = timedelta(seconds=gone_seconds)
        self._holder = make_holder()
        self._jobs: dict[str, Job] = {}
        self._rows = RowReader()
        self._is_stored = partial(holds_version, service.store)

    async def start(self, asked: AskedCheck, *, save: bool, owner: str = "") -> Job:
        """Begin a job and return it; nothing of it is decided yet, and an official text that is named has been read.

        Args:
            asked: What it is asked.
            save: Whether it is kept in the corpus.
            owner: Id of the caller's key, or "".

        Raises:
            OverloadedError: If as many jobs are under way as may be, or as many addresses are being fetched.
            CorpusUnavailableError: If it is to be kept and cannot be.
            HeadwaterError: If the official text that it names cannot be had; see `OfficialTexts.complete`.
        """
        self._forget()
        if sum(not job.is_over for job in self._jobs.values()) >= MOST_UNFINISHED:
            raise OverloadedError
        asked = await asyncio.to_thread(self._official.complete, asked)
        now = datetime.now(UTC)
        settings = self._service.settings
        days = settings.saved_check_days
        expires = now + (timedelta(days=days) if save else timedelta(seconds=KEPT_SECONDS))
        is_kept = save or settings.processes > 1  # whoever asks for it next may be answered by another process
        job = Job(
            secrets.token_urlsafe(ID_BYTES), asked, now, expires, owner, is_saved=is_kept, is_stored=self._is_stored
        )
        if is_kept:
            kept = SavedCheck(job.check_id, asked_to_json(asked), now, expires, owner)
            await asyncio.to_thread(self._saved.add, kept, self._holder)
        self._begin(job)
        return job

    async def find(self, check_id: str) -> Job | None:
        """Return a job of this process, or a saved one of any, or None."""
        job = self._jobs.get(check_id)
        if job is not None:
            return job
        kept = await asyncio.to_thread(self._saved.find, check_id)
        return None if kept is None else await self._loaded(kept)

    async def watch(self, job: Job, after: int) -> AsyncGenerator[tuple[int, Json] | None, None]:
        """Yield the steps of a job as `Job.watch` does; one that another process works at is looked up time and again.

        Args:
            job: Any that `find` returned.
            after: The last step that the watcher has.

        Yields:
            tuple[int, Json] | None: A step, or None once in a while in which none came.
        """
        while job.check_id not in self._jobs and not job.is_over:
            for number, step in enumerate(job.steps[after:], after + 1):
                yield number, step
            after = max(after, len(job.steps))
            yield None
            await asyncio.sleep(LOOK_SECONDS)
            found = await self.find(job.check_id)
            if found is None:
                job.state = CANCELLED
                return
            job.__dict__.update(found.__dict__)
        here = self._jobs.get(job.check_id, job)
        async with aclosing(here.watch(after)) as steps:
            async for one in steps:
                yield one
        if here is not job:  # taken over meanwhile: how it ended is known there
            job.__dict__.update(here.__dict__)

    async def cancel(self, job: Job) -> None:
        """End a job that has not ended; what was decided stays."""
        if job.is_over:
            return
        if job.is_saved:
            await asyncio.to_thread(self._saved.cancel, job.check_id)
        await self._end(job, CANCELLED)
        if job.task is not None:
            job.task.cancel()

    async def keep(self, job: Job) -> None:
        """Keep a job that has ended, as if that had been asked at its start; one that is kept stays so.

        Args:
            job: Any that `find` returned.

        Raises:
            InvalidInputError: If it has not ended.
            NotFoundError: If it was deleted meanwhile.
            CorpusUnavailableError: If it cannot be kept.
        """
        if not job.is_over:
            raise InvalidInputError("a check is kept when it has ended; this one is under way")
        async with job.changed:  # nothing is decided on it, and it is not deleted, while it is being stored
            if job.is_kept:
                return
            expires = datetime.now(UTC) + timedelta(days=self._service.settings.saved_check_days)
            if not await asyncio.to_thread(self._store, job, expires):
                raise NotFoundError("check", "")
            job.expires, job.is_saved = expires, True

    async def delete(self, job: Job) -> None:
        """End a job, and forget all of it."""
        await self.cancel(job)
        async with job.changed:
            self._jobs.pop(job.check_id, None)
            if job.is_saved:
                await asyncio.to_thread(self._saved.delete, job.check_id)

    async def decide(self, job: Job, decision: Json) -> None:
        """Note what a reader decided on a finding or a claim, in place of what was decided on it before.

        Args:
            job: Any that `find` returned.
            decision: With `claim`, `finding` (None: the claim as a whole) and what was decided.
        """
        key = (decision["claim"], decision["finding"])
        async with job.changed:
            if job.is_saved:
                await asyncio.to_thread(self._saved.decide, job.check_id, decision)
            others = [one for one in job.decisions if (one["claim"], one["finding"]) != key]
            job.decisions = [*others, *([decision] if decision["decision"] else [])]

    async def keep_going(self) -> None:
        """Give signs for this process's saved jobs, and take over those of processes that are gone; never returns."""
        while True:
            with suppress(HeadwaterError):  # the database is away: the next sign may find it back
                await self.take_over()
            await asyncio.sleep(min(BEAT_SECONDS, self._gone.total_seconds() / 3))

    async def take_over(self) -> int:
        """Go on with saved jobs that nobody works at, and return how many there were; delete those that expired."""
        silent = datetime.now(UTC) - self._gone
        await asyncio.to_thread(self._saved.keep_beating, self._holder)
        orphans = await asyncio.to_thread(self._saved.take_orphans, self._holder, silent, is_gone)
        for kept in orphans:
            self._begin(await self._loaded(kept))
        await asyncio.to_thread(self._delete_old)
        self._forget()
        return len(orphans)

    async def close(self) -> None:
        """Stop all work; saved jobs stay unfinished, for another process to go on with."""
        tasks = [job.task for job in self._jobs.values() if job.task is not None and not job.task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _delete_old(self) -> None:
        """Delete what expired, and of what several processes store for a while as much as memory would not hold."""
        self._saved.delete_expired()
        passing, now = timedelta(seconds=KEPT_SECONDS), datetime.now(UTC)
        self._saved.delete_crowd(MOST_JOBS * self._service.settings.processes, now - passing, now + passing)

    def _store(self, job: Job, expires: datetime) -> bool:
        if job.is_saved:  # for a while: other processes ask for it
            return self._saved.keep_until(job.check_id, expires)
        if job.check_id not in self._jobs:  # deleted, or forgotten
            return False
        kept = SavedCheck(job.check_id, asked_to_json(job.asked), job.created, expires, job.owner, job.state)
        ended = replace(kept, rest=job.rest, problem=job.problem, versions=job.versions, ended=job.ended)
        self._saved.keep(ended, job.steps, job.decisions)
        return True

    async def _loaded(self, kept: SavedCheck) -> Job:
        job = Job(kept.check_id, asked_of_json(kept.asked), kept.created, kept.expires, kept.owner, is_saved=True)
        job.is_stored = self._is_stored
        steps = await asyncio.to_thread(self._saved.steps, kept.check_id)
        job.steps = [body for _, body in steps]
        job.decisions = await asyncio.to_thread(self._saved.decisions, kept.check_id)
        job.state, job.rest, job.problem = kept.state, kept.rest, kept.problem
        job.versions, job.ended = kept.versions, kept.ended
        return job

    def _begin(self, job: Job) -> None:
        self._jobs[job.check_id] = job
        job.task = asyncio.create_task(self._run(job), name="check")

    async def _run(self, job: Job) -> None:
        forget_caller()
        steps: Steps | None = None
        try:
            steps = job.asked.begin(self._service.checker)
            await self._follow(job, steps)
        except HeadwaterError as error:
            await self._fail(job, error)
        except Exception as error:
            log.error("a check failed", **describe_fault(error))
            await self._fail(job, error)
        finally:
            if steps is not None:
                with suppress(ValueError):  # a thread may still be at the last step
                    steps.close()

    async def _follow(self, job: Job, steps: Steps) -> None:
        versions = await self._service.workers.go_on(lambda: self._versions(job))
        if job.steps and job.versions != versions:
            await self._end(job, INTERRUPTED)
            return
        job.versions, job.state = versions, RUNNING
        if job.is_saved and not await asyncio.to_thread(self._saved.begin, job.check_id, versions, self._holder):
            return
        number = 0
        while True:
            made = await self._service.workers.go_on(lambda: self._next(steps))
            if made is None:
                return
            is_rest, body = made
            if is_rest:
                job.rest = body
                await self._end(job, DONE)
                self._note(job)
                return
            number += 1
            if number > len(job.steps) and not await self._keep(job, number, body):
                return

    def _versions(self, job: Job) -> Json:
        corpus = self._service.store.revision() if job.asked.source is None else ""
        return {"service": __version__, "rules": RULE_VERSION, "model": self._service.model_id, "corpus": corpus}

    def _next(self, steps: Steps) -> tuple[bool, Json] | None:
        step = next(steps, None)
        if step is None:
            return None
        if isinstance(step, CheckReport):
            return True, rest_to_json(step)
        return False, step_to_json(step, self._rows)

    async def _keep(self, job: Job, number: int, body: Json) -> bool:
        """Store a step and tell it; say whether to go on."""
        if job.is_saved:
            is_ours = await asyncio.to_thread(self._saved.add_step, job.check_id, number, body, self._holder)
            if not is_ours:  # deleted, cancelled or taken over by another process
                await self._tell(job, CANCELLED)
                return False
        job.steps.append(body)
        await self._tell(job, job.state)
        return True

    async def _fail(self, job: Job, error: Exception) -> None:
        problem = problem_of(error)
        job.problem = {
            "type": problem.type,
            "title": problem.title,
            "status": problem.status,
            "detail": detail_of(error),
        }
        await self._end(job, FAILED)

    async def _end(self, job: Job, state: str) -> None:
        job.ended = datetime.now(UTC)
        if not job.is_saved:
            job.expires = job.ended + timedelta(seconds=KEPT_SECONDS)
        if job.is_saved and state != CANCELLED:
            rest, problem = job.rest or None, job.problem or None
            with suppress(HeadwaterError):  # it stays unfinished, and is gone on with when the database is back
                await asyncio.to_thread(
                    lambda: self._saved.end(job.check_id, state, self._holder, rest=rest, problem=problem)
                )
        await self._tell(job, state)

    async def _tell(self, job: Job, state: str) -> None:
        async with job.changed:
            job.state = state
            job.changed.notify_all()

    def _note(self, job: Job) -> None:
        texts = {"text": job.asked.article.text}
        if job.asked.source is not None:
            texts["source"] = job.asked.source.text
        self._service.note_checked(sum(len(step["claims"]) for step in job.steps), **texts)

    def _forget(self) -> None:
        now = datetime.now(UTC)
        over = [job for job in self._jobs.values() if job.is_over]
        expired = [job for job in over if job.is_saved or job.expires <= now]
        crowded = [job for job in over if job not in expired][: max(0, len(self._jobs) - len(expired) - MOST_JOBS)]
        for job in (*expired, *crowded):
            self._jobs.pop(job.check_id, None)
