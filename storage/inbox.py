"""The inbox: an update from Telegram is a row before it is acknowledged, and until it is done."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, update

from storage.dialects import insert
from storage.tables import inbox

Payload = dict[str, Any]


class StoredUpdate(NamedTuple):
    """An update that waits to be handled. `lane` is whose it is: one lane, one order.

    `attempts` is None for one that has just come; for one that a stopped process left undone, how many
    processes have begun it again and stopped meanwhile.
    """

    update_id: int
    lane: int
    payload: Payload
    attempts: int | None = None


_new = insert(inbox)
_store = _new.on_conflict_do_update(
    index_elements=[inbox.c.update_id],
    set_={"lane": _new.excluded.lane},
    where=inbox.c.received_at == _new.excluded.received_at,
).returning(inbox.c.update_id)
_done = (
    update(inbox).where(inbox.c.update_id == bindparam("done")).values(done_at=bindparam("at"), payload=None)
)


def store(connection: Connection, updates: Sequence[StoredUpdate], at: dt.datetime) -> set[int]:
    """Store what is new; returns the ids of those that were. Telegram repeats what was not acknowledged.

    What was stored at that very instant is new as well: the first attempt may have come further than it knew.
    """
    rows = [
        {
            "update_id": stored.update_id,
            "lane": stored.lane,
            # ASCII: half of a surrogate pair is valid JSON, but no text that SQLite takes
            "payload": json.dumps(stored.payload, separators=(",", ":")),
            "received_at": at,
            "attempts": 0,
        }
        for stored in {stored.update_id: stored for stored in updates}.values()
    ]
    return set(connection.execute(_store, rows).scalars()) if rows else set()


def mark_done(connection: Connection, update_id: int, at: dt.datetime) -> None:
    """The update has had its effect; its contents are not needed any more."""
    connection.execute(_done, {"done": update_id, "at": at})


def is_done(connection: Connection, update_id: int) -> bool:
    """Whether the update has had its effect. Waits for a commit that is still under way."""
    undone = update(inbox).where(inbox.c.update_id == update_id, inbox.c.done_at.is_(None))
    return connection.execute(undone.values(attempts=inbox.c.attempts)).rowcount == 0


def left_over(connection: Connection) -> list[StoredUpdate]:
    """What a stopped process left undone, in order."""
    rows = connection.execute(
        select(inbox.c.update_id, inbox.c.lane, inbox.c.payload, inbox.c.attempts)
        .where(inbox.c.done_at.is_(None))
        .order_by(inbox.c.update_id)
    )
    return [StoredUpdate(row.update_id, row.lane, json.loads(row.payload), row.attempts) for row in rows]


def count_attempt(connection: Connection, update_id: int) -> None:
    """An update that was left over is begun again: if the process stops now, it may be the reason."""
    counted = update(inbox).where(inbox.c.update_id == update_id)
    connection.execute(counted.values(attempts=inbox.c.attempts + 1))


def clear_attempts(connection: Connection) -> None:
    """The process stops because it was told to: no update is the reason."""
    connection.execute(update(inbox).where(inbox.c.done_at.is_(None)).values(attempts=0))


def give_up(connection: Connection, attempts: int, at: dt.datetime) -> list[int]:
    """Close what was begun so often, and each time the process stopped; returns the ids, for the log."""
    given_up = inbox.c.done_at.is_(None) & (inbox.c.attempts >= attempts)
    statement = update(inbox).where(given_up).values(done_at=at, payload=None)
    return list(connection.execute(statement.returning(inbox.c.update_id)).scalars())


def forget(connection: Connection, before: dt.datetime) -> int:
    """Drop updates that were done before that instant; Telegram does not repeat them any more."""
    return connection.execute(delete(inbox).where(inbox.c.done_at < before)).rowcount
