"""One writer, many readers, on a real file."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.database import Database, DatabaseUrlError, sqlite_address
from tests.storage.work import Add, Held, count, fail, held_writer, increment, make_tables, words


@pytest.fixture
async def tables(database: Database) -> Database:
    """The database with one number in it, and a table of words."""
    await database.write(make_tables)
    return database


@pytest.fixture
async def another(url: str) -> AsyncIterator[Database]:
    """The same file as another process has it open."""
    another = Database(url)
    yield another
    await another.close()


async def test_no_concurrent_increment_is_lost(tables: Database) -> None:
    reached = await asyncio.gather(*(tables.write(increment) for _ in range(320)))
    assert sorted(reached) == list(range(1, 321))
    assert await tables.read(count) == 320


async def test_no_increment_of_two_processes_is_lost(tables: Database, another: Database) -> None:
    both = [database.write(increment) for _ in range(160) for database in (tables, another)]
    assert sorted(await asyncio.gather(*both)) == list(range(1, 321))


async def test_failing_work_undoes_itself_and_nothing_else(tables: Database) -> None:
    async with asyncio.TaskGroup() as group:
        held = await held_writer(tables, group)
        together = asyncio.gather(
            tables.write(Add("before")),
            tables.write(fail),
            tables.write(Add("after")),
            tables.write(increment),
            return_exceptions=True,
        )
        await asyncio.sleep(0)  # all of them are queued now
        held.let_go()
        before, failed, after, reached = await together
    assert (before, after, reached) == ("before", "after", 1)
    assert isinstance(failed, LookupError)
    assert await tables.read(words) == {"before", "after"}
    assert await tables.read(count) == 1


async def test_failing_work_alone_undoes_itself(tables: Database) -> None:
    with pytest.raises(LookupError, match="on purpose"):
        await tables.write(fail)
    assert await tables.read(words) == set()
    assert await tables.write(increment) == 1


async def test_a_read_sees_one_moment(tables: Database) -> None:
    looked, written = threading.Event(), threading.Event()

    def look_twice(connection: Connection) -> tuple[int, int]:
        first = count(connection)
        looked.set()
        assert written.wait(30)
        return first, count(connection)

    async with asyncio.TaskGroup() as group:
        looking = group.create_task(tables.read(look_twice))
        assert await asyncio.to_thread(looked.wait, 30)
        assert await tables.write(increment) == 1
        written.set()
    assert looking.result() == (0, 0)
    assert await tables.read(count) == 1


async def test_a_read_does_not_see_what_is_not_committed(tables: Database) -> None:
    held = Held()

    def increment_slowly(connection: Connection) -> None:
        increment(connection)
        held(connection)

    async with asyncio.TaskGroup() as group:
        group.create_task(tables.write(increment_slowly))
        await held.entered()
        assert await tables.read(count) == 0
        held.let_go()
    assert await tables.read(count) == 1


async def test_reads_cannot_write(tables: Database) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        await tables.read(increment)
    assert await tables.read(count) == 0


async def test_foreign_keys_are_watched(database: Database) -> None:
    def orphan(connection: Connection) -> None:
        connection.exec_driver_sql(
            "INSERT INTO groups (organisation_id, code, name, specialty, graduation_year)"
            " VALUES (404, 'a', 'a', '09.02.07', 2027)"
        )

    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        await database.write(orphan)


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)]
)
async def test_the_writer_survives_a_power_cut(database: Database, pragma: str, value: object) -> None:
    assert await database.write(lambda c: c.exec_driver_sql(f"PRAGMA {pragma}").scalar()) == value


async def test_whoever_stops_waiting_harms_nobody(tables: Database) -> None:
    async with asyncio.TaskGroup() as group:
        held = Held()
        running = group.create_task(tables.write(held))
        await held.entered()
        queued = group.create_task(tables.write(Add("left")))
        others = [group.create_task(tables.write(Add(word))) for word in "ab"]
        await asyncio.sleep(0)
        running.cancel()
        queued.cancel()
        await asyncio.wait([running, queued])
        held.let_go()
    assert running.cancelled()
    assert queued.cancelled()
    assert [other.result() for other in others] == ["a", "b"]
    assert {"a", "b"} <= await tables.read(words)
    assert await tables.write(increment) == 1


async def test_closing_waits_for_what_is_being_written_and_for_what_waits(url: str) -> None:
    database = Database(url)
    await database.write(make_tables)
    async with asyncio.TaskGroup() as group:
        held = await held_writer(database, group)
        waiting = [group.create_task(database.write(Add(word))) for word in "abc"]
        await asyncio.sleep(0)
        closing_down = group.create_task(database.close())
        await asyncio.to_thread(int)  # the closing has had time to come as far as it can
        assert not closing_down.done()
        held.let_go()
    assert [task.result() for task in waiting] == ["a", "b", "c"]
    with closing(sqlite3.connect(str(sqlite_address(url).database))) as after:
        assert after.execute("SELECT count(*) FROM words").fetchone() == (3,)


async def test_while_another_process_holds_the_file_all_fail_together(tables: Database, url: str) -> None:
    """Whoever waits for the same commit hears of the lock at once, not one after another."""
    await tables.write(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout = 20").close())
    with closing(sqlite3.connect(str(sqlite_address(url).database), isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        first = asyncio.gather(tables.write(increment), return_exceptions=True)
        together = asyncio.gather(*(tables.write(increment) for _ in range(20)), return_exceptions=True)
        failures = [*await first, *await together]
        holder.execute("ROLLBACK")
    assert all(isinstance(failure, OperationalError) for failure in failures)
    assert len({id(failure) for failure in failures[1:]}) == 1
    assert await tables.write(increment) == 1


@pytest.mark.parametrize("url", ["postgresql+asyncpg://somewhere/db", "no address at all", ""])
def test_only_files_of_sqlite_are_databases(url: str) -> None:
    with pytest.raises(DatabaseUrlError):
        sqlite_address(url)
