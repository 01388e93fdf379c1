"""What came of an event, in figures: who it was meant for, who signed up, who came, what they said."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, func, or_, select

from bot.domain.events.event import Event
from bot.domain.events.lifecycle import RegistrationState
from storage.segments import asked_for, learned
from storage.tables import groups, organisations, persons, registrations


class Levels(NamedTuple):
    """People who came and have a level, and how many of them are at high risk."""

    known: int
    high: int


def reach(connection: Connection, event: Event) -> int:
    """For how many people of the college, or the region, the event is meant now."""
    statement = select(func.count()).select_from(persons).join(organisations)
    return int(connection.execute(statement.where(*_meant(event))).scalar_one())


def _meant(event: Event) -> Iterator[ColumnElement[bool]]:
    audience = event.audience
    yield organisations.c.region == event.region
    if event.organisation_id is not None:
        yield persons.c.organisation_id == event.organisation_id
    if audience.groups:
        yield persons.c.group_id.in_(audience.groups)
    if audience.years:
        years = [str(year) for year in audience.years]
        of_group = groups.c.graduation_year.in_(audience.years)
        yield learned("graduation_year", lambda value: value.in_(years), of_group)
    if audience.specialties:
        begins = [groups.c.specialty.startswith(one, autoescape=True) for one in audience.specialties]
        yield learned("specialty", lambda value: _begins(value, audience.specialties), or_(*begins))
    if audience.requests:
        yield asked_for(audience.requests)


def _begins(value: ColumnElement[str], beginnings: tuple[str, ...]) -> ColumnElement[bool]:
    return or_(*(value.startswith(f'"{one}', autoescape=True) for one in beginnings))


def participants(connection: Connection, event_id: int) -> list[RowMapping]:
    """All who signed up and did not cancel, in order: code, name, group, college, and how it stands."""
    statement = (
        select(
            registrations.c.id,
            persons.c.code,
            persons.c.name,
            persons.c.organisation_id,
            groups.c.name.label("group"),
            organisations.c.name.label("organisation"),
            registrations.c.state,
            registrations.c.came_at,
            registrations.c.came_by,
        )
        .join(persons, persons.c.id == registrations.c.person_id)
        .outerjoin(groups, groups.c.id == persons.c.group_id)
        .outerjoin(organisations, organisations.c.id == persons.c.organisation_id)
        .where(registrations.c.event_id == event_id, registrations.c.state != RegistrationState.CANCELLED)
        .order_by(registrations.c.id)
    )
    return list(connection.execute(statement).mappings())


def levels_of_those_who_came(connection: Connection, event_id: int) -> Levels:
    """How many of them have a level, and how many the high one."""
    statement = (
        select(persons.c.level, func.count().label("people"))
        .join(registrations, registrations.c.person_id == persons.c.id)
        .where(
            registrations.c.event_id == event_id,
            registrations.c.state == RegistrationState.ATTENDED,
            persons.c.level.is_not(None),
        )
        .group_by(persons.c.level)
    )
    levels = {row.level: row.people for row in connection.execute(statement)}
    return Levels(sum(levels.values()), levels.get("high", 0))


def said(connection: Connection, event_id: int) -> list[RowMapping]:
    """Ratings and sentences of those who came, in order; not whose they are."""
    statement = (
        select(registrations.c.rating, registrations.c.comment)
        .where(
            registrations.c.event_id == event_id,
            registrations.c.state == RegistrationState.ATTENDED,
            registrations.c.rating.is_not(None) | registrations.c.comment.is_not(None),
        )
        .order_by(registrations.c.id)
    )
    return list(connection.execute(statement).mappings())
