"""Whatever people and staff do in whatever order: seats, counts and the line stay right."""

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select

from bot.domain import clock
from bot.domain.clock import now
from bot.domain.events.lifecycle import SEATED, RegistrationState
from bot.domain.events.seating import Seating
from bot.domain.events.times import offer
from bot.domain.people import Visitor
from bot.services.events.jobs import pass_offers_on
from storage import events, registrations
from storage.database import Database, Result, Work
from storage.tables import registrations as table
from storage.unit_of_work import UnitOfWork
from tests.databases import SqliteFiles, plain_engine
from tests.storage.centre import FOOD, TRANSPORT, organisation_id
from tests.storage.event_centre import HOUR, EventCentre, plan

PEOPLE = 6
QUOTA = 2
OFTEN = {"wait": 6, "cancel": 4, "sign_up": 2, "confirm": 2, "decline": 2, "seats": 2, "admit": 2}
RARELY = {"miss": 1, "pass_on": 1, "hours": 1}
weighed = [what for what, times in (OFTEN | RARELY).items() for _ in range(times)]
moves = st.tuples(st.sampled_from(weighed), st.integers(1, PEOPLE))
"""What happens, and to whom; or how many hours pass, how many seats there are."""


class OneTransaction(Database):
    """A database all of whose reads and writes are in one transaction, which is undone at the end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def read(self, work: Work[Result]) -> Result:
        return work(self._connection)

    async def write(self, work: Work[Result]) -> Result:
        return work(self._connection)


@pytest.fixture(scope="module")
def engine(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = plain_engine(sqlite_files.migrated(Path(tmp_path_factory.mktemp("sequences"))))
    yield engine
    engine.dispose()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.booleans(), st.lists(moves, min_size=10, max_size=25))
def test_any_sequence_keeps_seats_and_order(
    engine: Engine, quotas: bool, sequence: list[tuple[str, int]]
) -> None:
    shifted = clock._shifted
    try:
        with engine.connect() as connection:
            asyncio.run(play(connection, sequence, quotas=quotas))
            connection.rollback()
    finally:
        clock._shifted = shifted


async def play(connection: Connection, sequence: list[tuple[str, int]], *, quotas: bool) -> None:
    centre = await EventCentre(OneTransaction(connection)).found()
    crowd = [
        *await centre.students(PEOPLE // 2),
        *await centre.students(PEOPLE // 2, FOOD, first=PEOPLE // 2 + 1),
    ]
    college = organisation_id(connection, TRANSPORT.organisation_code)
    planned = partial(plan, starts_at=now() + 9 * HOUR, quotas={college: QUOTA} if quotas else {})
    code = (await centre.desk.create(centre.unit(), centre.coordinator, planned(seats=2))).code
    await centre.desk.publish(centre.unit(), centre.coordinator, code)
    for what, number in sequence:
        await move(centre, code, what, number, crowd, planned)
        check(connection, code)


async def move(
    centre: EventCentre, code: str, what: str, number: int, crowd: list[Visitor], planned: Any
) -> None:
    unit: UnitOfWork = centre.unit()
    if what == "hours":
        clock.shift(number * HOUR)
    elif what == "pass_on":
        await pass_offers_on(centre.database)
    elif what == "seats":
        await centre.desk.change(unit, centre.coordinator, code, planned(seats=number))
    elif what in ("admit", "miss"):
        await getattr(centre.door, what)(unit, centre.coordinator, code, f"CODE-{number:04}")
    else:
        answer = await getattr(centre.events, what)(unit, crowd[number - 1], code)
        assert answer.card is None or (answer.card.seats_left or 0) >= 0


def check(connection: Connection, code: str) -> None:
    event = events.by_code(connection, code)
    assert event is not None
    rows = connection.execute(select(table).order_by(table.c.id)).all()
    assert len({row.person_id for row in rows}) == len(rows), "nobody twice"
    taken = registrations.taken(connection, [event.id])[event.id]
    assert sum(taken.values()) == sum(row.state in SEATED for row in rows)
    seating = Seating(event.seats, events.quotas_of(connection, [event.id])[event.id])
    assert not any(seating.overfull(taken, one) for one in taken), "no more seats than there are"
    waiting = registrations.waiting(connection, event.id)
    if offer(now(), event.starts_at, event.deadline_at, event.zone) is not None:
        assert seating.next_in_line(taken, waiting) == [], "no seat is left while somebody waits for it"
    offered = {row.id for row in rows if row.state == RegistrationState.OFFERED}
    for row in rows:
        assert (row.state == RegistrationState.OFFERED) == (row.offered_until is not None)
        assert (row.state == RegistrationState.ATTENDED) == (row.came_at is not None)
    if not seating.quotas and offered and waiting:
        assert max(offered) < min(number for number, _ in waiting), "in order"
