"""What is SQLite's own: the file, its lock, its flushing."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import Database, Unavailable, database_address
from tests.databases import SqliteFiles
from tests.storage.work import increment, make_tables


@pytest.fixture
def url(sqlite_files: SqliteFiles, tmp_path: Path) -> str:
    return sqlite_files.migrated(tmp_path)


@pytest.fixture
async def tables(database: Database) -> Database:
    await database.write(make_tables)
    return database


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)]
)
async def test_the_writer_survives_a_power_cut(database: Database, pragma: str, value: object) -> None:
    assert await database.write(lambda c: c.exec_driver_sql(f"PRAGMA {pragma}").scalar()) == value


async def test_while_another_process_holds_the_file_all_fail_together(tables: Database, url: str) -> None:
    """Whoever waits for the same commit hears of the lock at once, not one after another."""
    await tables.write(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout = 20").close())
    with closing(sqlite3.connect(str(database_address(url).database), isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        first = asyncio.gather(tables.write(increment), return_exceptions=True)
        together = asyncio.gather(*(tables.write(increment) for _ in range(20)), return_exceptions=True)
        failures = [*await first, *await together]
        holder.execute("ROLLBACK")
    assert all(isinstance(failure, Unavailable) for failure in failures)
    assert len({id(failure) for failure in failures[1:]}) == 1
    assert await tables.write(increment) == 1
