"""Whole conversations: a real bot, a real database, a real server, all over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from aiogram.types import Update

from bot.app import App, running_app
from bot.config import Settings
from bot.delivery import sender
from bot.sandbox.person import Person, SandboxClient
from bot.sandbox.server import DEFAULT_TOKEN, Sandbox
from storage.organisations import GroupRow, save_group
from storage.unit_of_work import UnitOfWork
from tests.conversation.moments import put_back
from tests.conversation.post import Office, watching

ADMINISTRATOR = 900_000_001
REGION = "7700000000000"

GROUPS = (
    GroupRow("ktt", "Колледж транспорта", "college", REGION, "ИСП-21", "09.02.07", 2027, "isp21"),
    GroupRow("ktt", "Колледж транспорта", "college", REGION, "ПК-22", "43.01.09", 2027, "pk22"),
    GroupRow("tpk", "Техникум питания", "technical_school", REGION, "ПД-23", "43.02.15", 2028, "pd23"),
)


@dataclass
class World:
    """A sandbox, a bot that serves in it, and people."""

    app: App
    sandbox: SandboxClient
    base_url: str
    handling: set[int]  # the updates that the bot is at work on

    async def person(self, **about: str) -> Person:
        return await self.sandbox.person(**about)  # type: ignore[arg-type]  # names and codes only

    async def refusals(self) -> list[str]:
        """What the strict server refused: nothing, in a good conversation."""
        return [f"{call.method}: {call.description}" for call in await self.sandbox.calls() if not call.ok]


MakeWorld = Callable[..., Awaitable[World]]


def settings_for(base_url: str, database_url: str, **settings: object) -> Settings:
    """Settings of a bot at that server, with that database."""
    given = {
        "_env_file": None,
        "bot_token": DEFAULT_TOKEN,
        "telegram_api_url": base_url,
        "database_url": database_url,
        "admin_ids": str(ADMINISTRATOR),
        **settings,
    }
    return Settings.load(**given)


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[tuple[App, set[int]]]:
    """An app that serves until the context ends, and what it is handling."""
    stop = asyncio.Event()
    async with running_app(settings) as app, asyncio.TaskGroup() as group:
        for row in GROUPS:
            await app.database.write(lambda connection, row=row: save_group(connection, row))  # type: ignore[misc]  # a bound loop variable
        handling = _watched(app)
        group.create_task(app.serve(stop))
        yield app, handling
        stop.set()


def _watched(app: App) -> set[int]:
    """Ids of the updates that are being handled: an update may be committed before its last answer."""
    handling: set[int] = set()
    handle = app.handle

    async def watched(update: Update, unit: UnitOfWork) -> None:
        handling.add(update.update_id)
        try:
            await handle(update, unit)
        finally:
            handling.discard(update.update_id)

    app.handle = watched  # type: ignore[method-assign]  # only looks on
    return handling


@pytest.fixture
async def make_world(new_database: Callable[[], str]) -> AsyncIterator[MakeWorld]:
    """Makes worlds with the settings that a test wants, each with a database of its own."""
    async with AsyncExitStack() as stack:

        async def make(**settings: object) -> World:
            base_url = await stack.enter_async_context(Sandbox())
            client = await stack.enter_async_context(SandboxClient(base_url))
            given = settings_for(base_url, new_database(), **settings)
            app, handling = await stack.enter_async_context(serving(given))
            return World(app, client, base_url, handling)

        yield make


@pytest.fixture
async def world(make_world: MakeWorld) -> World:
    """The usual world."""
    return await make_world()


@pytest.fixture
async def client() -> AsyncIterator[SandboxClient]:
    """A sandbox without the bot."""
    async with Sandbox() as base_url, SandboxClient(base_url) as client:
        yield client


OpenOffice = Callable[..., Office]


@pytest.fixture
async def open_office(
    client: SandboxClient, url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[OpenOffice]:
    """Opens processes that send, all on one database; the clock is put back in the end."""
    monkeypatch.setattr(sender, "LOOK_SECONDS", 0.02)
    offices: list[Office] = []

    def open_one(**about: Any) -> Office:
        offices.append(Office(url, client.base_url, **about))
        watching(*offices)
        return offices[-1]

    with put_back():
        yield open_one
        for office in offices:
            await office.close()


@pytest.fixture
def office(open_office: OpenOffice) -> Office:
    """One process that sends."""
    return open_office()
