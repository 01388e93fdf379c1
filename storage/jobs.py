"""Jobs of the schedule: when each is due, which process is at it, how it ended."""

import datetime as dt
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, RowMapping, select, update

from storage.dialects import insert
from storage.tables import jobs


def listed(connection: Connection) -> dict[str, RowMapping]:
    """Every job, by name."""
    rows = connection.execute(select(jobs).order_by(jobs.c.name)).mappings()
    return {row["name"]: row for row in rows}


def add(connection: Connection, names: Iterable[str], at: dt.datetime) -> None:
    """Jobs that are new here are due at once; the others stay as they are."""
    rows = [{"name": name, "next_at": at} for name in names]
    if rows:
        connection.execute(insert(jobs).on_conflict_do_nothing(), rows)


def claim(
    connection: Connection, name: str, runner: str, at: dt.datetime, until: dt.datetime, latest: dt.datetime
) -> bool:
    """Take a due job; False if another process has it, or had it in the meantime.

    A runner that has not renewed its mark has died. A mark beyond `latest` is of a clock that was put back.
    """
    free = jobs.c.runner.is_(None) | (jobs.c.runs_until < at) | (jobs.c.runs_until > latest)
    statement = update(jobs).where(jobs.c.name == name, jobs.c.next_at <= at, free)
    return connection.execute(statement.values(runner=runner, runs_until=until, started_at=at)).rowcount == 1


def renew(connection: Connection, name: str, runner: str, until: dt.datetime) -> bool:
    """Still at it; False if another process has taken the job over."""
    mine = update(jobs).where(jobs.c.name == name, jobs.c.runner == runner)
    return connection.execute(mine.values(runs_until=until)).rowcount == 1


def finish(
    connection: Connection,
    name: str,
    runner: str,
    *,
    at: dt.datetime,
    next_at: dt.datetime,
    seconds: float,
    outcome: Mapping[str, int] | None,
    failure: str | None,
) -> None:
    """The runner has done it, or failed; nothing changes if another process has taken the job over."""
    mine = update(jobs).where(jobs.c.name == name, jobs.c.runner == runner)
    connection.execute(
        mine.values(
            runner=None,
            runs_until=None,
            finished_at=at,
            next_at=next_at,
            seconds=seconds,
            outcome=outcome,
            failure=failure,
        )
    )


def leave(connection: Connection, name: str, runner: str) -> None:
    """The runner stops half-way: the job is due still."""
    mine = update(jobs).where(jobs.c.name == name, jobs.c.runner == runner)
    connection.execute(mine.values(runner=None, runs_until=None))


def bring_forward(connection: Connection, name: str, at: dt.datetime) -> bool:
    """Due at that instant, if it was not due before; False if it was, or is under way, or is not there."""
    waiting = update(jobs).where(jobs.c.name == name, jobs.c.next_at > at, jobs.c.runner.is_(None))
    return connection.execute(waiting.values(next_at=at)).rowcount == 1
