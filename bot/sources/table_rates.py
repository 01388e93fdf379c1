"""Employment rates of one region in one table: columns `specialty` and `rate`, the row `*` for the region."""

from collections.abc import Container
from decimal import Decimal

from bot.domain.risk.rates import Rates
from bot.sources.table_cells import CellError, rate, text
from bot.sources.tables import Cell, Problem, Table, TableError

REGION = "*"


def read_rates(table: Table) -> Rates:
    """Raises TableError with every problem."""
    specialty_at, rate_at = table.required("specialty"), table.required("rate")
    rates: dict[str, Decimal] = {}
    problems: list[Problem] = []
    for number, cells in table.rows():
        try:
            specialty = _specialty(cells[specialty_at], rates)
        except CellError as error:
            problems.append(Problem(str(error), number, "specialty"))
            continue
        try:
            rates[specialty] = rate(cells[rate_at])
        except CellError as error:
            problems.append(Problem(str(error), number, "rate"))
    if problems:
        raise TableError(table.file, *problems)
    return Rates(rates.pop(REGION, None), rates)


def _specialty(cell: Cell, taken: Container[str]) -> str:
    code = text(cell)
    if not code or code in taken:
        raise CellError("expected a specialty's code like 09.02.07, or * for the region, each once")
    return code
