"""A campaign with as many messages as wanted, for tests and measurements: set by set, not row by row."""

import asyncio
from collections.abc import Callable
from typing import Any

from sqlalchemy import CTE, JSON, ColumnElement, Connection, String, cast, literal, select

from bot.domain.campaigns import CampaignState
from bot.domain.clock import now
from bot.domain.notices import POLICIES, NoticeKind
from bot.domain.people import Role
from storage.campaigns import EVERYBODY, KEPT_FOR
from storage.database import Database, Result, Work
from storage.dialects import insert
from storage.outbox import State
from storage.tables import campaigns, notification_settings, organisations, outbox, persons, staff

FIRST_ACCOUNT = 6_000_000_001
"""The Telegram id of the first recipient; the others' follow. Newcomers to the sandbox have smaller ones."""

AUTHOR = 4_000_000_001
"""The Telegram id of the campaign's author."""

BODY = "Завтра в 15:00 тренинг по собеседованиям, ауд. 214. Приходите с вопросами: разберём каждый."


def add_campaign(
    connection: Connection, organisation_id: int | None = None, queued_to: int = EVERYBODY
) -> int:
    """A campaign that is running; its messages are there already unless `queued_to` says otherwise."""
    at = now()
    author = {
        "telegram_id": AUTHOR,
        "role": Role.COORDINATOR.value if organisation_id is None else Role.SPECIALIST.value,
        "organisation_id": organisation_id,
        "language": "ru",
        "linked_at": at,
    }
    adding = (
        insert(staff).values(author).on_conflict_do_update(index_elements=[staff.c.telegram_id], set_=author)
    )
    author_id = connection.execute(adding.returning(staff.c.id)).scalar_one()
    campaign = {
        "author_id": author_id,
        "organisation_id": organisation_id,
        "segment": {},
        "body": BODY,
        "state": CampaignState.RUNNING,
        "starts_at": at,
        "created_at": at,
        "queued_to": queued_to,
        "total": 0,
    }
    return int(connection.execute(insert(campaigns).values(campaign).returning(campaigns.c.id)).scalar_one())


def add_messages(
    connection: Connection, campaign_id: int, first: int, last: int, kind: NoticeKind = NoticeKind.CAMPAIGN
) -> None:
    """Messages of a campaign to the accounts with these numbers, counted from 0, without the last.

    They are nobody's who is a person here, as if the accounts were staff's: nobody sleeps.
    """
    at, number = now(), _numbers(first, last)
    of_campaign = campaign_id if kind is NoticeKind.CAMPAIGN else None
    columns: dict[str, ColumnElement[Any]] = {
        "key": literal(f"{kind}:{campaign_id}:").concat(cast(number.c.number, String)),
        "kind": literal(kind.value),
        "priority": literal(int(POLICIES[kind].priority)),
        "telegram_id": number.c.number + FIRST_ACCOUNT,
        "campaign_id": literal(of_campaign, outbox.c.campaign_id.type),
        "values": literal({} if of_campaign else {"campaign": campaign_id}, JSON),
        "due_at": literal(at, outbox.c.due_at.type),
        "expires_at": literal(at + KEPT_FOR, outbox.c.expires_at.type),
        "state": literal(State.WAITING.value),
        "attempts": literal(0),
    }
    rows = select(*(value.label(name) for name, value in columns.items()))
    connection.execute(insert(outbox).from_select(list(columns), rows.order_by(number.c.number)))


def add_recipients(connection: Connection, organisation: str, first: int, last: int) -> int:
    """People of a college who may be written to at any time; returns the college's id."""
    at, number = now(), _numbers(first, last)
    found = select(organisations.c.id).where(organisations.c.code == organisation)
    organisation_id = int(connection.execute(found).scalar_one())
    columns: dict[str, ColumnElement[Any]] = {
        "telegram_id": number.c.number + FIRST_ACCOUNT,
        "code": literal("R").concat(cast(number.c.number, String)),
        "language": literal("ru"),
        "organisation_id": literal(organisation_id),
        "factors": literal(0),
        "created_at": literal(at, persons.c.created_at.type),
    }
    rows = select(*(value.label(name) for name, value in columns.items()))
    connection.execute(insert(persons).from_select(list(columns), rows.order_by(number.c.number)))
    always = {"zone": "Europe/Moscow", "quiet_from": 0, "quiet_to": 0, "days_off": 0, "holidays_off": False}
    theirs = select(persons.c.id, *(literal(value) for value in always.values())).where(
        persons.c.telegram_id.between(FIRST_ACCOUNT + first, FIRST_ACCOUNT + last - 1)
    )
    connection.execute(insert(notification_settings).from_select(["person_id", *always], theirs))
    return organisation_id


async def read_until(database: Database, work: Work[Result], holds: Callable[[Result], bool]) -> Result:
    """Read again and again: it is another process that writes."""
    while not holds(found := await database.read(work)):  # noqa: ASYNC110 - as above
        await asyncio.sleep(0.02)
    return found


def _numbers(first: int, last: int) -> CTE:
    """A column of whole numbers, the last not among them."""
    number = select(literal(first).label("number")).cte(recursive=True)
    return number.union_all(select(number.c.number + 1).where(number.c.number < last - 1))
