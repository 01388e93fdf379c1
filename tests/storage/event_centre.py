"""A region with events: its staff, its students, and what they do."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any

from sqlalchemy import Connection, select

from bot.config import STANDARD
from bot.domain import clock
from bot.domain.clock import now
from bot.domain.events.event import Event, Plan
from bot.domain.events.kinds import EventKind
from bot.domain.events.lifecycle import RegistrationState
from bot.domain.people import Person, Role, StaffMember, Visitor
from bot.domain.quiet import RegionZones
from bot.domain.risk.criteria import Criteria
from bot.services.assessments import Assessments
from bot.services.events.check_in import EventCheckIn
from bot.services.events.desk import EventDesk
from bot.services.events.door import EventDoor
from bot.services.events.student import Events
from bot.sources.definition_file import read_definition
from storage import events, people, staff
from storage.database import Database
from storage.organisations import GroupRow
from storage.tables import outbox, persons, registrations
from storage.tables import staff as staff_table
from storage.unit_of_work import UnitOfWork
from tests.storage.centre import TRANSPORT, enrol, found_colleges, organisation_id

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
ASSESSMENTS = Assessments(read_definition(STANDARD / "criteria.yaml", Criteria))
ZONES = RegionZones("Europe/Moscow", {})
SPECIALIST, OF_FOOD, COORDINATOR = 9_000_001, 9_000_002, 9_000_003


class EventCentre:
    """The services over one database, and people to use them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.events = Events()
        self.desk = EventDesk(ASSESSMENTS, ZONES)
        self.door = EventDoor(ASSESSMENTS)
        self.check_in = EventCheckIn(ASSESSMENTS)
        self.specialist = self.of_food = self.coordinator = Visitor(0, "ru")

    async def found(self) -> "EventCentre":
        await self.database.write(found_colleges)
        self.specialist = await self._hired(SPECIALIST, "ktt")
        self.of_food = await self._hired(OF_FOOD, "tpk")
        self.coordinator = await self._hired(COORDINATOR, None)
        return self

    async def _hired(self, telegram_id: int, college: str | None) -> Visitor:
        def hire(connection: Connection) -> StaffMember:
            of = organisation_id(connection, college) if college else None
            role = Role.SPECIALIST if college else Role.COORDINATOR
            staff.link(connection, telegram_id, role, of, "ru", now())
            row = connection.execute(
                select(staff_table.c.id).where(staff_table.c.telegram_id == telegram_id)
            ).scalar_one()
            return StaffMember(row, role, of, "ru")

        return Visitor(telegram_id, "ru", staff=await self.database.write(hire))

    def unit(self) -> UnitOfWork:
        return UnitOfWork(self.database)

    async def students(self, count: int, group: GroupRow = TRANSPORT, first: int = 1) -> list[Visitor]:
        def enrol_all(connection: Connection) -> list[Person]:
            return [enrol(connection, number, group=group) for number in range(first, first + count)]

        made = await self.database.write(enrol_all)
        return [Visitor(person.telegram_id, "ru", person=person) for person in made]

    async def event(self, visitor: Visitor | None = None, *, publish: bool = True, **planned: Any) -> str:
        """A published event two days from now; its code."""
        by = visitor or self.specialist
        done = await self.desk.create(self.unit(), by, plan(**planned))
        assert done.well, done
        if publish:
            assert (await self.desk.publish(self.unit(), by, done.code)).well
        return done.code

    async def stored(self, code: str) -> Event:
        event = await self.database.read(partial(events.by_code, code=code))
        assert event is not None
        return event

    async def states(self) -> dict[int, RegistrationState]:
        """Who stands how, by person, in the order of the line."""

        def look(connection: Connection) -> dict[int, RegistrationState]:
            statement = select(registrations.c.person_id, registrations.c.state).order_by(registrations.c.id)
            return {row.person_id: RegistrationState(row.state) for row in connection.execute(statement)}

        return await self.database.read(look)

    async def notices(self) -> list[tuple[str, int | None]]:
        """Kinds and people of all messages, in order."""

        def look(connection: Connection) -> list[tuple[str, int | None]]:
            rows = connection.execute(select(outbox.c.kind, outbox.c.person_id).order_by(outbox.c.id))
            return [(row.kind, row.person_id) for row in rows]

        return await self.database.read(look)

    async def assess(self, visitors: Iterable[Visitor]) -> None:
        """Give people a finished profile of which little is known: their level follows from facts alone."""
        for visitor in visitors:
            assert visitor.person is not None
            change = partial(people.change_person, person_id=visitor.person.id, changed={"level": "high"})
            await self.database.write(change)

    async def level(self, visitor: Visitor) -> str | None:
        assert visitor.person is not None
        statement = select(persons.c.level).where(persons.c.id == visitor.person.id)
        return await self.database.read(lambda connection: connection.execute(statement).scalar_one())


def plan(**planned: Any) -> Plan:
    """A training two days from now, at three in the afternoon."""
    starts_at = planned.get("starts_at") or two_days_on()
    usual: dict[str, Any] = {
        "kind": EventKind.INTERVIEW_TRAINING,
        "title": "Тренинг по собеседованиям",
        "place": "ауд. 214",
        "starts_at": starts_at,
        "ends_at": starts_at + 2 * HOUR,
        "deadline_at": starts_at,
    }
    return Plan(**{**usual, **planned})


def two_days_on() -> dt.datetime:
    """At 15:00 in Moscow."""
    return (now() + 2 * DAY).replace(hour=12, minute=0, second=0, microsecond=0)


def go_to(instant: dt.datetime) -> None:
    """Let time pass until then."""
    clock.shift(instant - now())
