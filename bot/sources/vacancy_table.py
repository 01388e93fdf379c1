"""A centre's vacancies: name, employer, region, and as much of the rest as the table has.

The rest: id, place, town, kind, schedule, pay_from, pay_to (roubles a month), experience_years, quota, duty,
requirements, link. Without an id a vacancy is known by what it says, so the same table can be read again.
What else the columns may be called stands in `trudvsem_words.yaml`.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from bot.domain.vacancies.vacancy import Schedule, Vacancy, VacancyKind
from bot.sources.table_cells import CellError, count, text, yes_no
from bot.sources.table_record import Record, region_in
from bot.sources.tables import Cell, Problem, Table, TableError, open_table
from bot.sources.trudvsem.words import shipped_words

SOURCE = "table"
REQUIRED = ("name", "employer", "region")
OPTIONAL = ("id", "place", "town", "kind", "schedule", "pay_from", "pay_to", "experience_years", "quota")
TEXTS = ("duty", "requirements", "link")
LONGEST_LINE = 300
LONGEST_TEXT = 4_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Repeated(Problem):
    """The row says what the row `first` has said."""

    first: int = 0


class TooLong(Problem):
    """There are more rows than are read."""


_ID = re.compile(r"\S{1,80}")
PAY = range(1_000, 5_000_001)
_EXPERIENCE = range(51)


def read_vacancies(
    file: Path,
    regions: Container[str],
    modified_at: dt.datetime,
    source: str = SOURCE,
    region: str | None = None,
    most_rows: int | None = None,
) -> tuple[list[Vacancy], list[Problem]]:
    """The good rows, and what is wrong with the others. `modified_at`: when the table was handed in.

    With a `region`, what names none is there. Of rows beyond the most, if that is given, the first is a
    problem of the file and nothing is read further.

    Texts come out clean, phone numbers and addresses of persons are left out. Raises TableError when the file
    is not such a table at all.
    """
    table = open_table(file)
    positions = _positions(table, [column for column in REQUIRED if not (region and column == "region")])
    reader = _Reader(regions, modified_at, source, region)
    vacancies: list[Vacancy] = []
    problems: list[Problem] = []
    taken: dict[str, int] = {}
    for place, (number, cells) in enumerate(table.rows(), 1):
        if most_rows is not None and place > most_rows:
            raise TableError(file, TooLong(f"expected no more than {most_rows} rows", number))
        record = Record(number, cells, positions)
        vacancy = reader.vacancy(record)
        problems += record.problems
        if vacancy is None:
            continue
        first = taken.setdefault(vacancy.source_id, number)
        if first == number:
            vacancies.append(vacancy)
        else:
            column = "id" if "id" in positions else "name"
            problems.append(
                Repeated(f"expected a vacancy of its own, row {first} has it", number, column, first)
            )
    return vacancies, problems


def _positions(table: Table, needed: Sequence[str]) -> dict[str, int]:
    words = shipped_words()
    found: dict[str, int] = {}
    for column in (*REQUIRED, *OPTIONAL, *TEXTS):
        places = [table.position(name) for name in words.table_column(column)]
        position = next((place for place in places if place is not None), None)
        if position is not None:
            found[column] = position
        elif column in needed:
            table.required(column)
    return found


class _Reader:
    def __init__(
        self, regions: Container[str], modified_at: dt.datetime, source: str, region: str | None
    ) -> None:
        self._region_in = region_in(regions)
        self._default = region
        self._modified_at = modified_at
        self._source = source
        self._words = shipped_words()

    def vacancy(self, record: Record) -> Vacancy | None:
        """The row's vacancy; None, and the record knows the problems, if it is none."""
        name = record.read("name", self._line("a job's name"))
        employer = record.read("employer", self._line("an employer's name"))
        known = _Optional(record)
        region = known.read("region", self._region) or self._default
        place = known.read("place", self._line_or_none)
        town = known.read("town", self._line_or_none) or place
        vacancy = Vacancy(
            source=self._source,
            source_id=known.read("id", _own_id) or "",
            name=name or "",
            employer=employer or "",
            region=region or "",
            modified_at=self._modified_at,
            kind=known.read("kind", self._kind) or VacancyKind.PERMANENT,
            schedule=known.read("schedule", self._schedule),
            place=place,
            town=self._words.towns.find(town or "", unmarked=True),
            pay_from=known.read("pay_from", _pay),
            pay_to=known.read("pay_to", _pay),
            experience_years=known.read("experience_years", _experience),
            quota=known.read("quota", yes_no) or False,
            duty=known.read("duty", self._lines),
            requirements=known.read("requirements", self._lines),
            link=known.read("link", _link),
        )
        if vacancy.pay_from and vacancy.pay_to and vacancy.pay_to < vacancy.pay_from:
            record.read("pay_to", _less_than_pay_from)
        if record.problems:
            return None
        return vacancy if vacancy.source_id else replace(vacancy, source_id=_known_by(vacancy))

    def _line(self, expected: str) -> Callable[[Cell], str]:
        def read(cell: Cell) -> str:
            found = text(cell)
            line = self._words.plain.line(found, LONGEST_LINE)
            if len(found) > LONGEST_LINE or not any(sign.isalpha() for sign in line):
                raise CellError(f"expected {expected} of up to {LONGEST_LINE} characters")
            return line

        return read

    def _region(self, cell: Cell) -> str | None:
        if self._default and not text(cell):
            return self._default
        return self._region_in(cell)

    def _line_or_none(self, cell: Cell) -> str | None:
        return self._words.plain.line(text(cell), LONGEST_LINE) or None

    def _lines(self, cell: Cell) -> str | None:
        return self._words.plain.lines(text(cell), LONGEST_TEXT) or None

    def _kind(self, cell: Cell) -> VacancyKind | None:
        word = text(cell)
        kind = self._words.table_kind(word)
        if word and kind is None:
            raise CellError(f"expected one of {', '.join(VacancyKind)}, or nothing for a permanent job")
        return kind

    def _schedule(self, cell: Cell) -> Schedule | None:
        word = text(cell)
        if word and not self._words.knows_schedule(word):
            raise CellError(f"expected one of {', '.join(Schedule)}, or nothing if it is not known")
        return self._words.table_schedule(word)


class _Optional:
    """Reads the columns that a table need not have."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def read(self, column: str, reader: Callable[[Cell], T | None]) -> T | None:
        return self._record.read(column, reader) if self._record.has(column) else None


def _own_id(cell: Cell) -> str | None:
    found = text(cell)
    if found and not (_ID.fullmatch(found) and found.isprintable()):
        raise CellError("expected an id of up to 80 characters without spaces, or nothing")
    return found or None


def _pay(cell: Cell) -> int | None:
    """Roubles; people put spaces between the thousands, and 0 for what is not given."""
    amount = count("".join(cell.split()) if isinstance(cell, str) else cell)
    if amount and amount not in PAY:
        raise CellError(f"expected roubles a month, from {PAY[0]} to {PAY[-1]}, or nothing")
    return amount or None


def _less_than_pay_from(_: Cell) -> None:
    raise CellError("expected no less than pay_from")


def _experience(cell: Cell) -> int | None:
    years = count(cell)
    if years is not None and years not in _EXPERIENCE:
        raise CellError(f"expected whole years from 0 to {_EXPERIENCE[-1]}, or nothing")
    return years


def _link(cell: Cell) -> str | None:
    link = text(cell)
    if link and not is_link(link):
        raise CellError(
            f"expected a link like https://example.org/1 of up to {LONGEST_LINE} characters, or nothing"
        )
    return link or None


def is_link(link: str) -> bool:
    if len(link) > LONGEST_LINE or not link.isprintable() or re.search(r"[\s<>\"]", link):
        return False
    try:
        parts = urlsplit(link)
        return parts.scheme in ("https", "http") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def _known_by(vacancy: Vacancy) -> str:
    """An id from what makes the vacancy the one it is; pay and texts may change."""
    parts = (vacancy.name, vacancy.employer, vacancy.region, vacancy.place, vacancy.kind, vacancy.schedule)
    words = (" ".join((part or "").casefold().split()) for part in parts)
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]
