"""What came from Telegram, and where conversations stand."""

from sqlalchemy import JSON, BigInteger, Column, Integer, String, Table, Text

from storage.tables.base import Instant, RowId, metadata

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", RowId, primary_key=True, autoincrement=False),
    Column("lane", BigInteger, nullable=False),
    Column("payload", Text),  # gone as soon as the update is done
    Column("received_at", Instant, nullable=False),
    Column("done_at", Instant, index=True),
    Column("attempts", Integer, nullable=False, default=0),
)

fsm = Table(
    "fsm",
    metadata,
    Column("key", String(160), primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, index=True),  # whose it is: goes with the person
    Column("state", String(120)),
    Column("data", JSON, nullable=False),
    Column("updated_at", Instant, nullable=False),
)
