"""One fresh process of a scenario: started, loaded, timed."""

import asyncio
import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.bench.people import IN_FLIGHT, Crowd
from tests.bench.processes import PROJECT, Measured, Server, first_poll, measured, serving
from tests.bench.scenarios import DURABLE, Scenario, environment

WARM_UP = 150  # updates
ALONE = 100  # updates of one person alone
PAUSE = 0.02  # seconds that this one lets pass before looking
SETTLING = 0.3  # seconds

Mark = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one process."""

    cpu_ms: float  # per update, with people in flight
    latency_ms: float  # median of one person alone
    start_s: float  # from the start of the process to its first getUpdates
    idle_mb: float  # resident, before the first update
    loaded_mb: float  # resident, after all of them


async def measure(
    scenario: Scenario,
    updates: int,
    *,
    project: Path = PROJECT,
    runner: Sequence[str] = ("-m",),
    mark: Mark = lambda _: None,
) -> Figures:
    """Figures of a fresh process.

    `runner` is what stands before the module on Python's command line; `mark` is called with the process's id
    before and after the updates that count.
    """
    with tempfile.TemporaryDirectory(prefix="marshrut-bench-") as name:
        folder = Path(name)
        async with serving() as server:
            settings = await environment(server.url, folder) if scenario is DURABLE else {}
            address = () if scenario is DURABLE else (server.url,)
            arguments = (*runner, *scenario.module, *address)
            async with measured(arguments, settings, folder / "log", project) as process:
                return await _figures(scenario, server, process, updates, mark)


async def _figures(
    scenario: Scenario, server: Server, process: Measured, updates: int, mark: Mark
) -> Figures:
    polled = await first_poll(server)
    await asyncio.sleep(SETTLING)
    idle = process.resident_megabytes()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        crowd = Crowd(session, server.url, scenario.begin, scenario.step)
        each = scenario.steps_each
        await crowd.gather(IN_FLIGHT + ((WARM_UP + updates + ALONE) // each + 1 if each else 0))
        await crowd.act(WARM_UP, IN_FLIGHT)
        cpu = await _cpu(crowd, process, updates, mark)
        await server.timings()
        await crowd.act(ALONE, 1, PAUSE)
    latencies = (await server.timings())["latencies"]
    return Figures(
        cpu_ms=cpu / updates * 1000,
        latency_ms=statistics.median(latencies) * 1000,
        start_s=polled - process.started,
        idle_mb=idle,
        loaded_mb=process.resident_megabytes(),
    )


async def _cpu(crowd: Crowd, process: Measured, updates: int, mark: Mark) -> float:
    await asyncio.sleep(SETTLING)
    mark(process.process_id)
    before = process.cpu_seconds()
    await crowd.act(updates, IN_FLIGHT)
    await asyncio.sleep(SETTLING)  # the last commits
    mark(process.process_id)
    return process.cpu_seconds() - before
