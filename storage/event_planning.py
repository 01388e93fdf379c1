"""What staff choose from while they plan an event."""

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, select

from storage.tables import events, groups, organisations


def latest(connection: Connection, organisation_id: int | None, limit: int) -> Sequence[int]:
    """Ids of the college's events, or the region's, that were planned last."""
    of = events.c.organisation_id
    ours = of.is_(None) if organisation_id is None else of == organisation_id
    statement = select(events.c.id).where(ours).order_by(events.c.created_at.desc(), events.c.id.desc())
    return connection.execute(statement.limit(limit)).scalars().all()


def groups_meant(connection: Connection, organisation_id: int | None) -> list[RowMapping]:
    """Groups of a college, or of all, by name."""
    statement = select(groups.c.id, groups.c.name, groups.c.specialty, groups.c.graduation_year)
    if organisation_id is not None:
        statement = statement.where(groups.c.organisation_id == organisation_id)
    return list(connection.execute(statement.order_by(groups.c.name, groups.c.id)).mappings())


def colleges(connection: Connection) -> dict[int, str]:
    """What all colleges are called, by id, in the order of their names."""
    statement = select(organisations.c.id, organisations.c.name)
    statement = statement.order_by(organisations.c.name, organisations.c.id)
    return {row.id: row.name for row in connection.execute(statement)}
