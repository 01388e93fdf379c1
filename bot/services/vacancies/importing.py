"""Vacancies from the sources into the database: matched, indexed, resumable, closed when they vanish."""

import asyncio
import datetime as dt
import hashlib
from collections.abc import Callable, Container, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection

from bot.domain.clock import now
from bot.domain.vacancies.fitting import fits, fitting
from bot.domain.vacancies.rules import VacancyRules
from bot.domain.vacancies.vacancy import Vacancy
from bot.sources.trudvsem.client import Batch, Trudvsem
from bot.sources.trudvsem.position import Position
from storage import vacancies, vacancy_keeping
from storage.database import Database
from storage.vacancy_keeping import Kept, VacancyRow

SOURCE = "trudvsem"
BATCH = 200
"""Vacancies of a table that are kept in one transaction with their words."""

FULL_EVERY = dt.timedelta(days=1)
"""Only a pass over everything shows what has vanished; between them, what was modified is enough."""

OVERLAP = dt.timedelta(hours=1)
"""The source shows a change some time after its instant: the next pass looks back so far."""

Told = Callable[[Kept, int | None], None]


class Imported(NamedTuple):
    """What a pass brought: `closed` are those that two full passes in a row did not see."""

    kept: Kept
    closed: int = 0


class VacancyImport:
    """Keeps vacancies; the same one from two sources is one."""

    def __init__(self, database: Database, rules: VacancyRules) -> None:
        self._database = database
        self._rules = rules

    async def keep(self, found: Sequence[Vacancy], told: Told | None = None) -> Kept:
        """Keep vacancies of a table, in batches; `told` hears of each with the number of all."""
        kept = Kept()
        for start in range(0, len(found), BATCH):
            rows = await asyncio.to_thread(self._rows, found[start : start + BATCH])
            kept = kept.plus(await self._database.write(partial(vacancy_keeping.keep, rows=rows, at=now())))
            if told:
                told(kept, len(found))
        return kept

    async def import_region(
        self, source: Trudvsem, region: str, *, full: bool = False, told: Told | None = None
    ) -> Imported:
        """One pass over a region, from where the last one was interrupted. Raises SourceError.

        Full when asked for or when the last full one is a day old; else what was modified since the last one.
        """
        return await self._pass(source, _Pass(SOURCE, region, region), full=full, told=told)

    async def import_employer(
        self,
        source: Trudvsem,
        inn: str,
        covered: Container[str] = (),
        *,
        full: bool = False,
        told: Told | None = None,
    ) -> Imported:
        """The same over one employer's vacancies, wherever they are; `covered` regions are read anyway.

        They are a source of their own: what vanishes from the employer's list is closed, whatever its region.
        """
        employer = _Pass(f"inn:{inn}", inn, None, covered)
        return await self._pass(source, employer, full=full, told=told)

    async def _pass(self, source: Trudvsem, over: "_Pass", *, full: bool, told: Told | None) -> Imported:
        progress = await self._database.read(partial(vacancies.progress, source=over.name, region=over.code))
        began_at, since, position = _plan(progress, now(), full=full)
        asked_at = now() if since is not None else None
        kept = Kept()
        async for batch in source.batches(over.code, since, position):
            rows = await asyncio.to_thread(self._rows, over.taken(batch.vacancies))
            step = partial(_keep_batch, rows=rows, batch=batch, over=over, began_at=began_at)
            kept = kept.plus(await self._database.write(step))
            position = batch.position
            if told:
                told(kept, batch.total)
        finish = partial(_finish, over=over, began_at=began_at, asked_at=asked_at, position=position)
        return Imported(kept, await self._database.write(finish))

    def _rows(self, found: Sequence[Vacancy]) -> list[VacancyRow]:
        return [vacancy_row(self._rules, vacancy) for vacancy in found]


class _Pass(NamedTuple):
    """What a pass is over, and the name its vacancies are kept under. `region` None: wherever they are."""

    name: str
    code: str
    region: str | None
    covered: Container[str] = ()

    def taken(self, found: Sequence[Vacancy]) -> list[Vacancy]:
        """Without those that another pass brings."""
        return [replace(vacancy, source=self.name) for vacancy in found if vacancy.region not in self.covered]


def vacancy_row(rules: VacancyRules, vacancy: Vacancy) -> VacancyRow:
    """A vacancy as it is kept: with the specialties that the rules find, and the words it is found by."""
    columns = {**asdict(vacancy), "identity": identity(vacancy, rules)}
    del columns["profession_code"], columns["employer_inn"]  # only to judge by
    specialties = {code: _because(rules, vacancy, code) for code in fits(rules, vacancy)}
    return VacancyRow(columns, specialties, rules.language.searchable(vacancy.name))


def _because(rules: VacancyRules, vacancy: Vacancy, code: str) -> str:
    reason = fitting(rules, vacancy, code)
    words = " ".join(reason.words) if reason and reason.words else vacancy.name
    return words[:60]


def identity(vacancy: Vacancy, rules: VacancyRules) -> str:
    """What makes two records the same vacancy: the words of the employer and of the name, the region.

    Not the employer's number: a centre's table does not have it.
    """
    words = sorted(rules.language.stems(vacancy.name))
    employer = sorted(rules.language.stems(vacancy.employer))
    parts = "|".join((" ".join(employer), vacancy.region, *words))
    return hashlib.sha256(parts.encode()).hexdigest()[:40]


def _plan(
    progress: Any, moment: dt.datetime, *, full: bool
) -> tuple[dt.datetime | None, dt.datetime | None, Position | None]:
    """When the full pass began (None: not a full one), since when to ask, and where to go on."""
    interrupted = progress is not None and progress["position"] is not None
    if interrupted and (progress["pass_began_at"] is not None or not full):
        return progress["pass_began_at"], None, Position.from_json(progress["position"])
    passed_at = progress["passed_at"] if progress else None
    if full or passed_at is None or moment - passed_at > FULL_EVERY:
        return moment, None, None
    return None, max(passed_at, progress["changes_from"] or passed_at) - OVERLAP, None


def _keep_batch(
    connection: Connection, rows: list[VacancyRow], batch: Batch, over: _Pass, began_at: dt.datetime | None
) -> Kept:
    kept = vacancy_keeping.keep(connection, rows, now())
    position = None if batch.position.finished else batch.position.to_json()
    changed = {"position": position, "pass_began_at": began_at}
    vacancies.save_progress(connection, over.name, over.code, changed)
    return kept


def _finish(
    connection: Connection,
    over: _Pass,
    began_at: dt.datetime | None,
    asked_at: dt.datetime | None,
    position: Position | None,
) -> int:
    """The pass came to its end; a full one without a hole shows what is gone.

    One over changes, asked for at `asked_at`, need not read them again.
    """
    closed = 0
    changed: dict[str, Any] = {"position": None, "pass_began_at": None}
    complete = position is None or position.complete
    if began_at is not None and complete:
        closed = vacancy_keeping.close_missed(connection, over.name, over.region, began_at, now())
        changed["passed_at"] = began_at
    elif asked_at is not None and complete:
        changed["changes_from"] = asked_at
    vacancies.save_progress(connection, over.name, over.code, changed)
    return closed
