"""How soon a person is answered who presses a button: alone, while a campaign is queued, while it drains."""

import asyncio
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
from sqlalchemy import Connection, select

from storage.campaigns import EVERYBODY
from storage.database import Database
from storage.tables import campaigns
from tests.bench.drain.draining import PORTION, post_office
from tests.bench.people import Crowd
from tests.bench.processes import Server, first_poll, measured
from tests.bench.scenarios import DURABLE, GROUP, environment
from tests.mailing import add_campaign, add_recipients, read_until

PEOPLE = 6
PAUSE = 0.4  # seconds between a press and the next, so that the presses are no load of their own
PRESSES_PER_SECOND = PEOPLE / PAUSE
WARM_UP = 60  # presses
REACHABLE = 10_000
"""So many accounts does the sandbox know: more than the first minutes of a campaign reach."""


@dataclass(frozen=True, slots=True)
class Latencies:
    """Milliseconds from a press to the edited message, both as the server sees them."""

    presses: int
    median: float
    p99: float
    longest: float


@dataclass(frozen=True, slots=True)
class Answered:
    """Of one process."""

    alone: Latencies
    queueing: Latencies
    draining: Latencies
    queued_in: float  # seconds
    sent_per_second: float  # while draining


async def answered(recipients: int, seconds: float) -> Answered:
    """People press for so many seconds without a campaign, and as long while it drains."""
    with TemporaryDirectory(prefix="marshrut-latency-") as name:
        folder = Path(name)
        async with post_office(REACHABLE) as server:
            bot = await environment(server.url, folder)
            database = Database(bot["DATABASE_URL"])
            college = await _people(database, recipients)
            async with measured(("-m", "bot", "run"), bot, folder / "log"):
                found = await _phases(server, database, college, seconds)
            await database.close()
            return found


async def _phases(server: Server, database: Database, college: int, seconds: float) -> Answered:
    await first_poll(server)
    presses = round(seconds * PRESSES_PER_SECOND)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        crowd = Crowd(session, server.url, DURABLE.begin, DURABLE.step)
        await crowd.gather(PEOPLE + (WARM_UP + 4 * presses) // (DURABLE.steps_each or 1))
        await crowd.act(WARM_UP, PEOPLE, PAUSE)
        await _timed(server)
        await crowd.act(presses, PEOPLE, PAUSE)
        alone = await _timed(server)
        async with asyncio.TaskGroup() as group:
            pressing = group.create_task(crowd.act(3 * presses, PEOPLE, PAUSE))
            queued_in, queueing = await _queued(server, database, college)
            before = await server.timings()
            await asyncio.sleep(seconds)
            after = await server.timings()
            pressing.cancel()
    rate = (after["sent"] - before["sent"]) / seconds
    return Answered(alone, queueing, _latencies(after["latencies"]), queued_in, rate)


async def _queued(server: Server, database: Database, college: int) -> tuple[float, Latencies]:
    """A campaign begins; how long it takes until all its messages are in the outbox."""
    campaign = await database.write(partial(add_campaign, organisation_id=college, queued_to=0))
    queued_to = select(campaigns.c.queued_to).where(campaigns.c.id == campaign)

    def look(connection: Connection) -> int:
        return int(connection.execute(queued_to).scalar_one())

    await read_until(database, look, lambda queued_to: queued_to > 0)
    await server.timings()
    begun = asyncio.get_running_loop().time()
    await read_until(database, look, lambda queued_to: queued_to == EVERYBODY)
    return asyncio.get_running_loop().time() - begun, await _timed(server)


async def _people(database: Database, count: int) -> int:
    """The id of their college."""
    college = 0
    for first in range(0, count, PORTION):
        last = min(first + PORTION, count)
        college = await database.write(
            partial(add_recipients, organisation=GROUP.organisation_code, first=first, last=last)
        )
    return college


async def _timed(server: Server) -> Latencies:
    return _latencies((await server.timings())["latencies"])


def _latencies(seconds: Sequence[float]) -> Latencies:
    found = sorted(1000 * one for one in seconds)
    p99 = found[min(len(found) - 1, round(len(found) * 0.99))]
    return Latencies(len(found), statistics.median(found), p99, found[-1])
