"""Tables that people keep: CSV in the encodings and dialects that spreadsheets write, and XLSX.

A CSV table is streamed, however often it is read; of an XLSX file the first visible sheet is held in memory
(its format allows a million rows at most). Whether a file is CSV or XLSX is told by its content.
"""

import codecs
import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

Cell = str | int | float | bool | date | datetime | time | timedelta
Record = tuple[int, Sequence[Cell]]

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
QUOTED = re.compile('"[^"]*"')
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: the row as a spreadsheet numbers it, from 1; None: the file as a whole."""

    reason: str
    row: int | None = None
    column: str | None = None


class TableError(Exception):
    """A table cannot be used. `str()` has a line per problem: file, row, column, what was expected."""

    def __init__(self, file: Path, *problems: Problem) -> None:
        self.file = file
        self.problems = problems
        super().__init__("\n".join(describe(file, problem) for problem in problems))


def describe(file: Path, problem: Problem) -> str:
    """One line for a person who has the file open. It never repeats a cell: cells are personal data."""
    row = f", row {problem.row}" if problem.row is not None else ""
    column = f", column `{problem.column}`" if problem.column is not None else ""
    return f"{file}{row}{column}: {problem.reason}"


class Table:
    """A header and rows. `columns` are the header's names, trimmed and in lower case."""

    def __init__(self, file: Path, records: Callable[[], Iterator[Record]]) -> None:
        self.file = file
        self._records = records
        header = next(self._filled(), None)
        if header is None:
            raise TableError(file, Problem("the file is empty"))
        self._header_row, cells = header
        self.columns = tuple(str(cell).strip().casefold() for cell in cells)

    def position(self, column: str) -> int | None:
        """Where a column stands, None if it is not there. Raises TableError if it is there twice."""
        if self.columns.count(column) > 1:
            raise TableError(self.file, Problem("the column stands twice", self._header_row, column))
        return self.columns.index(column) if column in self.columns else None

    def required(self, column: str) -> int:
        """Where a column stands. Raises TableError if it is not there."""
        position = self.position(column)
        if position is None:
            raise TableError(self.file, Problem(f"there is no column `{column}` in the header"))
        return position

    def rows(self) -> Iterator[Record]:
        """Every row that is not blank, with its number, padded to the header's width.

        Raises TableError where the file cannot be read on.
        """
        width = len(self.columns)
        for number, cells in self._filled():
            if number == self._header_row:
                continue
            if len(cells) == width:
                yield number, cells
            elif len(cells) < width:
                yield number, [*cells, *[""] * (width - len(cells))]
            elif all(is_blank(cell) for cell in cells[width:]):
                yield number, cells[:width]
            else:
                raise TableError(self.file, Problem("expected no more cells than the header has", number))

    def _filled(self) -> Iterator[Record]:
        return (record for record in self._records() if not all(is_blank(cell) for cell in record[1]))


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def open_table(file: Path) -> Table:
    """Read the header of a CSV or XLSX file. Raises TableError, also when the file cannot be opened."""
    try:
        if file.exists() and not file.is_file():
            raise TableError(file, Problem("expected a regular file: the table is read more than once"))
        with file.open("rb") as stream:
            head = stream.read(CHUNK)
        if head.startswith((ZIP, OLE)):
            return Table(file, _sheet_records(file))
        return _csv_table(file, head)
    except FileNotFoundError:
        raise TableError(file, Problem("there is no such file")) from None
    except OSError as error:
        raise TableError(file, Problem(f"cannot be read: {error.strerror or error}")) from None


def _csv_table(file: Path, head: bytes) -> Table:
    encoding = _encoding(file, head)
    if encoding != "utf-16" and b"\0" in head:
        raise TableError(file, Problem("expected a table: CSV or XLSX"))
    return Table(file, partial(_csv_records, file, encoding, _delimiter(file, encoding)))


def _encoding(file: Path, head: bytes) -> str:
    """The first encoding that the whole file is valid in: a letter beyond ASCII may come late."""
    if head.startswith(UTF_16):
        return "utf-16"
    for encoding in ("utf-8-sig", "cp1251"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with file.open("rb") as stream:
                while chunk := stream.read(CHUNK):
                    decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise TableError(file, Problem("expected text in UTF-8 or Windows-1251"))


def _delimiter(file: Path, encoding: str) -> str:
    """The one that stands most often in the header, outside quotes."""
    with file.open(encoding=encoding, errors="replace", newline="") as stream:
        header = next((line for line in stream if line.strip()), "")
    bare = QUOTED.sub("", header)
    return max(",;\t", key=bare.count)


def _csv_records(file: Path, encoding: str, delimiter: str) -> Iterator[Record]:
    number = 0
    try:
        with file.open(encoding=encoding, newline="") as stream:
            for cells in csv.reader(stream, delimiter=delimiter, strict=True):
                number += 1
                yield number, cells
    except (csv.Error, UnicodeError) as error:
        raise TableError(file, Problem(f"cannot be read as CSV: {error}", number + 1)) from None


def _sheet_records(file: Path) -> Callable[[], Iterator[Record]]:
    # loaded here: a CSV table does not need it
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_path(file) as workbook:
            names = (
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
            )
            name = next(names, None)
            if name is None:
                raise TableError(file, Problem("the file has no visible sheet"))
            sheet = workbook.get_sheet_by_name(name)
    except CalamineError as error:
        raise TableError(file, Problem(f"cannot be read as XLSX: {error}")) from None
    return lambda: enumerate(sheet.iter_rows(), start=1)
