"""The outbox: what is to be sent is a row, written in the same transaction as its cause.

States of a row: `waiting` → `sending` → `sent`. Else it ends as `failed` (Telegram refused it for good),
`uncertain` (the process died over it, and twice would be worse than never) or `dropped` (nothing to send any
more, or too late). `blocked` waits until the person is back or it expires, `held` for a paused
campaign.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    select,
    union_all,
    update,
)

from bot.domain.notices import POLICIES, NoticeKind, Priority, Uncertain
from storage.dialects import insert
from storage.tables import outbox, persons, staff


class State(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    DROPPED = "dropped"
    BLOCKED = "blocked"
    HELD = "held"


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
    """A row that a sender takes up. `language` is that of the person or of staff, None if they have gone."""

    id: int
    kind: NoticeKind
    telegram_id: int
    person_id: int | None
    campaign_id: int | None
    values: Mapping[str, Any]
    language: str | None
    attempts: int
    expires_at: dt.datetime
    blocked: bool


class Settled(NamedTuple):
    """What became of a row that was taken up. Back to `waiting` it is due at `due_at`."""

    id: int
    telegram_id: int
    state: State
    reason: str | None = None
    due_at: dt.datetime | None = None


def queue(connection: Connection, notices: Sequence[Notice]) -> int:
    """Queue what is not queued yet; returns how many were new."""
    if not notices:
        return 0
    rows = [
        {
            **notice._asdict(),
            "priority": POLICIES[notice.kind].priority,
            "state": State.WAITING,
            "attempts": 0,
        }
        for notice in notices
    ]
    statement = insert(outbox).on_conflict_do_nothing().returning(outbox.c.id)
    return len(connection.execute(statement, rows).all())


def _first_due(priority: Priority) -> Select[Any]:
    """The first due rows of one priority: each is a range of the index, whatever waits for later."""
    first = (
        select(outbox.c.id, outbox.c.priority, outbox.c.due_at)
        .where(
            outbox.c.state == literal(State.WAITING.value, literal_execute=True),
            outbox.c.priority == int(priority),
            outbox.c.due_at <= bindparam("now"),
            outbox.c.telegram_id.not_in(bindparam("busy", expanding=True)),
            outbox.c.kind.in_(list(NoticeKind)),  # what a newer version queued waits for it
        )
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(bindparam("limit"))
    )
    return select(first.subquery())


_first = union_all(*(_first_due(priority) for priority in Priority)).subquery("first")
_due = (
    select(
        outbox.c.id,
        outbox.c.kind,
        outbox.c.telegram_id,
        outbox.c.person_id,
        outbox.c.campaign_id,
        outbox.c["values"],
        func.coalesce(persons.c.language, staff.c.language).label("language"),
        outbox.c.attempts,
        outbox.c.expires_at,
        persons.c.blocked_at.is_not(None).label("blocked"),
    )
    .join(_first, _first.c.id == outbox.c.id)
    .outerjoin(persons, persons.c.id == outbox.c.person_id)
    .outerjoin(staff, staff.c.telegram_id == outbox.c.telegram_id)
    .order_by(_first.c.priority, _first.c.due_at, outbox.c.id)
    .limit(bindparam("limit"))
)


def due(connection: Connection, now: dt.datetime, busy: Sequence[int], limit: int) -> list[Taken]:
    """What is due, the most urgent first; `busy` are accounts that are not to be written to just now."""
    rows = connection.execute(_due, {"now": now, "busy": _padded(busy), "limit": limit})
    return [Taken(*row)._replace(kind=NoticeKind(row.kind)) for row in rows]


def _padded(accounts: Sequence[int]) -> list[int]:
    """As long as the next power of two: each length is a statement, and drivers keep those prepared."""
    return [*accounts, *[0] * ((1 << max(len(accounts) - 1, 0).bit_length()) - len(accounts))]


_is_due = select(func.count()).select_from(_first)


def anything_due(connection: Connection, now: dt.datetime) -> bool:
    """Whether there is something to take up."""
    return bool(connection.execute(_is_due, {"now": now, "busy": [], "limit": 1}).scalar_one())


_take = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("rows", expanding=True)), outbox.c.state == State.WAITING)
    .values(state=State.SENDING, token=bindparam("holder"), attempts=outbox.c.attempts + 1)
    .returning(outbox.c.id)
)
_settle = (
    update(outbox)
    .where(
        outbox.c.id == bindparam("row"),
        outbox.c.state == State.SENDING,
        outbox.c.token == bindparam("holder"),
    )
    .values(
        state=bindparam("to", type_=outbox.c.state.type),
        reason=bindparam("because"),
        settled_at=case(
            (bindparam("to", type_=outbox.c.state.type) == State.BLOCKED, outbox.c.expires_at),
            else_=bindparam("at", type_=outbox.c.settled_at.type),
        ),
        due_at=func.coalesce(bindparam("due", type_=outbox.c.due_at.type), outbox.c.due_at),
    )
)
_put_off = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.state == State.WAITING)
    .values(due_at=bindparam("due"))
)
_end = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.state == State.WAITING)
    .values(state=bindparam("to"), reason=bindparam("because"), settled_at=bindparam("at"))
)


def take(connection: Connection, ids: Sequence[int], token: int) -> set[int]:
    """The rows are about to be sent by the holder of the token; returns those that still wait for it."""
    if not ids:
        return set()
    return set(connection.execute(_take, {"rows": list(ids), "holder": token}).scalars())


def settle(connection: Connection, settled: Sequence[Settled], token: int, at: dt.datetime) -> None:
    """Keep what became of rows; those that another holder has taken over stay as they are."""
    if not settled:
        return
    rows = [
        {
            "row": one.id,
            "holder": token,
            "to": one.state,
            "because": one.reason,
            "at": None if one.state is State.WAITING else at,
            "due": one.due_at,
        }
        for one in settled
    ]
    connection.execute(_settle, rows)


def put_off(connection: Connection, until: Mapping[int, dt.datetime]) -> None:
    """Waiting rows are due later."""
    if until:
        connection.execute(_put_off, [{"row": row_id, "due": due_at} for row_id, due_at in until.items()])


def end(connection: Connection, ended: Sequence[Settled], at: dt.datetime) -> None:
    """Waiting rows that are not sent."""
    if ended:
        rows = [{"row": one.id, "to": one.state, "because": one.reason, "at": at} for one in ended]
        connection.execute(_end, rows)


def settle_left_over(connection: Connection, token: int, at: dt.datetime) -> None:
    """Rows that a former holder was sending: again, or flagged, as their kind wants it."""
    left = (outbox.c.state == State.SENDING) & (outbox.c.token < token)
    flagged = outbox.c.kind.in_(_kinds(Uncertain.FLAG))
    flagging = update(outbox).where(left, flagged)
    connection.execute(flagging.values(state=State.UNCERTAIN, reason="stopped", settled_at=at))
    connection.execute(update(outbox).where(left, ~flagged).values(state=State.WAITING))


def give_back(connection: Connection, token: int, but: Collection[int]) -> None:
    """Rows that this holder has taken without knowing it, so they were not sent: a reply was lost."""
    unknown = (outbox.c.state == State.SENDING) & (outbox.c.token == token) & outbox.c.id.not_in(but)
    connection.execute(update(outbox).where(unknown).values(state=State.WAITING))


def hold_back(connection: Connection, telegram_ids: Sequence[int]) -> None:
    """The accounts have blocked the bot: what waits for them waits until they come back, or it expires."""
    theirs = outbox.c.telegram_id.in_(telegram_ids) & (outbox.c.state == State.WAITING)
    connection.execute(
        update(outbox).where(theirs).values(state=State.BLOCKED, settled_at=outbox.c.expires_at)
    )


def revive(connection: Connection, telegram_id: int) -> None:
    """The account is back; what is too late by now is dropped when its turn comes."""
    theirs = (outbox.c.telegram_id == telegram_id) & (outbox.c.state == State.BLOCKED)
    connection.execute(update(outbox).where(theirs).values(state=State.WAITING, settled_at=None))


def holds_back(telegram_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether something waits for the account to come back."""
    theirs = (outbox.c.telegram_id == telegram_id) & (outbox.c.state == State.BLOCKED)
    return exists(select(outbox.c.id).where(theirs))


def counts(connection: Connection, narrowed: ColumnElement[bool]) -> dict[State, int]:
    """How many rows there are in each state."""
    statement = select(outbox.c.state, func.count()).where(narrowed).group_by(outbox.c.state)
    return {State(row[0]): row[1] for row in connection.execute(statement)}


def parked(connection: Connection, since: dt.datetime) -> list[RowMapping]:
    """Messages that were refused or are uncertain, by kind and reason: for staff to see."""
    statement = (
        select(outbox.c.kind, outbox.c.state, outbox.c.reason, func.count().label("messages"))
        .where(outbox.c.settled_at >= since, outbox.c.state.in_([State.FAILED, State.UNCERTAIN]))
        .group_by(outbox.c.kind, outbox.c.state, outbox.c.reason)
        .order_by(func.count().desc(), outbox.c.kind, outbox.c.reason)
    )
    return list(connection.execute(statement).mappings())


def forget(connection: Connection, before: dt.datetime, limit: int) -> int:
    """Drop rows settled before that instant, so many at most: the writer is needed by others too.

    Those of a campaign under way stay: its report is counted from them until it is finished.
    """
    old = select(outbox.c.id).where(outbox.c.settled_at < before).limit(limit)
    return connection.execute(delete(outbox).where(outbox.c.id.in_(old))).rowcount


def _kinds(policy: Uncertain) -> list[NoticeKind]:
    return [kind for kind in NoticeKind if POLICIES[kind].uncertain is policy]
