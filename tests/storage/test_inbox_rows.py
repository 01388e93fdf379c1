"""Updates as rows."""

import datetime as dt
import json
from functools import partial

import pytest
from sqlalchemy import Connection, select

from bot.delivery.housekeeping import INBOX_KEPT, tidy_up
from bot.domain.clock import now
from storage import inbox
from storage.database import Database
from storage.inbox import StoredUpdate
from storage.tables import inbox as table

AT = dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(seconds=1)


def update(update_id: int, lane: int = 7) -> StoredUpdate:
    return StoredUpdate(update_id, lane, {"update_id": update_id, "message": {"text": f"№{update_id} 🙂"}})


async def store(database: Database, *updates: StoredUpdate, at: dt.datetime = AT) -> set[int]:
    return await database.write(partial(inbox.store, updates=updates, at=at))


async def done(database: Database, update_id: int, at: dt.datetime = AT) -> None:
    await database.write(partial(inbox.mark_done, update_id=update_id, at=at))


async def left(database: Database) -> list[int]:
    return [stored.update_id for stored in await database.read(inbox.left_over)]


def payloads(connection: Connection) -> dict[int, str | None]:
    return {row.update_id: row.payload for row in connection.execute(select(table))}


async def test_only_what_is_new_is_stored_and_returned(database: Database) -> None:
    assert await store(database) == set()
    assert await store(database, update(1), update(2)) == {1, 2}
    assert await store(database, update(2), update(3), update(1), at=LATER) == {3}
    assert await store(database, update(1), update(2), at=LATER) == set()
    assert await left(database) == [1, 2, 3]


async def test_a_second_attempt_finds_new_what_the_first_has_stored(database: Database) -> None:
    """The connection broke after the commit: nobody has heard yet that these are stored."""
    await store(database, update(1))
    for _ in range(2):
        assert await store(database, update(1), update(2), update(3), update(2), at=LATER) == {2, 3}
    assert await left(database) == [1, 2, 3]


async def test_whether_an_update_is_done_can_be_asked(database: Database) -> None:
    await store(database, update(1), update(2))
    await done(database, 1)
    asked = [await database.write(partial(inbox.is_done, update_id=number)) for number in (1, 2)]
    assert asked == [True, False]
    assert await left(database) == [2]


async def test_what_is_done_is_not_new_again(database: Database) -> None:
    await store(database, update(1))
    await done(database, 1)
    assert await store(database, update(1), at=LATER) == set()
    assert await left(database) == []


async def test_a_whole_batch_of_telegram_is_stored_at_once(database: Database) -> None:
    batch = [update(number, lane=number % 9) for number in range(100)]
    assert await store(database, *batch) == set(range(100))
    assert await database.read(inbox.left_over) == [one._replace(attempts=0) for one in batch]


async def test_left_over_comes_in_order_whatever_order_it_was_stored_in(database: Database) -> None:
    await store(database, update(5), update(2, lane=8))
    await store(database, update(3), update(10**12))
    assert await left(database) == [2, 3, 5, 10**12]


@pytest.mark.parametrize("text", ["\ud83d", "\x00", "'; --", "🙂" * 4096, "א‏ב"])
async def test_whatever_a_message_holds_comes_back_as_it_was(database: Database, text: str) -> None:
    """Half of an emoji is valid JSON, and no reason never to store an update."""
    odd = StoredUpdate(1, 7, {"update_id": 1, "message": {"text": text}})
    assert await store(database, odd) == {1}
    assert (await database.read(inbox.left_over))[0].payload == odd.payload


async def test_the_contents_go_when_the_update_is_done(database: Database) -> None:
    await store(database, update(1), update(2))
    await done(database, 1)
    found = await database.read(payloads)
    assert found[1] is None
    assert json.loads(str(found[2])) == update(2).payload


async def test_attempts_are_counted_for_what_is_begun_again(database: Database) -> None:
    await store(database, update(1), update(2))
    for _ in range(2):
        await database.write(partial(inbox.count_attempt, update_id=2))
    found = await database.read(inbox.left_over)
    assert [(one.update_id, one.attempts) for one in found] == [(1, 0), (2, 2)]


async def test_a_stop_on_purpose_blames_nobody(database: Database) -> None:
    await store(database, update(1))
    await database.write(partial(inbox.count_attempt, update_id=1))
    await database.write(inbox.clear_attempts)
    assert [one.attempts for one in await database.read(inbox.left_over)] == [0]


async def test_what_was_begun_too_often_is_given_up(database: Database) -> None:
    await store(database, update(1), update(2), update(3))
    for update_id in (1, 2, 2, 2, 3, 3, 3):
        await database.write(partial(inbox.count_attempt, update_id=update_id))
    await done(database, 3)
    assert await database.write(partial(inbox.give_up, attempts=3, at=AT)) == [2]
    assert await database.write(partial(inbox.give_up, attempts=3, at=AT)) == []
    assert await left(database) == [1]
    assert (await database.read(payloads))[2] is None


async def test_what_was_done_long_ago_is_forgotten_and_what_waits_is_not(database: Database) -> None:
    await store(database, update(1), update(2), update(3))
    await done(database, 1, at=AT - dt.timedelta(seconds=1))
    await done(database, 2, at=AT)
    assert await database.write(partial(inbox.forget, before=AT)) == 1
    assert set(await database.read(payloads)) == {2, 3}


async def test_housekeeping_keeps_what_telegram_may_repeat(database: Database) -> None:
    await store(database, update(1), update(2), update(3))
    await done(database, 1, at=now() - INBOX_KEPT - dt.timedelta(minutes=1))
    await done(database, 2, at=now() - INBOX_KEPT + dt.timedelta(minutes=1))
    await tidy_up(database)
    assert set(await database.read(payloads)) == {2, 3}
