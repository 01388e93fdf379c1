"""Campaigns and their messages in the outbox. Whatever touches many rows does it in chunks.

Every change of state is conditional, so of two who press at once one is first. A chunk is short: people's
answers wait for the same writer.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    RowMapping,
    String,
    cast,
    delete,
    func,
    literal,
    null,
    select,
    update,
)

from bot.domain.campaigns import NEXT, CampaignState, Segment
from bot.domain.notices import POLICIES, NoticeKind
from storage.dialects import insert
from storage.outbox import State
from storage.segments import recipients
from storage.tables import campaigns, organisations, outbox, persons, staff

CHUNK = 1_000
"""Rows of one transaction."""

EVERYBODY = 2**63 - 1
"""In `queued_to`: nobody is left to be given a message."""

KEPT_FOR = dt.timedelta(days=3)
"""How long after its start a message may still be sent."""


class Campaign(NamedTuple):
    """A campaign as it is stored. No organisation: to the staff of all centres."""

    id: int
    author_id: int
    organisation_id: int | None
    segment: Segment
    body: str
    state: CampaignState
    starts_at: dt.datetime
    finished_at: dt.datetime | None
    queued_to: int
    total: int
    progress_message: int | None
    outcome: Mapping[str, int] | None
    organisation: str | None
    telegram_id: int
    language: str


_all = (
    select(campaigns, organisations.c.name.label("organisation"), staff.c.telegram_id, staff.c.language)
    .join(staff, staff.c.id == campaigns.c.author_id)
    .outerjoin(organisations, organisations.c.id == campaigns.c.organisation_id)
)


def _campaign(row: RowMapping) -> Campaign:
    kept = {name: row[name] for name in Campaign._fields}
    kept |= {"state": CampaignState(row["state"]), "segment": Segment.from_json(row["segment"])}
    return Campaign(**kept)


def begin(
    connection: Connection, author_id: int, organisation_id: int | None, body: str, at: dt.datetime
) -> int:
    """A new draft in the place of the author's former one; returns its id."""
    connection.execute(delete(campaigns).where(campaigns.c.author_id == author_id, _in(CampaignState.DRAFT)))
    values: dict[str, Any] = {
        "author_id": author_id,
        "organisation_id": organisation_id,
        "segment": {},
        "body": body,
        "state": CampaignState.DRAFT,
        "starts_at": at,
        "created_at": at,
        "queued_to": 0,
        "total": 0,
    }
    return int(connection.execute(insert(campaigns).values(values).returning(campaigns.c.id)).scalar_one())


def find(connection: Connection, campaign_id: int) -> Campaign | None:
    row = connection.execute(_all.where(campaigns.c.id == campaign_id)).mappings().one_or_none()
    return _campaign(row) if row else None


def several(connection: Connection, campaign_ids: Collection[int]) -> dict[int, Campaign]:
    """The campaigns with these ids, where they are still there."""
    rows = connection.execute(_all.where(campaigns.c.id.in_(campaign_ids))).mappings()
    return {row["id"]: _campaign(row) for row in rows}


def of_organisation(connection: Connection, organisation_id: int | None, limit: int) -> list[Campaign]:
    """The newest campaigns that have been sent or are to be, of an organisation or of the region."""
    of = campaigns.c.organisation_id
    ours = of.is_(None) if organisation_id is None else of == organisation_id
    statement = _all.where(ours, campaigns.c.state != CampaignState.DRAFT)
    rows = connection.execute(statement.order_by(campaigns.c.id.desc()).limit(limit)).mappings()
    return [_campaign(row) for row in rows]


def open_campaigns(connection: Connection, at: dt.datetime) -> list[Campaign]:
    """Those that there is something to do about: due ones, and those that are not over."""
    due = _in(CampaignState.SCHEDULED) & (campaigns.c.starts_at <= at)
    live = _in(CampaignState.RUNNING, CampaignState.PAUSED)
    leaving = _in(CampaignState.CANCELLED) & campaigns.c.finished_at.is_(None)
    rows = connection.execute(_all.where(due | live | leaving).order_by(campaigns.c.id)).mappings()
    return [_campaign(row) for row in rows]


def shown_campaigns(connection: Connection) -> list[Campaign]:
    """Those with a progress message that may have to change."""
    shown = campaigns.c.progress_message.is_not(None) & ~_in(CampaignState.DRAFT, CampaignState.SCHEDULED)
    return [
        _campaign(row) for row in connection.execute(_all.where(shown).order_by(campaigns.c.id)).mappings()
    ]


def change_draft(connection: Connection, campaign_id: int, changed: Mapping[str, Any]) -> bool:
    """Set columns of a draft; False if it is none any more."""
    return _change(connection, campaign_id, (CampaignState.DRAFT,), changed)


def move(
    connection: Connection,
    campaign_id: int,
    former: Sequence[CampaignState],
    state: CampaignState,
    **changed: Any,
) -> bool:
    """From one of these states to another; False if it does not stand so (any more)."""
    assert all(state in NEXT[one] for one in former), "there is no such step"
    return _change(connection, campaign_id, former, {"state": state, **changed})


def show_in(
    connection: Connection, campaign_id: int, message_id: int | None, author_id: int | None = None
) -> None:
    """The message that shows the author how it goes; None: none is to be kept up to date any more."""
    statement = update(campaigns).where(campaigns.c.id == campaign_id)
    if author_id is not None:
        statement = statement.where(campaigns.c.author_id == author_id)
    connection.execute(statement.values(progress_message=message_id))


def messages(connection: Connection, campaign_id: int) -> dict[str, int]:
    """How many of the campaign's messages stand in which state."""
    rows = connection.execute(
        select(outbox.c.state, func.count())
        .where(outbox.c.campaign_id == campaign_id)
        .group_by(outbox.c.state)
    )
    return {row[0]: row[1] for row in rows}


class Chunk(NamedTuple):
    """The next recipients of a campaign; `queued_to` is where it stands with them."""

    campaign: Campaign
    ids: Sequence[int]
    queued_to: int


def next_chunk(connection: Connection, campaign_id: int, mask: int, limit: int = CHUNK) -> Chunk | None:
    """Who gets a message next; None if everybody has one, or the campaign does not run.

    This is the part that takes long where few of many are meant: a read, so that no writer waits for it.
    """
    campaign = find(connection, campaign_id)
    if campaign is None or campaign.state is not CampaignState.RUNNING or campaign.queued_to == EVERYBODY:
        return None
    meant = recipients(campaign.organisation_id, campaign.segment, mask).subquery()
    following = select(meant.c.id).where(meant.c.id > campaign.queued_to).order_by(meant.c.id).limit(limit)
    ids = connection.execute(following).scalars().all()
    return Chunk(campaign, ids, ids[-1] if len(ids) == limit else EVERYBODY)


def queue_chunk(connection: Connection, chunk: Chunk) -> int:
    """Give them their messages, unless somebody else has, or has stopped it; returns how many got one."""
    campaign = chunk.campaign
    # the campaign's row is taken first: whoever pauses it meanwhile waits, or is seen here
    moved = {"queued_to": chunk.queued_to}
    stands = campaigns.c.queued_to == campaign.queued_to
    if not _change(connection, campaign.id, (CampaignState.RUNNING,), moved, stands):
        return 0
    added = connection.execute(_messages_for(campaign, chunk.ids)).rowcount if chunk.ids else 0
    statement = update(campaigns).where(campaigns.c.id == campaign.id)
    connection.execute(statement.values(total=campaigns.c.total + added))
    return added


def _messages_for(campaign: Campaign, ids: Sequence[int]) -> Any:
    to_staff = campaign.organisation_id is None
    table = staff if to_staff else persons
    columns: dict[str, ColumnElement[Any]] = {
        "key": literal(f"{NoticeKind.CAMPAIGN}:{campaign.id}:").concat(cast(table.c.id, String)),
        "kind": literal(NoticeKind.CAMPAIGN.value),
        "priority": literal(int(POLICIES[NoticeKind.CAMPAIGN].priority)),
        "telegram_id": table.c.telegram_id,
        "person_id": cast(null(), outbox.c.person_id.type) if to_staff else table.c.id,
        "campaign_id": literal(campaign.id),
        "values": literal({}, JSON),
        "due_at": literal(campaign.starts_at, outbox.c.due_at.type),
        "expires_at": literal(campaign.starts_at + KEPT_FOR, outbox.c.expires_at.type),
        "state": literal(State.WAITING.value),
        "attempts": literal(0),
    }
    # whoever has erased their data since they were chosen is not found here any more
    rows = select(*(value.label(name) for name, value in columns.items())).where(table.c.id.in_(ids))
    return insert(outbox).from_select(list(columns), rows.order_by(table.c.id)).on_conflict_do_nothing()


def hold(connection: Connection, campaign_id: int, limit: int = CHUNK) -> int:
    """Messages of a paused campaign stop waiting to be sent; returns how many did."""
    return _sweep(
        connection, campaign_id, CampaignState.PAUSED, (State.WAITING,), {"state": State.HELD}, limit
    )


def release(connection: Connection, campaign_id: int, at: dt.datetime, limit: int = CHUNK) -> int:
    """What a pause has held up waits again, and has its time anew; returns how much there was."""
    waiting = {"state": State.WAITING, "due_at": at, "expires_at": at + KEPT_FOR}
    return _sweep(connection, campaign_id, CampaignState.RUNNING, (State.HELD,), waiting, limit)


def drop(connection: Connection, campaign_id: int, at: dt.datetime, limit: int = CHUNK) -> int:
    """What a cancelled campaign has not sent is not sent any more; returns how much there was."""
    left = (State.WAITING, State.HELD)
    dropped = {"state": State.DROPPED, "reason": "cancelled", "settled_at": at}
    return _sweep(connection, campaign_id, CampaignState.CANCELLED, left, dropped, limit)


def finish(connection: Connection, campaign_id: int, at: dt.datetime) -> bool:
    """Close a campaign of which nothing is left to send, with its outcome; False if something is."""
    counted = messages(connection, campaign_id)
    if any(counted.get(state, 0) for state in (State.WAITING, State.SENDING, State.HELD)):
        return False
    over = {"finished_at": at, "outcome": counted}
    queued = campaigns.c.queued_to == EVERYBODY
    done = {"state": CampaignState.DONE, **over}
    if _change(connection, campaign_id, (CampaignState.RUNNING,), done, queued):
        return True
    return _change(
        connection, campaign_id, (CampaignState.CANCELLED,), over, campaigns.c.finished_at.is_(None)
    )


def _sweep(
    connection: Connection,
    campaign_id: int,
    campaign_state: CampaignState,
    states: tuple[State, ...],
    changed: Mapping[str, Any],
    limit: int,
) -> int:
    """Change some messages in these states, if the campaign stands so; returns how many were."""
    stands_so = select(campaigns.c.id).where(campaigns.c.id == campaign_id, _in(campaign_state))
    in_states = outbox.c.state.in_(states)
    some = select(outbox.c.id).where(outbox.c.campaign_id.in_(stands_so), in_states).limit(limit)
    statement = update(outbox).where(outbox.c.id.in_(some), in_states).values(**changed)
    return connection.execute(statement).rowcount


def _change(
    connection: Connection,
    campaign_id: int,
    states: Sequence[CampaignState],
    changed: Mapping[str, Any],
    *more: Any,
) -> bool:
    statement = update(campaigns).where(campaigns.c.id == campaign_id, _in(*states), *more)
    return connection.execute(statement.values(**changed)).rowcount == 1


def _in(*states: CampaignState) -> Any:
    return campaigns.c.state.in_(states)
