"""One row of a table being read, cell by cell; what is wrong with it is kept with its place."""

from collections.abc import Callable, Container, Mapping, Sequence
from typing import TypeVar

from bot.sources.table_cells import CellError, count, text
from bot.sources.tables import Cell, Problem

REGION_DIGITS = 13
YEARS = range(2000, 2101)

T = TypeVar("T")


class Record:
    """Reads cells by column name. `problems` are those met so far."""

    def __init__(self, number: int, cells: Sequence[Cell], positions: Mapping[str, int]) -> None:
        self.problems: list[Problem] = []
        self._number, self._cells, self._positions = number, cells, positions

    def has(self, column: str) -> bool:
        """Whether the table has the column."""
        return column in self._positions

    def read(self, column: str, reader: Callable[[Cell], T]) -> T | None:
        """The cell's meaning; None, and a problem more, if it has none."""
        try:
            return reader(self._cells[self._positions[column]])
        except CellError as error:
            self.problems.append(Problem(str(error), self._number, column))
            return None


def region_in(regions: Container[str]) -> Callable[[Cell], str]:
    """A reader of region codes from a directory."""

    def read(cell: Cell) -> str:
        # a spreadsheet takes the code for a number and drops its leading zero
        code = text(cell)
        code = code.zfill(REGION_DIGITS) if len(code) == REGION_DIGITS - 1 else code
        if code not in regions:
            raise CellError("expected a region's code of 13 digits, like 7700000000000")
        return code

    return read


def year(cell: Cell) -> int:
    found = count(cell)
    if found is None or found not in YEARS:
        raise CellError(f"expected a year from {YEARS[0]} to {YEARS[-1]}")
    return found
