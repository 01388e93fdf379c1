"""PostgreSQL: reads on snapshots, writes at the same time, each in a transaction of its own.

Writes are REPEATABLE READ: whatever a transaction decides on is one moment, and if a row that it changes was
changed since then, the server refuses and the work is run again on a new moment. So "read, decide, write" on
one row loses nothing, as with the single writer of SQLite. READ COMMITTED would lose it in silence;
SERIALIZABLE would also watch what was only read, but it watches pages, and in the inbox neighbours share
them: nearly every pair of updates handled at once would collide for nothing. What must hold across rows is
held by unique keys, by changing a row that all who compete change, or by `storage.dialects.alone`.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.engines.common import OPTIONS, Result, Unavailable, Work

CONNECTIONS = 10
"""Of one process: more wait for processor time here, not for the server."""

CONNECT_SECONDS = 10
STATEMENT_SECONDS = 60
"""Longer than any statement here takes; shorter than a network that swallows packets would hold us."""

COLLISIONS = ("40001", "40P01")
"""Serialization failure and deadlock: another transaction came through, the work may be run again."""

UNIQUE = "23505"

AWAY = ("08", "28", "3D", "40", "53", "55", "57", "58")
"""Classes of SQLSTATE that say nothing about the statement: no connection, not let in, no such database,
collided, out of resources, held by somebody, being shut down, trouble with the disk."""

MIGRATION_LOCK = 7_201_126
"""Any number that no other program on the same server uses for its locks."""


class PostgresqlServer:
    """Reads and writes of one database of a server."""

    def __init__(self, address: URL) -> None:
        self._engine = postgresql_engine(
            address,
            isolation_level="REPEATABLE READ",
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_use_lifo=True,  # what is idle for long may be closed by the server
        )
        self._snapshots = self._engine.execution_options(postgresql_readonly=True)
        self._rerun = asyncio.Lock()
        self._writing = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def read(self, work: Work[Result]) -> Result:
        with unavailability_told():
            async with self._snapshots.connect() as connection:
                return await connection.run_sync(work)

    async def write(self, work: Work[Result]) -> Result:
        self._writing += 1
        self._idle.clear()
        try:
            with unavailability_told():
                return await self._write(work)
        finally:
            self._writing -= 1
            if not self._writing:
                self._idle.set()

    async def close(self) -> None:
        await self._idle.wait()
        await self._engine.dispose()

    async def _write(self, work: Work[Result]) -> Result:
        try:
            return await self._once(work)
        except DBAPIError as error:
            # a key that was free when the work looked may have been taken since: looking again will tell
            if _state(error) not in (*COLLISIONS, UNIQUE):
                raise
        # one at a time: those that collided do not collide with each other again
        async with self._rerun:
            while True:  # each failure means that another transaction came through
                try:
                    return await self._once(work)
                except DBAPIError as error:
                    if _state(error) not in COLLISIONS:
                        raise

    async def _once(self, work: Work[Result]) -> Result:
        async with self._engine.begin() as connection:
            return await connection.run_sync(work)


def postgresql_engine(
    address: URL, statement_seconds: float | None = STATEMENT_SECONDS, **options: Any
) -> AsyncEngine:
    """An engine as everything here wants it."""
    arguments = {
        "timeout": CONNECT_SECONDS,
        "command_timeout": statement_seconds,
        "server_settings": {"application_name": "marshrut", "jit": "off"},  # no query here is long enough
    }
    return create_async_engine(address, connect_args=arguments, **OPTIONS, **options)


def run_alone(address: URL, work: Work[None]) -> None:
    """Run work in one transaction, without an event loop; a second process waits until it is through."""
    with unavailability_told():
        asyncio.run(_run_alone(address, work))


async def _run_alone(address: URL, work: Work[None]) -> None:
    # whoever has waited must see what the first has done: so no snapshot from before
    engine = postgresql_engine(address, None, isolation_level="READ COMMITTED", poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
            await connection.run_sync(work)
    finally:
        await engine.dispose()


@contextmanager
def unavailability_told() -> Iterator[None]:
    """The many ways in which asyncpg says that the server is not there become the one of the DB-API."""
    try:
        yield
    except (OSError, PoolTimeoutError) as error:  # also TimeoutError, refused, unknown host
        raise Unavailable(None, None, error) from error
    except DBAPIError as error:
        if not (error.connection_invalidated or _state(error).startswith(AWAY)):
            raise
        raise Unavailable(None, None, _cause(error)) from error


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _cause(error: DBAPIError) -> BaseException:
    """What asyncpg raised: its text is the server's own, without the names of classes."""
    driver = error.orig
    return (driver.__cause__ if driver else None) or driver or error
