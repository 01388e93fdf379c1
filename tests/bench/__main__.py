"""`make bench`: the durable answer beside two anchors, measured in the same run. README.md explains."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tests.bench.measure import Figures, measure
from tests.bench.profile import profile
from tests.bench.report import as_json, show
from tests.bench.scenarios import SCENARIOS


async def bench(updates: int, runs: int) -> dict[str, list[Figures]]:
    """Scenarios take turns, so that a busy minute of the machine falls on all of them."""
    results: dict[str, list[Figures]] = {scenario.name: [] for scenario in SCENARIOS}
    console = Console(stderr=True)
    for run in range(runs):
        for scenario in SCENARIOS:
            console.print(f"run {run + 1} of {runs}: {scenario.title}", highlight=False)
            results[scenario.name].append(await measure(scenario, updates))
    return results


command = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@command.command()
def main(
    updates: Annotated[int, typer.Option(min=1, help="updates per process for the CPU figure")] = 1000,
    runs: Annotated[int, typer.Option(min=1, help="fresh processes of each kind")] = 4,
    json_file: Annotated[Path | None, typer.Option("--json", help="write all figures there")] = None,
    profiled: Annotated[
        bool, typer.Option("--profile", help="where the time of a durable answer goes, instead")
    ] = False,
) -> None:
    """Measure, and print ratios. Nothing is asserted."""
    if profiled:
        asyncio.run(profile(updates))
        return
    results = asyncio.run(bench(updates, runs))
    show(results, updates)
    if json_file is not None:
        json_file.write_text(json.dumps(as_json(results, updates), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    command(prog_name="python -m tests.bench")
