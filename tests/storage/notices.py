"""Messages for the outbox under test."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from bot.domain.notices import NoticeKind
from storage import outbox
from storage.outbox import Notice, State, Taken
from storage.tables import outbox as table

NOW = dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)  # a Thursday, 15:00 in Moscow
SECOND = dt.timedelta(seconds=1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def notice(key: str, kind: NoticeKind = NoticeKind.PROFILE_AGAIN, account: int = 1, **about: Any) -> Notice:
    """A message that is due now."""
    given = {"due_at": NOW, "expires_at": NOW + DAY, "values": {"word": key}, **about}
    return Notice(key, kind, account, **given)


def queued(connection: Connection, *notices: Notice) -> None:
    assert outbox.queue(connection, notices) == len(notices)


def rows(connection: Connection) -> dict[str, RowMapping]:
    """All rows, by key."""
    return {row["key"]: row for row in connection.execute(select(table)).mappings()}


def states(connection: Connection) -> dict[str, State]:
    """How each message stands, by key."""
    return {key: State(row["state"]) for key, row in rows(connection).items()}


def words(taken: list[Taken]) -> list[str]:
    """The keys of messages that were taken up, in order."""
    return [str(row.values["word"]) for row in taken]


def ids(connection: Connection, *keys: str) -> list[int]:
    found: Mapping[str, RowMapping] = rows(connection)
    return [found[key]["id"] for key in keys]


def take(connection: Connection, token: int, *keys: str) -> None:
    """These messages are on their way."""
    wanted = ids(connection, *keys)
    assert outbox.take(connection, wanted, token) == set(wanted)
