"""Telegram's limits on sending, kept from this side: messages go evenly, and none is refused for haste."""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass

_HEADROOM = 1.045
"""Messages that leave evenly do not arrive so: the network's trembling stays under the limit."""

_CATCH_UP_SECONDS = 0.004
"""A timer that was late is made up for by as much, and no more: a burst would be refused."""

_REACH_SECONDS = _HEADROOM
"""Direct answers never wait, so they may come faster than is allowed: what is older than this is over."""

_MOST_IN_FLIGHT = 50


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages in all and to one chat a second, to one group a minute."""

    per_second: int = 30
    per_chat: int = 1
    per_group_minute: int = 20

    @property
    def in_flight(self) -> int:
        """Messages on their way at once: as many as leave in the usual time of a call, 1/6 s."""
        return min(max(self.per_second // 6, 1), _MOST_IN_FLIGHT)


class _Window:
    """Which chats have had as many messages as a stretch of time may carry."""

    def __init__(self, seconds: float, most: int) -> None:
        self._seconds = seconds * _HEADROOM
        self._most = most
        self._sent: deque[tuple[float, int]] = deque()
        self._counts: Counter[int] = Counter()
        self._full: set[int] = set()

    def add(self, at: float, chat_id: int) -> None:
        self.full(at)  # nothing of what is over stays in memory
        self._sent.append((at, chat_id))
        self._counts[chat_id] += 1
        if self._counts[chat_id] >= self._most:
            self._full.add(chat_id)

    def full(self, now: float) -> set[int]:
        while self._sent and self._sent[0][0] <= now - self._seconds:
            _, chat_id = self._sent.popleft()
            self._counts[chat_id] -= 1
            if self._counts[chat_id] < self._most:
                self._full.discard(chat_id)
            if not self._counts[chat_id]:
                del self._counts[chat_id]
        return self._full


class Pace:
    """When the next message may go, and to whom not just now. Direct answers count, and never wait."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._clock = clock
        self._spacing = _HEADROOM / limits.per_second
        self._next = clock()
        self.waiting = 0  # for their turn
        self._turns = asyncio.Lock()  # first come, first served
        self._second = _Window(1, limits.per_chat)
        self._minute = _Window(60, limits.per_group_minute)

    async def turn(self, chat_id: int) -> None:
        """Wait for the turn of a message to that chat."""
        self.waiting += 1
        try:
            async with self._turns:
                now = self._clock()
                while self._next > now:
                    await asyncio.sleep(self._next - now)
                    now = self._clock()  # if a direct answer went meanwhile, it takes longer
                self._next = max(self._next, now - _CATCH_UP_SECONDS) + self._spacing
                self._count(now, chat_id)
        finally:
            self.waiting -= 1

    def note(self, chat_id: int) -> None:
        """A direct answer goes now."""
        now = self._clock()
        after = max(self._next, now - _CATCH_UP_SECONDS) + self._spacing
        self._next = max(self._next, min(after, now + _REACH_SECONDS))
        self._count(now, chat_id)

    def busy(self) -> list[int]:
        """Chats that may not be written to just now."""
        now = self._clock()
        return [*self._second.full(now), *self._minute.full(now)]

    def _count(self, at: float, chat_id: int) -> None:
        self._second.add(at, chat_id)
        if chat_id < 0:
            self._minute.add(at, chat_id)
