"""The outbox: what is to be sent is a row, written in the same transaction as its cause.

States of a row: `waiting` → `sending` → `sent`. Else it ends as `failed` (Telegram refused it for good),
`uncertain` (the process died over it, and twice would be worse than never), `dropped` (nothing to send any
more, or too late). `blocked` waits for the person to come back.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from bot.domain.notices import POLICIES, NoticeKind
from storage.dialects import insert
from storage.tables import outbox


class Notice(NamedTuple):
    """A message to be sent. `key` names it: the same key is queued once, however often it is asked for.

    `values` holds codes and ids; the words are made when it is sent. `person_id` is None for staff.
    """

    key: str
    kind: NoticeKind
    telegram_id: int
    due_at: dt.datetime
    expires_at: dt.datetime
    values: Mapping[str, Any] = {}
    person_id: int | None = None
    campaign_id: int | None = None


class Taken(NamedTuple):
    """A row that a sender has taken up. `language` is the person's, or the staff member's."""

    id: int
    kind: NoticeKind
    telegram_id: int
    person_id: int | None
    campaign_id: int | None
    values: Mapping[str, Any]
    language: str


def queue(connection: Connection, notices: Sequence[Notice]) -> int:
    """Queue what is not queued yet; returns how many were new."""
    if not notices:
        return 0
    rows = [
        {
            **notice._asdict(),
            "priority": POLICIES[notice.kind].priority,
            "state": "waiting",
            "attempts": 0,
        }
        for notice in notices
    ]
    statement = insert(outbox).on_conflict_do_nothing().returning(outbox.c.id)
    return len(connection.execute(statement, rows).all())
