"""Whether a bot is serving, seen from outside: it leaves a mark on its machine at every sign of life."""

import hashlib
import tempfile
import time
from pathlib import Path

from sqlalchemy.engine import URL

from storage.database import database_address, is_file

STALE_SECONDS = 120
"""Telegram is asked for updates every 25 seconds at most."""

MARK_SECONDS = 10


class Heartbeat:
    """The mark of one bot: beside a database that is a file, else among the machine's temporary files."""

    def __init__(self, database_url: str) -> None:
        self._mark = _mark(database_address(database_url))
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


def _mark(address: URL) -> Path:
    if is_file(address):
        return Path(f"{address.database}.alive")
    where = address.set(password=None).render_as_string()
    return Path(tempfile.gettempdir()) / f"marshrut-{hashlib.sha256(where.encode()).hexdigest()[:16]}.alive"
