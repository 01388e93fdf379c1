"""Whole conversations: a real bot, a real database, a real server, all over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiogram.types import Update

from bot.app import App, running_app
from bot.config import Settings
from bot.sandbox.person import Person, SandboxClient
from bot.sandbox.server import DEFAULT_TOKEN, Sandbox
from storage.organisations import GroupRow, save_group
from storage.unit_of_work import UnitOfWork

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


def settings_for(base_url: str, folder: Path, **settings: object) -> Settings:
    """Settings of a bot at that server, with its database in that folder."""
    given = {
        "_env_file": None,
        "bot_token": DEFAULT_TOKEN,
        "telegram_api_url": base_url,
        "database_url": f"sqlite+aiosqlite:///{folder}/bot.db",
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
async def make_world(tmp_path: Path) -> AsyncIterator[MakeWorld]:
    """Makes a world with the settings that a test wants."""
    async with AsyncExitStack() as stack:

        async def make(**settings: object) -> World:
            base_url = await stack.enter_async_context(Sandbox())
            client = await stack.enter_async_context(SandboxClient(base_url))
            given = settings_for(base_url, tmp_path, **settings)
            app, handling = await stack.enter_async_context(serving(given))
            return World(app, client, base_url, handling)

        yield make


@pytest.fixture
async def world(make_world: MakeWorld) -> World:
    """The usual world."""
    return await make_world()
