"""A table of vacancies that somebody sent: read in a process of its own, which may fail.

A small file can ask for any amount of memory and time (an archive that unpacks to gigabytes, a cell in the
last row of the last column), and what reads XLSX aborts when it does not get it. So the reading process has
limits, and its death is an answer as good as any. The event loop is not held up either.
"""

import asyncio
import datetime as dt
import multiprocessing
import os
import sys
import zipfile
from collections.abc import Container
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from bot.domain.vacancies.vacancy import Vacancy
from bot.sources.tables import OLE, ZIP, Problem, TableError
from bot.sources.vacancy_table import TooLong, read_vacancies

MOST_ROWS = 5_000
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes of addresses: the interpreter with its libraries takes a quarter."""

MOST_SECONDS = 60
"""Of processor time: five thousand rows with long texts take a few."""

_CHUNK = 1 << 16


class Unusable(StrEnum):
    """Why a file is no table of vacancies."""

    NO_TABLE = "no_table"
    NO_COLUMNS = "no_columns"
    TOO_LONG = "too_long"
    TOO_HEAVY = "too_heavy"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The good rows and the problems; or why there are none, with the row up to which it went."""

    vacancies: tuple[Vacancy, ...] = ()
    problems: tuple[Problem, ...] = ()
    unusable: Unusable | None = None
    row: int | None = None


async def read_uploaded(
    file: Path, regions: Container[str], modified_at: dt.datetime, source: str, region: str
) -> Uploaded:
    """What is in the file. Whatever it holds, there is an answer. Raises nothing of its own."""
    read = partial(_read, file, regions, modified_at, source, region)
    context = multiprocessing.get_context("spawn")  # a fork would take the bot's threads and files along
    pool = ProcessPoolExecutor(1, context, _limit)
    try:
        return await asyncio.get_running_loop().run_in_executor(pool, read)
    except BrokenProcessPool:
        return Uploaded(unusable=Unusable.TOO_HEAVY)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _limit() -> None:
    import resource  # not there on every system; where people serve it is

    # the last words of a reader that is refused memory are no news
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(
    file: Path, regions: Container[str], modified_at: dt.datetime, source: str, region: str
) -> Uploaded:
    try:
        with file.open("rb") as stream:
            head = stream.read(len(OLE))
        if head.startswith(OLE):
            return Uploaded(unusable=Unusable.NO_TABLE)
        if head.startswith(ZIP):
            file = file.rename(file.with_suffix(".xlsx"))  # the reader goes by the name, people do not
            if _unpacked(file) > LARGEST_UNPACKED:
                return Uploaded(unusable=Unusable.TOO_HEAVY)
        found, problems = read_vacancies(file, regions, modified_at, source, region, MOST_ROWS)
    except TableError as error:
        return _refused(error.problems[0])
    except (MemoryError, RecursionError):
        return Uploaded(unusable=Unusable.TOO_HEAVY)
    except BaseException:  # what reads XLSX has panics that are no Exception; here they harm nobody
        return Uploaded(unusable=Unusable.BROKEN)
    return Uploaded(tuple(found), tuple(problems))


def _refused(problem: Problem) -> Uploaded:
    if isinstance(problem, TooLong):
        return Uploaded(unusable=Unusable.TOO_LONG)
    if problem.row is not None and problem.row > 1:
        return Uploaded(unusable=Unusable.BROKEN, row=problem.row)
    missing = problem.reason.startswith("there is no column")
    return Uploaded(unusable=Unusable.NO_COLUMNS if missing else Unusable.NO_TABLE)


def _unpacked(file: Path) -> int:
    """How many bytes the archive unpacks to, counted up to the limit; what it says of itself may be a lie."""
    total = 0
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            entry.file_size = 2 * LARGEST_UNPACKED
            with archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    total += len(chunk)
                    if total > LARGEST_UNPACKED:
                        return total
    return total
