"""`make sandbox`: a local Telegram, the bot and an invented region, in one process."""

import asyncio
import datetime as dt
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path

from bot import demo_region
from bot.app import running_app
from bot.config import Settings
from bot.domain import clock
from bot.domain.people import Role
from bot.sandbox.chat import Person
from bot.sandbox.server import DEFAULT_TOKEN, Sandbox
from handlers.command_menu import set_staff_commands


async def run_sandbox(port: int, announce: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `announce` gets the page's address. Every start is a new beginning."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    demo = demo_region.load()
    people = [
        Person(
            id=demo.telegram_id(name),
            first_name=persona.name,
            label=persona.label,
            description=persona.description,
        )
        for name, persona in demo.personas.items()
    ]
    people += [
        Person(id=account, first_name=name, background=True) for account, name in demo_region.accounts(demo)
    ]
    sandbox = Sandbox(people=people, follow=_follow, zone=Settings.model_fields["timezone"].default)
    try:
        address = await sandbox.start(port)
    except OSError:
        address = await sandbox.start(0)  # the port is taken: any free one
    try:
        with tempfile.TemporaryDirectory(prefix="marshrut-") as folder:
            await _serve(_settings(address, Path(folder), demo), demo, stop, lambda: announce(address))
    finally:
        await sandbox.stop()


def _follow(seconds: float) -> None:
    """The bot lives in the time of the sandbox."""
    clock.shift(dt.timedelta(seconds=seconds))


async def _serve(
    settings: Settings, demo: demo_region.DemoRegion, stop: asyncio.Event, ready: Callable[[], None]
) -> None:
    async with running_app(settings) as app:
        await demo_region.seed(app, demo)
        text = app.texts.default
        staff = {"specialist": Role.SPECIALIST, "coordinator": Role.COORDINATOR, "administrator": None}
        for persona, role in staff.items():
            await set_staff_commands(app.bot, demo.telegram_id(persona), role, text)
        ready()
        await app.serve(stop)


def _settings(address: str, folder: Path, demo: demo_region.DemoRegion) -> Settings:
    """Nothing of the environment but the language and the logs: a demonstration touches no real data."""
    return Settings.load(
        bot_token=DEFAULT_TOKEN,
        telegram_api_url=address,
        database_url=f"sqlite+aiosqlite:///{folder}/sandbox.db",
        admin_ids=str(demo.telegram_id("administrator")),
    )
