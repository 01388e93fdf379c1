"""The outbox: what waits for a person to come back, what is put off, what is dropped in the end."""

import datetime as dt
from functools import partial

from sqlalchemy import Connection

from bot.domain.people import Role
from storage import outbox, people, staff
from storage.database import Database
from storage.outbox import Settled, State
from tests.storage.centre import enrol, found_colleges
from tests.storage.notices import DAY, HOUR, NOW, ids, notice, queued, rows, states, take

MONTH = 30 * DAY


def test_what_waits_for_an_account_that_blocked_the_bot_is_held_back_and_revived(
    connection: Connection,
) -> None:
    queued(connection, notice("a"), notice("b"), notice("under way"), notice("other", account=2))
    take(connection, 5, "under way")
    outbox.hold_back(connection, [1])
    assert states(connection) == {
        "a": State.BLOCKED,
        "b": State.BLOCKED,
        "under way": State.SENDING,
        "other": State.WAITING,
    }
    outbox.revive(connection, 2)
    assert states(connection)["a"] is State.BLOCKED
    outbox.revive(connection, 1)
    assert states(connection)["a"] is State.WAITING
    assert states(connection)["under way"] is State.SENDING
    assert [rows(connection)[key]["settled_at"] for key in ("a", "b")] == [None, None]


def test_blocking_is_marked_for_all_of_an_account(connection: Connection) -> None:
    found_colleges(connection)
    blocker, other = enrol(connection, 1), enrol(connection, 2)
    for person in (blocker, other):
        queued(connection, notice(f"to {person.id}", account=person.telegram_id, person_id=person.id))
    people.mark_blocked(connection, [blocker.telegram_id], NOW)
    people.mark_blocked(connection, [blocker.telegram_id], NOW + HOUR)  # the first time counts
    assert states(connection) == {"to 1": State.BLOCKED, "to 2": State.WAITING}
    known = people.known(connection, blocker.telegram_id).person
    assert known is not None
    assert known.blocked
    people.mark_back(connection, blocker.telegram_id)
    assert states(connection)["to 1"] is State.WAITING
    known = people.known(connection, blocker.telegram_id).person
    assert known is not None
    assert not known.blocked


def test_staff_are_known_to_be_back_by_what_is_held_back_for_them(connection: Connection) -> None:
    staff.link(connection, 33, Role.COORDINATOR, None, "ru", NOW)

    def blocked() -> bool:
        member = people.known(connection, 33).staff
        assert member is not None
        return member.blocked

    queued(connection, notice("a", account=33))
    assert not blocked()
    people.mark_blocked(connection, [33], NOW)
    assert blocked()
    people.mark_back(connection, 33)
    assert not blocked()


def test_a_revived_message_is_not_tidied_away(connection: Connection) -> None:
    """It was held back longer ago than settled rows are kept, and is still to be sent."""
    queued(connection, notice("a", expires_at=NOW + 3 * MONTH))
    take(connection, 5, "a")
    outbox.settle(connection, [Settled(ids(connection, "a")[0], 1, State.BLOCKED)], 5, NOW)
    assert outbox.forget(connection, NOW + 2 * MONTH, 10) == 0
    outbox.revive(connection, 1)
    assert outbox.forget(connection, NOW + 4 * MONTH, 10) == 0
    assert states(connection) == {"a": State.WAITING}


def test_rows_are_put_off_and_ended_only_while_they_wait(connection: Connection) -> None:
    queued(connection, *(notice(key) for key in ("off", "over", "under way", "under way too")))
    take(connection, 5, "under way", "under way too")
    off, over, first, second = ids(connection, "off", "over", "under way", "under way too")
    outbox.put_off(connection, {off: NOW + HOUR, first: NOW + HOUR})
    outbox.put_off(connection, {})
    outbox.end(connection, [Settled(row, 1, State.DROPPED, "expired") for row in (over, second)], NOW)
    outbox.end(connection, [], NOW)
    found = rows(connection)
    assert found["off"]["due_at"] == NOW + HOUR
    assert (found["over"]["reason"], found["over"]["settled_at"]) == ("expired", NOW)
    assert found["under way"]["due_at"] == NOW
    assert states(connection) == {
        "off": State.WAITING,
        "over": State.DROPPED,
        "under way": State.SENDING,
        "under way too": State.SENDING,
    }


async def test_old_rows_are_forgotten_in_portions(database: Database) -> None:
    def prepare(connection: Connection) -> None:
        old = [f"old {number}" for number in range(7)]
        queued(connection, *(notice(key) for key in (*old, "waiting", "new", "under way")))
        queued(connection, notice("blocked", account=2, expires_at=NOW + DAY))
        queued(connection, notice("blocked for long", account=3, expires_at=NOW + MONTH))
        take(connection, 5, *old, "new", "under way")
        for keys, at in ((old, NOW), (["new"], NOW + MONTH)):
            settled = [Settled(row, 1, State.SENT) for row in ids(connection, *keys)]
            outbox.settle(connection, settled, 5, at)
        outbox.hold_back(connection, [2, 3])

    await database.write(prepare)
    forget = partial(outbox.forget, before=NOW + DAY + dt.timedelta(seconds=1), limit=3)
    assert [await database.write(forget) for _ in range(4)] == [3, 3, 2, 0]
    left = await database.read(states)
    assert set(left) == {"waiting", "new", "under way", "blocked for long"}
