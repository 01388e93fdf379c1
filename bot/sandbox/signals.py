"""Wake-up calls for long polling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Signal:
    """Wakes everyone who waits; remembers nothing, so the waiter checks its condition itself."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._closed = False

    def notify(self) -> None:
        event, self._event = self._event, asyncio.Event()
        event.set()

    def close(self) -> None:
        """Let every waiter go, now and in future: the server stops."""
        self._closed = True
        self.notify()

    async def wait_until(self, condition: Callable[[], bool], seconds: float | None) -> bool:
        """Whether the condition came to hold in time; without a limit, before the server stopped."""
        try:
            async with asyncio.timeout(seconds):
                while not condition() and not self._closed:
                    await self._event.wait()
        except TimeoutError:
            return condition()
        return condition()
