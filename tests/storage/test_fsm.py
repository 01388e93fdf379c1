"""aiogram's contract of a storage, on rows."""

import asyncio
from collections.abc import Iterator

import pytest
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import Connection, select

from bot.domain.clock import now
from bot.domain.people import Person
from storage import people
from storage.database import Database
from storage.fsm import DatabaseStorage
from storage.tables import fsm
from storage.unit_of_work import UnitOfWork, current_unit


class Steps(StatesGroup):
    first = State()


KEY = StorageKey(bot_id=1, chat_id=7, user_id=7)
STACK = StorageKey(bot_id=1, chat_id=7, user_id=7, destiny="aiogd:stack:")
NEIGHBOUR = StorageKey(bot_id=1, chat_id=8, user_id=8)


@pytest.fixture
def storage() -> DatabaseStorage:
    return DatabaseStorage()


@pytest.fixture
def unit(database: Database) -> Iterator[UnitOfWork]:
    """The unit of work of an update that is being handled."""
    unit = UnitOfWork(database)
    token = current_unit.set(unit)
    yield unit
    current_unit.reset(token)


def keys(connection: Connection) -> set[str]:
    return set(connection.execute(select(fsm.c.key)).scalars())


async def in_next_update(unit: UnitOfWork, database: Database) -> UnitOfWork:
    """Commit, and begin as a new process would: with nothing in memory."""
    await unit.commit()
    following = UnitOfWork(database)
    current_unit.set(following)
    return following


async def test_at_first_there_is_nothing(storage: DatabaseStorage, unit: UnitOfWork) -> None:
    assert await storage.get_state(KEY) is None
    assert await storage.get_data(KEY) == {}
    assert await storage.get_value(KEY, "x") is None
    assert await storage.get_value(KEY, "x", "default") == "default"


async def test_states_and_data_are_there_in_the_next_update(
    storage: DatabaseStorage, unit: UnitOfWork, database: Database
) -> None:
    await storage.set_state(KEY, Steps.first)
    await storage.set_data(KEY, {"ёж": [1, {"два": None}]})
    await in_next_update(unit, database)
    assert await storage.get_state(KEY) == "Steps:first"
    assert await storage.get_data(KEY) == {"ёж": [1, {"два": None}]}
    assert await storage.update_data(KEY, {"more": True}) == {"ёж": [1, {"два": None}], "more": True}
    await storage.set_state(KEY, "by name")
    await in_next_update(current_unit.get(), database)
    assert await storage.get_state(KEY) == "by name"
    assert await storage.get_value(KEY, "more") is True


async def test_an_update_reads_back_what_it_wrote(
    storage: DatabaseStorage, unit: UnitOfWork, database: Database
) -> None:
    await storage.set_state(KEY, "here")
    await storage.update_data(KEY, {"a": 1})
    await storage.update_data(KEY, {"b": 2})
    assert await storage.get_state(KEY) == "here"
    assert await storage.get_data(KEY) == {"a": 1, "b": 2}
    assert await database.read(keys) == set()


async def test_what_is_discarded_is_not_read_back(storage: DatabaseStorage, unit: UnitOfWork) -> None:
    await storage.set_state(KEY, "gone")
    unit.discard()
    assert await storage.get_state(KEY) is None


async def test_what_was_given_may_be_changed_without_harm(storage: DatabaseStorage, unit: UnitOfWork) -> None:
    mine = {"a": 1}
    await storage.set_data(KEY, mine)
    mine["a"] = 2
    (await storage.get_data(KEY))["a"] = 3
    assert await storage.get_data(KEY) == {"a": 1}


async def test_destinies_and_people_are_apart(
    storage: DatabaseStorage, unit: UnitOfWork, database: Database
) -> None:
    for number, key in enumerate((KEY, STACK, NEIGHBOUR)):
        await storage.set_data(key, {"n": number})
    await in_next_update(unit, database)
    assert [(await storage.get_data(key))["n"] for key in (KEY, STACK, NEIGHBOUR)] == [0, 1, 2]
    assert len(await database.read(keys)) == 3


async def test_rows_go_when_nothing_is_in_them(
    storage: DatabaseStorage, unit: UnitOfWork, database: Database
) -> None:
    await storage.set_state(KEY, "here")
    await storage.set_data(STACK, {"a": 1})
    following = await in_next_update(unit, database)
    await storage.set_state(KEY, None)
    await storage.set_data(STACK, {})
    await following.commit()
    assert await database.read(keys) == set()


async def test_rows_go_with_the_person(
    storage: DatabaseStorage, unit: UnitOfWork, database: Database
) -> None:
    person = Person(1, KEY.user_id, "AAAA-BBBB", "ru")
    unit.add(lambda connection: people.add_person(connection, person, now()))
    for key in (KEY, STACK, NEIGHBOUR):
        await storage.set_state(key, "here")
    await unit.commit()
    await database.write(lambda connection: people.erase(connection, person, now()))
    assert len(await database.read(keys)) == 1


async def test_many_at_once_keep_their_own(storage: DatabaseStorage, database: Database) -> None:
    async def update(number: int) -> None:
        unit = UnitOfWork(database)
        current_unit.set(unit)  # each task has a context of its own
        key = StorageKey(bot_id=1, chat_id=number, user_id=number)
        await storage.update_data(key, {"n": number})
        assert await storage.get_data(key) == {"n": number}
        await unit.commit()

    async with asyncio.TaskGroup() as group:
        for number in range(50):
            group.create_task(update(number))
    assert len(await database.read(keys)) == 50
