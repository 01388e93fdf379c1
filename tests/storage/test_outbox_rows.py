"""The outbox: queued once, taken up in order, settled by whoever holds the lease."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, true, update

from bot.domain.notices import POLICIES, NoticeKind, Priority, Uncertain
from bot.domain.people import Role
from storage import outbox, people, staff
from storage.database import Database
from storage.outbox import Settled, State
from storage.tables import outbox as table
from tests.databases import plain_engine
from tests.storage.centre import enrol, found_colleges
from tests.storage.notices import DAY, HOUR, NOW, SECOND, ids, notice, queued, rows, states, take, words

BY_PRIORITY = [kind for _, kind in sorted({POLICIES[kind].priority: kind for kind in NoticeKind}.items())]
"""A kind of each."""


def due(
    connection: Connection, at: dt.datetime = NOW, busy: tuple[int, ...] = (), limit: int = 100
) -> list[str]:
    return words(outbox.due(connection, at, busy, limit))


def test_the_same_message_is_queued_once(connection: Connection) -> None:
    assert outbox.queue(connection, [notice("a"), notice("b"), notice("a")]) == 2
    assert outbox.queue(connection, [notice("b", account=9), notice("c")]) == 1
    assert outbox.queue(connection, []) == 0
    found = rows(connection)
    assert set(found) == {"a", "b", "c"}
    assert (found["b"]["telegram_id"], found["b"]["values"]) == (1, {"word": "b"})
    assert (found["b"]["state"], found["b"]["attempts"], found["b"]["settled_at"]) == ("waiting", 0, None)
    assert found["b"]["priority"] == POLICIES[NoticeKind.PROFILE_AGAIN].priority


def test_thousands_are_queued_at_once(connection: Connection) -> None:
    many = [notice(f"n{number}", account=number) for number in range(5_000)]
    assert outbox.queue(connection, many) == 5_000
    assert outbox.queue(connection, many) == 0


def test_a_message_that_is_done_is_not_queued_again(connection: Connection) -> None:
    queued(connection, notice("a"))
    take(connection, 1, "a")
    outbox.settle(connection, [Settled(ids(connection, "a")[0], 1, State.SENT)], 1, NOW)
    assert outbox.queue(connection, [notice("a")]) == 0
    assert due(connection) == []


def test_the_most_urgent_first_then_the_oldest(connection: Connection) -> None:
    for kind in reversed(BY_PRIORITY):
        queued(connection, notice(f"{kind} new", kind), notice(f"{kind} old", kind, due_at=NOW - HOUR))
        queued(connection, notice(f"{kind} newest", kind))
    expected = [f"{kind} {age}" for kind in BY_PRIORITY for age in ("old", "new", "newest")]
    assert due(connection) == expected
    for limit in range(1, len(expected)):
        assert due(connection, limit=limit) == expected[:limit]


def test_what_is_due_later_waits(connection: Connection) -> None:
    queued(connection, notice("later", due_at=NOW + SECOND))
    assert due(connection) == []
    assert not outbox.anything_due(connection, NOW)
    assert outbox.anything_due(connection, NOW + SECOND)
    assert due(connection, NOW + SECOND) == ["later"]


def test_busy_accounts_are_passed_over(connection: Connection) -> None:
    queued(connection, *(notice(f"to {account}", account=account) for account in (1, 2, -3)))
    assert due(connection, busy=(1, -3)) == ["to 2"]
    assert due(connection, busy=(1, -3), limit=1) == ["to 2"]
    assert due(connection, busy=(1, 2, -3)) == []


def test_only_waiting_rows_are_due(connection: Connection) -> None:
    for state in State:
        queued(connection, notice(state))
        connection.execute(update(table).where(table.c.key == state).values(state=state))
    assert due(connection) == [State.WAITING]


def test_a_kind_of_a_newer_version_is_left_to_it(connection: Connection) -> None:
    queued(connection, notice("mine"), notice("of tomorrow"))
    connection.execute(update(table).where(table.c.key == "of tomorrow").values(kind="holographic"))
    assert due(connection) == ["mine"]
    connection.execute(update(table).where(table.c.key == "mine").values(state=State.SENT))
    assert not outbox.anything_due(connection, NOW)


def test_who_is_written_to_and_in_which_language(connection: Connection) -> None:
    found_colleges(connection)
    person, gone = enrol(connection, 1), enrol(connection, 2)
    people.set_language(connection, person.telegram_id, "en")
    staff.link(connection, 33, Role.COORDINATOR, None, "en", NOW)
    people.mark_blocked(connection, [gone.telegram_id], NOW)
    queued(
        connection,
        notice("person", account=person.telegram_id, person_id=1),
        notice("blocked", account=gone.telegram_id, person_id=2),
        notice("staff", account=33),
        notice("nobody", account=44),
    )
    told = {str(row.values["word"]): row for row in outbox.due(connection, NOW, (), 10)}
    assert {key: (row.language, row.blocked) for key, row in told.items()} == {
        "person": ("en", False),
        "blocked": ("ru", True),
        "staff": ("en", False),
        "nobody": (None, False),
    }
    assert told["person"].kind is NoticeKind.PROFILE_AGAIN
    assert (told["person"].person_id, told["person"].expires_at) == (1, NOW + DAY)


def test_messages_go_with_the_person(connection: Connection) -> None:
    found_colleges(connection)
    erased, other = enrol(connection, 1), enrol(connection, 2)
    for person in (erased, other):
        for state in State:
            key = f"{state} {person.id}"
            queued(connection, notice(key, account=person.telegram_id, person_id=person.id))
            connection.execute(update(table).where(table.c.key == key).values(state=state))
    people.erase(connection, erased, NOW)
    assert set(states(connection)) == {f"{state} 2" for state in State}


@pytest.mark.parametrize("waiting", ["busy", "nobody busy"])
def test_what_waits_for_later_is_not_looked_at(sqlite_files: object, tmp_path: object, waiting: str) -> None:
    """SQLite's own plan: each priority is a range of the index, up to now and no further."""
    engine = plain_engine(sqlite_files.migrated(tmp_path))  # type: ignore[attr-defined]
    plans = _plans(engine, (1, 2) if waiting == "busy" else ())
    assert len(plans) == 2
    for plan in plans:
        ranges = [line for line in plan if "SEARCH outbox" in line and "rowid" not in line]
        assert ranges == ["SEARCH outbox USING INDEX ix_outbox_waiting (priority=? AND due_at<?)"] * len(
            Priority
        )
        assert not [line for line in plan if line.startswith("SCAN outbox")]
    engine.dispose()


def _plans(engine: Engine, busy: tuple[int, ...]) -> list[list[str]]:
    """How the questions of a round are answered, as EXPLAIN tells it."""
    asked: list[tuple[str, object]] = []
    with engine.begin() as connection:
        listening = (
            connection,
            "before_cursor_execute",
            lambda _c, _k, text, given, *_: asked.append((text, given)),
        )
        event.listen(*listening)
        outbox.due(connection, NOW, busy, 5)
        outbox.anything_due(connection, NOW)
        event.remove(*listening)
        return [
            [str(line[3]) for line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given)]  # type: ignore[arg-type]
            for text, given in asked
        ]


def test_a_row_is_taken_once(connection: Connection) -> None:
    queued(connection, notice("a"), notice("b"))
    take(connection, 5, "a")
    assert outbox.take(connection, ids(connection, "a", "b"), 5) == set(ids(connection, "b"))
    assert outbox.take(connection, [], 5) == set()
    row = rows(connection)["a"]
    assert (row["state"], row["token"], row["attempts"]) == ("sending", 5, 1)


def test_what_became_of_a_row_is_kept(connection: Connection) -> None:
    later = NOW + HOUR
    queued(connection, *(notice(key) for key in ("sent", "failed", "uncertain", "again", "blocked")))
    take(connection, 5, "sent", "failed", "uncertain", "again", "blocked")
    number = dict(zip(rows(connection), ids(connection, *rows(connection)), strict=True))
    settled = [
        Settled(number["sent"], 1, State.SENT),
        Settled(number["failed"], 1, State.FAILED, "chat not found"),
        Settled(number["uncertain"], 1, State.UNCERTAIN, "no reply"),
        Settled(number["again"], 1, State.WAITING, "TelegramServerError", later),
        Settled(number["blocked"], 1, State.BLOCKED),
    ]
    outbox.settle(connection, settled, 5, NOW)
    outbox.settle(connection, [], 5, NOW)
    kept = {key: (row["state"], row["reason"], row["settled_at"]) for key, row in rows(connection).items()}
    assert kept == {
        "sent": ("sent", None, NOW),
        "failed": ("failed", "chat not found", NOW),
        "uncertain": ("uncertain", "no reply", NOW),
        "again": ("waiting", "TelegramServerError", None),
        "blocked": ("blocked", None, NOW + DAY),  # given up when it expires
    }
    found = rows(connection)
    assert (found["again"]["due_at"], found["sent"]["due_at"]) == (later, NOW)


def test_a_former_holder_settles_nothing(connection: Connection) -> None:
    queued(connection, notice("a"), notice("b"))
    take(connection, 6, "a")
    before = [dict(row) for row in rows(connection).values()]
    mine = [Settled(row_id, 1, State.SENT) for row_id in ids(connection, "a", "b")]
    outbox.settle(connection, mine, 5, NOW)
    assert [dict(row) for row in rows(connection).values()] == before


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_what_a_former_holder_was_at_is_settled_as_its_kind_wants_it(
    connection: Connection, kind: NoticeKind
) -> None:
    queued(connection, notice("theirs", kind), notice("ours", kind), notice("waiting", kind))
    take(connection, 5, "theirs")
    take(connection, 6, "ours")
    outbox.settle_left_over(connection, 6, NOW + SECOND)
    flagged = POLICIES[kind].uncertain is Uncertain.FLAG
    state = State.UNCERTAIN if flagged else State.WAITING
    assert states(connection) == {"theirs": state, "ours": State.SENDING, "waiting": State.WAITING}
    row = rows(connection)["theirs"]
    told = ("stopped", NOW + SECOND) if flagged else (None, None)
    assert (row["reason"], row["settled_at"]) == told


def test_rows_taken_without_knowing_it_are_given_back(connection: Connection) -> None:
    """The commit's reply was lost: the sender knows of one row, and the other was never sent."""
    queued(connection, *(notice(key, NoticeKind.CAMPAIGN) for key in ("known", "unknown", "of another")))
    take(connection, 5, "known", "unknown")
    take(connection, 4, "of another")
    outbox.give_back(connection, 5, ids(connection, "known"))
    assert states(connection) == {
        "known": State.SENDING,
        "unknown": State.WAITING,
        "of another": State.SENDING,
    }
    outbox.give_back(connection, 5, [])
    assert states(connection)["known"] is State.WAITING


async def test_two_who_take_the_same_row_at_once(database: Database) -> None:
    await database.write(lambda connection: queued(connection, notice("a")))
    row_ids = await database.read(lambda connection: ids(connection, "a"))
    first = await database.write(lambda connection: outbox.take(connection, row_ids, 1))
    second = await database.write(lambda connection: outbox.take(connection, row_ids, 2))
    assert (first, second) == (set(row_ids), set())


def test_counts_and_what_staff_should_see(connection: Connection) -> None:
    for number, (state, reason) in enumerate(
        [
            (State.FAILED, "chat not found"),
            (State.FAILED, "chat not found"),
            (State.UNCERTAIN, "stopped"),
            (State.SENT, None),
            (State.FAILED, "long ago"),
        ]
    ):
        settled_at = NOW - (2 * DAY if reason == "long ago" else HOUR)
        queued(connection, notice(f"n{number}", NoticeKind.CAMPAIGN))
        changed = {"state": state, "reason": reason, "settled_at": settled_at}
        connection.execute(update(table).where(table.c.key == f"n{number}").values(changed))
    assert outbox.counts(connection, true()) == {State.FAILED: 3, State.UNCERTAIN: 1, State.SENT: 1}
    told: list[tuple[Any, ...]] = [tuple(row.values()) for row in outbox.parked(connection, NOW - DAY)]
    assert told == [("campaign", "failed", "chat not found", 2), ("campaign", "uncertain", "stopped", 1)]
