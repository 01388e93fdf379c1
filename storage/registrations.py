"""Registrations for events. The order of the waiting list is that of the ids.

Whoever changes who has a seat has locked the event's row before: see `storage.events.lock`.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from bot.domain.events.audience import Attendee
from bot.domain.events.kinds import EventKind
from bot.domain.events.lifecycle import (
    SEATED,
    EventState,
    Registration,
    RegistrationState,
    RegistrationStep,
    registration_after,
    sources,
)
from bot.domain.facts import settle
from storage import risk
from storage.tables import events, groups, organisations, persons, registrations

_ended = (RegistrationState.ATTENDED, RegistrationState.ABSENT)


class Recipient(NamedTuple):
    """Somebody to be told of an event."""

    person_id: int
    telegram_id: int
    registration: Registration


class Lapsed(NamedTuple):
    """An offer that nobody answered in time."""

    registration_id: int
    event_id: int


def _registration(row: RowMapping) -> Registration:
    kept = {column.name: row[column.name] for column in registrations.c}
    return Registration(**{**kept, "state": RegistrationState(row["state"]), "remind": tuple(row["remind"])})


def of_person(connection: Connection, event_id: int, person_id: int) -> Registration | None:
    return of_events(connection, person_id, [event_id]).get(event_id)


def of_events(connection: Connection, person_id: int, event_ids: Collection[int]) -> dict[int, Registration]:
    """The person's registrations for these events, by event."""
    statement = select(registrations).where(
        registrations.c.person_id == person_id, registrations.c.event_id.in_(event_ids)
    )
    return {row["event_id"]: _registration(row) for row in connection.execute(statement).mappings()}


def own(connection: Connection, person_id: int, since: dt.datetime) -> list[Registration]:
    """The person's registrations that are not cancelled, for events that ended after that; the next first."""
    statement = (
        select(registrations)
        .join(events, events.c.id == registrations.c.event_id)
        .where(
            registrations.c.person_id == person_id,
            registrations.c.state != RegistrationState.CANCELLED,
            events.c.ends_at > since,
        )
        .order_by(events.c.starts_at, registrations.c.id)
    )
    return [_registration(row) for row in connection.execute(statement).mappings()]


def add(
    connection: Connection,
    event_id: int,
    person_id: int,
    state: RegistrationState,
    at: dt.datetime,
    remind: Sequence[int],
    **values: Any,
) -> int:
    """A new registration, at the end of the line; a cancelled one makes room for it. Returns its id."""
    former = (registrations.c.event_id == event_id) & (registrations.c.person_id == person_id)
    cancelled = registrations.c.state == RegistrationState.CANCELLED
    connection.execute(delete(registrations).where(former, cancelled))
    row = {"event_id": event_id, "person_id": person_id, "state": state, "at": at, "remind": list(remind)}
    statement = insert(registrations).values(**row, **values).returning(registrations.c.id)
    return int(connection.execute(statement).scalar_one())


def move(connection: Connection, ids: Collection[int], step: RegistrationStep, **values: Any) -> list[int]:
    """Take registrations a step on, those that can take it; returns the ids of these."""
    if not ids:
        return []
    (after,) = {registration_after(one, step) for one in sources(step)}
    statement = (
        update(registrations)
        .where(registrations.c.id.in_(ids), registrations.c.state.in_(sources(step)))
        .values(state=after, **values)
        .returning(registrations.c.id)
    )
    return sorted(connection.execute(statement).scalars())


def change(connection: Connection, registration_id: int, **values: Any) -> None:
    """Set columns other than the state."""
    statement = update(registrations).where(registrations.c.id == registration_id)
    connection.execute(statement.values(**values))


def taken(connection: Connection, event_ids: Collection[int]) -> dict[int, dict[int | None, int]]:
    """Seats taken, by the organisations of those who have them, for every one of these events."""
    found: dict[int, dict[int | None, int]] = {event_id: {} for event_id in event_ids}
    statement = (
        select(registrations.c.event_id, persons.c.organisation_id, func.count().label("people"))
        .join(persons, persons.c.id == registrations.c.person_id)
        .where(registrations.c.event_id.in_(event_ids), registrations.c.state.in_(SEATED))
        .group_by(registrations.c.event_id, persons.c.organisation_id)
    )
    for row in connection.execute(statement):
        found[row.event_id][row.organisation_id] = row.people
    return found


def waiting(connection: Connection, event_id: int) -> list[tuple[int, int | None]]:
    """The waiting list in order: registrations with the organisations of those who wait."""
    statement = (
        select(registrations.c.id, persons.c.organisation_id)
        .join(persons, persons.c.id == registrations.c.person_id)
        .where(registrations.c.event_id == event_id, registrations.c.state == RegistrationState.WAITING)
        .order_by(registrations.c.id)
    )
    return [(row.id, row.organisation_id) for row in connection.execute(statement)]


def ahead(
    connection: Connection, registration: Registration, organisation: int | None, quotas: Collection[int]
) -> int:
    """How many wait before somebody of a college. Each college with a quota has a line of its own."""
    of = persons.c.organisation_id
    same_line = of == organisation if organisation in quotas else of.is_(None) | of.not_in(quotas)
    statement = (
        select(func.count())
        .select_from(registrations)
        .join(persons, persons.c.id == registrations.c.person_id)
        .where(
            registrations.c.event_id == registration.event_id,
            registrations.c.state == RegistrationState.WAITING,
            registrations.c.id < registration.id,
            same_line,
        )
    )
    return int(connection.execute(statement).scalar_one())


def counts(connection: Connection, event_ids: Collection[int]) -> dict[int, dict[RegistrationState, int]]:
    """How many registrations there are in each state, for every one of these events."""
    found: dict[int, dict[RegistrationState, int]] = {event_id: {} for event_id in event_ids}
    statement = (
        select(registrations.c.event_id, registrations.c.state, func.count().label("people"))
        .where(registrations.c.event_id.in_(event_ids))
        .group_by(registrations.c.event_id, registrations.c.state)
    )
    for row in connection.execute(statement):
        found[row.event_id][RegistrationState(row.state)] = row.people
    return found


def recipients(
    connection: Connection, event_ids: Collection[int], states: Iterable[RegistrationState]
) -> list[Recipient]:
    """Those whose registrations stand so, in order."""
    statement = (
        select(registrations, persons.c.telegram_id)
        .join(persons, persons.c.id == registrations.c.person_id)
        .where(registrations.c.event_id.in_(event_ids), registrations.c.state.in_(list(states)))
        .order_by(registrations.c.id)
    )
    rows = connection.execute(statement).mappings()
    return [Recipient(row["person_id"], row["telegram_id"], _registration(row)) for row in rows]


def lapsed(connection: Connection, at: dt.datetime, limit: int) -> list[Lapsed]:
    """Offers that ran out, the oldest first."""
    statement = (
        select(registrations.c.id, registrations.c.event_id)
        .where(registrations.c.state == RegistrationState.OFFERED, registrations.c.offered_until <= at)
        .order_by(registrations.c.offered_until, registrations.c.id)
        .limit(limit)
    )
    return [Lapsed(*row) for row in connection.execute(statement)]


def seated_events(connection: Connection, person_id: int, at: dt.datetime) -> list[int]:
    """Events to come in which the person has a seat."""
    statement = (
        select(events.c.id)
        .join(registrations, registrations.c.event_id == events.c.id)
        .where(
            registrations.c.person_id == person_id,
            registrations.c.state.in_(SEATED),
            events.c.state == EventState.PUBLISHED,
            events.c.starts_at > at,
        )
        .order_by(events.c.id)
    )
    return list(connection.execute(statement).scalars())


def attended(
    connection: Connection, person_ids: Collection[int]
) -> dict[int, list[tuple[EventKind, str | None]]]:
    """Kinds and employers of the events that people have been to, for every one of these people."""
    found: dict[int, list[tuple[EventKind, str | None]]] = {person_id: [] for person_id in person_ids}
    statement = (
        select(registrations.c.person_id, events.c.kind, events.c.employer)
        .join(events, events.c.id == registrations.c.event_id)
        .where(registrations.c.person_id.in_(person_ids), registrations.c.state == RegistrationState.ATTENDED)
    )
    for row in connection.execute(statement):
        found[row.person_id].append((EventKind(row.kind), row.employer))
    return found


def latest_outcomes(
    connection: Connection, person_ids: Collection[int]
) -> dict[int, list[RegistrationState]]:
    """Whether people came to the events that they had a seat in, the latest event first."""
    found: dict[int, list[RegistrationState]] = {person_id: [] for person_id in person_ids}
    statement = (
        select(registrations.c.person_id, registrations.c.state)
        .join(events, events.c.id == registrations.c.event_id)
        .where(registrations.c.person_id.in_(person_ids), registrations.c.state.in_(_ended))
        .order_by(events.c.ends_at.desc(), events.c.id.desc())
    )
    for row in connection.execute(statement):
        found[row.person_id].append(RegistrationState(row.state))
    return found


_attendee = (
    select(
        persons.c.organisation_id,
        organisations.c.region,
        persons.c.group_id,
        groups.c.specialty,
        groups.c.graduation_year,
    )
    .outerjoin(organisations, organisations.c.id == persons.c.organisation_id)
    .outerjoin(groups, groups.c.id == persons.c.group_id)
)


def attendee(connection: Connection, person_id: int) -> Attendee:
    """Where the person learns and what they look for; somebody erased meanwhile is nobody known."""
    row = connection.execute(_attendee.where(persons.c.id == person_id)).one_or_none()
    if row is None:
        return Attendee()
    known = settle(risk.facts_of(connection, person_id))
    requests = known["requests"].value if "requests" in known else ()
    specialty = known["specialty"].value if "specialty" in known else row.specialty
    year = known["graduation_year"].value if "graduation_year" in known else row.graduation_year
    return Attendee(
        organisation_id=row.organisation_id,
        region=row.region,
        group_id=row.group_id,
        specialty=specialty if isinstance(specialty, str) else None,
        year=year if isinstance(year, int) else None,
        requests=requests if isinstance(requests, tuple) else (),
    )
