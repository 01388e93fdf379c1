"""Taking up: everything is looked at again in the moment before a message leaves."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, select, update
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.delivery.letters import Later
from bot.delivery.taking_up import Look, TakingUp
from bot.domain.notices import NoticeKind
from bot.domain.quiet import QuietHours
from storage import people
from storage.database import Database
from storage.outbox import State, Taken
from storage.tables import persons
from tests.storage.centre import enrol, found_colleges
from tests.storage.composers import Plain, taking_up
from tests.storage.notices import DAY, HOUR, NOW, SECOND, notice, queued, rows, states

REMINDER, DIGEST, CAMPAIGN, TEST = (
    NoticeKind.PROFILE_AGAIN,
    NoticeKind.VACANCIES,
    NoticeKind.CAMPAIGN,
    NoticeKind.CAMPAIGN_TEST,
)


def look(room: int = 5, rows: int = 0, at: dt.datetime = NOW, busy: Sequence[int] = ()) -> Look:
    return Look(7, at, busy, room, rows)


def taken(taking: TakingUp, connection: Connection, the_look: Look) -> tuple[list[str], int]:
    """The words that are ready to go, and how many rows were settled without sending."""
    found = taking.take(connection, the_look)
    return [str(ready.loaded) for ready in found.ready], found.settled


def to(number: int, kind: NoticeKind = REMINDER, key: str | None = None, **about: Any) -> Any:
    """A message to an enrolled person."""
    return notice(key or f"to {number}", kind, 10**10 + number, person_id=number, **about)


@pytest.fixture
def three(connection: Connection) -> None:
    found_colleges(connection)
    for number in (1, 2, 3):
        enrol(connection, number)


def test_as_many_as_there_is_room_for_the_most_urgent_first(connection: Connection) -> None:
    for number, kind in enumerate([CAMPAIGN, DIGEST, REMINDER, TEST], start=1):
        queued(connection, notice(kind, kind, number))
    assert taken(taking_up(), connection, look(room=2)) == ([TEST, REMINDER], 0)
    assert taken(taking_up(), connection, look(room=2)) == ([DIGEST, CAMPAIGN], 0)
    assert taken(taking_up(), connection, look(room=2)) == ([], 0)
    assert {row["token"] for row in rows(connection).values()} == {7}
    assert {row["attempts"] for row in rows(connection).values()} == {1}


def test_one_message_at_a_time_to_each_account(connection: Connection) -> None:
    queued(connection, notice("first"), notice("second"), notice("other", account=2))
    assert taken(taking_up(), connection, look()) == (["first", "other"], 0)
    assert states(connection)["second"] is State.WAITING


def test_busy_accounts_wait(connection: Connection) -> None:
    queued(connection, notice("a"), notice("b", account=2))
    assert taken(taking_up(), connection, look(busy=[1])) == (["b"], 0)


def test_what_is_too_late_is_dropped(connection: Connection) -> None:
    queued(
        connection,
        notice("late", expires_at=NOW),
        notice("in time", account=2, expires_at=NOW + SECOND),
    )
    assert taken(taking_up(), connection, look()) == (["in time"], 1)
    row = rows(connection)["late"]
    assert (row["state"], row["reason"], row["settled_at"]) == ("dropped", "expired", NOW)


def test_who_blocked_the_bot_is_not_written_to(connection: Connection, three: None) -> None:
    queued(connection, to(1), to(1, key="tomorrow", due_at=NOW + DAY), to(2))
    people_blocked = update(persons).where(persons.c.id == 1).values(blocked_at=NOW)
    connection.execute(people_blocked)  # what was queued since then
    assert taken(taking_up(), connection, look()) == (["to 2"], 1)
    assert states(connection)["to 1"] is State.BLOCKED
    assert states(connection)["tomorrow"] is State.BLOCKED
    people.mark_back(connection, 10**10 + 1)
    assert taken(taking_up(), connection, look()) == (["to 1"], 0)


def test_what_expired_while_the_person_was_away_is_dropped_when_they_are_back(
    connection: Connection, three: None
) -> None:
    queued(connection, to(1), to(1, key="lasting", expires_at=NOW + 9 * DAY))
    people.mark_blocked(connection, [10**10 + 1], NOW)
    assert taken(taking_up(), connection, look(at=NOW + 2 * DAY)) == ([], 0)
    people.mark_back(connection, 10**10 + 1)
    assert taken(taking_up(), connection, look(at=NOW + 2 * DAY)) == (["lasting"], 1)
    assert states(connection)["to 1"] is State.DROPPED


def moscow(**hours: Any) -> Any:
    """Person 1 sleeps in these hours; the others never."""

    def of(connection: Connection, wanted: Any) -> dict[int, QuietHours]:
        always = QuietHours("Europe/Moscow", 0, 0, 0, False)
        theirs = QuietHours("Europe/Moscow", days_off=0, holidays_off=False, **hours)
        return {number: theirs if number == 1 else always for number in wanted}

    return of


def test_who_sleeps_is_written_to_when_they_wake(connection: Connection, three: None) -> None:
    queued(connection, to(1, DIGEST), to(2, DIGEST), notice("staff", account=9))
    asleep = moscow(quiet_from=14 * 60, quiet_to=17 * 60)  # it is 15:00 there
    assert taken(taking_up(asleep), connection, look()) == (["staff", "to 2"], 1)
    assert rows(connection)["to 1"]["due_at"] == NOW + 2 * HOUR
    assert states(connection)["to 1"] is State.WAITING
    assert taken(taking_up(asleep), connection, look(at=NOW + 2 * HOUR - SECOND)) == ([], 0)
    assert taken(taking_up(asleep), connection, look(at=NOW + 2 * HOUR)) == (["to 1"], 0)


def test_what_somebody_waits_for_comes_in_quiet_hours_too(connection: Connection, three: None) -> None:
    queued(connection, to(1, TEST))
    asleep = moscow(quiet_from=14 * 60, quiet_to=17 * 60)
    assert taken(taking_up(asleep), connection, look()) == (["to 1"], 0)


def test_those_who_sleep_do_not_stand_in_the_way(connection: Connection, three: None) -> None:
    """A hundred messages of one who sleeps are put off, as many as are looked at."""
    queued(connection, *(to(1, key=f"n{number}", due_at=NOW - HOUR) for number in range(100)), to(2))
    asleep = taking_up(moscow(quiet_from=14 * 60, quiet_to=17 * 60))
    assert taken(asleep, connection, look()) == ([], 5)
    assert taken(asleep, connection, look(rows=500)) == (["to 2"], 95)


def test_what_is_not_news_any_more_is_dropped(connection: Connection) -> None:
    """One is left out by its maker, to the other it gives nothing."""

    def load(connection: Connection, taken: Sequence[Taken]) -> Mapping[int, Any]:
        said = {row.id: row.values["word"] for row in taken if row.values["word"] != "left out"}
        return {row_id: None if word == "nothing" else word for row_id, word in said.items()}

    for account, word in enumerate(("left out", "nothing", "news"), start=1):
        queued(connection, notice(word, account=account))
    taking = taking_up(composers={REMINDER: Plain(load)})
    assert taken(taking, connection, look()) == (["news"], 2)
    assert states(connection) == {
        "left out": State.DROPPED,
        "nothing": State.DROPPED,
        "news": State.SENDING,
    }
    assert rows(connection)["left out"]["reason"] == "no news"


def test_its_maker_may_want_it_later(connection: Connection) -> None:
    def load(connection: Connection, taken: Sequence[Taken]) -> Mapping[int, Any]:
        return {row.id: Later(NOW + HOUR) for row in taken}

    queued(connection, notice("a"))
    taking = taking_up(composers={REMINDER: Plain(load)})
    assert taken(taking, connection, look()) == ([], 1)
    row = rows(connection)["a"]
    assert (row["state"], row["due_at"], row["attempts"]) == ("waiting", NOW + HOUR, 0)


@pytest.mark.parametrize("fault", ["python", "sql", "unknown kind"])
def test_a_fault_in_one_kind_stops_no_other(
    connection: Connection, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    def load(connection: Connection, taken: Sequence[Taken]) -> Mapping[int, Any]:
        connection.execute(update(persons).values(name="half-way"))
        if fault == "python":
            raise LookupError("on purpose")
        connection.exec_driver_sql("SELECT * FROM nowhere")
        return {}

    found_colleges(connection)
    enrol(connection, 1, "Аня")
    queued(connection, notice("good", REMINDER), notice("bad", DIGEST, 2), notice("good too", CAMPAIGN, 3))
    taking = taking_up(composers={DIGEST: Plain(load)})
    if fault == "unknown kind":
        taking.composers = {kind: maker for kind, maker in taking.composers.items() if kind is not DIGEST}
    assert taken(taking, connection, look()) == (["good", "good too"], 1)
    row = rows(connection)["bad"]
    assert (row["state"], row["reason"]) == ("failed", "fault")
    assert connection.execute(select(persons.c.name)).scalar_one() == "Аня"  # its half-way changes are undone
    assert "messages of the kind vacancies could not be made" in caplog.text


@pytest.mark.parametrize("error", [OperationalError, DBAPIError])
def test_a_database_that_is_away_is_no_fault_of_the_message(
    connection: Connection, error: type[DBAPIError]
) -> None:
    """PostgreSQL tells of a collision with others by a bare DBAPIError: the work is run again then."""

    def load(connection: Connection, taken: Sequence[Taken]) -> Mapping[int, Any]:
        raise error(None, None, Exception("on purpose"))

    queued(connection, notice("a"))
    with pytest.raises(error):
        taking_up(composers={REMINDER: Plain(load)}).take(connection, look())


async def test_a_collision_while_a_message_is_made_spoils_no_message(database: Database) -> None:
    """A person changes the row that the maker of a message is about to change: both are done."""
    collided: list[int] = []

    def prepare(connection: Connection) -> None:
        found_colleges(connection)
        enrol(connection, 1, "Аня")
        queued(connection, to(1))

    def load(connection: Connection, taken: Sequence[Taken]) -> Mapping[int, Any]:
        name = connection.execute(select(persons.c.name)).scalar_one()
        if not collided and connection.dialect.name == "postgresql":
            _rename_by_another(connection)
        collided.append(1)
        connection.execute(update(persons).values(name=f"{name}!"))
        return {row.id: name for row in taken}

    await database.write(prepare)
    taking = taking_up(composers={REMINDER: Plain(load)})
    found = await database.write(lambda connection: taking.take(connection, look()))
    assert len(found.ready) == 1
    assert await database.read(states) == {"to 1": State.SENDING}


def _rename_by_another(connection: Connection) -> None:
    """Another connection commits a change of the same row meanwhile."""
    from sqlalchemy.util.concurrency import await_

    from storage.engines.postgresql import postgresql_engine

    async def rename() -> None:
        engine = postgresql_engine(connection.engine.url)
        async with engine.begin() as another:
            await another.execute(update(persons).values(name="Таня"))
        await engine.dispose()

    await_(rename())


def test_each_kind_is_loaded_once_for_all_its_rows(connection: Connection) -> None:
    reminders, digests = Plain(), Plain()
    queued(connection, *(notice(f"r{number}", REMINDER, 1 + number) for number in range(3)))
    queued(connection, *(notice(f"d{number}", DIGEST, 10 + number) for number in range(2)))
    taking = taking_up(composers={REMINDER: reminders, DIGEST: digests})
    taken(taking, connection, look(room=9))
    assert reminders.loaded == [["r0", "r1", "r2"]]
    assert digests.loaded == [["d0", "d1"]]
