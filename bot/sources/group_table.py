"""A centre's groups: organisation_code, organisation, kind, region, group, specialty, graduation_year.

A column contact, which may be left out, says where the college's career centre is found.
"""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from pathlib import Path

from bot.sources.table_cells import CellError, text
from bot.sources.table_record import Record, region_in, year
from bot.sources.tables import Cell, Problem, open_table

COLUMNS = ("organisation_code", "organisation", "kind", "region", "group", "specialty", "graduation_year")


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group and its college, as the table names them."""

    organisation_code: str
    organisation: str
    kind: str
    region: str
    group: str
    specialty: str
    graduation_year: int
    contact: str


def read_groups(file: Path, regions: Container[str]) -> tuple[list[GroupLine], list[Problem]]:
    """The good rows, and what is wrong with the others. Raises TableError if it is not such a table."""
    table = open_table(file)
    positions = {column: table.required(column) for column in COLUMNS}
    contact = table.position("contact")
    if contact is not None:
        positions["contact"] = contact
    lines: list[GroupLine] = []
    problems: list[Problem] = []
    for number, cells in table.rows():
        record = Record(number, cells, positions)
        line = _line(record, regions)
        problems += record.problems
        if line is not None:
            lines.append(line)
    return lines, problems


def _line(record: Record, regions: Container[str]) -> GroupLine | None:
    read = {column: record.read(column, reader) for column, reader in READERS.items()}
    contact = record.read("contact", CONTACT) if record.has("contact") else ""
    region = record.read("region", region_in(regions))
    graduation_year = record.read("graduation_year", year)
    if record.problems or region is None or graduation_year is None:
        return None
    words = {column: word or "" for column, word in read.items()}
    return GroupLine(**words, region=region, graduation_year=graduation_year, contact=contact or "")


def _matching(pattern: str, expected: str) -> Callable[[Cell], str]:
    def read(cell: Cell) -> str:
        found = text(cell)
        if not re.fullmatch(pattern, found):
            raise CellError(f"expected {expected}")
        return found

    return read


READERS = {
    # a college's code travels in a button: Latin letters and digits
    "organisation_code": _matching(r"[A-Za-z0-9_-]{1,32}", "up to 32 Latin letters and digits"),
    "organisation": _matching(r".{1,200}", "a college's name"),
    "kind": _matching(r"[a-z_]{0,40}", "a kind like college, or nothing"),
    "group": _matching(r".{1,60}", "a group's name of up to 60 characters"),
    "specialty": _matching(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}", "a code like 09.02.07"),
}

CONTACT = _matching(r".{0,300}", "where the career centre is found, up to 300 characters")
