"""Updates on their way to the bot: queued until the bot acknowledges them."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.sandbox.errors import conflict
from bot.sandbox.signals import Signal

MAXIMUM_BATCH = 100


@dataclass(frozen=True, slots=True)
class Update:
    id: int
    person_id: int
    payload: dict[str, object]


class UpdateQueue:
    def __init__(self) -> None:
        self.arrived = Signal()
        self.left = Signal()
        self.highest_acknowledged = 0
        self.allowed: list[str] = []  # empty: every kind that the sandbox knows
        self._pending: OrderedDict[int, Update] = OrderedDict()
        self._pending_of: Counter[int] = Counter()
        self._last_id = 0
        self._polls = 0

    def __len__(self) -> int:
        return len(self._pending)

    def __iter__(self) -> Iterator[Update]:
        return iter(self._pending.values())

    def __contains__(self, update: Update) -> bool:
        return update.id in self._pending

    def pending_of(self, person_id: int) -> int:
        return self._pending_of[person_id]

    def put(self, person_id: int, kind: str, payload: dict[str, object]) -> None:
        if self.allowed and kind not in self.allowed:
            return
        self._last_id += 1
        self._pending[self._last_id] = Update(
            self._last_id, person_id, {"update_id": self._last_id, kind: payload}
        )
        self._pending_of[person_id] += 1
        self.arrived.notify()

    def acknowledge(self, update: Update) -> None:
        if self._pending.pop(update.id, None) is None:
            return
        self._pending_of[update.person_id] -= 1
        if not self._pending_of[update.person_id]:
            del self._pending_of[update.person_id]
        self.highest_acknowledged = max(self.highest_acknowledged, update.id)
        self.left.notify()

    def drop_all(self) -> None:
        for update in list(self):
            self.acknowledge(update)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, object]]:
        """getUpdates: everything before `offset` is done with; wait for what is not there yet.

        A newer poll ends an older one, as only one instance of a bot may run.
        """
        self._polls += 1
        mine = self._polls
        self.arrived.notify()
        self._acknowledge_before(offset)
        await self.arrived.wait_until(lambda: bool(self._pending) or self._polls != mine, seconds)
        if self._polls != mine:
            raise conflict(
                "terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        size = limit if 0 < limit <= MAXIMUM_BATCH else MAXIMUM_BATCH
        return [update.payload for update in islice(self._pending.values(), size)]

    def _acknowledge_before(self, offset: int) -> None:
        if offset < 0:
            offset = self._last_id + 1 + offset
        while self._pending:
            update = next(iter(self._pending.values()))
            if update.id >= offset:
                return
            self.acknowledge(update)
