"""The measured process and the server, each on its own; what is read off them from outside. Linux only."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]
STARTING_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """The sandbox's process."""

    url: str
    process: asyncio.subprocess.Process

    async def timings(self) -> dict[str, Any]:
        """What the server has timed since it was last asked."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(b"\n")
        await self.process.stdin.drain()
        timings: dict[str, Any] = json.loads(await self.process.stdout.readline())
        return timings


@dataclass(frozen=True, slots=True)
class Measured:
    """A bot's process."""

    process_id: int
    started: float  # seconds, monotonic

    def cpu_seconds(self) -> float:
        """Processor time of all its threads so far: what clock_getcpuclockid(3) reads."""
        return time.clock_gettime((~self.process_id << 3) | 2)

    def resident_megabytes(self) -> float:
        return self._megabytes("VmRSS")

    def peak_megabytes(self) -> float:
        """The most that was ever resident."""
        return self._megabytes("VmHWM")

    def _megabytes(self, name: str) -> float:
        status = Path(f"/proc/{self.process_id}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith(f"{name}:"))
        return int(line.split()[1]) / 1024


@asynccontextmanager
async def serving(*module: str) -> AsyncIterator[Server]:
    """A sandbox of its own, with nobody in it; or another module that speaks as `tests.bench.server` does."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *(module or ("tests.bench.server",)),
        cwd=PROJECT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 24,
    )
    try:
        assert process.stdout is not None
        address = await asyncio.wait_for(process.stdout.readline(), STARTING_SECONDS)
        yield Server(address.decode().strip(), process)
    finally:
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()


@asynccontextmanager
async def measured(
    arguments: Sequence[str], environment: dict[str, str], log: Path, project: Path = PROJECT
) -> AsyncIterator[Measured]:
    """A bot as `python …arguments`, stopped by SIGTERM at the end."""
    with log.open("wb") as output:
        started = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=project,
            env={**os.environ, **environment},
            stdout=output,
            stderr=output,
        )
    try:
        yield Measured(process.pid, started)
    except BaseException:
        _tell(log)
        raise
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()


def _tell(log: Path) -> None:
    sys.stderr.write(log.read_text(encoding="utf-8", errors="replace")[-4000:])


async def first_poll(server: Server) -> float:
    """The moment, on the monotonic clock, when the bot first asked the server for updates."""
    async with asyncio.timeout(STARTING_SECONDS):
        while (moment := (await server.timings())["first_poll"]) is None:  # noqa: ASYNC110 - the event is in the server's process
            await asyncio.sleep(0.02)
    return float(moment)
