"""Whom a campaign reaches: a segment as a condition over people, and the staff of all centres."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, and_, case, cast, exists, func, or_, select

from bot.domain.campaigns import CAMPAIGNS, MAILINGS, Dimension, Segment
from bot.domain.facts import STRENGTH
from bot.domain.people import Role
from storage.tables import consents, facts, groups, persons, staff

Matches = Callable[[ColumnElement[str]], ColumnElement[bool]]


def recipients(organisation_id: int | None, segment: Segment, mask: int) -> Select[tuple[int]]:
    """Ids of the people a campaign reaches; without an organisation of the staff of all centres.

    `mask` has the bits of the segment's factors.
    """
    if organisation_id is None:
        return select(staff.c.id).where(staff.c.role == Role.SPECIALIST.value)
    return select(persons.c.id).where(
        persons.c.organisation_id == organisation_id,
        persons.c.blocked_at.is_(None),
        ~_unsubscribed(),
        *(_narrowed(dimension, chosen, mask) for dimension, chosen in segment.narrowed()),
    )


def reach(connection: Connection, organisation_id: int | None, segment: Segment, mask: int) -> int:
    """How many a campaign would reach now."""
    meant = recipients(organisation_id, segment, mask).subquery()
    return int(connection.execute(select(func.count()).select_from(meant)).scalar_one())


def unsubscribed(connection: Connection, person_ids: Sequence[int]) -> set[int]:
    """Those of these people who want no mailings."""
    statement = select(persons.c.id).where(persons.c.id.in_(person_ids), _unsubscribed())
    return set(connection.execute(statement).scalars())


def _unsubscribed() -> ColumnElement[bool]:
    """The person's last word on campaigns, or on being written to at all, was no."""
    no, later = consents.alias(), consents.alias()
    taken_back = exists().where(
        later.c.person_id == no.c.person_id, later.c.purpose == no.c.purpose, later.c.id > no.c.id
    )
    return (
        exists()
        .where(
            no.c.person_id == persons.c.id,
            no.c.purpose.in_([CAMPAIGNS, MAILINGS]),
            no.c.given.is_(False),
            ~taken_back.correlate(no),
        )
        .correlate(persons)
    )


def _narrowed(dimension: Dimension, chosen: Sequence[Any], mask: int) -> ColumnElement[bool]:
    match dimension:
        case Dimension.GROUP:
            return persons.c.group_id.in_(chosen)
        case Dimension.LEVEL:
            return persons.c.level.in_(chosen)
        case Dimension.FACTOR:
            return persons.c.factors.bitwise_and(mask) != 0
        case Dimension.REQUEST:
            return asked_for(chosen)
        case Dimension.SPECIALTY:
            return learned("specialty", _one_of(chosen), groups.c.specialty.in_(chosen))
        case Dimension.YEAR:
            return learned("graduation_year", _one_of(chosen), groups.c.graduation_year.in_(chosen))


def asked_for(requests: Sequence[str]) -> ColumnElement[bool]:
    """The person has one of these requests."""
    return known(
        "requests", lambda value: or_(*(value.contains(f'"{one}"', autoescape=True) for one in requests))
    )


def _one_of(chosen: Sequence[Any]) -> Matches:
    stored = [json.dumps(value) for value in chosen]
    return lambda value: value.in_(stored)


def learned(name: str, matches: Matches, of_group: ColumnElement[bool]) -> ColumnElement[bool]:
    """What is known of the person, else what their group learns: whoever is half-way has no facts yet.

    `matches` judges the stored JSON, `of_group` a row of groups.
    """
    untold = ~exists().where(facts.c.person_id == persons.c.id, facts.c.name == name).correlate(persons)
    grouped = persons.c.group_id.in_(select(groups.c.id).where(of_group))
    return or_(known(name, matches), and_(untold, grouped))


def known(name: str, matches: Matches) -> ColumnElement[bool]:
    """A fact's stored value (JSON as text) matches, as the strongest source has it."""
    held, other = facts.alias(), facts.alias()
    stronger = (
        exists()
        .where(
            other.c.person_id == held.c.person_id,
            other.c.name == name,
            _strength(other.c.source) > _strength(held.c.source),
        )
        .correlate(held)
    )
    return (
        exists()
        .where(
            held.c.person_id == persons.c.id,
            held.c.name == name,
            matches(cast(held.c.value, Text)),
            ~stronger,
        )
        .correlate(persons)
    )


def _strength(source: ColumnElement[str]) -> ColumnElement[int]:
    return case({one.value: rank for one, rank in STRENGTH.items()}, value=source, else_=-1)
