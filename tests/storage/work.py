"""Small works for the database under test."""

import asyncio
import threading

from sqlalchemy import Connection

from storage.database import Database


def make_tables(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE counter (n INTEGER NOT NULL)")
    connection.exec_driver_sql("INSERT INTO counter VALUES (0)")
    connection.exec_driver_sql("CREATE TABLE words (word TEXT PRIMARY KEY)")


def count(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT n FROM counter").scalar_one())


def increment(connection: Connection) -> int:
    """As handlers do it: read, decide in Python, write."""
    reached = count(connection) + 1
    connection.exec_driver_sql("UPDATE counter SET n = ?", (reached,))
    return reached


class Add:
    """Work that stores a word."""

    def __init__(self, word: str) -> None:
        self.word = word

    def __call__(self, connection: Connection) -> str:
        connection.exec_driver_sql("INSERT INTO words VALUES (?)", (self.word,))
        return self.word


def words(connection: Connection) -> set[str]:
    return set(connection.exec_driver_sql("SELECT word FROM words").scalars())


def fail(connection: Connection) -> None:
    """Work that fails half-way."""
    Add("half-way")(connection)
    raise LookupError("on purpose")


class Held:
    """Work that holds its transaction open until it is let go; what is written meanwhile waits together."""

    def __init__(self) -> None:
        self._entered = threading.Event()
        self._let_go = threading.Event()

    def __call__(self, connection: Connection) -> str:
        self._entered.set()
        assert self._let_go.wait(30)
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
