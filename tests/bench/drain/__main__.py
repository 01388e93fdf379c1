"""`python -m tests.bench.drain`: what the outbox and the sender hold. ../README.md explains."""

import asyncio
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tests.bench.drain.draining import NO_LIMIT, drain, loop
from tests.bench.drain.latency import answered
from tests.bench.drain.report import Results, show
from tests.bench.drain.rounds import looks


class Part(StrEnum):
    PACE = "pace"
    RATE = "rate"
    LATENCY = "latency"
    MEMORY = "memory"
    LOOKS = "looks"


FEW = 1_000
command = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Bench:
    """Measures part by part."""

    def __init__(self) -> None:
        self.results = Results()
        self._console = Console(stderr=True)

    def _say(self, what: str) -> None:
        self._console.print(what, highlight=False)

    async def pace(self, recipients: int) -> None:
        self._say(f"{recipients} recipients at the pace of Telegram: {recipients / 29:.0f} s")
        self.results.paced = await drain(recipients, recipients, {}, flood=True)

    async def rate(self, messages: int, runs: int) -> None:
        """They take turns, so that a busy minute of the machine falls on both."""
        for run in range(runs):
            self._say(f"limits off, run {run + 1} of {runs}")
            self.results.durable.append(await drain(messages, messages + FEW, NO_LIMIT))
            self.results.bare.append(await loop(messages))

    async def latency(self, recipients: int, seconds: float) -> None:
        self._say(f"presses alone, and while a campaign to {recipients} drains: {seconds:.0f} s each")
        self.results.answered = await answered(recipients, seconds)

    async def memory(self, messages: int, rows: int) -> None:
        self._say(f"memory: {messages} messages out of {rows} rows")
        self.results.few = await drain(FEW, FEW, NO_LIMIT)
        self.results.many = await drain(min(messages, rows), rows, NO_LIMIT)

    async def looks(self, rows: int) -> None:
        for count in (FEW, rows):
            self._say(f"looks at {count} rows")
            self.results.looks.append(await looks(count))


@command.command()
def main(
    parts: Annotated[list[Part] | None, typer.Argument(help="which; all of them by default")] = None,
    recipients: Annotated[int, typer.Option(min=2, help="of the paced campaign")] = 3_000,
    messages: Annotated[int, typer.Option(min=2, help="of each process with the limits off")] = 3_000,
    runs: Annotated[int, typer.Option(min=1, help="fresh processes of each kind, limits off")] = 5,
    seconds: Annotated[float, typer.Option(min=1, help="of presses, without and with a campaign")] = 40,
    campaign: Annotated[int, typer.Option(min=1, help="recipients of the campaign beside presses")] = 100_000,
    rows: Annotated[int, typer.Option(min=FEW, help="that wait while memory is measured")] = 1_000_000,
    drained: Annotated[int, typer.Option(min=2, help="how many of them are sent")] = 10_000,
    json_file: Annotated[Path | None, typer.Option("--json", help="write all figures there")] = None,
) -> None:
    """Measure, and print figures beside their anchors. Nothing is asserted."""
    bench = Bench()
    chosen = {
        Part.PACE: lambda: bench.pace(recipients),
        Part.RATE: lambda: bench.rate(messages, runs),
        Part.LATENCY: lambda: bench.latency(campaign, seconds),
        Part.MEMORY: lambda: bench.memory(drained, rows),
        Part.LOOKS: lambda: bench.looks(rows),
    }
    for part in parts or Part:
        asyncio.run(chosen[part]())
    show(bench.results)
    if json_file is not None:
        json_file.write_text(json.dumps(bench.results.as_json(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    command(prog_name="python -m tests.bench.drain")
