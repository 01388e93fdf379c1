"""A sender on a real database, over HTTP to the strict sandbox; the test moves the clock."""

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import TelegramMethod
from sqlalchemy import Connection, RowMapping

from bot.delivery.pace import Limits, Pace
from bot.delivery.sender import Sender
from bot.delivery.session import Session
from bot.delivery.taking_up import TakingUp
from bot.domain import clock
from bot.domain.notices import NoticeKind
from bot.sandbox.person import Person, SandboxClient
from bot.sandbox.server import DEFAULT_TOKEN
from storage import outbox
from storage.database import Database, Result, Work
from storage.outbox import Notice, State
from tests.storage import notices
from tests.storage.composers import taking_up

PATIENCE_SECONDS = 20
FAST = Limits(per_second=300, per_chat=300)


class Watched(Database):
    """A database that tells when something was written."""

    written: asyncio.Event  # replaced at every writing
    watchers: list["Watched"]

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.written = asyncio.Event()
        self.watchers = [self]

    async def write(self, work: Work[Result]) -> Result:
        try:
            return await super().write(work)
        finally:
            for watcher in self.watchers:
                written, watcher.written = watcher.written, asyncio.Event()
                written.set()


class Gate(Session):
    """A way to Telegram that can be held before a message goes, or before its reply is heard."""

    def __init__(self, pace: Pace, server: TelegramAPIServer) -> None:
        super().__init__(pace.note, api=server)
        self.before, self.after = asyncio.Event(), asyncio.Event()
        self.before.set()
        self.after.set()
        self._waiting = 0
        self._moved = asyncio.Condition()

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 - aiogram's signature
        await self._pass(self.before)
        try:
            return await super().make_request(bot, method, timeout)
        finally:
            await self._pass(self.after)

    async def held(self, messages: int) -> None:
        """Until so many messages wait at the gate."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._moved:
            await self._moved.wait_for(lambda: self._waiting >= messages)

    async def left(self, messages: int) -> None:
        """Until no more than so many messages wait at the gate."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._moved:
            await self._moved.wait_for(lambda: self._waiting <= messages)

    def renew(self) -> None:
        """From now on replies wait at a gate of their own; those that wait already, at the one before."""
        self.after = asyncio.Event()

    async def _pass(self, gate: asyncio.Event) -> None:
        if gate.is_set():
            return
        async with self._moved:
            self._waiting += 1
            self._moved.notify_all()
        try:
            await gate.wait()
        finally:
            self._waiting -= 1
            async with self._moved:
                self._moved.notify_all()


class Office:
    """One process that sends: its bot, its database, its pace."""

    def __init__(
        self, url: str, base_url: str, limits: Limits = FAST, making: TakingUp | None = None
    ) -> None:
        self.database = Watched(url)
        self.offset = 0.0  # of the pace's clock, in seconds
        self.pace = Pace(limits, lambda: time.monotonic() + self.offset)
        self.gate = Gate(self.pace, TelegramAPIServer.from_base(base_url))
        self.bot = Bot(DEFAULT_TOKEN, session=self.gate, default=DefaultBotProperties(parse_mode="HTML"))
        self.making = making or taking_up()

    @asynccontextmanager
    async def sending(self, holder: str = "one") -> AsyncIterator[asyncio.Event]:
        """A sender at work until the context ends or the event stops it."""
        stop = asyncio.Event()
        async with asyncio.timeout(2 * PATIENCE_SECONDS), asyncio.TaskGroup() as group:
            group.create_task(self.sender(holder).run(stop))
            yield stop
            stop.set()

    @asynccontextmanager
    async def mortal(self, holder: str = "one") -> AsyncIterator[Callable[[], None]]:
        """A sender that can be killed: it keeps nothing and lets nothing go."""
        async with asyncio.TaskGroup() as group:
            task = group.create_task(self.sender(holder).run(asyncio.Event()))
            yield task.cancel  # type: ignore[misc]  # whether it was in time does not matter
            task.cancel()

    def sender(self, holder: str) -> Sender:
        return Sender(self.bot, self.database, self.making, self.pace, holder)

    async def queue(self, *wanted: Notice) -> None:
        await self.database.write(lambda connection: outbox.queue(connection, wanted))

    async def states(self) -> dict[str, State]:
        return await self.database.read(notices.states)

    async def row(self, key: str) -> RowMapping:
        return (await self.database.read(notices.rows))[key]

    async def until(self, holds: Callable[[Mapping[str, RowMapping]], bool]) -> None:
        """Wait until the outbox stands so."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                written = self.database.written
                if holds(await self.database.read(notices.rows)):
                    return
                await written.wait()

    async def settled(self, **states: State) -> None:
        """Wait until these messages stand so."""
        await self.until(lambda rows: all(rows[key]["state"] == state for key, state in states.items()))

    async def all_settled(self, *keys: str, state: State = State.SENT) -> None:
        await self.settled(**dict.fromkeys(keys, state))

    async def change(self, work: Callable[[Connection], object]) -> None:
        await self.database.write(work)

    async def close(self) -> None:
        await self.bot.session.close()
        await self.database.close()


def watching(*offices: Office) -> None:
    """Each sees what any of them writes."""
    for office in offices:
        office.database.watchers = [other.database for other in offices]


async def came(person: Person) -> list[str]:
    """What the bot has written to a person."""
    return [message.text for message in await person.messages() if message.from_bot]


async def acquainted(client: SandboxClient, number: int) -> list[Person]:
    """People who have written to the bot, so it may write to them."""
    people = [await client.person() for _ in range(number)]
    for person in people:
        await person.start()
    return people


async def sent_to(client: SandboxClient, since: int = 0) -> list[int | None]:
    """To whom messages were sent, in order; those that were refused left out."""
    return [
        call.chat_id for call in (await client.calls())[since:] if call.ok and call.method == "sendMessage"
    ]


def due(key: str, person: Person, kind: NoticeKind = NoticeKind.PROFILE_AGAIN, **about: Any) -> Notice:
    """A message that is due by the clock of the project."""
    given = {"due_at": clock.now(), "expires_at": clock.now() + dt.timedelta(days=3), **about}
    return notices.notice(key, kind, person.id, **given)
