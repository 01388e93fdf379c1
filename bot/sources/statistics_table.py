"""The region-wide employment statistics: columns region, year, specialty, rate; one row, one figure."""

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from bot.sources.table_cells import CellError, count, rate, text
from bot.sources.tables import Cell, Problem, open_table

SPECIALTY = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}|\*")
REGION_DIGITS = 13
YEARS = range(2000, 2101)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StatisticsRow:
    """The share (0 to 1) of a year's graduates who found work: of a specialty, or of the region for `*`."""

    region: str
    year: int
    specialty: str
    rate: Decimal


def read_statistics(file: Path, regions: Container[str]) -> tuple[list[StatisticsRow], list[Problem]]:
    """The good rows, and what is wrong with the others. `regions` are the codes of the directory.

    Raises TableError when the file is not such a table at all.
    """
    table = open_table(file)
    positions = {column: table.required(column) for column in ("region", "year", "specialty", "rate")}
    rows: list[StatisticsRow] = []
    problems: list[Problem] = []
    taken: dict[tuple[str, int, str], int] = {}
    for number, cells in table.rows():
        record = _Record(number, cells, positions)
        row = record.statistics(regions)
        problems += record.problems
        if row is None:
            continue
        first = taken.setdefault((row.region, row.year, row.specialty), number)
        if first == number:
            rows.append(row)
        else:
            problems.append(Problem(f"expected a figure of its own, row {first} has it", number, "specialty"))
    return rows, problems


class _Record:
    """One row being read; what is wrong with it is kept, cell by cell."""

    def __init__(self, number: int, cells: Sequence[Cell], positions: Mapping[str, int]) -> None:
        self.problems: list[Problem] = []
        self._number, self._cells, self._positions = number, cells, positions

    def statistics(self, regions: Container[str]) -> StatisticsRow | None:
        region = self._read("region", lambda cell: _region(cell, regions))
        year = self._read("year", _year)
        specialty = self._read("specialty", _specialty)
        share = self._read("rate", rate)
        if region is None or year is None or specialty is None or share is None:
            return None
        return StatisticsRow(region, year, specialty, share)

    def _read(self, column: str, reader: Callable[[Cell], T]) -> T | None:
        try:
            return reader(self._cells[self._positions[column]])
        except CellError as error:
            self.problems.append(Problem(str(error), self._number, column))
            return None


def _region(cell: Cell, regions: Container[str]) -> str:
    # a spreadsheet takes the code for a number and drops its leading zero
    code = text(cell)
    code = code.zfill(REGION_DIGITS) if len(code) == REGION_DIGITS - 1 else code
    if code not in regions:
        raise CellError("expected a region's code of 13 digits, like 7700000000000")
    return code


def _year(cell: Cell) -> int:
    year = count(cell)
    if year is None or year not in YEARS:
        raise CellError(f"expected a year from {YEARS[0]} to {YEARS[-1]}")
    return year


def _specialty(cell: Cell) -> str:
    code = text(cell)
    if not SPECIALTY.fullmatch(code):
        raise CellError("expected a specialty's code like 09.02.07, or * for the whole region")
    return code
