"""The region-wide employment statistics: columns region, year, specialty, rate; one row, one figure."""

import re
from collections.abc import Container
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bot.sources.table_cells import CellError, rate, text
from bot.sources.table_record import Record, region_in, year
from bot.sources.tables import Cell, Problem, open_table

SPECIALTY = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}|\*")


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
        record = Record(number, cells, positions)
        row = _statistics(record, regions)
        problems += record.problems
        if row is None:
            continue
        first = taken.setdefault((row.region, row.year, row.specialty), number)
        if first == number:
            rows.append(row)
        else:
            problems.append(Problem(f"expected a figure of its own, row {first} has it", number, "specialty"))
    return rows, problems


def _statistics(record: Record, regions: Container[str]) -> StatisticsRow | None:
    region = record.read("region", region_in(regions))
    in_year = record.read("year", year)
    specialty = record.read("specialty", _specialty)
    share = record.read("rate", rate)
    if region is None or in_year is None or specialty is None or share is None:
        return None
    return StatisticsRow(region, in_year, specialty, share)


def _specialty(cell: Cell) -> str:
    code = text(cell)
    if not SPECIALTY.fullmatch(code):
        raise CellError("expected a specialty's code like 09.02.07, or * for the whole region")
    return code
