"""The pace of sending: as fast as Telegram allows and never faster, by a clock that the test moves."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.pace import Limits, Pace
from tests.unit.virtual_time import VirtualTime

Result = TypeVar("Result")

GROUP = -100


def timed(limits: Limits, play: Callable[[Pace, VirtualTime], Coroutine[Any, Any, Result]]) -> Result:
    """Play something with a pace in virtual time."""
    loop = VirtualTime()
    return loop.run(play(Pace(limits, loop.time), loop))


async def drain(pace: Pace, loop: VirtualTime, chats: Sequence[int]) -> list[float]:
    """When each message to these chats starts, several asking at once."""
    starts: list[float] = []
    waiting = iter(chats)

    async def one_after_another() -> None:
        for chat in waiting:
            await pace.turn(chat)
            starts.append(loop.time())

    async with asyncio.TaskGroup() as group:
        for _ in range(pace.limits.in_flight):
            group.create_task(one_after_another())
    return starts


def most_in_a_second(starts: Sequence[float]) -> int:
    """The most that any window of one second holds."""
    return max((sum(at <= other < at + 1 for other in starts) for at in starts), default=0)


@given(st.integers(1, 60), st.integers(1, 150))
@settings(deadline=None, max_examples=60)
def test_no_second_carries_more_than_is_allowed_and_hardly_less(per_second: int, messages: int) -> None:
    limits = Limits(per_second)
    starts = timed(limits, lambda pace, loop: drain(pace, loop, range(messages)))
    assert starts == sorted(starts)
    assert most_in_a_second(starts) <= per_second
    if messages > 1:
        assert (messages - 1) / (starts[-1] - starts[0]) >= 0.95 * per_second


@given(
    st.integers(1, 40),
    st.lists(st.tuples(st.floats(0, 3), st.integers(1, 40)), max_size=8),
    st.integers(0, 100),
)
@settings(deadline=None, max_examples=150)
def test_a_message_never_starts_in_a_second_that_is_full(
    per_second: int, bursts: list[tuple[float, int]], messages: int
) -> None:
    """Direct answers may come at any moment and in any number; what the sender adds stays in the limit."""
    begun: list[tuple[float, bool]] = []  # in order: when, and whether by the sender

    async def play(pace: Pace, loop: VirtualTime) -> None:
        async def answer(after: float, times: int) -> None:
            await asyncio.sleep(after)
            for _ in range(times):
                pace.note(7)
                begun.append((loop.time(), False))

        async with asyncio.TaskGroup() as group:
            for after, times in bursts:
                group.create_task(answer(after, times))
            for chat in range(messages):
                await pace.turn(chat)
                begun.append((loop.time(), True))

    timed(Limits(per_second), play)
    for number, (at, by_the_sender) in enumerate(begun):
        if by_the_sender:
            assert sum(at - 1 < other for other, _ in begun[: number + 1]) <= per_second, at


def test_after_any_number_of_direct_answers_the_sender_goes_on_within_the_second() -> None:
    async def play(pace: Pace, loop: VirtualTime) -> float:
        for _ in range(1_000):
            pace.note(7)
        begun = loop.time()
        await pace.turn(1)
        return loop.time() - begun

    assert 1 < timed(Limits(30), play) < 1.1


def test_a_timer_that_was_late_is_made_up_for_by_a_little_only() -> None:
    at = 100.0

    async def play() -> list[float]:
        nonlocal at
        pace = Pace(Limits(30), lambda: at)
        await pace.turn(1)
        at += 60  # nothing was sent for a minute: that buys nothing
        await pace.turn(2)
        return [pace._next - at]

    (rest,) = VirtualTime().run(play())
    assert 0.02 < rest < 1 / 30


def test_whoever_asks_first_goes_first() -> None:
    async def play(pace: Pace, loop: VirtualTime) -> list[int]:
        order: list[int] = []

        async def ask(chat: int) -> None:
            await pace.turn(chat)
            order.append(chat)

        async with asyncio.TaskGroup() as group:
            for chat in range(20):
                group.create_task(ask(chat))
        return order

    assert timed(Limits(30), play) == list(range(20))


def test_whoever_gives_up_waiting_holds_up_nobody() -> None:
    async def play(pace: Pace, loop: VirtualTime) -> float:
        await pace.turn(1)
        async with asyncio.TaskGroup() as group:
            waiting = [group.create_task(pace.turn(chat)) for chat in range(2, 7)]
            await asyncio.sleep(0)
            for task in waiting:
                task.cancel()
        begun = loop.time()
        await pace.turn(9)
        return loop.time() - begun

    assert timed(Limits(30), play) < 2 / 30


@pytest.mark.parametrize("directly", [True, False])
@pytest.mark.parametrize("per_chat", [1, 3])
def test_a_chat_is_busy_for_a_second(per_chat: int, directly: bool) -> None:
    async def play(pace: Pace, loop: VirtualTime) -> None:
        for _ in range(per_chat):
            assert 5 not in pace.busy()
            pace.note(5) if directly else await pace.turn(5)
        last = loop.time()
        assert 5 in pace.busy()
        assert 6 not in pace.busy()
        await asyncio.sleep(last + 0.99 - loop.time())
        assert (5 in pace.busy()) == (directly or per_chat == 1)
        await asyncio.sleep(0.1)
        assert pace.busy() == []

    timed(Limits(30, per_chat), play)


def test_a_group_gets_twenty_in_a_minute() -> None:
    async def play(pace: Pace, loop: VirtualTime) -> list[float]:
        starts = []
        for _ in range(61):
            while GROUP in pace.busy():
                await asyncio.sleep(0.25)
                pace.busy()
            await pace.turn(GROUP)
            starts.append(loop.time())
        return starts

    starts = timed(Limits(), play)
    assert max(sum(at <= other < at + 60 for other in starts) for at in starts) == 20
    assert most_in_a_second(starts) == 1
    assert starts[60] - starts[0] < 3 * 64


def test_people_have_no_limit_a_minute() -> None:
    async def play(pace: Pace, loop: VirtualTime) -> None:
        for _ in range(25):
            await pace.turn(5)
            await asyncio.sleep(1.1)
            assert pace.busy() == []

    timed(Limits(), play)


def test_nothing_stays_in_memory() -> None:
    """Nobody asks who is busy: another process sends, this one only answers."""

    async def play(pace: Pace, loop: VirtualTime) -> tuple[int, int]:
        for number in range(20_000):
            pace.note(number if number % 2 else -1 - number)
            await asyncio.sleep(0.1)
        return _size(pace._second), _size(pace._minute)

    second, minute = timed(Limits(), play)
    assert second <= 3 * 12
    assert minute <= 3 * 400


def _size(window: Any) -> int:
    return len(window._sent) + len(window._counts) + len(window._full)


def test_as_many_are_on_their_way_as_leave_in_the_time_of_a_call() -> None:
    assert [Limits(rate).in_flight for rate in (1, 5, 30, 300, 100_000)] == [1, 1, 5, 50, 50]
