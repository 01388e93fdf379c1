"""The inbox at work: a real server, a real database, and handlers that go wrong."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError, TelegramUnauthorizedError
from aiogram.methods import GetMe
from aiogram.types import Update
from sqlalchemy import select

from bot.delivery.inbox import ATTEMPTS, Inbox
from bot.sandbox.person import SandboxClient
from bot.sandbox.server import DEFAULT_TOKEN, Sandbox
from storage import inbox
from storage.database import Database
from storage.inbox import StoredUpdate
from storage.tables import inbox as table
from storage.unit_of_work import UnitOfWork
from tests.storage.centre import AT
from tests.storage.work import Add, fail, make_tables, words


@dataclass
class Bench:
    """An inbox whose handler is the test's."""

    database: Database
    sandbox: Sandbox
    people: SandboxClient
    bot: Bot
    handled: list[str] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def serving(
        self, handle: Callable[[str, UnitOfWork], Awaitable[None]], drain_seconds: float = 6
    ) -> AsyncIterator[None]:
        async def given(update: Update, unit: UnitOfWork) -> None:
            text = (update.message.text if update.message else None) or ""
            try:
                await handle(text, unit)
            finally:
                self.handled.append(text)
                self.changed.set()

        stop = asyncio.Event()
        served = Inbox(self.bot, self.database, given, lambda: None)
        async with asyncio.TaskGroup() as group:
            group.create_task(served.run(stop, drain_seconds))
            yield
            stop.set()

    async def have_handled(self, times: int) -> None:
        while len(self.handled) < times:
            self.changed.clear()
            await self.changed.wait()

    async def rows(self) -> dict[int, tuple[bool, int]]:
        """Every update: whether it is done, and how often it was begun anew."""
        found = await self.database.read(lambda connection: connection.execute(select(table)).all())
        return {row.update_id: (row.done_at is not None, row.attempts) for row in found}

    async def leave(self, *texts: str, lane: int = 1, first: int = 1, attempts: int = 0) -> None:
        """What a stopped process has left in the inbox."""
        for update_id, text in enumerate(texts, start=first):
            chat = {"id": lane, "type": "private", "first_name": "Аня"}
            message = {"message_id": update_id, "date": 0, "chat": chat, "text": text}
            stored = StoredUpdate(update_id, lane, {"update_id": update_id, "message": message})
            await self.database.write(partial(inbox.store, updates=[stored], at=AT))
            for _ in range(attempts):
                await self.database.write(partial(inbox.count_attempt, update_id=update_id))


@asynccontextmanager
async def at_bench(database: Database) -> AsyncIterator[Bench]:
    await database.write(make_tables)
    sandbox = Sandbox()
    async with sandbox as base_url, SandboxClient(base_url) as people:
        session = AiohttpSession(api=TelegramAPIServer.from_base(base_url))
        async with Bot(DEFAULT_TOKEN, session=session) as bot:
            yield Bench(database, sandbox, people, bot)


@pytest.fixture
async def bench(database: Database) -> AsyncIterator[Bench]:
    async with at_bench(database) as bench:
        yield bench


async def keep(text: str, unit: UnitOfWork) -> None:
    unit.add(Add(text))


async def test_what_was_handled_is_done_and_its_effect_is_there(bench: Bench) -> None:
    person = await bench.people.person()
    async with bench.serving(keep):
        for text in "abc":
            await person.send(text)
        await bench.have_handled(3)
    assert bench.handled == ["a", "b", "c"]
    assert await bench.database.read(words) == {"a", "b", "c"}
    assert await bench.rows() == {1: (True, 0), 2: (True, 0), 3: (True, 0)}


async def test_a_handler_that_fails_keeps_nothing_and_stops_nothing(bench: Bench) -> None:
    async def handle(text: str, unit: UnitOfWork) -> None:
        unit.add(Add(text))
        if text == "bad":
            raise LookupError

    person = await bench.people.person()
    async with bench.serving(handle):
        await person.send("bad")
        await person.send("good")
        await bench.have_handled(2)
    assert await bench.database.read(words) == {"good"}
    assert await bench.rows() == {1: (True, 0), 2: (True, 0)}


async def test_changes_that_the_database_refuses_stop_nothing(bench: Bench) -> None:
    """Two people with one code, say: the update is done without effect, the others go on."""

    async def handle(text: str, unit: UnitOfWork) -> None:
        unit.add(Add("the same"))
        unit.add(Add(text))

    person = await bench.people.person()
    async with bench.serving(handle):
        await person.send("first")
        await person.send("second")
        await bench.have_handled(2)
        await bench.people.person()
    assert await bench.database.read(words) == {"the same", "first"}
    assert await bench.rows() == {1: (True, 0), 2: (True, 0)}


async def test_a_decision_that_fails_leaves_the_update_done(bench: Bench) -> None:
    async def handle(text: str, unit: UnitOfWork) -> None:
        await unit.decide(fail)

    person = await bench.people.person()
    async with bench.serving(handle):
        await person.send("a")
        await bench.have_handled(1)
    assert await bench.database.read(words) == set()
    assert await bench.rows() == {1: (True, 0)}


async def test_a_fault_of_the_network_only_delays(bench: Bench) -> None:
    async def handle(text: str, unit: UnitOfWork) -> None:
        unit.add(Add(text))
        if len(bench.handled) < 2:
            raise TelegramNetworkError(GetMe(), "on purpose")

    person = await bench.people.person()
    async with bench.serving(handle):
        await person.send("a")
        await bench.have_handled(3)
    assert await bench.database.read(words) == {"a"}
    assert await bench.rows() == {1: (True, 0)}


async def test_an_answer_that_cannot_be_read_does_not_end_the_polling(bench: Bench) -> None:
    await bench.people.fault("getUpdates", status=502, description="<html>Bad Gateway</html>")
    await bench.people.fault("getUpdates", reset=True)
    person = await bench.people.person()
    async with bench.serving(keep):
        await person.send("a")
        await bench.have_handled(1)
    assert await bench.database.read(words) == {"a"}


async def test_left_over_comes_before_what_is_new_in_order(bench: Bench) -> None:
    person = await bench.people.person()
    await bench.leave("a", "b", "c", lane=person.id, first=-3)
    async with bench.serving(keep):
        await person.send("d")
        await bench.have_handled(4)
    assert bench.handled == ["a", "b", "c", "d"]
    assert await bench.rows() == {-3: (True, 1), -2: (True, 1), -1: (True, 1), 1: (True, 0)}


async def test_what_may_have_stopped_the_process_is_begun_alone_and_first(bench: Bench) -> None:
    let_go = asyncio.Event()
    begun: list[str] = []
    beginning = asyncio.Event()

    async def handle(text: str, unit: UnitOfWork) -> None:
        begun.append(text)
        beginning.set()
        await let_go.wait()

    await bench.leave("innocent", lane=1)
    await bench.leave("suspect", "its neighbour", lane=2, first=5, attempts=ATTEMPTS - 1)
    async with bench.serving(handle):
        await beginning.wait()
        assert begun == ["suspect"]
        rows = await bench.rows()
        assert (rows[1], rows[5]) == ((False, 0), (False, ATTEMPTS))
        let_go.set()
        await bench.have_handled(3)
    assert begun[1] in ("its neighbour", "innocent")
    assert all(done for done, _ in (await bench.rows()).values())


async def test_what_was_begun_too_often_is_not_begun_again(bench: Bench) -> None:
    await bench.leave("poison", lane=1, attempts=ATTEMPTS)
    await bench.leave("fine", lane=1, first=2)
    async with bench.serving(keep):
        await bench.have_handled(1)
    assert bench.handled == ["fine"]
    assert await bench.rows() == {1: (True, ATTEMPTS), 2: (True, 1)}


async def test_what_is_not_finished_in_time_waits_for_the_next_start(bench: Bench) -> None:
    begun = asyncio.Event()

    async def stuck(text: str, unit: UnitOfWork) -> None:
        unit.add(Add(text))
        begun.set()
        await asyncio.Event().wait()

    await bench.leave("a", "b")
    async with bench.serving(stuck, drain_seconds=0.05):
        await begun.wait()
    assert await bench.database.read(words) == set()
    assert await bench.rows() == {1: (False, 0), 2: (False, 0)}
    async with bench.serving(keep):
        await bench.have_handled(3)
    assert await bench.database.read(words) == {"a", "b"}


async def test_one_update_twice_in_one_answer_is_one(bench: Bench) -> None:
    served = Inbox(bench.bot, bench.database, lambda update, unit: asyncio.sleep(0), lambda: None)
    one = StoredUpdate(1, 7, {})
    assert await served._store([one, one]) == [one]
    assert await served._store([one]) == []


async def test_a_token_that_is_taken_back_ends_the_service(bench: Bench) -> None:
    bench.sandbox.world.token = "1000000001:another"
    with pytest.raises(ExceptionGroup) as failure:
        async with bench.serving(keep):
            await asyncio.Event().wait()
    assert failure.group_contains(TelegramUnauthorizedError)
