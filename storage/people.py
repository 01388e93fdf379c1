"""People: who writes to the bot, found by what, erased how."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, insert, select, update

from bot.domain.people import Person, Role, SavedProfiling, StaffMember
from storage import outbox
from storage.tables import (
    assessments,
    audit,
    consents,
    facts,
    fsm,
    groups,
    inbox,
    organisations,
    persons,
    profiling_sessions,
    staff,
)


class Known(NamedTuple):
    """What is stored about a Telegram account."""

    person: Person | None = None
    profiling: SavedProfiling | None = None
    staff: StaffMember | None = None


_person_columns = (
    persons.c.id,
    persons.c.telegram_id,
    persons.c.code,
    persons.c.language,
    persons.c.name,
    persons.c.organisation_id,
    persons.c.level,
    persons.c.blocked_at.is_not(None).label("blocked"),
)
_known_person = (
    select(
        *_person_columns,
        profiling_sessions.c.questionnaire,
        profiling_sessions.c.state,
        profiling_sessions.c.screen,
    )
    .outerjoin(profiling_sessions, profiling_sessions.c.person_id == persons.c.id)
    .where(persons.c.telegram_id == bindparam("telegram_id"))
)
_known_staff = select(staff, outbox.holds_back(staff.c.telegram_id).label("blocked")).where(
    staff.c.telegram_id == bindparam("telegram_id")
)


def known(connection: Connection, telegram_id: int) -> Known:
    """All that the bot needs at the start of every update."""
    row = connection.execute(_known_person, {"telegram_id": telegram_id}).one_or_none()
    member = connection.execute(_known_staff, {"telegram_id": telegram_id}).one_or_none()
    return Known(
        person=Person(*row[: len(_person_columns)]) if row else None,
        profiling=SavedProfiling(row.questionnaire, row.state, row.screen)
        if row and row.questionnaire
        else None,
        staff=StaffMember(
            member.id, Role(member.role), member.organisation_id, member.language, member.blocked
        )
        if member
        else None,
    )


def add_person(connection: Connection, person: Person, at: dt.datetime) -> None:
    values = {
        "id": person.id,
        "telegram_id": person.telegram_id,
        "code": person.code,
        "language": person.language,
        "created_at": at,
        "factors": 0,
    }
    connection.execute(insert(persons).values(values))


def add_consent(
    connection: Connection, person_id: int, purpose: str, version: str, *, given: bool, at: dt.datetime
) -> None:
    values = {"person_id": person_id, "purpose": purpose, "version": version, "given": given, "at": at}
    connection.execute(insert(consents).values(values))


def consents_of(connection: Connection, person_id: int) -> list[RowMapping]:
    """Every decision on a consent, oldest first."""
    statement = select(consents).where(consents.c.person_id == person_id).order_by(consents.c.id)
    return list(connection.execute(statement).mappings())


def level_of(connection: Connection, person_id: int) -> str | None:
    """The person's level; None while the profile is not finished."""
    return connection.execute(select(persons.c.level).where(persons.c.id == person_id)).scalar_one_or_none()


def change_person(connection: Connection, person_id: int, changed: Mapping[str, Any]) -> None:
    """Set columns of a person; a name is also kept in the form that it is searched by."""
    values = dict(changed)
    if "name" in values:
        values["name_key"] = values["name"].casefold() if values["name"] else None
    connection.execute(update(persons).where(persons.c.id == person_id).values(values))


def place_person(connection: Connection, person_id: int, place: Mapping[str, Any]) -> None:
    """Keep what profiling says of a person's place and name: codes of organisation and group, names."""
    group = select(groups.c.id).where(groups.c.code == place["group"]).scalar_subquery()
    organisation = select(organisations.c.id).where(organisations.c.code == place["organisation"])
    changed = {
        "organisation_id": organisation.scalar_subquery(),
        "group_id": group,
        "name": place["name"],
        "personal_code": place["personal_code"],
    }
    change_person(connection, person_id, changed)


def mark_blocked(connection: Connection, telegram_ids: Sequence[int], at: dt.datetime) -> None:
    """The accounts have blocked the bot: what waits for them waits until they come back."""
    theirs = persons.c.telegram_id.in_(telegram_ids)
    connection.execute(update(persons).where(theirs, persons.c.blocked_at.is_(None)).values(blocked_at=at))
    outbox.hold_back(connection, telegram_ids)


def mark_back(connection: Connection, telegram_id: int) -> None:
    """The account lets the bot in again."""
    connection.execute(update(persons).where(persons.c.telegram_id == telegram_id).values(blocked_at=None))
    outbox.revive(connection, telegram_id)


def set_language(connection: Connection, telegram_id: int, language: str) -> None:
    """The language of a person or of staff."""
    for table in (persons, staff):
        connection.execute(update(table).where(table.c.telegram_id == telegram_id).values(language=language))


def person_by_code(connection: Connection, code: str) -> Person | None:
    row = connection.execute(select(*_person_columns).where(persons.c.code == code)).one_or_none()
    return Person(*row) if row else None


_listed = select(persons.c.code, persons.c.name, persons.c.level, groups.c.name.label("group")).outerjoin(
    groups, groups.c.id == persons.c.group_id
)


def find_people(
    connection: Connection, organisation_id: int, text: str, code: str, limit: int
) -> list[RowMapping]:
    """People of an organisation by code, personal code or a part of the name; with their group's name.

    A code of another organisation's person finds nobody: whose it is stays unknown.
    """
    wanted = text.strip()
    escaped = wanted.casefold().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    statement = (
        _listed.where(
            persons.c.organisation_id == organisation_id,
            (persons.c.code == code)
            | (func.upper(persons.c.personal_code) == wanted.upper())
            | persons.c.name_key.like(f"%{escaped}%", escape="\\"),
        )
        .order_by(persons.c.name_key, persons.c.code)
        .limit(limit)
    )
    return list(connection.execute(statement).mappings())


def people_by_codes(connection: Connection, organisation_id: int, codes: Sequence[str]) -> list[RowMapping]:
    """The same of people whose codes are known, where they are still there and of that organisation."""
    statement = _listed.where(persons.c.organisation_id == organisation_id, persons.c.code.in_(codes))
    rows = connection.execute(statement.order_by(persons.c.name_key, persons.c.code)).mappings()
    return list(rows)


def place_of(connection: Connection, person_id: int) -> RowMapping:
    """Organisation (name, region, kind, contact) and group of a person; each may be None."""
    statement = (
        select(
            organisations.c.name.label("organisation"),
            organisations.c.region,
            organisations.c.kind,
            organisations.c.contact,
            groups.c.name.label("group"),
        )
        .select_from(persons)
        .outerjoin(organisations, organisations.c.id == persons.c.organisation_id)
        .outerjoin(groups, groups.c.id == persons.c.group_id)
        .where(persons.c.id == person_id)
    )
    return connection.execute(statement).mappings().one()


def erase(connection: Connection, person: Person, at: dt.datetime) -> dict[str, int]:
    """Delete a person with everything that is theirs; returns how many rows of what."""
    erased = {}
    for table in (facts, assessments, consents, profiling_sessions):
        erased[table.name] = connection.execute(delete(table).where(table.c.person_id == person.id)).rowcount
    erased["persons"] = connection.execute(delete(persons).where(persons.c.id == person.id)).rowcount
    connection.execute(delete(fsm).where(fsm.c.telegram_id == person.telegram_id))
    theirs = update(inbox).where(inbox.c.lane == person.telegram_id)
    # the rows stay, to recognise repetitions; whose they were does not
    connection.execute(theirs.values(payload=None, lane=0, done_at=func.coalesce(inbox.c.done_at, at)))
    return erased


def add_audit(connection: Connection, actor: str, action: str, subject: str | None, at: dt.datetime) -> None:
    """Append who did what about whom; never what was in it."""
    connection.execute(insert(audit).values(actor=actor, action=action, subject=subject, at=at))


def profiled_by_organisation(connection: Connection) -> list[RowMapping]:
    """For every organisation, by name: people, and of them those with a finished profile."""
    statement = (
        select(
            organisations.c.name,
            func.count(persons.c.id).label("people"),
            func.count(persons.c.level).label("profiled"),
        )
        .outerjoin(persons, persons.c.organisation_id == organisations.c.id)
        .group_by(organisations.c.id, organisations.c.name)
        .order_by(organisations.c.name)
    )
    return list(connection.execute(statement).mappings())
