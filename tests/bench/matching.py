"""`python -m tests.bench.matching`: new vacancies before 100,000 subscriptions, on a file of SQLite.

Prints seconds beside their aim, the longest transaction (people wait for the writer that long), and what one
more subscription costs among 100,000 beside what it costs among 100, the anchor of the same run.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection, insert

from bot.domain.quiet import RegionZones
from bot.domain.vacancies.search import Search
from bot.services.vacancies.matching import match_vacancies, queue_digests
from storage import searches, tables
from storage.database import Database, Result, Work
from storage.migrate import upgrade
from tests.bench.crowd_of_searches import AT, PORTION, Country, add_people, add_vacancies

ZONES = RegionZones("Europe/Moscow", {})
AIM = 5.0
"""Seconds for 10,000 vacancies against 100,000 subscriptions."""

ADDED = 200
"""Subscriptions added one by one for the cost of one."""


class Watched(Database):
    """A database that knows how long its longest write took."""

    longest = 0.0

    async def write(self, work: Work[Result]) -> Result:
        def timed(connection: Connection) -> Result:
            began = time.perf_counter()
            result = work(connection)
            self.longest = max(self.longest, time.perf_counter() - began)
            return result

        return await super().write(timed)


class Stage:
    """A database with people and subscriptions, made anew for every measurement."""

    def __init__(self, database: Watched, country: Country) -> None:
        self.database = database
        self._country = country
        self._known: dict[str, int] = {}
        self._people = 0

    async def subscribe(self, count: int, made: Callable[[int], Search], *, at_once: bool = False) -> None:
        """So many people, each with a subscription whose turn has come."""
        for first in range(self._people + 1, self._people + count + 1, PORTION):
            last = min(first + PORTION, self._people + count + 1)
            found = [made(number) for number in range(first, last)]
            await self.database.write(partial(self._subscribe, found, first, at_once))
        self._people += count

    async def publish(self, count: int) -> None:
        for first in range(1, count + 1, PORTION):
            portion = min(PORTION, count + 1 - first)
            await self.database.write(
                partial(add_vacancies, country=self._country, count=portion, first=first)
            )

    async def one_more(self, search: Search) -> float:
        """The seconds of one more subscription of somebody who is there already, committed."""
        self._people += 1
        await self.database.write(partial(add_people, first=self._people, last=self._people + 1))
        began = time.perf_counter()
        await self.database.write(partial(self._add, [search], self._people, False))
        return time.perf_counter() - began

    @property
    def searches(self) -> int:
        return len(self._known)

    def _subscribe(self, found: Sequence[Search], first: int, at_once: bool, connection: Connection) -> None:
        add_people(connection, first, first + len(found))
        self._add(found, first, at_once, connection)

    def _add(self, found: Sequence[Search], first: int, at_once: bool, connection: Connection) -> None:
        rows: list[dict[str, Any]] = []
        for number, search in enumerate(found, first):
            if search.key not in self._known:
                self._known[search.key] = searches.keep(connection, search)
            timing = {"frequency": "at_once" if at_once else "daily", "weekday": 0, "minute": 1080}
            turn = {"next_at": None if at_once else AT, "since": AT, "created_at": AT}
            rows.append(
                {"id": number, "person_id": number, "search_id": self._known[search.key], **timing, **turn}
            )
        connection.execute(insert(tables.subscriptions), rows)


async def matched(
    folder: Path, regions: int, people: int, vacancies: int, *, own: bool = False, at_once: bool = False
) -> dict[str, float]:
    """Make a country, match all its vacancies, then settle everybody's turn."""
    url = f"sqlite+aiosqlite:///{folder}/bot.db"
    await asyncio.to_thread(upgrade, url)
    database = Watched(url)
    country = Country(regions)
    stage = Stage(database, country)
    made = country.own_search if own else lambda _number: country.usual_search()
    try:
        await stage.subscribe(people, made, at_once=at_once)
        await stage.publish(vacancies)
        figures: dict[str, float] = {"searches": stage.searches}
        for name, job in (("match", match_vacancies), ("digest", queue_digests)):
            database.longest = 0.0
            began = time.perf_counter()
            counts = await job(database, ZONES)
            figures |= {f"{name} seconds": time.perf_counter() - began, f"{name} longest": database.longest}
            figures |= {f"{name} {counted}": count for counted, count in counts.items()}
        return figures
    finally:
        await database.close()


async def cost_of_one(folder: Path, few: int, many: int) -> tuple[float, float]:
    """The median seconds of one more subscription among few and among many, measured in turns."""
    stages: list[Stage] = []
    country = Country()
    for count in (few, many):
        url = f"sqlite+aiosqlite:///{folder}/{count}.db"
        await asyncio.to_thread(upgrade, url)
        stages.append(Stage(Watched(url), country))
        await stages[-1].subscribe(count, country.own_search)
    seconds: list[list[float]] = [[], []]
    for number in range(ADDED):
        for stage, found in zip(stages, seconds, strict=True):
            found.append(await stage.one_more(country.own_search(many + number)))
    for stage in stages:
        await stage.database.close()
    return median(seconds[0]), median(seconds[1])


SCENES: dict[str, dict[str, Any]] = {
    "usual searches, 90 regions": {"regions": 90},
    "nobody's search is another's": {"regions": 90, "own": True},
    "all in one region": {"regions": 1},
    "everybody wants it at once": {"regions": 90, "at_once": True},
}


def bench(people: int, vacancies: int) -> None:
    """Measure and print; nothing is asserted."""
    console = Console()
    table = Table("subscriptions", *_COLUMNS, title=f"{vacancies:,} vacancies, {people:,} subscriptions")
    for title, scene in SCENES.items():
        with tempfile.TemporaryDirectory() as folder:
            figures = asyncio.run(matched(Path(folder), people=people, vacancies=vacancies, **scene))
        table.add_row(title, *(shown(figures) for shown in _COLUMNS.values()))
    console.print(table)
    with tempfile.TemporaryDirectory() as folder:
        among_few, among_many = asyncio.run(cost_of_one(Path(folder), 100, people))
    costs = f"among 100 {among_few * 1000:.2f} ms, among {people:,} {among_many * 1000:.2f} ms"
    console.print(f"one more subscription: {costs}, {among_many / among_few:.2f} times as much")


_COLUMNS: dict[str, Callable[[dict[str, float]], str]] = {
    "searches": lambda figures: f"{figures['searches']:,.0f}",
    f"matching, s (aim {AIM:.0f})": lambda figures: f"{figures['match seconds']:.2f}",
    "longest write, ms": lambda figures: f"{figures['match longest'] * 1000:.0f}",
    "matches": lambda figures: f"{figures['match matches']:,.0f}",
    "told at once": lambda figures: f"{figures['match notices']:,.0f}",
    "digests, s": lambda figures: f"{figures['digest seconds']:.2f}",
    "longest write of digests, ms": lambda figures: f"{figures['digest longest'] * 1000:.0f}",
    "digests": lambda figures: f"{figures['digest notices']:,.0f}",
}


def main(
    people: Annotated[int, typer.Option(min=200, help="people, each with one subscription")] = 100_000,
    vacancies: Annotated[int, typer.Option(min=1, help="new ones")] = 10_000,
) -> None:
    """Put new vacancies before subscriptions, and print what it takes."""
    bench(people, vacancies)


if __name__ == "__main__":
    typer.run(main)
