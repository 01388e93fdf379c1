"""Imports from the command line: a table's good rows into the database, its bad ones told by number."""

import asyncio
import datetime as dt
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import aiohttp

from bot.config import STANDARD, DatabaseSettings, SettingsError
from bot.console import watched
from bot.domain.vacancies.rules import VacancyRules
from bot.domain.vacancies.vacancy import Vacancy
from bot.services.vacancies.importing import Imported, VacancyImport
from bot.sources.definition_file import read_definition
from bot.sources.region_codes import read_region_codes
from bot.sources.tables import Problem, describe
from bot.sources.trudvsem.client import Trudvsem
from bot.sources.trudvsem.download import Settings as SourceSettings
from bot.sources.trudvsem.faults import SourceError
from bot.sources.vacancy_table import read_vacancies
from storage.database import Database, Unavailable, reason
from storage.migrate import upgrade
from storage.vacancy_keeping import Kept

Row = TypeVar("Row")
Stored = TypeVar("Stored")


NO_REGION = "name a region with --region, or set VACANCY_REGIONS"


class ImportRefusedError(Exception):
    """Nothing was stored; the text says why."""


def import_rows(
    file: Path,
    found: tuple[list[Row], list[Problem]],
    store: Callable[[Database, list[Row]], Awaitable[Stored]],
    *,
    strict: bool,
) -> Stored:
    """Store the good rows in one transaction and tell the problems on stderr.

    Raises ImportRefusedError if `strict` and there are problems, or if the database cannot be used.
    """
    rows, problems = found
    for problem in problems:
        print(describe(file, problem), file=sys.stderr)  # noqa: T201 - it is for the person at the terminal
    if problems and strict:
        raise ImportRefusedError("nothing was stored")
    try:
        url = DatabaseSettings.load().database_url
        upgrade(url)
        return asyncio.run(_stored(url, rows, store))
    except SettingsError as error:
        raise ImportRefusedError(str(error)) from None
    except Unavailable as error:
        raise ImportRefusedError(f"DATABASE_URL: the database cannot be used: {reason(error)}") from None


def regions() -> frozenset[str]:
    """The codes of the shipped directory of regions."""
    return read_region_codes(STANDARD / "regions.csv")


async def _stored(
    url: str, rows: list[Row], store: Callable[[Database, list[Row]], Awaitable[Stored]]
) -> Stored:
    database = Database(url)
    try:
        return await store(database, rows)
    finally:
        await database.close()


def import_vacancy_table(file: Path, *, strict: bool) -> Kept:
    """Keep a centre's vacancies, with a bar if somebody watches. Raises TableError, ImportRefusedError."""

    async def store(database: Database, found: list[Vacancy]) -> Kept:
        with watched("Keeping") as told:
            return await VacancyImport(database, _rules()).keep(found, told)

    # the table as it was saved: the same file twice brings no change
    saved_at = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
    return import_rows(file, read_vacancies(file, regions(), saved_at), store, strict=strict)


def import_trudvsem(chosen: tuple[str, ...], *, full: bool) -> dict[str, Imported]:
    """One pass over each region; by default those of the settings, and the employers. ImportRefusedError.

    What an interrupted pass brought is kept: the next one goes on there.
    """
    try:
        settings = DatabaseSettings.load()
    except SettingsError as error:
        raise ImportRefusedError(str(error)) from None
    unknown = [region for region in chosen or settings.vacancy_regions if region not in regions()]
    wanted = chosen or (*settings.vacancy_regions, *settings.vacancy_employers)
    if unknown or not wanted:
        raise ImportRefusedError(f"no such region: {', '.join(unknown)}" if unknown else NO_REGION)
    try:
        upgrade(settings.database_url)
        return asyncio.run(_passes(settings, wanted, full=full))
    except Unavailable as error:
        raise ImportRefusedError(f"DATABASE_URL: the database cannot be used: {reason(error)}") from None


async def _passes(settings: DatabaseSettings, wanted: tuple[str, ...], *, full: bool) -> dict[str, Imported]:
    database = Database(settings.database_url)
    source_settings = SourceSettings(base_url=str(settings.trudvsem_url))
    try:
        async with aiohttp.ClientSession() as session:
            source = Trudvsem(session, source_settings)
            importing = VacancyImport(database, _rules())
            passed = {}
            for code in wanted:
                with watched(code) as told:
                    passed[code] = await (
                        importing.import_employer(
                            source, code, settings.vacancy_regions, full=full, told=told
                        )
                        if code in settings.vacancy_employers
                        else importing.import_region(source, code, full=full, told=told)
                    )
            return passed
    except SourceError as error:
        raise ImportRefusedError(f"trudvsem: {error}; the next import goes on from here") from None
    finally:
        await database.close()


def _rules() -> VacancyRules:
    return read_definition(DatabaseSettings.load().vacancy_rules, VacancyRules)
