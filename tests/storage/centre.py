"""A small region to look things up in."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection, func, select

from bot.domain.people import Person
from storage import organisations, people, profiling
from storage.organisations import GroupRow
from storage.tables import metadata

AT = dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)
REGION = "7700000000000"
TRANSPORT = GroupRow("ktt", "Колледж транспорта", "college", REGION, "ИСП-21", "09.02.07", 2027, "isp21")
SECOND = GroupRow("ktt", "Колледж транспорта", "college", REGION, "ПК-22", "43.01.09", 2027, "pk22")
FOOD = GroupRow("tpk", "Техникум питания", None, REGION, "ПД-23", "43.02.15", 2028, "pd23")
DIGEST = "abcdefabcdef"


def found_colleges(connection: Connection) -> None:
    for row in (TRANSPORT, SECOND, FOOD):
        organisations.save_group(connection, row)


def organisation_id(connection: Connection, code: str) -> int:
    found = organisations.organisation_by_code(connection, code)
    assert found is not None
    return int(found["id"])


def enrol(
    connection: Connection,
    number: int,
    name: str | None = None,
    group: GroupRow | None = TRANSPORT,
    personal_code: str | None = None,
) -> Person:
    """A person with a profile begun, in a group."""
    person = Person(id=number, telegram_id=10**10 + number, code=f"CODE-{number:04}", language="ru")
    people.add_person(connection, person, AT)
    place = {
        "organisation": group.organisation_code if group else None,
        "group": group.code if group else None,
        "name": name,
        "personal_code": personal_code,
    }
    people.place_person(connection, number, place)
    profiling.keep_questionnaire(connection, DIGEST, "1", "{}")
    profiling.save_session(connection, number, DIGEST, {"@": "requests"}, 5, AT)
    return person


def counts(connection: Connection) -> dict[str, int]:
    """How many rows there are, by table."""
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
    }


def mentions(connection: Connection, *marks: object) -> dict[str, int]:
    """How many rows have a value in which one of these stands, by table."""
    found: dict[str, int] = {}
    for table in metadata.sorted_tables:
        rows = connection.execute(select(table)).all()
        hits = sum(any(_holds(value, mark) for value in row for mark in marks) for row in rows)
        if hits:
            found[table.name] = hits
    return found


def _holds(value: Any, mark: object) -> bool:
    return value == mark or str(mark) in str(value)
