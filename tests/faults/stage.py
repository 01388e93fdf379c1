"""A sandbox in this process that keeps a record, and a bot in a process of its own that can be killed."""

import asyncio
import os
import shutil
import signal
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from bot.app import specialties
from bot.config import STANDARD
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.person import SandboxClient
from bot.sandbox.server import DEFAULT_TOKEN, Sandbox
from bot.sandbox.signals import Signal
from bot.sandbox.updates import Update, UpdateQueue
from bot.services.colleges import Colleges
from storage.database import Database
from storage.migrate import upgrade
from storage.organisations import GroupRow, save_group

ROOT = Path(__file__).parents[2]
STOP_SECONDS = 10
"""What a supervisor gives a process between SIGTERM and SIGKILL."""

REGION = "7700000000000"
GROUPS = (
    GroupRow("ktt", "Колледж транспорта", "college", REGION, "ИСП-21", "09.02.07", 2027, "isp21"),
    GroupRow("ktt", "Колледж транспорта", "college", REGION, "ПК-22", "43.01.09", 2027, "pk22"),
    GroupRow("tpk", "Техникум питания", "technical_school", REGION, "ПД-23", "43.02.15", 2028, "pd23"),
)


class Record(UpdateQueue):
    """The sandbox's queue, which also remembers what it ever held, in order and by person."""

    def __init__(self) -> None:
        super().__init__()
        self.all: dict[int, Update] = {}
        self.of_person: dict[int, list[Update]] = defaultdict(list)
        self.polls = 0
        self.polled = Signal()
        self.repeated: list[Update] = []  # delivered once more with the next poll

    def put(self, person_id: int, kind: str, payload: dict[str, object]) -> None:
        super().put(person_id, kind, payload)
        newest = next(reversed(self._pending.values()), None)
        if newest is not None and newest.id not in self.all:
            self.all[newest.id] = newest
            self.of_person[person_id].append(newest)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, object]]:
        self.polls += 1
        again, self.repeated = self.repeated, []
        self.polled.notify()
        if again:
            return [update.payload for update in again]
        return await super().poll(offset, limit, seconds)

    async def come_to(self, updates: int) -> None:
        """Wait until people have made so many updates."""
        await self.arrived.wait_until(lambda: len(self.all) >= updates, None)

    async def repetitions_taken(self) -> None:
        """Wait until the bot has come for more after what was repeated."""
        await self.polled.wait_until(lambda: not self.repeated, None)
        polls = self.polls
        await self.polled.wait_until(lambda: self.polls > polls, None)


class WatchedFaults(Faults):
    """Faults that tell how many calls they have struck."""

    def __init__(self) -> None:
        super().__init__()
        self.struck = 0
        self.changed = Signal()

    def take(self, method: str) -> Fault | None:
        fault = super().take(method)
        if fault:
            self.struck += 1
            self.changed.notify()
        return fault

    async def strike(self, times: int) -> None:
        """Wait until so many calls were struck."""
        await self.changed.wait_until(lambda: self.struck >= times, None)


class Stage:
    """The whole: `async with Stage(folder) as stage`, then `start`, `kill`, `stop`."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "bot.db"
        self.url = f"sqlite+aiosqlite:///{self.file}"
        self.log = folder / "bot.log"
        self.questionnaire = Path(shutil.copy(STANDARD / "questionnaire.yaml", folder))
        self.sandbox = Sandbox()
        self.record = self.sandbox.world.updates = Record()
        self.faults = self.sandbox.world.faults = WatchedFaults()
        self.colleges = Colleges(specialties())
        self.module: Sequence[str] = ("bot", "run")
        self.settings: dict[str, str] = {}  # beside those that every process gets
        self.process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        self.base_url = await self.sandbox.start()
        self.client = await SandboxClient(self.base_url).__aenter__()
        await asyncio.to_thread(upgrade, self.url)
        self.database = Database(self.url)
        for row in GROUPS:
            await self.database.write(lambda connection, row=row: save_group(connection, row))  # type: ignore[misc]  # a bound loop variable
        return self

    async def __aexit__(self, *failure: object) -> None:
        if self.process is not None:
            await self.kill()
        await self.client.__aexit__(None, None, None)
        await self.sandbox.stop()
        await self.database.close()

    async def spawn(self) -> asyncio.subprocess.Process:
        """A new process of the bot; returns at once."""
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": DEFAULT_TOKEN,
            "TELEGRAM_API_URL": self.base_url,
            "DATABASE_URL": self.url,
            "QUESTIONNAIRE": str(self.questionnaire),
            **self.settings,
        }
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", *self.module), env=environment, cwd=self.file.parent, stderr=log
            )
        return self.process

    async def start(self) -> None:
        """A new process of the bot; returns when it asks for updates."""
        before = self.record.polls
        process = await self.spawn()
        async with asyncio.TaskGroup() as group:
            polls = self.record.polled.wait_until(lambda: self.record.polls > before, None)
            first = {group.create_task(polls), group.create_task(process.wait())}
            _, late = await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
            for task in late:
                task.cancel()
        assert process.returncode is None, self.log.read_text()

    async def kill(self) -> None:
        """SIGKILL: no goodbye."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()
        self.process = None

    async def stop(self) -> int:
        """SIGTERM; returns the exit code. Raises TimeoutError if a supervisor would have killed it."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(STOP_SECONDS):
            code = await self.process.wait()
        self.process = None
        return code

    def complaints(self) -> list[str]:
        """What the bot logged as an error."""
        return [line for line in self.log.read_text().splitlines() if "ERROR" in line or "Traceback" in line]
