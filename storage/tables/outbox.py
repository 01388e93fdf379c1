"""What is to be sent, who sends it, and the campaigns that much of it comes from."""

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, column

from storage.tables.base import Instant, RowId, metadata

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("author_id", RowId, ForeignKey("staff.id"), nullable=False, index=True),
    Column("organisation_id", RowId, ForeignKey("organisations.id")),  # none: to the staff of all centres
    Column("segment", JSON, nullable=False),  # who is meant; nothing narrows when it is empty
    Column("body", Text, nullable=False),
    Column("state", String(10), nullable=False),  # see bot.domain.campaigns
    Column("starts_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("queued_to", RowId, nullable=False, default=0),  # the last recipient that has a row in the outbox
    Column("total", Integer, nullable=False, default=0),  # recipients that have one
    Column("progress_message", BigInteger),  # in the author's chat
    Column("outcome", JSON),  # when it is finished: counts by state, which outlive the rows of the outbox
    Index("ix_campaigns_state", "state", "starts_at"),
)

_WAITING = column("state") == "waiting"
_SENDING = column("state") == "sending"

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("key", String(100), nullable=False, unique=True),  # the same message is queued once
    Column("kind", String(20), nullable=False),  # see bot.domain.notices
    Column("priority", Integer, nullable=False),  # smaller goes first
    Column("telegram_id", BigInteger, nullable=False),
    Column("person_id", RowId, ForeignKey("persons.id", ondelete="CASCADE"), index=True),  # staff: none
    Column("campaign_id", RowId, ForeignKey("campaigns.id")),
    Column("values", JSON, nullable=False),  # codes and ids that the message is made from: no user text
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("state", String(10), nullable=False),  # see storage.outbox
    Column("reason", String(200)),  # why it was not sent
    Column("attempts", Integer, nullable=False, default=0),
    Column("token", BigInteger),  # of the sender that took it up
    Column("settled_at", Instant),  # when it was sent, or given up
    Index("ix_outbox_waiting", "priority", "due_at", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    Index("ix_outbox_sending", "token", sqlite_where=_SENDING, postgresql_where=_SENDING),
    Index("ix_outbox_account", "telegram_id", "state"),
    Index("ix_outbox_campaign", "campaign_id", "state"),
    Index("ix_outbox_settled", "settled_at"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("holder", String(40), nullable=False),  # a process
    Column("token", BigInteger, nullable=False),  # grows with every new holder: a former one is recognised
    Column("expires_at", Instant, nullable=False),
    Column("paused_until", Instant),  # Telegram asked to wait till then
)
