"""Whether a bot is serving, seen from outside: it leaves a mark beside its database at every sign of life."""

import time
from pathlib import Path

from storage.database import sqlite_address

STALE_SECONDS = 120
"""Telegram is asked for updates every 25 seconds at most."""

MARK_SECONDS = 10


class Heartbeat:
    """The mark of one bot."""

    def __init__(self, database_url: str) -> None:
        self._mark = Path(f"{sqlite_address(database_url).database}.alive")
        self._marked = 0.0

    def beat(self) -> None:
        """Telegram has just answered."""
        if time.monotonic() - self._marked > MARK_SECONDS:
            self._mark.touch()
            self._marked = time.monotonic()

    def is_alive(self) -> bool:
        """Whether the last mark is fresh."""
        try:
            return time.time() - self._mark.stat().st_mtime < STALE_SECONDS
        except FileNotFoundError:
            return False
