"""Leases: one holder at a time, and each is told from the one before."""

import asyncio
import datetime as dt
from functools import partial

from sqlalchemy import Connection

from storage import leases
from storage.database import Database
from tests.storage.notices import DAY, HOUR, NOW

MINUTE = dt.timedelta(minutes=1)


def acquire(connection: Connection, holder: str, at: dt.datetime = NOW, name: str = "sender") -> int | None:
    lease = leases.acquire(connection, name, holder, at, at + MINUTE)
    return lease.token if lease else None


def test_one_holds_it_until_it_runs_out(connection: Connection) -> None:
    assert acquire(connection, "one") == 1
    assert acquire(connection, "two") is None
    assert acquire(connection, "one") is None  # a holder renews
    assert acquire(connection, "two", NOW + MINUTE - dt.timedelta(seconds=1)) is None
    assert acquire(connection, "two", NOW + MINUTE) == 2
    assert acquire(connection, "one", NOW + MINUTE) is None


def test_the_token_grows_with_every_holder(connection: Connection) -> None:
    tokens = [acquire(connection, "one", NOW + number * MINUTE) for number in range(5)]
    assert tokens == [1, 2, 3, 4, 5]


def test_names_do_not_disturb_each_other(connection: Connection) -> None:
    assert acquire(connection, "one", name="sender") == 1
    assert acquire(connection, "two", name="sweeper") == 1


def test_a_holder_renews_and_a_former_one_does_not(connection: Connection) -> None:
    first = acquire(connection, "one")
    assert first is not None
    renewed = leases.renew(connection, "sender", first, NOW + 2 * MINUTE)
    assert renewed is not None
    assert renewed.token == first
    assert acquire(connection, "two", NOW + MINUTE) is None
    second = acquire(connection, "two", NOW + 2 * MINUTE)
    assert leases.renew(connection, "sender", first, NOW + HOUR) is None
    assert acquire(connection, "three", NOW + 3 * MINUTE) == (second or 0) + 1


def test_who_lets_go_need_not_be_waited_for(connection: Connection) -> None:
    first = acquire(connection, "one")
    assert first is not None
    leases.release(connection, "sender", first)
    second = acquire(connection, "two")
    assert second == first + 1
    leases.release(connection, "sender", first)  # of a former holder: nothing
    assert acquire(connection, "three") is None


def test_a_clock_that_was_put_back_holds_up_nobody(connection: Connection) -> None:
    """The holder died, and then the clock was put back: its lease would run out in a day."""
    assert acquire(connection, "one", NOW) == 1
    assert acquire(connection, "two", NOW - DAY) == 2


def test_clocks_that_differ_a_little_do_no_harm(connection: Connection) -> None:
    assert acquire(connection, "one", NOW) == 1
    assert acquire(connection, "two", NOW - MINUTE / 2) is None


def test_a_pause_outlives_its_holder_and_is_never_made_shorter(connection: Connection) -> None:
    first = acquire(connection, "one")
    assert first is not None
    assert leases.paused_until(connection, "sender") is None
    assert leases.paused_until(connection, "nobody's") is None
    leases.pause(connection, "sender", NOW + HOUR)
    leases.pause(connection, "sender", NOW + MINUTE)
    assert leases.paused_until(connection, "sender") == NOW + HOUR
    renewed = leases.renew(connection, "sender", first, NOW + MINUTE)
    assert renewed is not None
    assert renewed.paused_until == NOW + HOUR
    lease = leases.acquire(connection, "sender", "two", NOW + MINUTE, NOW + 2 * MINUTE)
    assert lease is not None
    assert lease.paused_until == NOW + HOUR
    leases.pause(connection, "sender", NOW + DAY)
    assert leases.paused_until(connection, "sender") == NOW + DAY


async def test_of_many_who_want_it_at_once_one_has_it(database: Database, url: str) -> None:
    others = [Database(url) for _ in range(3)]
    async with asyncio.TaskGroup() as group:
        attempts = [
            group.create_task(each.write(partial(acquire, holder=f"{number}")))
            for number, each in enumerate([database, *others] * 5)
        ]
    assert sorted(attempt.result() or 0 for attempt in attempts) == [0] * 19 + [1]
    for other in others:
        await other.close()
