"""Reads on snapshots, writes that are whole or not at all, on real databases of both kinds."""

import asyncio
import threading

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.database import Database, DatabaseUrlError, database_address
from tests.databases import wait_in_work
from tests.storage.work import Add, Held, count, fail, held_writer, increment, make_tables, words


@pytest.fixture
async def tables(database: Database) -> Database:
    """The database with one number in it, and a table of words."""
    await database.write(make_tables)
    return database


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
        wait_in_work(written)
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
    with pytest.raises(DBAPIError, match=r"read-?only"):
        await tables.read(increment)
    assert await tables.read(count) == 0


async def test_foreign_keys_are_watched(database: Database) -> None:
    def orphan(connection: Connection) -> None:
        connection.exec_driver_sql(
            "INSERT INTO groups (organisation_id, code, name, specialty, graduation_year)"
            " VALUES (404, 'a', 'a', '09.02.07', 2027)"
        )

    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        await database.write(orphan)


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
    after = Database(url)
    assert await after.read(words) == {"a", "b", "c"}
    await after.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("no address at all", "is not a database address"),
        ("", "is not a database address"),
        ("postgresql+asyncpg://me:secret@host:many/db", "is not a database address"),
        (
            "mysql://me:secret@host/db",
            "sqlite.aiosqlite:///FILE or postgresql.asyncpg://USER:PASSWORD@HOST/NAME",
        ),
        ("postgresql+asyncpg://me:secret@host", "which database"),
        ("postgresql+asyncpg://me:secret@host/db?sslmode=require&color=red", "not known: color$"),
    ],
)
def test_what_is_no_address_is_refused_with_the_reason(url: str, said: str) -> None:
    with pytest.raises(DatabaseUrlError, match=said) as refused:
        database_address(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+asyncpg", "postgresql+psycopg"])
def test_whatever_driver_is_named_ours_is_used(scheme: str) -> None:
    address = database_address(f"{scheme}://me:secret@host/db?sslmode=require")
    assert (
        address.render_as_string(hide_password=False) == "postgresql+asyncpg://me:secret@host/db?ssl=require"
    )
