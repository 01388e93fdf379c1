"""New vacancies for those who subscribed: which ones a message is about, and that they count as delivered."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Subquery, and_, bindparam, func, select, update

from bot.domain.campaigns import MAILINGS
from bot.domain.notices import NoticeKind
from bot.domain.subscriptions import Frequency
from storage.consents import in_force
from storage.dialects import insert
from storage.outbox import State
from storage.searches import still_fits
from storage.subscriptions import awake, theirs, unseen
from storage.tables import outbox, search_matches, searches, subscriptions, vacancies, vacancy_marks


class Wanted(NamedTuple):
    """A subscription that may have something delivered now."""

    id: int
    person_id: int
    at_once: bool


class News(NamedTuple):
    """What there is for a person: the newest vacancies, how many others, and the subscriptions they fit."""

    rows: tuple[RowMapping, ...]
    others: int
    subscriptions: tuple[int, ...]


def wanted(connection: Connection, people: Collection[int], now: dt.datetime) -> list[Wanted]:
    """The subscriptions of these people that are not paused; of nobody who took the consent back."""
    at_once = (subscriptions.c.frequency == Frequency.AT_ONCE.value).label("at_once")
    statement = select(subscriptions.c.id, subscriptions.c.person_id, at_once).where(
        subscriptions.c.person_id.in_(people), awake(now), in_force(subscriptions.c.person_id, MAILINGS)
    )
    rows = connection.execute(statement.order_by(subscriptions.c.person_id, subscriptions.c.id))
    return [Wanted(row.id, row.person_id, bool(row.at_once)) for row in rows]


def also_due(connection: Connection, people: Collection[int], now: dt.datetime) -> list[tuple[int, Any]]:
    """Other messages of the kind that these people have due now: person and values. One will say it all."""
    statement = select(outbox.c.person_id, outbox.c["values"]).where(
        outbox.c.person_id.in_(people),
        outbox.c.kind == NoticeKind.VACANCIES,
        outbox.c.state == State.WAITING,
        outbox.c.due_at <= now,
    )
    rows = connection.execute(statement.order_by(outbox.c.id))
    return [(person_id, values) for person_id, values in rows]


def news(
    connection: Connection, ids: Collection[int], limit: int, *, all_since_created: bool = False
) -> dict[int, News]:
    """By person: open vacancies that fit these subscriptions and that the person does not know yet.

    Those matched since the last message; or, for the rest of it, since the person subscribed.
    """
    fitting = _fitting(ids, all_since_created=all_since_created)
    each = select(fitting.c.person_id, fitting.c.vacancy_id).distinct().subquery("each_one")
    newest_first = [vacancies.c.modified_at.desc(), vacancies.c.id.desc()]
    numbered = (
        select(
            each.c.person_id,
            each.c.vacancy_id,
            func.row_number().over(partition_by=each.c.person_id, order_by=newest_first).label("place"),
            func.count().over(partition_by=each.c.person_id).label("total"),
        )
        .join(vacancies, vacancies.c.id == each.c.vacancy_id)
        .subquery("numbered")
    )
    first = (
        select(numbered.c.person_id, numbered.c.total, *_shown)
        .join(vacancies, vacancies.c.id == numbered.c.vacancy_id)
        .where(numbered.c.place <= limit)
        .order_by(numbered.c.person_id, numbered.c.place)
    )
    rows: dict[int, list[RowMapping]] = {}
    for row in connection.execute(first).mappings():
        rows.setdefault(row["person_id"], []).append(row)
    fitted: dict[int, list[int]] = {}
    contributing = select(fitting.c.person_id, fitting.c.subscription_id).distinct()
    for person_id, subscription_id in connection.execute(contributing):
        fitted.setdefault(person_id, []).append(subscription_id)
    return {
        person_id: News(tuple(found), found[0]["total"] - len(found), tuple(sorted(fitted[person_id])))
        for person_id, found in rows.items()
    }


def told_of(connection: Connection, ids: Collection[int]) -> dict[int, RowMapping]:
    """Vacancies that a message is to be made of again, where they are still open."""
    statement = select(*_shown).where(vacancies.c.id.in_(ids), vacancies.c.closed_at.is_(None))
    return {row["id"]: row for row in connection.execute(statement).mappings()}


def deliver(connection: Connection, found: Mapping[int, News], at: dt.datetime) -> None:
    """These vacancies count as delivered to these people."""
    marks = [
        {"person_id": person_id, "vacancy_id": row["id"], "delivered_at": at}
        for person_id, one in found.items()
        for row in one.rows
    ]
    if marks:
        statement = insert(vacancy_marks)
        keys = [vacancy_marks.c.person_id, vacancy_marks.c.vacancy_id]
        updated = {"delivered_at": statement.excluded.delivered_at}
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=updated), marks)


def told(connection: Connection, ids: Collection[int]) -> None:
    """What these subscriptions have matched by now is no news any more, delivered or counted."""
    latest = (
        select(func.max(search_matches.c.at))
        .where(search_matches.c.search_id == subscriptions.c.search_id)
        .scalar_subquery()
    )
    known = update(subscriptions).where(subscriptions.c.id.in_(ids), latest > subscriptions.c.since)
    connection.execute(known.values(since=latest))


def remember(connection: Connection, values: Mapping[int, Mapping[str, Any]]) -> None:
    """What messages are made of, by their rows: a message that has to be sent again says the same."""
    if values:
        kept = [{"row": row_id, "kept": dict(one)} for row_id, one in values.items()]
        connection.execute(_remember, kept)


def _fitting(ids: Collection[int], *, all_since_created: bool) -> Subquery:
    since = subscriptions.c.created_at if all_since_created else subscriptions.c.since
    return (
        select(
            subscriptions.c.person_id,
            subscriptions.c.id.label("subscription_id"),
            vacancies.c.id.label("vacancy_id"),
        )
        .join(searches, searches.c.id == subscriptions.c.search_id)
        .join(
            search_matches,
            and_(search_matches.c.search_id == searches.c.id, search_matches.c.at > since),
        )
        .join(vacancies, vacancies.c.id == search_matches.c.vacancy_id)
        .outerjoin(vacancy_marks, theirs())
        .where(subscriptions.c.id.in_(ids), still_fits(), unseen())
        .subquery("fitting")
    )


_shown: Sequence[Any] = (
    vacancies.c.id,
    vacancies.c.name,
    vacancies.c.employer,
    vacancies.c.town,
    vacancies.c.pay_from,
    vacancies.c.pay_to,
)
_remember = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values({"values": bindparam("kept", type_=outbox.c["values"].type)})
)
