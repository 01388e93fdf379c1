"""What is PostgreSQL's own: transactions at the same time, connections that break, a server that is away."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from storage.database import Database, Unavailable, reason
from storage.dialects import alone
from storage.tables import vacancies
from tests.storage.work import Add, Held, count, cut_all_others, increment, make_tables, words


@pytest.fixture
def url(postgresql_url: str) -> str:
    return postgresql_url


@pytest.fixture
async def tables(database: Database) -> Database:
    await database.write(make_tables)
    return database


async def eventually(attempt: Callable[[], Awaitable[object]]) -> None:
    """As the inbox does: again and again while the database is away."""
    while True:
        try:
            await attempt()
        except Unavailable:
            await asyncio.sleep(0.01)
        else:
            return


async def test_a_connection_that_breaks_under_work_undoes_it_and_says_so(
    tables: Database, another: Database
) -> None:
    held = Held()

    def add_slowly(connection: Connection) -> None:
        Add("lost")(connection)
        held(connection)

    async with asyncio.TaskGroup() as group:
        writing = group.create_task(asyncio.wait_for(unavailable(partial(tables.write, add_slowly)), 30))
        await held.entered()
        assert await another.write(cut_all_others) >= 1
        held.let_go()
    assert "connection" in writing.result()
    assert await tables.write(Add("kept")) == "kept"
    assert await tables.read(words) == {"kept"}


async def unavailable(attempt: Callable[[], Awaitable[object]]) -> str:
    with pytest.raises(Unavailable) as failure:
        await attempt()
    return reason(failure.value)


async def test_connections_that_broke_while_idle_are_replaced(tables: Database, another: Database) -> None:
    for _ in range(5):
        await asyncio.gather(*(tables.read(count) for _ in range(20)))
        await another.write(cut_all_others)
        await eventually(lambda: tables.write(increment))
        assert await tables.read(count) >= 1
    assert await tables.read(count) == 5


async def test_two_who_change_one_person_do_not_miss_each_other(tables: Database, another: Database) -> None:
    """Each reads what both may have written, and writes one common row: the later one looks again."""
    held = Held()
    seen: list[set[str]] = []

    def reassess(connection: Connection, word: str, hold: bool) -> None:
        Add(word)(connection)
        seen.append(words(connection))
        if hold and len(seen) == 1:
            held(connection)
        connection.execute(text("UPDATE counter SET n = :found"), {"found": len(words(connection))})

    async with asyncio.TaskGroup() as group:
        group.create_task(tables.write(partial(reassess, word="a", hold=True)))
        await held.entered()
        await another.write(partial(reassess, word="b", hold=False))
        held.let_go()
    assert seen == [{"a"}, {"b"}, {"a", "b"}]
    assert await tables.read(count) == 2


async def test_a_key_that_was_taken_meanwhile_is_looked_up_again(tables: Database, another: Database) -> None:
    held = Held()
    runs: list[bool] = []

    def add_if_missing(connection: Connection) -> None:
        runs.append("a" in words(connection))
        if len(runs) == 1:
            held(connection)
        if not runs[-1]:
            Add("a")(connection)

    async with asyncio.TaskGroup() as group:
        group.create_task(tables.write(add_if_missing))
        await held.entered()
        await another.write(Add("a"))
        held.let_go()
    assert runs == [False, True]


async def test_works_that_lock_each_other_out_both_come_through(tables: Database, another: Database) -> None:
    await tables.write(lambda connection: (Add("a")(connection), Add("b")(connection)))
    first_steps = [Held(), Held()]

    def touch(connection: Connection, order: str, step: Held) -> None:
        for word in order:
            connection.execute(text("UPDATE words SET word = word WHERE word = :word"), {"word": word})
            step(connection)

    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        for step, order in zip(first_steps, ("ab", "ba"), strict=True):
            group.create_task(tables.write(partial(touch, order=order, step=step)))
            await step.entered()
        for step in first_steps:
            step.let_go()


async def test_whoever_writes_alone_sees_what_the_one_before_has_written(
    tables: Database, another: Database
) -> None:
    held = Held()
    seen: list[set[str]] = []

    def add_alone(connection: Connection, word: str, hold: bool) -> None:
        alone(connection, vacancies)
        seen.append(words(connection))
        Add(word)(connection)
        if hold:
            held(connection)

    async with asyncio.TaskGroup() as group:
        group.create_task(tables.write(partial(add_alone, word="a", hold=True)))
        await held.entered()
        later = group.create_task(another.write(partial(add_alone, word="b", hold=False)))
        assert await tables.read(words) == set()  # readers are not held up
        assert not later.done()
        held.let_go()
    assert seen == [set(), {"a"}]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"database": "nowhere"}, 'database "nowhere" does not exist'),
        ({"host": "127.0.0.1", "port": 1, "query": {}}, "Connect call failed"),
        ({"host": "nowhere.invalid", "query": {}}, "nown|resol"),
    ],
)
async def test_a_server_that_is_not_there_is_one_readable_line(
    url: str, change: dict[str, Any], said: str
) -> None:
    address = make_url(url).set(**{"username": "postgres", "password": "secret", **change})
    database = Database(address.render_as_string(hide_password=False))
    with pytest.raises(Unavailable) as failure:
        await database.read(count)
    await database.close()
    assert "secret" not in str(failure.value)
    line = reason(failure.value)
    assert re.search(said, line)
    assert "\n" not in line
