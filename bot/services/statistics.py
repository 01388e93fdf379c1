"""Employment statistics of a region: what factor 1 is judged by."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from storage import risk
from storage.database import Database


async def import_statistics(database: Database, rows: Iterable[dict[str, Any]]) -> int:
    """Store rates (region, year, specialty, rate), all or none; returns how many."""
    return await database.write(partial(risk.save_statistics, rows=list(rows)))
