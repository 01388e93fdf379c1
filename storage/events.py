"""Events and their quotas."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, select, update

from bot.domain.events.audience import Audience
from bot.domain.events.event import Event
from bot.domain.events.kinds import Attendance, EventKind
from bot.domain.events.lifecycle import EventState
from storage.tables import event_quotas, events, organisations

_PUBLISHED = events.c.state == EventState.PUBLISHED


def _event(row: RowMapping) -> Event:
    made = {
        "kind": EventKind(row["kind"]),
        "attendance": Attendance(row["attendance"]),
        "state": EventState(row["state"]),
        "audience": Audience.from_json(row["audience"]),
    }
    return Event(**{**row, **made})


def add(connection: Connection, values: Mapping[str, Any], quotas: Mapping[int, int]) -> int:
    """A new event; returns its id."""
    event_id = int(connection.execute(insert(events).values(values).returning(events.c.id)).scalar_one())
    set_quotas(connection, event_id, quotas)
    return event_id


def change(connection: Connection, event_id: int, changed: Mapping[str, Any]) -> None:
    """Set columns of an event that is locked."""
    connection.execute(update(events).where(events.c.id == event_id).values(dict(changed)))


def remove(connection: Connection, event_id: int) -> None:
    """Drop an event that nobody has signed up for."""
    connection.execute(delete(events).where(events.c.id == event_id))


def set_quotas(connection: Connection, event_id: int, quotas: Mapping[int, int]) -> None:
    """Seats by organisation, these and no others."""
    connection.execute(delete(event_quotas).where(event_quotas.c.event_id == event_id))
    rows = [
        {"event_id": event_id, "organisation_id": organisation, "seats": seats}
        for organisation, seats in quotas.items()
    ]
    if rows:
        connection.execute(insert(event_quotas), rows)


def lock(connection: Connection, code: str) -> Event | None:
    """The event, and nobody else decides about it until the commit.

    The row is written, not only locked: on PostgreSQL whoever waited for a mere lock would still see what was
    there before, and hand out the same seat; so they are refused, and run again.
    """
    return _locked(connection, events.c.code == code)


def lock_by_id(connection: Connection, event_id: int) -> Event | None:
    """The same by id."""
    return _locked(connection, events.c.id == event_id)


def _locked(connection: Connection, which: ColumnElement[bool]) -> Event | None:
    statement = update(events).where(which).values(version=events.c.version).returning(*events.c)
    row = connection.execute(statement).mappings().one_or_none()
    return _event(row) if row else None


def by_code(connection: Connection, code: str) -> Event | None:
    row = connection.execute(select(events).where(events.c.code == code)).mappings().one_or_none()
    return _event(row) if row else None


def several(connection: Connection, event_ids: Collection[int]) -> dict[int, Event]:
    """The events with these ids, where they are still there."""
    rows = connection.execute(select(events).where(events.c.id.in_(event_ids))).mappings()
    return {row["id"]: _event(row) for row in rows}


def quotas_of(connection: Connection, event_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """Seats by organisation, for every one of these events."""
    found: dict[int, dict[int, int]] = {event_id: {} for event_id in event_ids}
    statement = select(event_quotas).where(event_quotas.c.event_id.in_(event_ids))
    for row in connection.execute(statement.order_by(event_quotas.c.organisation_id)):
        found[row.event_id][row.organisation_id] = row.seats
    return found


def published(
    connection: Connection,
    region: str,
    organisation_id: int,
    ends_after: dt.datetime,
    starts_before: dt.datetime | None = None,
) -> list[Event]:
    """Published events of a college and of its region, the next first."""
    whose = events.c.organisation_id.is_(None) | (events.c.organisation_id == organisation_id)
    statement = select(events).where(
        events.c.region == region, _PUBLISHED, whose, events.c.ends_at > ends_after
    )
    if starts_before is not None:
        statement = statement.where(events.c.starts_at < starts_before)
    rows = connection.execute(statement.order_by(events.c.starts_at, events.c.id)).mappings()
    return [_event(row) for row in rows]


def of_desk(
    connection: Connection,
    organisation_id: int | None,
    at: dt.datetime,
    limit: int,
    offset: int,
    *,
    past: bool,
) -> list[Event]:
    """A college's events, or the region's: the coming ones, the next first, or the past, the last first."""
    of = events.c.organisation_id
    ours = of.is_(None) if organisation_id is None else of == organisation_id
    over = (events.c.ends_at <= at) | events.c.state.in_([EventState.HELD, EventState.CANCELLED])
    order = (events.c.starts_at.desc(), events.c.id.desc()) if past else (events.c.starts_at, events.c.id)
    statement = select(events).where(ours, over if past else ~over)
    rows = connection.execute(statement.order_by(*order).limit(limit).offset(offset)).mappings()
    return [_event(row) for row in rows]


def starting(connection: Connection, after: dt.datetime, before: dt.datetime) -> list[Event]:
    """Published events that begin in that time."""
    statement = select(events).where(_PUBLISHED, events.c.starts_at > after, events.c.starts_at <= before)
    rows = connection.execute(statement.order_by(events.c.starts_at, events.c.id)).mappings()
    return [_event(row) for row in rows]


def over(connection: Connection, before: dt.datetime) -> list[int]:
    """Ids of published events that ended before that instant."""
    statement = select(events.c.id).where(_PUBLISHED, events.c.ends_at < before).order_by(events.c.id)
    return list(connection.execute(statement).scalars())


def organisation_names(connection: Connection, organisation_ids: Collection[int]) -> dict[int, str]:
    """What these colleges are called."""
    statement = select(organisations.c.id, organisations.c.name).where(
        organisations.c.id.in_(organisation_ids)
    )
    return {row.id: row.name for row in connection.execute(statement)}


def regions(connection: Connection) -> Sequence[str]:
    """The regions that there are colleges in."""
    statement = select(organisations.c.region).distinct().order_by(organisations.c.region)
    return connection.execute(statement).scalars().all()


def region_of(connection: Connection, organisation_id: int) -> str:
    """The region of a college."""
    statement = select(organisations.c.region).where(organisations.c.id == organisation_id)
    return str(connection.execute(statement).scalar_one())
