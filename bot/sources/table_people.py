"""A table of people as facts for the risk rules: one row, one person."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from bot.domain.facts import Fact, Source, Value
from bot.sources.table_cells import DIGITS, YES_NO, CellError, count, one_of, text, yes_no
from bot.sources.table_repeats import Seen
from bot.sources.tables import Cell, Problem, Table, TableError

Reader = Callable[[Cell], Value | None]

SHOWN_PROBLEMS = 20
REMEMBERED_CELLS = 1024
"""Distinct cells of a column whose meaning is kept: most columns have a handful."""


def word(cell: Cell) -> str | None:
    return text(cell) or None


STANDARD_COLUMNS: dict[str, Reader] = {
    "specialty": word,
    "organisation_kind": word,
    "category": word,
    "disability": yes_no,
    "orphan": yes_no,
    "informal_employment_risk": yes_no,
    "prior_offences": yes_no,
    "conscription": yes_no,
    "military_service_end": yes_no,
    "childcare_leave": yes_no,
    "work_experience": one_of("in_field", "other_field", "none"),
    "employer_events": count,
    "resume": yes_no,
    "interview_training": yes_no,
    "definite_workplace": yes_no,
    "employment": one_of("in_field", "outside_field", "none"),
    "relatives_informal": yes_no,
}


class People:
    """The people of a table. `extra` are facts beyond the standard's, with the types they are compared to."""

    def __init__(self, table: Table, extra: Mapping[str, frozenset[type]]) -> None:
        """Raises TableError if the header has no `id`, or a column twice."""
        self._table = table
        self._id = table.required("id")
        readers = {name: extra_reader(types) for name, types in extra.items()} | STANDARD_COLUMNS
        self._columns = [
            (column, position, _fact_reader(column, reader))
            for column, reader in readers.items()
            if (position := table.position(column.casefold())) is not None
        ]

    def check(self) -> Iterator[str]:
        """Every id, one by one. Raises TableError with the first problems when the last row has been seen."""
        seen = Seen()
        suspects: set[str] = set()
        problems: list[Problem] = []
        for number, cells in self._table.rows():
            try:
                person = self._person(cells)
                self._facts(cells)
            except CellError:
                problems += self._problems(number, cells)
                if len(problems) >= SHOWN_PROBLEMS:
                    break
                continue
            if seen.before(person):
                suspects.add(person)
            yield person
        problems += self._repeats(suspects)
        if problems:
            in_order = sorted(problems, key=lambda problem: problem.row or 0)
            raise TableError(self._table.file, *in_order[:SHOWN_PROBLEMS])

    def __iter__(self) -> Iterator[tuple[str, dict[str, Fact]]]:
        """Every person of a checked table: the id and the facts that are known."""
        for _, cells in self._table.rows():
            yield self._person(cells), self._facts(cells)

    def _person(self, cells: Sequence[Cell]) -> str:
        person = text(cells[self._id])
        if not person:
            raise CellError("expected the person's id")
        return person

    def _facts(self, cells: Sequence[Cell]) -> dict[str, Fact]:
        return {
            column: fact
            for column, position, read in self._columns
            if (fact := read(cells[position])) is not None
        }

    def _problems(self, number: int, cells: Sequence[Cell]) -> Iterator[Problem]:
        try:
            self._person(cells)
        except CellError as error:
            yield Problem(str(error), number, "id")
        for column, position, read in self._columns:
            try:
                read(cells[position])
            except CellError as error:
                yield Problem(str(error), number, column)

    def _repeats(self, suspects: set[str]) -> Iterator[Problem]:
        """Those of the suspects that really stand in several rows."""
        rows: dict[str, int] = {}
        for number, cells in self._table.rows() if suspects else ():
            person = text(cells[self._id])
            if person not in suspects:
                continue
            if person in rows:
                yield Problem(f"expected an id of its own, row {rows[person]} has the same", number, "id")
            rows.setdefault(person, number)


def extra_reader(types: frozenset[type]) -> Reader:
    """A reader for a fact of a centre's own: yes or no, a whole number, else text.

    The criteria say what they compare the fact with, so that a 1 is a yes where they ask for yes or no,
    and digits stay text where they ask for text.
    """

    def read(cell: Cell) -> Value | None:
        plain = text(cell)
        if types == {str} or not plain:
            return plain or None
        if isinstance(cell, bool) or types == {bool} or not DIGITS.fullmatch(plain):
            return YES_NO.get(plain.casefold(), plain)
        return int(plain)

    return read


def _fact_reader(column: str, reader: Reader) -> Callable[[Cell], Fact | None]:
    # typed: True, 1 and 1.0 are one key to Python and three different cells in a sheet
    @lru_cache(maxsize=REMEMBERED_CELLS, typed=True)
    def read(cell: Cell) -> Fact | None:
        value = reader(cell)
        return None if value is None else Fact(column, value, Source.ROSTER)

    return read
