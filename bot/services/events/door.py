"""The door of an event, for staff: the code of the moment, who is there, who is let in, what came of it.

A coordinator sees people of the region's events by code and college only.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping

from bot.domain.access import staff_member
from bot.domain.clock import now
from bot.domain.events.door import OPENS_BEFORE, changes_at, code_at, token
from bot.domain.events.event import Event
from bot.domain.events.lifecycle import (
    SEATED,
    EventStep,
    Registration,
    RegistrationState,
    RegistrationStep,
    event_after,
    registration_after,
)
from bot.domain.events.refusals import Refusal
from bot.domain.events.times import REMINDER_HOURS
from bot.domain.people import Person, Role, StaffMember, Visitor
from bot.services.assessments import Assessments
from bot.services.events.access import audit, own_event
from bot.services.events.attendance import feed
from bot.services.events.seats import pass_on, seating_of
from bot.services.student_desk import as_code
from storage import event_figures, people, registrations
from storage.unit_of_work import UnitOfWork

FEWEST = 3
"""People of whom a share may be told: of fewer it would tell who."""

BY_STAFF, WALKED_IN = "staff", "walk_in"


@dataclass(frozen=True, slots=True)
class Door:
    """What the organiser's screen shows. `changes_at`: when the next code follows, None: it stays."""

    event: Event
    digits: str
    token: str
    changes_at: dt.datetime | None
    opens_at: dt.datetime
    closes_at: dt.datetime
    open: bool


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who signed up, waits, or came. `place_in_line` is set while they wait, from 1."""

    code: str
    name: str | None
    group: str | None
    organisation: str | None
    state: RegistrationState
    came_at: dt.datetime | None
    came_by: str | None
    place_in_line: int | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of an event. `high_risk_share`: percent of those who came; None: too few to tell.

    `by_organisation`: signed up (had a seat) and came, by the college's name; None: no college.
    """

    announced_to: int
    signed_up: int
    came: int
    absent: int
    walk_ins: int
    high_risk_share: int | None
    rating: float | None
    ratings: int
    comments: list[str]
    by_organisation: list[tuple[str | None, int, int]]


class EventDoor:
    """Use cases of the door. Each raises AccessDenied for others than the staff whose event it is."""

    def __init__(self, assessments: Assessments) -> None:
        self._assessments = assessments

    async def door(self, unit: UnitOfWork, visitor: Visitor, code: str) -> Door:
        """The code of the moment. Nothing is checked in by it while the door is not open."""
        member, at = staff_member(visitor), now()
        event = await unit.read(lambda connection: own_event(connection, member, code))
        digits = code_at(event.secret, at, rotating=event.rotating_code)
        opens_at = event.starts_at - OPENS_BEFORE
        published = not isinstance(event_after(event.state, EventStep.CHECK_IN), Refusal)
        return Door(
            event=event,
            digits=digits,
            token=token(event.code, digits),
            changes_at=changes_at(at) if event.rotating_code else None,
            opens_at=opens_at,
            closes_at=event.ends_at,
            open=published and opens_at <= at <= event.ends_at,
        )

    async def participants(self, unit: UnitOfWork, visitor: Visitor, code: str) -> list[Participant]:
        """Who has a seat, waits, came or did not, in the order of signing up."""
        member = staff_member(visitor)

        def look(connection: Connection) -> list[Participant]:
            event = own_event(connection, member, code)
            rows = event_figures.participants(connection, event.id)
            waiting = [
                (row["id"], row["organisation_id"])
                for row in rows
                if row["state"] == RegistrationState.WAITING
            ]
            seating = seating_of(connection, event)
            lines = {one: seating.before(one, waiting) for one in {of for _, of in waiting}}
            return [_participant(row, lines.get(row["organisation_id"], []), member) for row in rows]

        return await unit.read(look)

    async def admit(self, unit: UnitOfWork, visitor: Visitor, code: str, person_code: str) -> Refusal | None:
        """Somebody is here, whether signed up or not; who has no seat needs a free one (else FULL).

        Seats get free when those who did not come are marked.
        """
        return await self._mark(unit, visitor, code, person_code, RegistrationStep.ADMIT)

    async def miss(self, unit: UnitOfWork, visitor: Visitor, code: str, person_code: str) -> Refusal | None:
        """Somebody is not here after all."""
        return await self._mark(unit, visitor, code, person_code, RegistrationStep.MISS)

    async def summary(self, unit: UnitOfWork, visitor: Visitor, code: str) -> Summary:
        """The event in figures."""
        member = staff_member(visitor)

        def look(connection: Connection) -> Summary:
            event = own_event(connection, member, code)
            levels = event_figures.levels_of_those_who_came(connection, event.id)
            rows = event_figures.participants(connection, event.id)
            said = event_figures.said(connection, event.id)
            return _summary(event_figures.reach(connection, event), rows, levels, said)

        return await unit.read(look)

    async def _mark(
        self, unit: UnitOfWork, visitor: Visitor, code: str, person_code: str, step: RegistrationStep
    ) -> Refusal | None:
        member, at = staff_member(visitor), now()

        def decide(connection: Connection) -> Refusal | None:
            event = own_event(connection, member, code, lock=True)
            allowed = event_after(event.state, EventStep.MARK)
            if isinstance(allowed, Refusal):
                return allowed
            if at < event.starts_at - OPENS_BEFORE:
                return Refusal.NOT_YET
            person = people.person_by_code(connection, as_code(person_code))
            if person is None or not _may_come(connection, event, person):
                return Refusal.NOBODY
            registration = registrations.of_person(connection, event.id, person.id)
            refusal = _marked(connection, event, person, registration, step, at)
            if refusal is None:
                feed(connection, self._assessments, [person.id], at)
                audit(connection, member, f"event_{step}", person.code)
            return refusal

        return await unit.decide(decide)


def _may_come(connection: Connection, event: Event, person: Person) -> bool:
    """Of the college, or of the region: whoever walks in need not be of those who were meant."""
    if event.organisation_id is not None:
        return person.organisation_id == event.organisation_id
    return registrations.attendee(connection, person.id).region == event.region


def _marked(
    connection: Connection,
    event: Event,
    person: Person,
    registration: Registration | None,
    step: RegistrationStep,
    at: dt.datetime,
) -> Refusal | None:
    state = registration.state if registration else None
    after = registration_after(state, step)
    if isinstance(after, Refusal):
        return after
    if step is RegistrationStep.MISS:
        assert registration is not None, "there is no way from none to absent"
        registrations.move(
            connection, [registration.id], step, came_at=None, came_by=None, offered_until=None
        )
        pass_on(connection, event, at)
        return None
    taken = registrations.taken(connection, [event.id])[event.id]
    seated = state in SEATED
    if not seated and seating_of(connection, event).free(taken, person.organisation_id) == 0:
        return Refusal.FULL
    came = {"came_at": at, "came_by": BY_STAFF if seated else WALKED_IN}
    if registration is None or state is RegistrationState.CANCELLED:
        registrations.add(connection, event.id, person.id, after, at, REMINDER_HOURS, **came)
    else:
        registrations.move(connection, [registration.id], step, offered_until=None, **came)
    return None


def _participant(row: RowMapping, line: Sequence[int], member: StaffMember) -> Participant:
    own = member.role is Role.SPECIALIST
    return Participant(
        code=row["code"],
        name=row["name"] if own else None,
        group=row["group"] if own else None,
        organisation=row["organisation"],
        state=RegistrationState(row["state"]),
        came_at=row["came_at"],
        came_by=row["came_by"],
        place_in_line=line.index(row["id"]) + 1 if row["id"] in line else None,
    )


def _summary(
    announced_to: int, rows: Sequence[RowMapping], levels: event_figures.Levels, said: Sequence[RowMapping]
) -> Summary:
    states = Counter(RegistrationState(row["state"]) for row in rows)
    seated = Counter(row["organisation"] for row in rows if row["state"] != RegistrationState.WAITING)
    came = Counter(row["organisation"] for row in rows if row["state"] == RegistrationState.ATTENDED)
    ratings = [row["rating"] for row in said if row["rating"] is not None]
    return Summary(
        announced_to=announced_to,
        signed_up=seated.total(),
        came=came.total(),
        absent=states[RegistrationState.ABSENT],
        walk_ins=sum(row["came_by"] == WALKED_IN for row in rows),
        high_risk_share=round(100 * levels.high / levels.known) if levels.known >= FEWEST else None,
        rating=sum(ratings) / len(ratings) if ratings else None,
        ratings=len(ratings),
        comments=[row["comment"] for row in said if row["comment"]],
        by_organisation=[
            (name, seated[name], came[name]) for name in sorted(seated, key=lambda one: one or "")
        ],
    )
