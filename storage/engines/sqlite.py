"""SQLite: reads on snapshots, writes one after another.

Work is run whole on a thread of the database: one hop between threads for a transaction, not one for every
statement (measured: a third of the processor time of the same statements through aiosqlite).

SQLite loses concurrent increments in silence when transactions begin deferred, so all writes go through one
connection with BEGIN IMMEDIATE. Writes that wait while another is being committed share the next commit, and
so one flush to the disk.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from storage.engines.common import OPTIONS, Result, Work

READERS = 2


class _Waiting(NamedTuple):
    work: Work[Any]
    done: asyncio.Future[Any]


class SqliteFile:
    """Reads and writes of one file."""

    def __init__(self, address: URL) -> None:
        make_folder(address)
        self._write_engine = sqlite_engine(address, "PRAGMA synchronous=FULL")
        self._read_engine = sqlite_engine(address, "PRAGMA query_only=ON")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="database-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="database-reader")
        self._waiting: list[_Waiting] = []
        self._writing = False
        self._idle = asyncio.Event()
        self._idle.set()

    async def read(self, work: Work[Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    async def write(self, work: Work[Result]) -> Result:
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(work, done))
        if not self._writing:
            self._commit_waiting()
        return await done

    async def close(self) -> None:
        await self._idle.wait()
        await asyncio.to_thread(self._writer.shutdown)
        await asyncio.to_thread(self._readers.shutdown)
        self._write_engine.dispose()
        self._read_engine.dispose()

    def _read(self, work: Work[Result]) -> Result:
        with self._read_engine.connect() as connection:
            return work(connection)

    def _commit_waiting(self) -> None:
        batch, self._waiting = self._waiting, []
        self._writing = True
        self._idle.clear()
        loop = asyncio.get_running_loop()
        running = loop.run_in_executor(self._writer, self._commit, [waiting.work for waiting in batch])
        running.add_done_callback(lambda future: self._committed(batch, future))

    def _committed(self, batch: list[_Waiting], future: asyncio.Future[list[Any]]) -> None:
        self._writing = False
        if self._waiting:
            self._commit_waiting()
        else:
            self._idle.set()
        for waiting, outcome in zip(batch, future.result(), strict=True):
            if waiting.done.cancelled():
                continue
            if isinstance(outcome, BaseException):
                waiting.done.set_exception(outcome)
            else:
                waiting.done.set_result(outcome)

    def _commit(self, batch: Sequence[Work[Any]]) -> list[Any]:
        """All of the batch in one transaction; if any of it fails, each in a transaction of its own."""
        if len(batch) > 1:
            begun = False
            try:
                with self._write_engine.begin() as connection:
                    begun = True
                    return [work(connection) for work in batch]
            except Exception as error:
                if not begun:  # the file is held by another process: one wait is enough for all
                    return [error] * len(batch)
                # else found again below, by whose work it is
        return [self._commit_alone(work) for work in batch]

    def _commit_alone(self, work: Work[Any]) -> Any:
        try:
            with self._write_engine.begin() as connection:
                return work(connection)
        except Exception as error:
            return error


def run_alone(address: URL, work: Work[None]) -> None:
    """Run work in one transaction, without an event loop; a second process waits until it is through."""
    make_folder(address)
    engine = sqlite_engine(address)
    try:
        with engine.begin() as connection:
            work(connection)
    finally:
        engine.dispose()


def make_folder(address: URL) -> None:
    """A file is made by SQLite, its folder is not."""
    if address.database not in (None, "", ":memory:"):
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)


def sqlite_engine(address: URL, *pragmas: str) -> Engine:
    """An engine whose transactions begin where ours do: pragmas are run on every new connection."""
    engine = create_engine(address, connect_args={"timeout": 30}, **OPTIONS)

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours: the driver's own begins too late
        for pragma in ("PRAGMA journal_mode=WAL", "PRAGMA foreign_keys=ON", *pragmas):
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if "PRAGMA query_only=ON" in pragmas else "BEGIN IMMEDIATE")

    return engine
