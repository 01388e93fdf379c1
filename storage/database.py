"""The database: reads on snapshots, writes that are whole or not at all.

Work is a plain function over a SQLAlchemy connection, the same for SQLite and PostgreSQL.
"""

from sqlalchemy.engine import URL

from storage.engines import postgresql, sqlite
from storage.engines.common import DatabaseUrlError, Result, Unavailable, Work, database_address, reason

__all__ = [
    "Database",
    "DatabaseUrlError",
    "Result",
    "Unavailable",
    "Work",
    "database_address",
    "is_file",
    "reason",
    "run_alone",
]


class Database:
    """One database, safe to share between tasks of one event loop. Raises DatabaseUrlError."""

    def __init__(self, url: str) -> None:
        address = database_address(url)
        engine = sqlite.SqliteFile if is_file(address) else postgresql.PostgresqlServer
        self._engine = engine(address)

    async def read(self, work: Work[Result]) -> Result:
        """Run work on a snapshot of what is committed. Raises Unavailable."""
        return await self._engine.read(work)

    async def write(self, work: Work[Result]) -> Result:
        """Run work in a transaction; returns when it is on the disk. An exception in it undoes all of it.

        Work may be run a second time when others' writes came in its way, so it must not have effects outside
        the database. Raises Unavailable; after a lost connection it is not known whether the work was
        committed at the last moment or not at all.
        """
        return await self._engine.write(work)

    async def close(self) -> None:
        """Wait for writes that are under way or wait for their turn, and let the database go."""
        await self._engine.close()


def is_file(address: URL) -> bool:
    """Whether it is a file of SQLite; else it is a server's."""
    return address.get_backend_name() == "sqlite"


def run_alone(url: str, work: Work[None]) -> None:
    """Run work in one transaction, without an event loop; a second process waits until it is through.

    For migrations. Raises DatabaseUrlError, Unavailable.
    """
    address = database_address(url)
    (sqlite.run_alone if is_file(address) else postgresql.run_alone)(address, work)
