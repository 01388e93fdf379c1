"""Where SQLite and PostgreSQL differ, for the functions of storage."""

import sqlite3

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

__all__ = ["alone", "insert", "may_pass"]
# `insert` is PostgreSQL's construct: SQLAlchemy compiles its ON CONFLICT for SQLite too, which took the
# clause over from PostgreSQL


def alone(connection: Connection, table: Table) -> None:
    """From here to the commit nobody else writes to the table. Readers are not held up.

    The first statement of a transaction, or what was read before it may be out of date. SQLite has one
    writer at a time anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE")


def may_pass(error: Exception) -> bool:
    """Whether the same work may succeed when it is run again: the database was away, or others interfered.

    PostgreSQL's collisions have no class of their own; SQLite calls a wrong statement operational too.
    """
    if not isinstance(error, DBAPIError) or isinstance(error, DataError | IntegrityError | ProgrammingError):
        return False
    return getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR
