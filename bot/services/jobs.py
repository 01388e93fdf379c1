"""The schedule, looked at by an administrator: what ran when, how it ended, what did not arrive."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import RowMapping

from bot.domain.access import administrator
from bot.domain.clock import now
from bot.domain.people import Visitor
from storage import jobs, outbox
from storage.unit_of_work import UnitOfWork

LOOKED_BACK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class JobState:
    """A job. `running_since` is set while it is at work; the rest is of the last run, if there was one."""

    name: str
    next_at: dt.datetime
    running_since: dt.datetime | None
    finished_at: dt.datetime | None
    seconds: float | None
    outcome: Mapping[str, int]
    failure: str | None


class Jobs:
    """What administrators see and do. `names` are the jobs of this process, in the order shown."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    async def states(self, unit: UnitOfWork, visitor: Visitor) -> list[JobState]:
        """Every job. Raises AccessDenied for all but administrators."""
        administrator(visitor)
        rows = await unit.read(jobs.listed)
        return [
            JobState(
                name=name,
                next_at=row["next_at"],
                running_since=row["started_at"] if row["runner"] else None,
                finished_at=row["finished_at"],
                seconds=row["seconds"],
                outcome=row["outcome"] or {},
                failure=row["failure"],
            )
            for name in self._names
            if (row := rows.get(name)) is not None
        ]

    async def parked(self, unit: UnitOfWork, visitor: Visitor) -> list[RowMapping]:
        """Messages of the last days that were refused or are uncertain. Raises AccessDenied."""
        administrator(visitor)
        return await unit.read(partial(outbox.parked, since=now() - LOOKED_BACK))

    async def run_now(self, unit: UnitOfWork, visitor: Visitor, name: str) -> bool:
        """Make a job due; False if it is due or at work already, or is none. Raises AccessDenied."""
        administrator(visitor)
        return name in self._names and await unit.decide(partial(jobs.bring_forward, name=name, at=now()))
