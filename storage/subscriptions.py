"""Who subscribed to which search, and whose turn it is."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from bot.domain.campaigns import MAILINGS
from bot.domain.subscriptions import Frequency, Timing
from bot.domain.vacancies.search import Search
from storage.consents import in_force
from storage.dialects import insert
from storage.outbox import State
from storage.searches import search_of
from storage.tables import outbox, persons, search_matches, searches, subscriptions, vacancies, vacancy_marks


class Subscription(NamedTuple):
    """A search that a person subscribed to. `paused_until` may have passed."""

    id: int
    search_id: int
    search: Search
    timing: Timing
    paused_until: dt.datetime | None


class Due(NamedTuple):
    """A subscription whose turn has come. `news`: it may be written, and there is something to write."""

    id: int
    person_id: int
    telegram_id: int
    timing: Timing
    next_at: dt.datetime
    paused_until: dt.datetime | None
    news: bool


class Reader(NamedTuple):
    """Somebody for whom there is something new at once."""

    person_id: int
    telegram_id: int


_own = select(subscriptions, *(searches.c[name] for name in Search.__dataclass_fields__)).join(
    searches, searches.c.id == subscriptions.c.search_id
)


def of_person(connection: Connection, person_id: int) -> list[Subscription]:
    """All of a person's, the oldest first."""
    statement = _own.where(subscriptions.c.person_id == person_id)
    rows = connection.execute(statement.order_by(subscriptions.c.created_at, subscriptions.c.id))
    return [
        Subscription(row.id, row.search_id, search_of(row), _timing(row), row.paused_until) for row in rows
    ]


def add(connection: Connection, person_id: int, values: Mapping[str, Any]) -> bool:
    """Add one; False if the person has subscribed to the search, or the id is taken."""
    adding = insert(subscriptions).values(person_id=person_id, **values).on_conflict_do_nothing()
    return connection.execute(adding.returning(subscriptions.c.id)).first() is not None


def change(connection: Connection, person_id: int, subscription_id: int, values: Mapping[str, Any]) -> None:
    """Change one of the person's own."""
    theirs = (subscriptions.c.person_id == person_id) & (subscriptions.c.id == subscription_id)
    connection.execute(update(subscriptions).where(theirs).values(dict(values)))


def remove(connection: Connection, person_id: int, ids: Collection[int]) -> None:
    """Drop some of the person's own. The search stays for a while: it may be wanted back."""
    theirs = (subscriptions.c.person_id == person_id) & subscriptions.c.id.in_(ids)
    connection.execute(delete(subscriptions).where(theirs))


def unseen() -> ColumnElement[bool]:
    """Nothing says that the person knows the vacancy, in a statement that has joined their marks."""
    marks = vacancy_marks.c
    known = (marks.shown_at, marks.delivered_at, marks.opened_at, marks.saved_at, marks.hidden_at)
    return func.coalesce(*known, marks.applied_at, marks.hired_at).is_(None)


def theirs() -> ColumnElement[bool]:
    """A person's marks on a vacancy, by the subscription and the vacancy of the statement."""
    return (vacancy_marks.c.vacancy_id == vacancies.c.id) & (
        vacancy_marks.c.person_id == subscriptions.c.person_id
    )


def due_people(connection: Connection, now: dt.datetime, after: int, limit: int) -> list[int]:
    """People with a subscription whose turn has come, in the order of their ids from `after` on."""
    statement = (
        select(subscriptions.c.person_id)
        .where(subscriptions.c.next_at <= now, subscriptions.c.person_id > after)
        .distinct()
        .order_by(subscriptions.c.person_id)
        .limit(limit)
    )
    return list(connection.execute(statement).scalars())


def due(connection: Connection, people: Collection[int], now: dt.datetime) -> list[Due]:
    """The subscriptions of these people whose turn has come."""
    rows = connection.execute(_due, {"people": list(people), "now": now})
    return [
        Due(
            row.id,
            row.person_id,
            row.telegram_id,
            _timing(row),
            row.next_at,
            row.paused_until,
            bool(row.news),
        )
        for row in rows
    ]


def schedule(connection: Connection, turns: Sequence[tuple[int, dt.datetime, dt.datetime | None]]) -> None:
    """Set when subscriptions have their next turn: id, what was set before, what is set now."""
    moved = [{"row": row, "before": before, "turn": turn} for row, before, turn in turns]
    if moved:
        connection.execute(_schedule, moved)


def readers_at_once(
    connection: Connection, since: dt.datetime, now: dt.datetime, after: int, limit: int
) -> list[Reader]:
    """People whose subscriptions at once have matches from `since` on that they were not told of.

    Left out are those for whom such a message waits already: it will say everything.
    """
    waiting = exists().where(
        outbox.c.person_id == subscriptions.c.person_id,
        outbox.c.kind == "vacancies",
        outbox.c.state == State.WAITING,
    )
    statement = (
        select(subscriptions.c.person_id, persons.c.telegram_id)
        .join(search_matches, search_matches.c.search_id == subscriptions.c.search_id)
        .join(persons, persons.c.id == subscriptions.c.person_id)
        .where(
            search_matches.c.at >= since,
            search_matches.c.at > subscriptions.c.since,
            subscriptions.c.next_at.is_(None),
            subscriptions.c.person_id > after,
            awake(now),
            in_force(subscriptions.c.person_id, MAILINGS),
            ~waiting,
        )
        .distinct()
        .order_by(subscriptions.c.person_id)
        .limit(limit)
    )
    return [Reader(*row) for row in connection.execute(statement)]


def awake(now: Any) -> ColumnElement[bool]:
    """Not paused at that instant."""
    return or_(subscriptions.c.paused_until.is_(None), subscriptions.c.paused_until <= now)


def _timing(row: Any) -> Timing:
    return Timing(Frequency(row.frequency), row.weekday, row.minute)


def _news() -> Select[Any]:
    """Matches of a subscription that are news to its person."""
    return (
        select(search_matches.c.vacancy_id)
        .join(vacancies, vacancies.c.id == search_matches.c.vacancy_id)
        .outerjoin(vacancy_marks, theirs())
        .where(
            search_matches.c.search_id == subscriptions.c.search_id,
            search_matches.c.at > subscriptions.c.since,
            vacancies.c.closed_at.is_(None),
            unseen(),
        )
        .correlate(subscriptions)
    )


_now = bindparam("now", type_=subscriptions.c.next_at.type)
_due = (
    select(
        subscriptions,
        persons.c.telegram_id,
        (awake(_now) & in_force(subscriptions.c.person_id, MAILINGS) & _news().exists()).label("news"),
    )
    .join(persons, persons.c.id == subscriptions.c.person_id)
    .where(
        subscriptions.c.person_id.in_(bindparam("people", expanding=True)), subscriptions.c.next_at <= _now
    )
    .order_by(subscriptions.c.person_id, subscriptions.c.id)
)
_schedule = (
    update(subscriptions)
    .where(subscriptions.c.id == bindparam("row"), subscriptions.c.next_at == bindparam("before"))
    .values(next_at=bindparam("turn"))
)
