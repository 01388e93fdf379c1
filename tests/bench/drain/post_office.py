"""The sandbox with so many accounts that know the bot: `python -m tests.bench.drain.post_office N [flood]`.

With `flood` it refuses what comes faster than Telegram allows. Like `tests.bench.server` it answers every
line with what it has timed; beside that with `sent` (messages to the accounts so far), `refused` (for haste),
and `first` and `last` (when the first and the newest of them came, seconds on the monotonic clock).
"""

import asyncio
import json
import sys
import time

from bot.sandbox.chat import Kind, Person, Standing
from bot.sandbox.errors import ApiError
from bot.sandbox.flood import FloodGate, FloodLimits
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.bench.server import Stopwatch, WatchedUpdates
from tests.mailing import FIRST_ACCOUNT


class Letters(Stopwatch):
    """Times the messages to the accounts; presses elsewhere are timed as ever."""

    def __init__(self, world: World, accounts: int) -> None:
        super().__init__(world)
        self._accounts = range(FIRST_ACCOUNT, FIRST_ACCOUNT + accounts)
        self.sent = 0
        self.first: float | None = None
        self.last: float | None = None

    def put_nowait(self, item: int | None) -> None:
        if item is None or item not in self._accounts:
            super().put_nowait(item)
        elif self._world.chats[item].changes[-1].kind is Kind.SENT:
            self.sent += 1
            self.last = time.monotonic()
            self.first = self.first or self.last


class CountingGate(FloodGate):
    """Counts what it refuses."""

    refused = 0

    def pass_message(self, chat_id: int) -> None:
        try:
            super().pass_message(chat_id)
        except ApiError:
            self.refused += 1
            raise


async def main(accounts: int, limits: FloodLimits | None) -> None:
    sandbox = Sandbox()
    updates = sandbox.world.updates = WatchedUpdates()
    gate = sandbox.world.flood = CountingGate(limits, time.time)
    for number in range(FIRST_ACCOUNT, FIRST_ACCOUNT + accounts):
        sandbox.world.add_person(Person(number, "Аня")).standing = Standing.ACTIVE
    letters = Letters(sandbox.world, accounts)
    sandbox.world.watchers.add(letters)
    print(await sandbox.start(), flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        latencies, letters.latencies = letters.latencies, []
        told = {"first_poll": updates.first_poll, "latencies": latencies, "refused": gate.refused}
        of_letters = {"sent": letters.sent, "first": letters.first, "last": letters.last}
        print(json.dumps(told | of_letters), flush=True)
    await sandbox.stop()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), FloodLimits() if "flood" in sys.argv[2:] else None))
