"""The schedule on a real database: once however many processes, whatever the clock and the jobs do."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
from sqlalchemy import RowMapping

from bot.delivery.schedule import MARK, Job, Schedule
from bot.domain import clock
from bot.domain.clock import now
from bot.domain.recurring import Every
from storage import jobs
from storage.database import Database

HOUR = dt.timedelta(hours=1)
HOURLY = Every(HOUR)


class Work:
    """Counts its runs; may be made to wait or to fail."""

    def __init__(self) -> None:
        self.runs = 0
        self.at_once = 0
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()
        self.fault: Exception | None = None
        self._begun = asyncio.Condition()

    async def __call__(self) -> dict[str, int]:
        self.runs += 1
        self.at_once += 1
        async with self._begun:
            self._begun.notify_all()
        try:
            assert self.at_once == 1
            await self.may_go_on.wait()
            if self.fault is not None:
                raise self.fault
        finally:
            self.at_once -= 1
        return {"runs": self.runs}

    async def begun(self, times: int) -> None:
        async with self._begun:
            await self._begun.wait_for(lambda: self.runs >= times)


@asynccontextmanager
async def scheduled(database: Database, runner: str = "one", **works: Work) -> AsyncIterator[asyncio.Event]:
    """A process whose schedule runs these jobs hourly; the event stops it."""
    stop = asyncio.Event()
    schedule = Schedule(database, [Job(name, HOURLY, work) for name, work in works.items()], runner)
    async with asyncio.TaskGroup() as group:
        group.create_task(schedule.run(stop))
        yield stop
        stop.set()


async def row(database: Database, name: str) -> RowMapping:
    return (await database.read(jobs.listed))[name]


async def until(database: Database, name: str, holds: Callable[[RowMapping], bool]) -> RowMapping:
    """The row once it is so; other tasks go on between two looks."""
    while True:
        found = (await database.read(jobs.listed)).get(name)
        if found is not None and holds(found):
            return found
        await asyncio.sleep(0.01)


def _has_run(times: int, row: RowMapping) -> bool:
    return bool(row["outcome"] == {"runs": times})


@pytest.fixture
def pass_time() -> Iterator[Callable[[dt.timedelta], None]]:
    """Moves the clock, and back after the test."""
    before = clock._shifted
    yield clock.shift
    clock.shift(before - clock._shifted)


async def claimed(database: Database, runner: str, at: dt.datetime) -> bool:
    claim = partial(jobs.claim, name="tidy", runner=runner, at=at, until=at + MARK, latest=at + 2 * MARK)
    return await database.write(claim)


async def test_what_it_did_is_written_down(database: Database) -> None:
    async with scheduled(database, tidy=Work()):
        found = await until(database, "tidy", lambda row: row["finished_at"] is not None)
    assert found["outcome"] == {"runs": 1}
    assert (found["failure"], found["runner"], found["runs_until"]) == (None, None, None)
    assert found["next_at"] == found["finished_at"] + HOUR


async def test_two_processes_run_it_once(database: Database, url: str) -> None:
    other = Database(url)
    work, marker = Work(), Work()
    async with scheduled(database, "one", tidy=work), scheduled(other, "two", tidy=work, marker=marker):
        await marker.begun(1)
        await until(database, "tidy", lambda row: row["finished_at"] is not None)
    await other.close()
    assert work.runs == 1


async def test_a_failed_job_disturbs_nobody_and_is_tried_next_time(
    database: Database, pass_time: Callable[[dt.timedelta], None], caplog: pytest.LogCaptureFixture
) -> None:
    failing, other = Work(), Work()
    failing.fault = ValueError("what a person wrote")
    async with scheduled(database, failing=failing, other=other):
        found = await until(database, "failing", lambda row: row["failure"] is not None)
        await until(database, "other", lambda row: row["finished_at"] is not None)
        assert (found["failure"], found["outcome"]) == ("ValueError", None)
        assert "job failing failed" in caplog.text
        failing.fault = None
        pass_time(HOUR)
        found = await until(database, "failing", lambda row: row["failure"] is None)
    assert found["outcome"] == {"runs": 2}


async def test_a_long_job_holds_up_no_other_and_runs_once_at_a_time(
    database: Database, pass_time: Callable[[dt.timedelta], None]
) -> None:
    slow, quick = Work(), Work()
    slow.may_go_on.clear()
    async with scheduled(database, slow=slow, quick=quick):
        await slow.begun(1)
        for runs in (1, 2, 3):
            await until(database, "quick", partial(_has_run, runs))
            pass_time(HOUR)
        await quick.begun(4)
        held = await until(database, "slow", lambda row: row["runs_until"] > now())  # renewed
        assert held["runner"] == "one"
        assert slow.runs == 1
        slow.may_go_on.set()
        await until(database, "slow", lambda row: row["finished_at"] is not None)


async def test_who_stops_leaves_the_job_for_the_next_start(database: Database) -> None:
    work = Work()
    work.may_go_on.clear()
    async with scheduled(database, tidy=work) as stop:
        await work.begun(1)
        stop.set()
    left = await row(database, "tidy")
    assert (left["runner"], left["finished_at"]) == (None, None)
    work.may_go_on.set()
    async with scheduled(database, "two", tidy=work):
        await work.begun(2)


async def test_after_hours_of_downtime_it_runs_once(
    database: Database, pass_time: Callable[[dt.timedelta], None]
) -> None:
    work, marker = Work(), Work()
    async with scheduled(database, tidy=work):
        await until(database, "tidy", lambda row: row["finished_at"] is not None)
    pass_time(10 * HOUR)
    async with scheduled(database, tidy=work, marker=marker):
        await work.begun(2)
        found = await until(database, "tidy", lambda row: row["outcome"] == {"runs": 2})
        await marker.begun(1)
        pass_time(HOUR / 2)
        await marker.begun(1)
    assert work.runs == 2
    assert found["next_at"] > now()


async def test_a_clock_that_is_put_back_delays_nothing(
    database: Database, pass_time: Callable[[dt.timedelta], None]
) -> None:
    work = Work()
    async with scheduled(database, tidy=work):
        await until(database, "tidy", lambda row: row["finished_at"] is not None)
        pass_time(-10 * HOUR)
        await until(database, "tidy", lambda row: row["next_at"] <= now() + HOUR + 2 * MARK)
        assert work.runs == 1
        pass_time(HOUR + 2 * MARK)
        await work.begun(2)


async def test_a_small_correction_of_the_clock_changes_nothing(database: Database) -> None:
    schedule = Schedule(database, [job := Job("tidy", HOURLY, Work())], "one")
    at = now()
    await database.write(partial(jobs.add, names=["tidy"], at=at + HOUR))
    await schedule._mind_the_clock(job, await row(database, "tidy"), at - dt.timedelta(seconds=30))
    assert (await row(database, "tidy"))["next_at"] == at + HOUR


@pytest.mark.parametrize(
    ("moment", "free"),
    [
        (dt.timedelta(), False),
        (MARK, False),
        (MARK + dt.timedelta(seconds=1), True),  # nobody renewed the mark: the runner has died
        (-10 * HOUR, False),  # not due yet by that clock
    ],
)
async def test_who_runs_a_job_has_it_while_the_mark_counts(
    database: Database, moment: dt.timedelta, free: bool
) -> None:
    at = now()
    await database.write(partial(jobs.add, names=["tidy"], at=at))
    assert await claimed(database, "one", at)
    assert await claimed(database, "two", at + moment) is free


async def test_a_mark_of_a_clock_that_was_put_back_does_not_count(database: Database) -> None:
    at = now()
    await database.write(partial(jobs.add, names=["tidy"], at=at))
    later = at + 10 * HOUR
    assert await claimed(database, "one", later)
    assert await claimed(database, "two", at)
    assert not await database.write(partial(jobs.renew, name="tidy", runner="one", until=later + MARK))


async def test_who_was_relieved_writes_nothing_down(database: Database) -> None:
    at = now()
    await database.write(partial(jobs.add, names=["tidy"], at=at))
    await claimed(database, "one", at)
    await claimed(database, "two", at + 2 * MARK)
    finish = partial(jobs.finish, at=at, next_at=at + HOUR, seconds=1.0, outcome={}, failure=None)
    await database.write(partial(finish, name="tidy", runner="one"))
    await database.write(partial(jobs.leave, name="tidy", runner="one"))
    assert (await row(database, "tidy"))["runner"] == "two"


async def test_a_runner_that_was_relieved_stops(
    database: Database, pass_time: Callable[[dt.timedelta], None]
) -> None:
    work = Work()
    work.may_go_on.clear()
    async with scheduled(database, tidy=work):
        await work.begun(1)
        assert await claimed(database, "two", now() + 2 * MARK)
        pass_time(MARK)
        while work.at_once:  # noqa: ASYNC110 - it is cancelled at a tick
            await asyncio.sleep(0)
    assert (await row(database, "tidy"))["runner"] == "two"


async def test_a_job_is_brought_forward_once(database: Database) -> None:
    at = now()
    forward: Callable[..., Awaitable[bool]] = lambda name: database.write(  # noqa: E731
        partial(jobs.bring_forward, name=name, at=at)
    )
    await database.write(partial(jobs.add, names=["tidy"], at=at + HOUR))
    assert await forward("tidy")
    assert not await forward("tidy")
    assert not await forward("unknown")
