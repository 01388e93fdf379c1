"""What commands print: problems in a line each, progress bars, tables for people."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from bot.services.assess_table import Assessed
    from storage.vacancy_keeping import Kept

T = TypeVar("T")

LAID_OUT = 500
"""Rows of a printed table that a person may still read; a longer one is printed line by line."""

LONGEST_ID = 40
READER_LEFT = 141
"""What shells report of a program whose reader closed the pipe."""


@contextmanager
def problems_told(*errors: type[Exception]) -> Iterator[None]:
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


def progress(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """The same items, with a bar on stderr if somebody watches."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, what, total, console=Console(stderr=True), transient=True)


def print_assessed(assessed: "Iterable[Assessed]", count: int, longest: int) -> None:
    """For people: a layout for as many as anyone reads, plain lines beyond; then how many of each level."""
    levels: Counter[str] = Counter()

    def counted() -> "Iterator[Assessed]":
        for person, assessment in assessed:
            levels[assessment.level.value] += 1
            yield person, assessment

    if count <= LAID_OUT:
        _print_laid_out(list(counted()), longest)
    else:
        _print_lines(counted(), longest)
    typer.echo(f"{count} assessed: {levels['high']} high, {levels['not_high']} not high")


def _print_lines(assessed: "Iterable[Assessed]", longest: int) -> None:
    width = min(longest, LONGEST_ID)
    sys.stdout.write(f"{'id':<{width}}  {'level':<8}  factors / override / unknown\n")
    for person, assessment in assessed:
        factors, unknown = ";".join(assessment.factors), ";".join(assessment.unknown)
        parts = " / ".join((factors or "-", assessment.override or "-", unknown or "-"))
        sys.stdout.write(f"{person:<{width}}  {assessment.level.value:<8}  {parts}\n")


def _print_laid_out(assessed: "Sequence[Assessed]", longest: int) -> None:
    from rich.console import Console

    # ids are other people's text: no markup in them
    Console(markup=False, highlight=False, emoji=False).print(_layout(assessed, longest))


def _layout(assessed: "Sequence[Assessed]", longest: int) -> "Table":
    from rich.table import Table

    table = Table(box=None, expand=True, pad_edge=False)
    table.add_column("id", width=min(max(longest, 2), LONGEST_ID), overflow="fold")
    table.add_column("level", width=8)
    table.add_column("factors", ratio=1, overflow="fold")
    table.add_column("override", width=9, overflow="fold")
    table.add_column("unknown", ratio=1, overflow="fold")
    for person, assessment in assessed:
        factors, unknown = "; ".join(assessment.factors), "; ".join(assessment.unknown)
        table.add_row(person, assessment.level.value, factors, assessment.override or "", unknown)
    return table


@contextmanager
def watched(what: str) -> "Iterator[Callable[[Kept, int | None], None] | None]":
    """Something to call as vacancies are kept: it moves a bar on stderr; None if nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda kept, total: bar.update(task, completed=sum(kept), total=total)
