"""All that an update changes is committed at once, with the mark that it is done."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.work import Add, count, fail, increment, make_tables, words


@pytest.fixture
async def tables(database: Database) -> Database:
    await database.write(make_tables)
    return database


@pytest.fixture
def unit(tables: Database) -> UnitOfWork:
    """A unit whose closing mark counts how often it is made."""
    return UnitOfWork(tables, increment)


async def seen(database: Database) -> tuple[set[str], int]:
    """The stored words, and how often the closing mark was made."""
    return await database.read(words), await database.read(count)


async def test_nothing_is_kept_before_the_commit(tables: Database, unit: UnitOfWork) -> None:
    unit.add(Add("queued"))
    assert await unit.read(words) == set()
    assert await seen(tables) == (set(), 0)


async def test_a_commit_keeps_everything_in_order_and_marks_once(tables: Database, unit: UnitOfWork) -> None:
    kept: list[str] = []
    for word in "abc":
        unit.add(_noting(word, kept))
    await unit.commit()
    await unit.commit()
    assert kept == ["a", "b", "c"]
    assert await seen(tables) == ({"a", "b", "c"}, 1)


async def test_with_nothing_to_keep_the_mark_is_made(tables: Database, unit: UnitOfWork) -> None:
    await unit.commit()
    assert await seen(tables) == (set(), 1)


async def test_what_comes_after_a_commit_is_kept_by_the_next(tables: Database, unit: UnitOfWork) -> None:
    await unit.commit()
    unit.add(Add("later"))
    await unit.commit()
    assert await seen(tables) == ({"later"}, 1)


async def test_a_decision_keeps_what_is_queued_and_says_what_came_of_it(
    tables: Database, unit: UnitOfWork
) -> None:
    unit.add(Add("queued"))
    assert await unit.decide(Add("decided")) == "decided"
    assert await seen(tables) == ({"queued", "decided"}, 1)
    await unit.commit()
    assert await seen(tables) == ({"queued", "decided"}, 1)


async def test_a_decision_that_fails_keeps_nothing_and_the_update_can_still_be_marked(
    tables: Database, unit: UnitOfWork
) -> None:
    unit.add(Add("queued"))
    with pytest.raises(LookupError):
        await unit.decide(fail)
    assert await seen(tables) == (set(), 0)
    await unit.commit()
    assert await seen(tables) == (set(), 1)


async def test_a_change_that_fails_undoes_all_and_the_update_can_still_be_marked(
    tables: Database, unit: UnitOfWork
) -> None:
    unit.add(Add("queued"))
    unit.add(fail)
    with pytest.raises(LookupError):
        await unit.commit()
    assert await seen(tables) == (set(), 0)
    unit.discard()
    await unit.commit()
    assert await seen(tables) == (set(), 1)


async def test_what_is_discarded_is_forgotten_and_the_mark_stays(tables: Database, unit: UnitOfWork) -> None:
    unit.add(Add("queued"))
    unit.discard()
    await unit.commit()
    assert await seen(tables) == (set(), 1)


async def test_a_discard_takes_back_no_decision(tables: Database, unit: UnitOfWork) -> None:
    await unit.decide(Add("decided"))
    unit.add(Add("queued"))
    unit.discard()
    await unit.commit()
    assert await seen(tables) == ({"decided"}, 1)


def _noting(word: str, kept: list[str]) -> Callable[[Connection], None]:
    def change(connection: Connection) -> None:
        Add(word)(connection)
        kept.append(word)

    return change
