"""What it costs to start a campaign: `python -m tests.bench.campaigns [PEOPLE]`, 100,000 by default.

The yardstick is the writer: people's answers wait for the same one, so no transaction may hold it for long.
"""

import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from bot.domain.campaigns import CampaignState, Segment
from bot.domain.people import Role
from bot.domain.risk.factors import STANDARD_FACTORS
from bot.services.campaigns.running import advance_campaigns
from storage import campaigns, organisations, segments, staff
from storage.database import Database, Result, Work
from storage.migrate import upgrade
from storage.tables import facts, persons
from storage.tables import staff as staff_table
from tests.storage.centre import AT, TRANSPORT, found_colleges, organisation_id

PEOPLE = 100_000
PORTION = 10_000
SEGMENT = Segment(levels=("high",), requests=("first_job",), factors=(STANDARD_FACTORS[0],))


class Watched(Database):
    """Knows how long every write took on its own."""

    longest = 0.0
    writes = 0

    async def write(self, work: Work[Result]) -> Result:
        def timed(connection: Connection) -> Result:
            began = time.perf_counter()
            result = work(connection)
            self.longest = max(self.longest, time.perf_counter() - began)
            self.writes += 1
            return result

        return await super().write(timed)


def _people(count: int, centre: int, group: int) -> Iterator[list[dict[str, Any]]]:
    for first in range(1, count + 1, PORTION):
        yield [
            {
                "id": number * 7_919,
                "telegram_id": 10**10 + number,
                "code": f"P{number:07}",
                "language": "ru",
                "organisation_id": centre,
                "group_id": group,
                "level": "high",
                "factors": 0b101,
                "created_at": AT,
            }
            for number in range(first, min(first + PORTION, count + 1))
        ]


def _seed(connection: Connection, count: int) -> None:
    found_colleges(connection)
    centre = organisation_id(connection, "ktt")
    staff.link(connection, 1, Role.SPECIALIST, centre, "ru", AT)
    (group, *_) = organisations.groups_of(connection, TRANSPORT.organisation_code)
    for rows in _people(count, centre, group["id"]):
        connection.execute(insert(persons), rows)
        known = [
            {"person_id": row["id"], "name": "requests", "source": "answer", "value": ["first_job"], "at": AT}
            for row in rows
        ]
        connection.execute(insert(facts), known)


def _schedule(connection: Connection, segment: Segment) -> int:
    author = connection.execute(select(staff_table)).one()
    number = campaigns.begin(connection, author.id, author.organisation_id, "x", AT)
    campaigns.change_draft(connection, number, {"segment": segment.to_json()})
    campaigns.move(connection, number, [CampaignState.DRAFT], CampaignState.SCHEDULED, starts_at=AT)
    return number


async def measure(url: str, count: int) -> None:
    """Start, pause, resume and cancel; print what each cost."""
    database = Watched(url)
    await database.write(partial(_seed, count=count))
    centre = await database.read(partial(organisation_id, code="ktt"))
    for name, segment, mask in (("everybody", Segment(), 0), ("level, request, factor", SEGMENT, 1)):
        began = time.perf_counter()
        reached = await database.read(
            partial(segments.reach, organisation_id=centre, segment=segment, mask=mask)
        )
        print(f"count, {name}: {reached} in {time.perf_counter() - began:.2f} s")
    for name, segment in (("everybody", Segment()), ("level, request, factor", SEGMENT)):
        number = await database.write(partial(_schedule, segment=segment))
        await _timed(database, f"start, {name}")
        for what, former, state in (
            ("pause", CampaignState.RUNNING, CampaignState.PAUSED),
            ("resume", CampaignState.PAUSED, CampaignState.RUNNING),
            ("cancel", CampaignState.RUNNING, CampaignState.CANCELLED),
        ):
            moving = partial(campaigns.move, campaign_id=number, former=[former], state=state)
            await database.write(moving)
            await _timed(database, what)
    await database.close()


async def _timed(database: Watched, what: str) -> None:
    database.longest, database.writes = 0.0, 0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    await advance_campaigns(database, STANDARD_FACTORS)
    took = time.perf_counter() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"{what}: {took:.1f} s, {database.writes} transactions, "
        f"the longest {database.longest * 1000:.0f} ms, peak memory +{grown:.0f} MB"
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory(prefix="marshrut-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder)}/bench.db"
        upgrade(url)
        asyncio.run(measure(url, count))


if __name__ == "__main__":
    main()
