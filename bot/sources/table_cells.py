"""What the cells of tables mean: yes and no, words, counts, rates. Every reader forgives spaces around."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal

from bot.sources.tables import Cell

YES_NO = {"yes": True, "да": True, "1": True, "no": False, "нет": False, "0": False}
DIGITS = re.compile(r"[0-9]{1,15}")
DECIMAL = re.compile(r"[0-9]{1,3}([.,][0-9]{1,20})?")


class CellError(ValueError):
    """A cell does not hold what it should. `str()` says what was expected."""


def text(cell: Cell) -> str:
    """The text of a cell, "" when blank. Whole numbers lose the ".0" that spreadsheets add."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, date | time | timedelta):
        raise CellError("expected text, the cell holds a date or time: format the column as text")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    return str(int(cell))


def yes_no(cell: Cell) -> bool | None:
    word = text(cell).casefold()
    if not word:
        return None
    if word not in YES_NO:
        raise CellError("expected yes or no (да, нет, 1, 0), or nothing if it is not known")
    return YES_NO[word]


def one_of(*words: str) -> Callable[[Cell], str | None]:
    """A reader of cells that hold one of a few words."""

    def read(cell: Cell) -> str | None:
        word = text(cell).casefold()
        if word and word not in words:
            raise CellError(f"expected one of {', '.join(words)}, or nothing if it is not known")
        return word or None

    return read


def count(cell: Cell) -> int | None:
    digits = text(cell)
    if not digits:
        return None
    if isinstance(cell, bool) or not DIGITS.fullmatch(digits):
        raise CellError("expected a count: 0, 1, 2, …, or nothing if it is not known")
    return int(digits)


def rate(cell: Cell) -> Decimal:
    """A share from 0 to 1. Of a spreadsheet's number the fifteen digits count that it shows."""
    figure = text(cell).replace(",", ".")
    if isinstance(cell, str):
        fits = DECIMAL.fullmatch(figure) is not None and Decimal(figure) <= 1
    else:
        fits = isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell <= 1
    if not fits:
        raise CellError("expected a share from 0 to 1, like 0.65")
    return Decimal(figure)
