"""The figures of draining beside their anchors and aims, for people and as JSON."""

import statistics
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.drain.draining import Drained
from tests.bench.drain.latency import Answered
from tests.bench.drain.rounds import Looks


@dataclass
class Results:
    """What was measured; a part that was left out is empty."""

    paced: Drained | None = None
    durable: list[Drained] = field(default_factory=list)
    bare: list[Drained] = field(default_factory=list)
    answered: Answered | None = None
    few: Drained | None = None
    many: Drained | None = None
    looks: list[Looks] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Of the durable drain's rate to the bare loop's, of medians."""
        return _median(self.durable) / _median(self.bare)

    def as_json(self) -> dict[str, Any]:
        found = asdict(self)
        return found | ({"ratio": self.ratio} if self.durable else {})


def _median(runs: list[Drained]) -> float:
    return statistics.median(one.per_second for one in runs)


def show(results: Results) -> None:
    table = Table(title="draining the outbox", title_justify="left")
    for title in ("", "figure", "beside it", "aim"):
        table.add_column(title)
    for row in _rows(results):
        table.add_row(*row)
    Console().print(table)


def _rows(results: Results) -> list[tuple[str, str, str, str]]:
    rows = []
    if paced := results.paced:
        rate = f"{paced.per_second:.2f}/s, {paced.refused} refused"
        rows.append(
            (f"{paced.messages} messages, flood limits on", rate, "limit 30/s", "≥ 28.5/s, 0 refused")
        )
    if results.durable:
        rate, bare = (f"{_median(runs):.0f}/s" for runs in (results.durable, results.bare))
        beside = f"bare aiogram loop {bare}: ratio {results.ratio:.2f}"
        rows.append((f"limits off, medians of {len(results.durable)}", rate, beside, "ratio ≥ 0.8"))
        each = zip(results.durable, results.bare, strict=True)
        found = ", ".join(f"{durable.per_second / bare.per_second:.2f}" for durable, bare in each)
        cpu = (statistics.median(one.cpu_ms for one in runs) for runs in (results.durable, results.bare))
        rows.append(("  CPU per message, ratio of each turn", "{:.2f} ms; {:.2f} ms".format(*cpu), found, ""))
    if answered := results.answered:
        rows += _answered(answered)
    if results.few and results.many:
        few, many = results.few, results.many
        more = f"{many.peak_mb:.0f} MB: {many.peak_mb - few.peak_mb:+.0f} MB"
        beside = f"{few.messages} of 1,000 rows: {few.peak_mb:.0f} MB"
        rows.append((f"peak memory, {many.messages} sent of many rows", more, beside, "≤ 30 MB more"))
    for looks in results.looks:
        about = (
            f"{looks.settled_due_ms:.2f} ms when all but 100 are sent; file {looks.megabytes:.0f} MB;"
            f" filled in {looks.fill_seconds:.1f} s; by {', '.join(looks.indexes)}"
        )
        rows.append((f"a look at {looks.rows:,} rows", f"{looks.due_ms:.2f} ms", about, ""))
    return rows


def _answered(answered: Answered) -> list[tuple[str, str, str, str]]:
    alone = answered.alone
    beside = f"alone {alone.median:.1f} and {alone.p99:.1f} ms"
    phases = (
        (f"a press while a campaign drains at {answered.sent_per_second:.1f}/s", answered.draining),
        (f"a press while it is queued, {answered.queued_in:.1f} s", answered.queueing),
    )
    return [
        (
            f"{title}: median and p99 of {found.presses}",
            f"{found.median:.1f} and {found.p99:.1f} ms, longest {found.longest:.0f}",
            beside,
            "p99 ≤ 300 ms",
        )
        for title, found in phases
    ]
