"""A table of vacancies that a specialist sends: what it would do first, then what it did."""

import asyncio
from collections.abc import Awaitable, Callable, Container, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from bot.domain.clock import now
from bot.domain.people import Visitor
from bot.domain.vacancies.rules import VacancyRules
from bot.domain.vacancies.vacancy import Vacancy
from bot.services.vacancies.desk import publisher_of
from bot.services.vacancies.importing import BATCH, vacancy_row
from bot.sources.tables import Problem
from bot.sources.uploaded_table import Unusable, read_uploaded
from bot.sources.vacancy_table import Repeated
from storage import people, publications
from storage.database import Database
from storage.publications import Publisher
from storage.unit_of_work import UnitOfWork
from storage.vacancy_keeping import Kept, VacancyRow, as_held, compare, keep

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes: Telegram hands bots nothing larger."""

BAD_SHOWN = 10


@dataclass(frozen=True, slots=True)
class BadRow:
    """What is wrong with a row: in which column, or (`repeats`) which earlier row it says again."""

    row: int
    column: str
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What a table does or did. `bad`: how many bad rows; `shown`: the first of them."""

    kept: Kept
    bad: int = 0
    shown: tuple[BadRow, ...] = ()
    unusable: Unusable | None = None
    row: int | None = None


class VacancyTables:
    """Reads a file that was sent. Each use case raises AccessDenied for all but specialists."""

    def __init__(self, database: Database, rules: VacancyRules, regions: Container[str]) -> None:
        self._database = database
        self._rules = rules
        self._regions = regions

    async def dry_run(self, visitor: Visitor, file: Path) -> Account:
        """What keeping the table would do. Writes nothing."""

        async def compared(rows: list[VacancyRow]) -> Kept:
            return await self._database.read(partial(_compare, rows=rows))

        return await self._read(publisher_of(visitor), file, compared)

    async def apply(self, unit: UnitOfWork, visitor: Visitor, file: Path) -> Account:
        """Keep the good rows as published by the asker's organisation, batch by batch.

        Broken off, it is done again from the start with the update: what is kept already is the same then.
        """
        publisher = publisher_of(visitor)

        async def kept(rows: list[VacancyRow]) -> Kept:
            return await self._database.write(partial(_keep, rows=rows, publisher=publisher))

        account = await self._read(publisher, file, kept)
        if account.unusable is None:
            actor = f"staff:{publisher.staff_id}"
            unit.add(partial(people.add_audit, actor=actor, action="vacancy_table", subject=None, at=now()))
        return account

    async def _read(
        self, publisher: Publisher, file: Path, step: Callable[[list[VacancyRow]], Awaitable[Kept]]
    ) -> Account:
        look = partial(publications.region_of, organisation_id=publisher.organisation_id)
        region = await self._database.read(look)
        source = f"table:{publisher.organisation_id}"  # a code would be too long for the column
        uploaded = await read_uploaded(file, self._regions, now(), source, region)
        kept = Kept()
        for start in range(0, len(uploaded.vacancies), BATCH):
            rows = await asyncio.to_thread(self._rows, uploaded.vacancies[start : start + BATCH])
            kept = kept.plus(await step(rows))
        bad = {problem.row: problem for problem in reversed(uploaded.problems)}  # the first of every row
        shown = tuple(_bad_row(bad[row]) for row in sorted(bad, key=lambda row: row or 0)[:BAD_SHOWN])
        return Account(kept, len(bad), shown, uploaded.unusable, uploaded.row)

    def _rows(self, found: Sequence[Vacancy]) -> list[VacancyRow]:
        return [vacancy_row(self._rules, vacancy) for vacancy in found]


def _bad_row(problem: Problem) -> BadRow:
    repeats = problem.first if isinstance(problem, Repeated) else None
    return BadRow(problem.row or 0, problem.column or "", repeats)


def _compare(connection: Connection, rows: list[VacancyRow]) -> Kept:
    return compare(connection, as_held(connection, rows))


def _keep(connection: Connection, rows: list[VacancyRow], publisher: Publisher) -> Kept:
    kept = keep(connection, as_held(connection, rows), now())
    publications.mark_published(connection, rows, publisher, now())
    return kept
