"""The command line: `python -m bot …`. Commands load what they need when they run, so that help is quick."""

import asyncio
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.console import print_assessed, problems_told, progress

STANDARD = Path(__file__).parent / "standard"

app = typer.Typer(
    help="Marshrut: a Telegram bot for career centres.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Strict = Annotated[bool, typer.Option("--strict", help="store nothing if any row is bad")]


class OutputFormat(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


@app.command("check-questionnaire")
def check_questionnaire(file: Annotated[Path, typer.Argument(help="a questionnaire in YAML")]) -> None:
    """Say whether a questionnaire file is right, or every mistake with its line."""
    from bot.domain.questionnaire.definition import Definition
    from bot.sources.definition_file import DefinitionError, read_definition

    with problems_told(DefinitionError):
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

    with problems_told(TableError, DefinitionError):
        rules = read_definition(criteria or STANDARD / "criteria.yaml", Criteria)
        rates = read_rates(open_table(statistics)) if statistics else Rates()
        people = people_of(open_table(file), rules)
        count = longest = 0
        for person in progress(people.check(), "Checking"):
            count, longest = count + 1, max(longest, len(person))
        assessed = assess_people(people, rules, rates)
        if not sys.stdout.isatty():
            assessed = progress(assessed, "Assessing", count)
        if output is OutputFormat.CSV:
            write_csv(assessed, sys.stdout)
        elif output is OutputFormat.JSON:
            write_json(assessed, sys.stdout)
        else:
            print_assessed(assessed, count, longest)
        sys.stdout.flush()


@app.command()
def run() -> None:
    """Serve Telegram by long polling until SIGTERM or SIGINT."""
    from bot.config import Settings, SettingsError

    with problems_told(SettingsError):
        settings = Settings.load()

    # after the settings: what speaks to Telegram takes seconds to load
    from bot.app import StartUpError, serve
    from bot.logs import set_up_logs

    set_up_logs(settings.log_level, settings.log_format)
    with problems_told(StartUpError):
        asyncio.run(serve(settings))


@app.command()
def healthy() -> None:
    """Exit with 0 if the bot on this database has heard from Telegram lately, else with 1."""
    from bot.config import DatabaseSettings, SettingsError
    from bot.health import Heartbeat

    with problems_told(SettingsError):
        alive = Heartbeat(DatabaseSettings.load().database_url).is_alive()
    typer.echo("serving" if alive else "not serving")
    raise typer.Exit(0 if alive else 1)


@app.command()
def sandbox(port: Annotated[int, typer.Option(help="of the chat page; 0: any free one")] = 8080) -> None:
    """Serve a local Telegram with the bot and an invented region: no token needed."""
    from bot.demo import run_sandbox

    def announce(address: str) -> None:
        typer.echo(f"\nOpen {address} in a browser. Ctrl+C stops.\n")

    with problems_told():
        asyncio.run(run_sandbox(port, announce))


@app.command("import-statistics")
def import_statistics(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX: region, year, specialty (* for all), rate")],
    strict: Strict = False,  # noqa: FBT002 - an option is never positional
) -> None:
    """Store employment rates; a bad row is told with its number, the good ones go in."""
    from bot.imports import ImportRefusedError, import_rows, regions
    from bot.services.statistics import save_statistics
    from bot.sources.statistics_table import read_statistics
    from bot.sources.tables import TableError

    with problems_told(TableError, ImportRefusedError):
        stored = import_rows(file, read_statistics(file, regions()), save_statistics, strict=strict)
        typer.echo(f"{stored} rates stored")


@app.command("import-groups")
def import_groups(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX; README.md names the columns")],
    strict: Strict = False,  # noqa: FBT002 - an option is never positional
) -> None:
    """Store colleges and groups, and print the parameter of each group's link: t.me/BOT?start=PARAMETER."""
    from bot.imports import ImportRefusedError, import_rows, regions
    from bot.services.colleges import save_groups
    from bot.sources.group_table import read_groups
    from bot.sources.tables import TableError

    with problems_told(TableError, ImportRefusedError):
        links = import_rows(file, read_groups(file, regions()), save_groups, strict=strict)
        for link in links:
            typer.echo(f"{link.organisation}\t{link.group}\tg_{link.code}")


@app.command("import-vacancies")
def import_vacancies(
    source: Annotated[str, typer.Option(help="trudvsem, or a file: CSV or XLSX")] = "trudvsem",
    region: Annotated[list[str] | None, typer.Option(help="13 digits; may be given again")] = None,
    full: Annotated[bool, typer.Option("--full", help="everything, not only what was modified")] = False,  # noqa: FBT002 - an option is never positional
    strict: Strict = False,  # noqa: FBT002 - as above
) -> None:
    """Import vacancies by hand; an interrupted import goes on where it stopped."""
    from bot.imports import ImportRefusedError, import_trudvsem, import_vacancy_table
    from bot.sources.definition_file import DefinitionError
    from bot.sources.tables import TableError

    with problems_told(TableError, ImportRefusedError, DefinitionError):
        if source != "trudvsem":
            kept = import_vacancy_table(Path(source), strict=strict)
            typer.echo(f"new {kept.new}, changed {kept.changed}, same {kept.same}, doubles {kept.doubles}")
            return
        for code, (kept, closed) in import_trudvsem(tuple(region or ()), full=full).items():
            counts = f"new {kept.new}, changed {kept.changed}, same {kept.same}, doubles {kept.doubles}"
            typer.echo(f"{code}: {counts}, closed {closed}")


if __name__ == "__main__":
    app(prog_name="python -m bot")
