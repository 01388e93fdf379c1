"""A centre with staff and students, and campaigns to send them."""

import datetime as dt

from sqlalchemy import Connection, func, select, update

from bot.domain.campaigns import CampaignState, Segment
from bot.domain.people import Role
from storage import campaigns, staff
from storage.outbox import State
from storage.tables import outbox
from storage.tables import staff as staff_table
from tests.storage.centre import AT, FOOD, SECOND, TRANSPORT, enrol, found_colleges, organisation_id

SPECIALIST, COORDINATOR = 501, 502
"""Accounts."""


def found_centre(connection: Connection, students: int) -> None:
    """A college with so many students, half of them in each of two groups, and one in another college."""
    found_colleges(connection)
    staff.link(connection, SPECIALIST, Role.SPECIALIST, organisation_id(connection, "ktt"), "ru", AT)
    staff.link(connection, COORDINATOR, Role.COORDINATOR, None, "en", AT)
    for number in range(1, students + 1):
        enrol(connection, number, group=SECOND if number % 2 else TRANSPORT)
    enrol(connection, 9_000, group=FOOD)


def scheduled(
    connection: Connection,
    segment: Segment | None = None,
    author: int = SPECIALIST,
    starts_at: dt.datetime = AT,
) -> int:
    """A campaign that is to start."""
    row = connection.execute(select(staff_table).where(staff_table.c.telegram_id == author)).one()
    campaign_id = campaigns.begin(connection, row.id, row.organisation_id, "Ярмарка вакансий", AT)
    campaigns.change_draft(connection, campaign_id, {"segment": (segment or Segment()).to_json()})
    draft = [CampaignState.DRAFT]
    assert campaigns.move(connection, campaign_id, draft, CampaignState.SCHEDULED, starts_at=starts_at)
    return campaign_id


def running(connection: Connection, segment: Segment | None = None, author: int = SPECIALIST) -> int:
    """One that runs and has queued nothing yet."""
    campaign_id = scheduled(connection, segment, author)
    start = [CampaignState.SCHEDULED]
    assert campaigns.move(connection, campaign_id, start, CampaignState.RUNNING)
    return campaign_id


def queue_some(connection: Connection, campaign_id: int, limit: int) -> bool:
    """Give the next few their messages; whether there was anything to do."""
    chunk = campaigns.next_chunk(connection, campaign_id, 0, limit)
    if chunk is not None:
        campaigns.queue_chunk(connection, chunk)
    return chunk is not None


def queue_all(connection: Connection, campaign_id: int, limit: int = 1_000) -> int:
    """Give everyone their message; returns how many chunks it took."""
    chunks = 0
    while queue_some(connection, campaign_id, limit):
        chunks += 1
    return chunks


def settle(connection: Connection, state: State, messages: int) -> None:
    """So many waiting messages come to that state."""
    some = select(outbox.c.id).where(outbox.c.state == State.WAITING).order_by(outbox.c.id).limit(messages)
    connection.execute(update(outbox).where(outbox.c.id.in_(some)).values(state=state))


def states(connection: Connection) -> dict[str, int]:
    """How many messages stand in which state."""
    rows = connection.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
    return {row[0]: row[1] for row in rows}
