"""An event loop whose clock jumps to the next timer: hours of waiting in no time."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class _Selector(selectors.DefaultSelector):
    """Nothing ever comes over the network; waiting for it takes virtual time."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.time += timeout or 0
        return super().select(0)


class VirtualTime(asyncio.SelectorEventLoop):
    """The loop; `time` is virtual."""

    def __init__(self) -> None:
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self) -> float:
        return self._virtual.time

    def run(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        try:
            return self.run_until_complete(coroutine)
        finally:
            self.close()
