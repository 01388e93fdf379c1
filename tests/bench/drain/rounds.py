"""What a look at the outbox costs, by the number of rows that wait in it."""

import re
import statistics
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, event, update

from bot.delivery.pace import Limits
from bot.domain.clock import now
from storage import outbox
from storage.database import Database
from storage.migrate import upgrade
from storage.outbox import State
from storage.tables import outbox as outbox_table
from tests.bench.drain.draining import fill
from tests.mailing import FIRST_ACCOUNT

LOOKS = 200
_INDEXES = re.compile(r"USING (?:COVERING )?(?:INDEX )?(INTEGER PRIMARY KEY|\w+)")


@dataclass(frozen=True, slots=True)
class Looks:
    """Medians, ms, at the default limits: with all rows waiting, and with all but a few of them sent."""

    rows: int
    fill_seconds: float
    megabytes: float  # the file
    due_ms: float
    settled_due_ms: float
    indexes: list[str]  # that the statement goes by


async def looks(rows: int) -> Looks:
    with TemporaryDirectory(prefix="marshrut-looks-") as name:
        file = Path(name) / "bench.db"
        url = f"sqlite+aiosqlite:///{file}"
        upgrade(url)
        begun = time.perf_counter()
        await fill(url, rows)
        seconds = time.perf_counter() - begun
        database = Database(url)
        due = await database.read(_look)
        used = await database.read(_indexes)
        await database.write(partial(_settle, left=100))
        settled = await database.read(_look)
        await database.close()
        return Looks(rows, seconds, file.stat().st_size / 1024**2, due, settled, used)


def _look(connection: Connection) -> float:
    limits = Limits()
    busy = [FIRST_ACCOUNT + number for number in range(limits.per_second)]
    taken = []
    for _ in range(LOOKS):
        begun = time.perf_counter()
        found = outbox.due(connection, now(), busy, limits.in_flight)
        taken.append(time.perf_counter() - begun)
        assert len(found) == limits.in_flight
    return statistics.median(taken) * 1000


def _indexes(connection: Connection) -> list[str]:
    """The indexes in SQLite's plan for a look."""
    asked: list[tuple[str, object]] = []

    def listen(_: object, __: object, statement: str, parameters: object, *___: object) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", listen)
    outbox.due(connection, now(), [], 1)
    event.remove(connection, "before_cursor_execute", listen)
    statement, parameters = asked[-1]  # a BEGIN may come before it
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]  # as the driver had them
    steps = [row.detail for row in plan if row.detail.startswith(("SEARCH", "SCAN"))]
    return list(dict.fromkeys(found[1] if (found := _INDEXES.search(step)) else step for step in steps))


def _settle(connection: Connection, left: int) -> None:
    """All but so many have been sent."""
    sent = {"state": State.SENT.value, "settled_at": now()}
    last = connection.exec_driver_sql("SELECT max(id) FROM outbox").scalar_one()
    connection.execute(update(outbox_table).where(outbox_table.c.id <= last - left).values(sent))
