"""What both kinds of database share."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError

Result = TypeVar("Result")
Work = Callable[[Connection], Result]

Unavailable = OperationalError
"""The database does not answer, or holds us off, for now: the same may succeed a moment later."""

OPTIONS: dict[str, Any] = {
    "hide_parameters": True,  # they are people's answers: they stay out of error messages
    "json_serializer": partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
}
"""What every engine is made with."""

KNOWN_ADDRESSES = "sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER:PASSWORD@HOST/NAME"


class DatabaseUrlError(Exception):
    """The database's address is not one that Marshrut can use. The text never holds the address."""


def database_address(url: str) -> URL:
    """The address with the driver that is really used. Raises DatabaseUrlError."""
    try:
        address = make_url(url)
    except Exception:
        raise DatabaseUrlError("is not a database address") from None
    match address.get_backend_name():
        case "sqlite":
            return address.set(drivername="sqlite")
        case "postgresql":
            return _of_server(address)
    raise DatabaseUrlError(f"names a database that is not supported: {KNOWN_ADDRESSES}")


def reason(error: Unavailable) -> str:
    """Why the database does not answer: one line, without the statement and without values."""
    return str(error.orig).partition("\n")[0] or type(error.orig).__name__


def _of_server(address: URL) -> URL:
    if not address.database:
        raise DatabaseUrlError("does not say which database of the server: its name comes last, after the /")
    # what other drivers call sslmode is called ssl by ours
    options = {"ssl" if name == "sslmode" else name: value for name, value in address.query.items()}
    unknown = sorted(options.keys() - {"host", "port", "ssl"})
    if unknown:
        raise DatabaseUrlError(f"has options that are not known: {', '.join(unknown)}")
    return address.set(drivername="postgresql+asyncpg", query=options)
