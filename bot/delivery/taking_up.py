"""Which due rows go out now: decided in one transaction with what each is made from.

Everything is looked at again here, however long ago the row was written: whether the person is still there,
lets the bot in, sleeps, and whether there is still something to say.
"""

import datetime as dt
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from bot.delivery.letters import Composer, Later
from bot.domain.notices import POLICIES, NoticeKind
from bot.domain.quiet import QuietHours, next_allowed
from storage import outbox
from storage.dialects import may_pass
from storage.outbox import Settled, State, Taken

logger = logging.getLogger(__name__)

QuietHoursOf = Callable[[Connection, Collection[int]], Mapping[int, QuietHours]]


class Ready(NamedTuple):
    """A row to be sent and what its message is made from."""

    taken: Taken
    loaded: Any


class Look(NamedTuple):
    """With whose token and when to look, at how many due rows, and how many there is room for.

    `busy` are accounts that may not be written to just now.
    """

    token: int
    now: dt.datetime
    busy: Sequence[int]
    room: int
    rows: int = 0


class Broken:
    """In place of what a message is made from: making it failed, which is in the log."""


class Taking(NamedTuple):
    """What a look at the due rows gave: those to be sent, and how many were settled without sending."""

    ready: list[Ready]
    settled: int


class TakingUp:
    """Knows who makes the messages of each kind, and when people sleep."""

    def __init__(self, composers: Mapping[NoticeKind, Composer], quiet_hours: QuietHoursOf) -> None:
        self.composers = composers
        self._quiet_hours = quiet_hours

    def take(self, connection: Connection, look: Look) -> Taking:
        """Mark rows as being sent; those among the looked at that cannot go are settled."""
        due = outbox.due(connection, look.now, look.busy, max(look.rows, look.room))
        late = [row for row in due if row.expires_at <= look.now]
        blocked = [row.telegram_id for row in due if row.blocked]
        able = [row for row in due if row.expires_at > look.now and not row.blocked]
        asleep = self._asleep(connection, able, look.now)
        chosen = _one_per_chat([row for row in able if row.id not in asleep])[: look.room]
        loaded = self._load(connection, chosen)
        later = {row_id: value.due_at for row_id, value in loaded.items() if isinstance(value, Later)}
        silent = [row for row in chosen if loaded.get(row.id) is None]
        outbox.end(connection, [_ended(row, "expired") for row in late], look.now)
        outbox.end(connection, [_ended(row, "no news") for row in silent], look.now)
        broken = [row for row in chosen if isinstance(loaded.get(row.id), Broken)]
        outbox.end(connection, [_ended(row, "fault", State.FAILED) for row in broken], look.now)
        outbox.put_off(connection, asleep | later)
        if blocked:
            outbox.hold_back(connection, blocked)
        going = [row for row in chosen if not isinstance(loaded.get(row.id), Later | Broken | None)]
        taken = outbox.take(connection, [row.id for row in going], look.token)
        return Taking(
            [Ready(row, loaded[row.id]) for row in going if row.id in taken],
            len(late) + len(asleep) + len(blocked) + len(chosen) - len(going),
        )

    def _asleep(
        self, connection: Connection, rows: Sequence[Taken], now: dt.datetime
    ) -> dict[int, dt.datetime]:
        """Rows whose person is not to be written to now, and from when on."""
        people = {row.person_id for row in rows if row.person_id is not None and POLICIES[row.kind].quiet}
        if not people:
            return {}
        hours = self._quiet_hours(connection, people)
        allowed = {person_id: next_allowed(now, quiet) for person_id, quiet in hours.items()}
        return {
            row.id: allowed[row.person_id]
            for row in rows
            if POLICIES[row.kind].quiet and row.person_id in allowed and allowed[row.person_id] > now
        }

    def _load(self, connection: Connection, rows: Sequence[Taken]) -> dict[int, Any]:
        """What each row's message is made from, kind by kind. A fault in one kind stops no other."""
        loaded: dict[int, Any] = {}
        for kind in dict.fromkeys(row.kind for row in rows):
            of_kind = [row for row in rows if row.kind is kind]
            try:
                with connection.begin_nested():
                    loaded |= self.composers[kind].load(connection, of_kind)
            except Exception as error:
                if may_pass(error):
                    raise
                logger.exception("messages of the kind %s could not be made", kind)
                loaded |= {row.id: Broken() for row in of_kind}
        return loaded


def _ended(row: Taken, reason: str, state: State = State.DROPPED) -> Settled:
    return Settled(row.id, row.telegram_id, state, reason)


def _one_per_chat(rows: Sequence[Taken]) -> list[Taken]:
    """One message at a time to each account: the next follows when it has gone."""
    first: dict[int, Taken] = {}
    for row in rows:
        first.setdefault(row.telegram_id, row)
    return list(first.values())
