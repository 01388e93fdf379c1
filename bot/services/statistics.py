"""Employment statistics of a region: what factor 1 is judged by."""

from collections.abc import Iterable
from functools import partial

from bot.sources.statistics_table import StatisticsRow
from storage import risk
from storage.database import Database


async def save_statistics(database: Database, rows: Iterable[StatisticsRow]) -> int:
    """Store rates, all or none; known ones are replaced. Returns how many."""
    values = [
        {"region": row.region, "year": row.year, "specialty": row.specialty, "rate": str(row.rate)}
        for row in rows
    ]
    return await database.write(partial(risk.save_statistics, rows=values))
