"""The sandbox in a process of its own, with a stopwatch: `python -m tests.bench.server`.

Prints its address, then answers every line on its input with what it has timed since the line before: a JSON
object with `first_poll` (seconds on the monotonic clock, which all processes of a machine share) and
`latencies` (seconds from what a person did to the bot's message or edit, both seen by the server).
"""

import asyncio
import json
import sys
import time

from bot.sandbox.chat import Kind
from bot.sandbox.server import Sandbox
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.world import World


class WatchedUpdates(UpdateQueue):
    """Notes when the bot first asked for updates."""

    first_poll: float | None = None

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, object]]:
        if self.first_poll is None:
            self.first_poll = time.monotonic()
        return await super().poll(offset, limit, seconds)


class Stopwatch(asyncio.Queue[int | None]):
    """Hears of every change in a chat, as a page that watches would, but at once."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._began: dict[int, float] = {}
        self.latencies: list[float] = []

    def put_nowait(self, item: int | None) -> None:
        if item is None or not self._world.chats[item].changes:
            return
        change = self._world.chats[item].changes[-1]
        if not change.by_bot:
            self._began[item] = time.monotonic()
        elif change.kind in (Kind.SENT, Kind.EDITED) and item in self._began:
            self.latencies.append(time.monotonic() - self._began.pop(item))


async def main() -> None:
    sandbox = Sandbox()
    updates = sandbox.world.updates = WatchedUpdates()
    stopwatch = Stopwatch(sandbox.world)
    sandbox.world.watchers.add(stopwatch)
    print(await sandbox.start(), flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        latencies, stopwatch.latencies = stopwatch.latencies, []
        print(json.dumps({"first_poll": updates.first_poll, "latencies": latencies}), flush=True)
    await sandbox.stop()


if __name__ == "__main__":
    asyncio.run(main())
