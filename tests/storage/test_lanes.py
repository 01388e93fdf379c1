"""One lane per person: order within, all at once between."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery import lanes as module
from bot.delivery.lanes import Lanes
from storage.inbox import StoredUpdate

Handle = Callable[[StoredUpdate], Awaitable[None]]


def updates(owners: list[int]) -> list[StoredUpdate]:
    return [StoredUpdate(number, lane, {}) for number, lane in enumerate(owners)]


async def put_all(handle: Handle, queued: list[StoredUpdate]) -> bool:
    async with asyncio.TaskGroup() as group:
        lanes = Lanes(handle, group)
        for update in queued:
            await lanes.put(update)
        return await lanes.drain(30)


@settings(max_examples=60, deadline=None)
@given(
    owners=st.lists(st.integers(0, 12), max_size=120),
    hops=st.lists(st.integers(0, 5), min_size=1, max_size=7),
)
def test_each_person_is_served_in_order_and_never_twice_at_once(owners: list[int], hops: list[int]) -> None:
    served: dict[int, list[int]] = defaultdict(list)
    under_way: set[int] = set()

    async def handle(update: StoredUpdate) -> None:
        assert update.lane not in under_way
        under_way.add(update.lane)
        for _ in range(hops[update.update_id % len(hops)]):
            await asyncio.sleep(0)
        under_way.discard(update.lane)
        served[update.lane].append(update.update_id)

    queued = updates(owners)
    assert asyncio.run(put_all(handle, queued))
    wanted: dict[int, list[int]] = defaultdict(list)
    for update in queued:
        wanted[update.lane].append(update.update_id)
    assert served == wanted


async def test_who_waits_holds_up_nobody_else() -> None:
    let_go, served = asyncio.Event(), asyncio.Queue[int]()

    async def handle(update: StoredUpdate) -> None:
        if update.lane == 0:
            await let_go.wait()
        served.put_nowait(update.update_id)

    async with asyncio.TaskGroup() as group:
        lanes = Lanes(handle, group)
        for update in updates([0, 1, 0, 2, 1]):
            await lanes.put(update)
        assert {await served.get() for _ in range(3)} == {1, 3, 4}
        let_go.set()
        assert [await served.get(), await served.get()] == [0, 2]


async def test_no_more_at_once_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 3)
    at_once, most = 0, 0

    async def handle(update: StoredUpdate) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0)
        at_once -= 1

    assert await put_all(handle, updates(list(range(30))))
    assert most == 3


async def test_when_too_much_waits_nothing_more_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "QUEUED", 5)
    let_go = asyncio.Event()

    async def handle(update: StoredUpdate) -> None:
        await let_go.wait()

    async with asyncio.TaskGroup() as group:
        lanes = Lanes(handle, group)
        for update in updates([1, 1, 2, 2, 3]):
            await lanes.put(update)
        sixth = group.create_task(lanes.put(StoredUpdate(6, 4, {})))
        await asyncio.to_thread(int)  # time enough, were there room
        assert not sixth.done()
        let_go.set()
        await sixth
        assert await lanes.drain(30)


async def test_lanes_are_freed() -> None:
    async def handle(update: StoredUpdate) -> None:
        await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        lanes = Lanes(handle, group)
        for update in updates(list(range(500))):
            await lanes.put(update)
        await lanes.rest(30)
        assert not lanes._lanes
        assert not lanes._serving


async def test_a_stuck_handler_is_left_behind() -> None:
    finished: list[int] = []
    cancelled: list[int] = []

    async def handle(update: StoredUpdate) -> None:
        try:
            if update.lane == 1:
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(update.update_id)
            raise
        finished.append(update.update_id)

    async with asyncio.TaskGroup() as group:
        lanes = Lanes(handle, group)
        for update in updates([1, 2, 1, 3]):
            await lanes.put(update)
        assert not await lanes.drain(0.05)
    assert finished == [1, 3]
    assert cancelled == [0]


async def test_with_nothing_queued_there_is_nothing_to_wait_for() -> None:
    assert await put_all(lambda update: asyncio.sleep(0), [])


async def test_resting_waits_for_what_is_queued_or_as_long_as_it_may() -> None:
    let_go = asyncio.Event()
    served: list[int] = []

    async def handle(update: StoredUpdate) -> None:
        await let_go.wait()
        served.append(update.update_id)

    async with asyncio.TaskGroup() as group:
        lanes = Lanes(handle, group)
        await lanes.rest(30)
        for update in updates([1, 1, 2]):
            await lanes.put(update)
        await lanes.rest(-1)
        assert served == []
        let_go.set()
        await lanes.rest(30)
        assert sorted(served) == [0, 1, 2]
