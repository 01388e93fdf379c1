"""The command line: `python -m bot …`. Commands load what they need when they run, so that help is quick."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from bot.services.assess_table import Assessed

T = TypeVar("T")

STANDARD = Path(__file__).parent / "standard"
PAGE = 200
"""Rows of a printed table that are laid out together, so that a long one needs no more memory."""

LONGEST_ID = 40
READER_LEFT = 141
"""What shells report of a program whose reader closed the pipe."""

app = typer.Typer(
    help="Marshrut: a Telegram bot for career centres.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class OutputFormat(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


@app.command("check-questionnaire")
def check_questionnaire(file: Annotated[Path, typer.Argument(help="a questionnaire in YAML")]) -> None:
    """Say whether a questionnaire file is right, or every mistake with its line."""
    from bot.domain.questionnaire.definition import Definition
    from bot.sources.definition_file import DefinitionError, read_definition

    with _problems_told(DefinitionError):
        definition = read_definition(file, Definition)
    typer.echo(f"{file}: all right, {len(definition.questions)} questions")


@app.command()
def assess(
    file: Annotated[Path, typer.Argument(help="people, one per row: CSV or XLSX")],
    statistics: Annotated[Path | None, typer.Option(help="employment rates: columns specialty, rate")] = None,
    criteria: Annotated[Path | None, typer.Option(help="the centre's own criteria in YAML")] = None,
    output: Annotated[OutputFormat, typer.Option("--format", help="how to print")] = OutputFormat.TABLE,
) -> None:
    """Assess the risk of everyone in a table, by the standard. Needs no database.

    The whole table is checked before the first line is printed.
    """
    from bot.domain.risk.criteria import Criteria
    from bot.domain.risk.rates import Rates
    from bot.services.assess_table import assess_people, people_of, write_csv, write_json
    from bot.sources.definition_file import DefinitionError, read_definition
    from bot.sources.table_rates import read_rates
    from bot.sources.tables import TableError, open_table

    with _problems_told(TableError, DefinitionError):
        rules = read_definition(criteria or STANDARD / "criteria.yaml", Criteria)
        rates = read_rates(open_table(statistics)) if statistics else Rates()
        people = people_of(open_table(file), rules)
        count = longest = 0
        for person in _progress(people.check(), "Checking"):
            count, longest = count + 1, max(longest, len(person))
        assessed = assess_people(people, rules, rates)
        if not sys.stdout.isatty():
            assessed = _progress(assessed, "Assessing", count)
        if output is OutputFormat.CSV:
            write_csv(assessed, sys.stdout)
        elif output is OutputFormat.JSON:
            write_json(assessed, sys.stdout)
        else:
            _print_table(assessed, longest)
        sys.stdout.flush()


@contextmanager
def _problems_told(*errors: type[Exception]) -> Iterator[None]:
    """What a person can put right is said in a line and ends the command with 1; a reader may leave early."""
    try:
        yield
    except BrokenPipeError:
        # Python flushes once more on its way out: into nothing
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(READER_LEFT) from None
    except OSError as error:
        typer.echo(f"{error.filename or 'output'}: {error.strerror}", err=True)
        raise typer.Exit(1) from None
    except errors as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def _progress(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """The same items, with a bar on stderr if somebody watches."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, what, total, console=Console(stderr=True), transient=True)


def _print_table(assessed: "Iterable[Assessed]", longest: int) -> None:
    """For people: pages of one layout, then how many there are of each level."""
    from rich.console import Console

    # ids are other people's text: no markup in them
    console = Console(markup=False, highlight=False, emoji=False)
    rows = iter(assessed)
    levels: Counter[str] = Counter()
    first = True
    while page := list(islice(rows, PAGE)):
        levels.update(assessment.level.value for _, assessment in page)
        console.print(_page(page, longest, header=first))
        first = False
    console.print(f"{levels.total()} assessed: {levels['high']} high, {levels['not_high']} not high")


def _page(page: "Sequence[Assessed]", longest: int, *, header: bool) -> "Table":
    from rich.table import Table

    table = Table(box=None, expand=True, show_header=header, pad_edge=False)
    table.add_column("id", width=min(max(longest, 2), LONGEST_ID), overflow="fold")
    table.add_column("level", width=8)
    table.add_column("factors", ratio=1, overflow="fold")
    table.add_column("override", width=9, overflow="fold")
    table.add_column("unknown", ratio=1, overflow="fold")
    for person, assessment in page:
        factors, unknown = "; ".join(assessment.factors), "; ".join(assessment.unknown)
        table.add_row(person, assessment.level.value, factors, assessment.override or "", unknown)
    return table


if __name__ == "__main__":
    app(prog_name="python -m bot")
