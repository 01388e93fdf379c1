"""Attempts at the code of the door: who guesses is stopped."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection, delete, func, insert, select

from storage.tables import check_in_attempts as attempts


def add(connection: Connection, person_id: int, outcome: str, at: dt.datetime) -> None:
    """Keep how an attempt ended; never what was typed."""
    connection.execute(insert(attempts).values(person_id=person_id, outcome=outcome, at=at))


def count(connection: Connection, person_id: int, outcomes: Collection[str], since: dt.datetime) -> int:
    """How many attempts of a person ended so since then."""
    statement = select(func.count()).select_from(attempts)
    theirs = (attempts.c.person_id == person_id) & (attempts.c.at > since)
    found = connection.execute(statement.where(theirs, attempts.c.outcome.in_(list(outcomes))))
    return int(found.scalar_one())


def forget(connection: Connection, before: dt.datetime) -> int:
    """Drop old attempts; returns how many."""
    return connection.execute(delete(attempts).where(attempts.c.at < before)).rowcount
