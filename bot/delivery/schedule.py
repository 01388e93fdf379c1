"""The schedule: what is to be done now and then, once however many processes there are.

APScheduler only ticks, in memory. What is due is decided from rows: a job is claimed by a conditional
update, so one process has it; its mark is renewed while it runs, and a process that died over it is relieved.
The next time is reckoned from now: after downtime a job runs once, not once for every time that was missed.
"""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Connection, RowMapping

from bot.domain.clock import now
from bot.domain.recurring import Recurring
from storage import jobs
from storage.database import Database, Unavailable, reason

logger = logging.getLogger(__name__)

TICK_SECONDS = 1
PATIENCE_SECONDS = 5
"""APScheduler goes by the wall clock: put back by an hour, it would not tick for so long. Then this does."""

MARK = dt.timedelta(seconds=60)
"""How long a runner's mark counts; it is renewed when two thirds of it are left."""

SLACK = dt.timedelta(minutes=1)
"""Clocks are corrected by a little all the time: that is no reason to run anything anew."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do now and then; twice does no harm. `work` returns what it did, counted by name."""

    name: str
    recurring: Recurring
    work: Callable[[], Awaitable[Mapping[str, int]]]


class Schedule:
    """Runs jobs until it is told to stop. `runner` names the process."""

    def __init__(self, database: Database, listed: Sequence[Job], runner: str) -> None:
        self._database = database
        self._jobs = listed
        self._runner = runner
        self._running: dict[str, asyncio.Task[None]] = {}
        self._ticked = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Run what is due, side by side, until `stop` is set; what runs then is left for the next start."""
        async with asyncio.TaskGroup() as group:
            looking = group.create_task(self._look_again_and_again(group))
            await stop.wait()
            looking.cancel()
            for task in self._running.values():
                task.cancel()

    async def _look_again_and_again(self, group: asyncio.TaskGroup) -> None:
        ticking = AsyncIOScheduler(
            timezone=dt.UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        ticking.add_job(self._tick, "interval", seconds=TICK_SECONDS)
        ticking.start()
        try:
            await self._until_reached(partial(jobs.add, names=[job.name for job in self._jobs], at=now()))
            while True:
                try:
                    await self._look(group)
                except Unavailable as error:
                    logger.warning("the schedule cannot be read: %s", reason(error))
                self._ticked.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(PATIENCE_SECONDS):
                        await self._ticked.wait()
        finally:
            ticking.shutdown(wait=False)

    async def _tick(self) -> None:
        self._ticked.set()

    async def _until_reached(self, work: Callable[[Connection], object]) -> None:
        while True:
            try:
                await self._database.write(work)
            except Unavailable as error:
                logger.warning("the schedule cannot be kept: %s", reason(error))
                await asyncio.sleep(TICK_SECONDS)
            else:
                return

    async def _look(self, group: asyncio.TaskGroup) -> None:
        """Begin what is due, renew the marks of what runs. Mostly there is nothing to write."""
        at = now()
        rows = await self._database.read(jobs.listed)
        for job in self._jobs:
            row = rows.get(job.name)
            if job.name in self._running:
                if row is None or _mark_wears_off(row, at):
                    await self._renew(job, at)
            elif row is not None and row["next_at"] > at:
                await self._mind_the_clock(job, row, at)
            elif row is not None and await self._claimed(job, at):
                task = group.create_task(self._do(job))
                self._running[job.name] = task
                task.add_done_callback(partial(self._done, job.name))

    def _done(self, name: str, _: asyncio.Task[None]) -> None:
        del self._running[name]

    async def _claimed(self, job: Job, at: dt.datetime) -> bool:
        claim = partial(
            jobs.claim, name=job.name, runner=self._runner, at=at, until=at + MARK, latest=at + 2 * MARK
        )
        return await self._database.write(claim)

    async def _renew(self, job: Job, at: dt.datetime) -> None:
        kept = await self._database.write(
            partial(jobs.renew, name=job.name, runner=self._runner, until=at + MARK)
        )
        running = self._running.get(job.name)  # it may have come to its end meanwhile
        if not kept and running is not None:
            logger.warning("job %s is left: another process is at it", job.name)
            running.cancel()

    async def _mind_the_clock(self, job: Job, row: RowMapping, at: dt.datetime) -> None:
        """After the clock was put back the next time would be too far away."""
        latest = job.recurring.after(at + SLACK)
        if row["next_at"] > latest:
            await self._database.write(partial(jobs.bring_forward, name=job.name, at=latest))

    async def _do(self, job: Job) -> None:
        """One run, to its end. Its faults are its own: the others go on."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        outcome: Mapping[str, int] | None = None
        failure = None
        try:
            outcome = await job.work()
        except asyncio.CancelledError:
            await self._kept(partial(jobs.leave, name=job.name, runner=self._runner))
            raise
        except Exception as error:
            failure = type(error).__name__  # its words may hold what people wrote
            logger.exception("job %s failed", job.name)
        else:
            logger.log(_loud(outcome), "job %s: %s", job.name, dict(outcome))
        at = now()
        finish = partial(
            jobs.finish,
            name=job.name,
            runner=self._runner,
            at=at,
            next_at=job.recurring.after(at),
            seconds=loop.time() - start,
            outcome=outcome,
            failure=failure,
        )
        await self._kept(finish)

    async def _kept(self, change: Callable[[Connection], object]) -> None:
        """Write it down; if that fails, the mark wears off and the job is done again."""
        try:
            await self._database.write(change)
        except Unavailable as error:
            logger.warning("the end of a job was not kept: %s", reason(error))


def _loud(outcome: Mapping[str, int]) -> int:
    """A job that found nothing to do is no news."""
    return logging.INFO if any(outcome.values()) else logging.DEBUG


def _mark_wears_off(row: RowMapping, at: dt.datetime) -> bool:
    until = row["runs_until"]
    return until is None or not at + MARK * 2 / 3 <= until <= at + MARK
