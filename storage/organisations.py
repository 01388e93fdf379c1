"""Colleges and their groups: the directories that a student chooses from, and the deep links."""

from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, func, select

from storage.dialects import insert
from storage.tables import groups, organisations, persons


class GroupRow(NamedTuple):
    """A group as a centre's table names it; `code` is what stands in its deep link."""

    organisation_code: str
    organisation: str
    kind: str | None
    region: str
    group: str
    specialty: str
    graduation_year: int
    code: str
    contact: str | None = None


def all_organisations(connection: Connection) -> list[RowMapping]:
    return list(connection.execute(select(organisations).order_by(organisations.c.name)).mappings())


def organisation_by_code(connection: Connection, code: str) -> RowMapping | None:
    return (
        connection.execute(select(organisations).where(organisations.c.code == code)).mappings().one_or_none()
    )


def organisation_name(connection: Connection, organisation_id: int) -> str | None:
    return connection.execute(
        select(organisations.c.name).where(organisations.c.id == organisation_id)
    ).scalar_one_or_none()


def groups_of(connection: Connection, organisation_code: str) -> list[RowMapping]:
    statement = select(groups).join(organisations).where(organisations.c.code == organisation_code)
    return list(connection.execute(statement.order_by(groups.c.name)).mappings())


def groups_by_id(connection: Connection, organisation_id: int) -> list[RowMapping]:
    """Every group of an organisation, by name."""
    statement = select(groups).where(groups.c.organisation_id == organisation_id)
    return list(connection.execute(statement.order_by(groups.c.name)).mappings())


def group_by_code(connection: Connection, code: str) -> RowMapping | None:
    """A group with its organisation's code and name."""
    statement = (
        select(
            groups,
            organisations.c.code.label("organisation_code"),
            organisations.c.name.label("organisation"),
        )
        .join(organisations)
        .where(groups.c.code == code)
    )
    return connection.execute(statement).mappings().one_or_none()


def groups_with_people(connection: Connection, organisation_id: int) -> list[RowMapping]:
    """Groups of an organisation, by name: deep-link code, people, and those with a finished profile."""
    statement = (
        select(
            groups.c.name,
            groups.c.code,
            func.count(persons.c.id).label("people"),
            func.count(persons.c.level).label("profiled"),
        )
        .outerjoin(persons, persons.c.group_id == groups.c.id)
        .where(groups.c.organisation_id == organisation_id)
        .group_by(groups.c.id, groups.c.name, groups.c.code)
        .order_by(groups.c.name)
    )
    return list(connection.execute(statement).mappings())


def save_group(connection: Connection, row: GroupRow) -> str:
    """Add or correct a group and its organisation; a group that is there keeps its deep-link code."""
    named = {"name": row.organisation, "kind": row.kind, "region": row.region}
    if row.contact:
        named["contact"] = row.contact
    organisation = insert(organisations).values(code=row.organisation_code, **named)
    organisation_id = connection.execute(
        organisation.on_conflict_do_update(index_elements=[organisations.c.code], set_=named).returning(
            organisations.c.id
        )
    ).scalar_one()
    learned = {"specialty": row.specialty, "graduation_year": row.graduation_year}
    group = insert(groups).values(organisation_id=organisation_id, code=row.code, name=row.group, **learned)
    return str(
        connection.execute(
            group.on_conflict_do_update(
                index_elements=[groups.c.organisation_id, groups.c.name], set_=learned
            ).returning(groups.c.code)
        ).scalar_one()
    )
