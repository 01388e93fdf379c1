"""Small works for the database under test."""

import asyncio
import threading

from sqlalchemy import Connection, text

from storage.database import Database
from tests.databases import wait_in_work


def make_tables(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE counter (n INTEGER NOT NULL)")
    connection.exec_driver_sql("INSERT INTO counter VALUES (0)")
    connection.exec_driver_sql("CREATE TABLE words (word TEXT PRIMARY KEY)")


def count(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT n FROM counter").scalar_one())


def increment(connection: Connection) -> int:
    """As handlers do it: read, decide in Python, write."""
    reached = count(connection) + 1
    connection.execute(text("UPDATE counter SET n = :reached"), {"reached": reached})
    return reached


class Add:
    """Work that stores a word."""

    def __init__(self, word: str) -> None:
        self.word = word

    def __call__(self, connection: Connection) -> str:
        connection.execute(text("INSERT INTO words VALUES (:word)"), {"word": self.word})
        return self.word


def words(connection: Connection) -> set[str]:
    return set(connection.exec_driver_sql("SELECT word FROM words").scalars())


def fail(connection: Connection) -> None:
    """Work that fails half-way."""
    Add("half-way")(connection)
    raise LookupError("on purpose")


def cut_all_others(connection: Connection) -> int:
    """End every other connection to this database, as a server does that is shut down."""
    others = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid != pg_backend_pid()"
    )
    return int(connection.execute(others).scalar_one())


class Held:
    """Work that holds its transaction open until it is let go.

    What is written meanwhile waits together on SQLite; on PostgreSQL it does not wait.
    """

    def __init__(self) -> None:
        self._entered = threading.Event()
        self._let_go = threading.Event()

    def __call__(self, connection: Connection) -> str:
        self._entered.set()
        wait_in_work(self._let_go)
        return "held"

    async def entered(self) -> None:
        assert await asyncio.to_thread(self._entered.wait, 30)

    def let_go(self) -> None:
        self._let_go.set()


async def held_writer(database: Database, group: asyncio.TaskGroup) -> Held:
    """The database's writer, held."""
    held = Held()
    group.create_task(database.write(held))
    await held.entered()
    return held
