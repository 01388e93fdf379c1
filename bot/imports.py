"""Imports from the command line: a table's good rows into the database, its bad ones told by number."""

import asyncio
import csv
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from bot.config import STANDARD, DatabaseSettings, SettingsError
from bot.sources.tables import Problem, describe
from storage.database import Database
from storage.migrate import upgrade

Row = TypeVar("Row")
Stored = TypeVar("Stored")


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


def regions() -> frozenset[str]:
    """The codes of the shipped directory of regions."""
    with (STANDARD / "regions.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"] for row in csv.DictReader(file))


async def _stored(
    url: str, rows: list[Row], store: Callable[[Database, list[Row]], Awaitable[Stored]]
) -> Stored:
    database = Database(url)
    try:
        return await store(database, rows)
    finally:
        await database.close()
