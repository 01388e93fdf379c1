"""Vacancies that staff publish: whose they are, whom they fit, what became of them."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, Select, String, case, cast, func, or_, select, update

from bot.domain.facts import STRENGTH
from storage import people
from storage.dialects import insert
from storage.tables import (
    facts,
    groups,
    organisations,
    persons,
    publications,
    vacancies,
    vacancy_marks,
    vacancy_specialties,
)
from storage.vacancy_keeping import VacancyRow, keep

AT_ONCE = 500
"""Ids in one statement: databases limit its variables."""


class Publisher(NamedTuple):
    """Who publishes, and for which organisation."""

    staff_id: int
    organisation_id: int


class Figures(NamedTuple):
    """How many people a vacancy fits (of the whole region, and of the organisation), and what they did."""

    fits: int
    own: int
    delivered: int
    opened: int
    applied: int
    hired: int


def region_of(connection: Connection, organisation_id: int) -> str:
    """The region of an organisation that is there."""
    statement = select(organisations.c.region).where(organisations.c.id == organisation_id)
    return str(connection.execute(statement).scalar_one())


def publish(connection: Connection, row: VacancyRow, publisher: Publisher, at: dt.datetime) -> int | None:
    """Publish a vacancy, once however often it is asked for; its id. None: it is open from another source."""
    known = _ids(connection, str(row.columns["source"]), [str(row.columns["source_id"])])
    if known:
        return known[0]
    if keep(connection, [row], at).doubles:
        return None
    (vacancy_id,) = mark_published(connection, [row], publisher, at)
    people.add_audit(connection, f"staff:{publisher.staff_id}", "vacancy_published", str(vacancy_id), at)
    return vacancy_id


def mark_published(
    connection: Connection, rows: Sequence[VacancyRow], publisher: Publisher, at: dt.datetime
) -> list[int]:
    """Note whose these are, as far as they are kept; what is published already stays whose it was."""
    if not rows:
        return []
    source = str(rows[0].columns["source"])
    ids = _ids(connection, source, [str(row.columns["source_id"]) for row in rows])
    values = [{"vacancy_id": vacancy_id, **publisher._asdict(), "at": at} for vacancy_id in ids]
    if values:
        connection.execute(insert(publications).on_conflict_do_nothing(), values)
    return ids


def published(connection: Connection, organisation_id: int, offset: int, limit: int) -> list[RowMapping]:
    """What an organisation published: open ones first, the newest first."""
    statement = (
        _published(organisation_id)
        .order_by(vacancies.c.closed_at.is_not(None), publications.c.at.desc(), vacancies.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return list(connection.execute(statement).mappings())


def count_published(connection: Connection, organisation_id: int) -> int:
    statement = select(func.count()).where(publications.c.organisation_id == organisation_id)
    return int(connection.execute(statement).scalar_one())


def publication(connection: Connection, organisation_id: int, vacancy_id: int) -> RowMapping | None:
    """One vacancy that the organisation published, closed ones too."""
    statement = _published(organisation_id).where(vacancies.c.id == vacancy_id)
    return connection.execute(statement).mappings().one_or_none()


def close(connection: Connection, publisher: Publisher, vacancy_id: int, at: dt.datetime) -> bool:
    """Close an open vacancy of the organisation; False if there is none such (any more)."""
    own = select(publications.c.vacancy_id).where(publications.c.organisation_id == publisher.organisation_id)
    closing = update(vacancies).where(
        vacancies.c.id == vacancy_id, vacancies.c.id.in_(own), vacancies.c.closed_at.is_(None)
    )
    closed = connection.execute(closing.values(closed_at=at)).rowcount > 0
    if closed:
        people.add_audit(connection, f"staff:{publisher.staff_id}", "vacancy_closed", str(vacancy_id), at)
    return closed


def figures(connection: Connection, vacancy_id: int, region: str, organisation_id: int) -> Figures:
    """What became of a vacancy, in sums: everybody who can see it counts, nobody is named."""
    marks = vacancy_marks.c
    done = select(
        func.count(marks.delivered_at),
        func.count(marks.opened_at),
        func.count(marks.applied_at),
        func.count(marks.hired_at),
    ).where(marks.vacancy_id == vacancy_id)
    learned = _learned().subquery("learned")
    specialty = learned.c.specialty
    meant = select(vacancy_specialties.c.specialty).where(vacancy_specialties.c.vacancy_id == vacancy_id)
    beginnings = [func.substr(specialty, 1, length) for length in (2, 5, 8)]
    fitting = (
        select(
            func.count(),
            func.count(case((learned.c.organisation_id == organisation_id, 1))),
        )
        .select_from(learned.join(organisations, organisations.c.id == learned.c.organisation_id))
        .where(organisations.c.region == region, or_(*(begun.in_(meant) for begun in beginnings)))
    )
    fits, own = connection.execute(fitting).one()
    return Figures(int(fits), int(own), *map(int, connection.execute(done).one()))


def students_by_specialty(connection: Connection, organisation_id: int) -> dict[str, int]:
    """How many people of an organisation with a finished profile learn each specialty."""
    learned = _learned().where(persons.c.organisation_id == organisation_id).subquery("learned")
    statement = select(learned.c.specialty, func.count()).group_by(learned.c.specialty)
    return {str(specialty): int(count) for specialty, count in connection.execute(statement)}


def taught_specialties(connection: Connection, organisation_id: int) -> list[str]:
    """The specialties of an organisation's groups."""
    statement = select(groups.c.specialty).where(groups.c.organisation_id == organisation_id)
    return list(connection.execute(statement.distinct().order_by(groups.c.specialty)).scalars())


def _learned() -> Select[tuple[int, str]]:
    """Everybody with a finished profile, and the specialty by the strongest source that tells it."""
    strength = case(STRENGTH, value=facts.c.source, else_=-1)
    strongest = func.row_number().over(partition_by=facts.c.person_id, order_by=strength.desc())
    told = (
        # JSON of a code is the code in quotes, on both databases
        select(
            facts.c.person_id,
            func.substr(cast(facts.c.value, String), 2, 8).label("code"),
            strongest.label("place"),
        )
        .where(facts.c.name == "specialty")
        .subquery("told")
    )
    return (
        select(persons.c.organisation_id, told.c.code.label("specialty"))
        .join(told, (told.c.person_id == persons.c.id) & (told.c.place == 1))
        .where(persons.c.level.is_not(None))
    )


def _published(organisation_id: int) -> Select[tuple[object, ...]]:
    return (
        select(vacancies, publications.c.at.label("published_at"))
        .join(publications, publications.c.vacancy_id == vacancies.c.id)
        .where(publications.c.organisation_id == organisation_id)
    )


def _ids(connection: Connection, source: str, source_ids: Sequence[str]) -> list[int]:
    found: list[int] = []
    for start in range(0, len(source_ids), AT_ONCE):
        some = vacancies.c.source_id.in_(source_ids[start : start + AT_ONCE])
        statement = select(vacancies.c.id).where(vacancies.c.source == source, some)
        found += connection.execute(statement.order_by(vacancies.c.id)).scalars()
    return found
