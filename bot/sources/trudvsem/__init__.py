"""Vacancies from the open data of the federal job portal: `Trudvsem` reads it page by page."""

from bot.sources.trudvsem.asked import Asked
from bot.sources.trudvsem.client import Batch, Trudvsem
from bot.sources.trudvsem.download import Settings
from bot.sources.trudvsem.faults import Fault, SourceError
from bot.sources.trudvsem.position import Position, PositionError
from bot.sources.trudvsem.record import Skipped, read_record

__all__ = [
    "Asked",
    "Batch",
    "Fault",
    "Position",
    "PositionError",
    "Settings",
    "Skipped",
    "SourceError",
    "Trudvsem",
    "read_record",
]
