"""Where the processor time of a durable answer goes, by part."""

import os
import signal
import tempfile
from collections import defaultdict
from operator import itemgetter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.measure import Figures, measure
from tests.bench.parts import part_of
from tests.bench.processes import PROJECT
from tests.bench.scenarios import DURABLE


async def profile(updates: int, project: Path = PROJECT) -> None:
    """Run the durable answer once under the sampler and print its parts."""
    with tempfile.TemporaryDirectory(prefix="marshrut-profile-") as name:
        stacks = Path(name) / "stacks"
        runner = ("-m", "tests.bench.sampler", str(stacks))
        figures = await measure(DURABLE, updates, project=project, runner=runner, mark=_toggle)
        lines = stacks.read_text(encoding="utf-8").splitlines()
    show(lines, figures, updates)


def _toggle(process_id: int) -> None:
    os.kill(process_id, signal.SIGUSR1)


def show(lines: list[str], figures: Figures, updates: int) -> None:
    seconds: defaultdict[str, float] = defaultdict(float)
    for line in lines:
        stack, _, amount = line.rpartition(" ")
        seconds[part_of(stack.split(";"))] += float(amount)
    total = sum(seconds.values())
    table = Table(
        title=f"(a) durable answer: {figures.cpu_ms:.2f} ms per update, sampler included",
        title_justify="left",
    )
    for title in ("part", "ms", "share"):
        table.add_column(title, justify="left" if title == "part" else "right")
    for part, spent in sorted(seconds.items(), key=itemgetter(1), reverse=True):
        table.add_row(part, f"{spent / updates * 1000:.2f}", f"{spent / total:.0%}")
    Console().print(table)
