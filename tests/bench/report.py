"""Medians and ratios, for people and as JSON."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.measure import Figures
from tests.bench.scenarios import DURABLE, ECHO, SCENARIOS, SWITCH

Results = Mapping[str, Sequence[Figures]]
FIGURES = {
    "cpu_ms": "CPU per update, ms",
    "latency_ms": "latency alone, ms",
    "start_s": "start to first poll, s",
    "idle_mb": "resident idle, MB",
    "loaded_mb": "after the load, MB",
}


def medians(results: Results) -> dict[str, Figures]:
    """One figure of each kind per scenario."""
    return {
        name: Figures(
            *(statistics.median(getattr(one, field.name) for one in runs) for field in fields(Figures))
        )
        for name, runs in results.items()
    }


def ratios(middle: Mapping[str, Figures]) -> dict[str, dict[str, float]]:
    """The durable answer's figures over those of each anchor."""
    durable = asdict(middle[DURABLE.name])
    return {
        anchor.name: {name: value / getattr(middle[anchor.name], name) for name, value in durable.items()}
        for anchor in (ECHO, SWITCH)
    }


def as_json(results: Results, updates: int) -> dict[str, Any]:
    middle = medians(results)
    return {
        "updates": updates,
        "runs": max(map(len, results.values())),
        "medians": {name: asdict(one) for name, one in middle.items()},
        "ratios": ratios(middle),
        "each": {name: [asdict(one) for one in runs] for name, runs in results.items()},
    }


def show(results: Results, updates: int) -> None:
    middle = medians(results)
    over = ratios(middle)
    runs = max(map(len, results.values()))
    table = Table(title=f"medians of {runs} fresh processes, {updates} updates each", title_justify="left")
    table.add_column("")
    for title in (*(scenario.title for scenario in SCENARIOS), "a / b", "a / c"):
        table.add_column(title, justify="right", max_width=13)
    for name, title in FIGURES.items():
        measured = [f"{getattr(middle[scenario.name], name):.2f}" for scenario in SCENARIOS]
        table.add_row(title, *measured, *(f"{over[anchor.name][name]:.2f}" for anchor in (ECHO, SWITCH)))
    Console().print(table)
