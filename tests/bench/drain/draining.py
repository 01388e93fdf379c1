"""A bot that drains its outbox into the sandbox, each in a process of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection

from storage.database import Database
from tests.bench.processes import Measured, Server, measured, serving
from tests.bench.scenarios import environment
from tests.mailing import add_campaign, add_messages

POST_OFFICE = "tests.bench.drain.post_office"
NO_LIMIT = {"SENDS_PER_SECOND": "1000000"}
PORTION = 50_000  # rows added at once
LOOK_SECONDS = 0.1
STALLED_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Drained:
    """What came of draining messages: of one fresh process."""

    messages: int
    per_second: float
    refused: int  # for haste
    cpu_ms: float  # processor time of the sender per message
    peak_mb: float


@asynccontextmanager
async def post_office(accounts: int, *, flood: bool = False) -> AsyncIterator[Server]:
    async with serving(POST_OFFICE, str(accounts), *(["flood"] if flood else [])) as server:
        yield server


async def drain(messages: int, rows: int, settings: dict[str, str], *, flood: bool = False) -> Drained:
    """`python -m bot run` sends the first messages of so many rows."""
    with TemporaryDirectory(prefix="marshrut-drain-") as name:
        folder = Path(name)
        # what is on its way when there were enough finds its account too
        async with post_office(messages + 1000, flood=flood) as server:
            bot = await environment(server.url, folder)
            await fill(bot["DATABASE_URL"], rows)
            async with measured(("-m", "bot", "run"), bot | settings, folder / "log") as process:
                return await _timed(server, process, messages)


async def loop(messages: int) -> Drained:
    """The anchor sends as many."""
    with TemporaryDirectory(prefix="marshrut-drain-") as name:
        async with post_office(messages) as server:
            module = ("-m", "tests.bench.drain.bare_loop", server.url, str(messages))
            async with measured(module, {}, Path(name) / "log") as process:
                return await _timed(server, process, messages)


async def fill(url: str, rows: int) -> None:
    """So many messages of a campaign wait in the outbox."""
    database = Database(url)
    campaign = await database.write(add_campaign)
    for first in range(0, rows, PORTION):

        def add(connection: Connection, first: int = first) -> None:
            add_messages(connection, campaign, first, min(first + PORTION, rows))

        await database.write(add)
    await database.close()


async def _timed(server: Server, process: Measured, messages: int) -> Drained:
    begun = await _come_to(server, 1)
    cpu = process.cpu_seconds()
    timings = await _come_to(server, messages)
    return Drained(
        messages=timings["sent"],
        per_second=(timings["sent"] - 1) / (timings["last"] - timings["first"]),
        refused=timings["refused"],
        cpu_ms=(process.cpu_seconds() - cpu) / (timings["sent"] - begun["sent"]) * 1000,
        peak_mb=process.peak_megabytes(),
    )


async def _come_to(server: Server, messages: int) -> dict[str, Any]:
    """What the server has timed when so many messages have come. Raises TimeoutError if it stalls."""
    timings = await server.timings()
    while timings["sent"] < messages:
        before = timings["sent"]
        async with asyncio.timeout(STALLED_SECONDS):
            while timings["sent"] == before:
                await asyncio.sleep(LOOK_SECONDS)
                timings = await server.timings()
    return timings
