"""One lane per person: what one person does is handled in order, different people at the same time."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from storage.inbox import StoredUpdate

AT_ONCE = 100
"""Updates handled at the same time; each waits mostly for Telegram."""

QUEUED = 2000
"""Updates held in memory; beyond it nothing more is fetched, Telegram and the database keep the rest."""


class Lanes:
    """A lane comes with a person's first update and goes when nothing of theirs waits."""

    def __init__(self, handle: Callable[[StoredUpdate], Awaitable[None]], group: asyncio.TaskGroup) -> None:
        self._handle = handle
        self._group = group
        self._lanes: dict[int, deque[StoredUpdate]] = {}
        self._room = asyncio.Semaphore(QUEUED)
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._serving: set[asyncio.Task[None]] = set()

    async def put(self, update: StoredUpdate) -> None:
        """Queue an update; waits while too many are queued."""
        await self._room.acquire()
        lane = self._lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.lane] = deque([update])
        serving = self._group.create_task(self._serve(update.lane))
        self._serving.add(serving)
        serving.add_done_callback(self._serving.discard)

    async def rest(self, seconds: float) -> None:
        """Wait until nothing is queued, or so long."""
        if self._serving:
            await asyncio.wait(self._serving, timeout=max(seconds, 0))

    async def drain(self, seconds: float) -> bool:
        """Finish what is queued; what is not finished in time is dropped here. Returns whether all was."""
        if not self._serving:
            return True
        _, unfinished = await asyncio.wait(self._serving, timeout=seconds)
        for serving in unfinished:
            serving.cancel()
        return not unfinished

    async def _serve(self, lane_id: int) -> None:
        lane = self._lanes[lane_id]
        try:
            while lane:
                async with self._at_once:
                    await self._handle(lane.popleft())
                self._room.release()
        finally:
            del self._lanes[lane_id]
