"""Saved searches, shared by all who look for the same, and who subscribed to them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from storage.tables.base import Instant, RowId, metadata, person_key

searches = Table(
    "searches",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("key", String(40), nullable=False, unique=True),  # digest of all below: one row for one search
    Column("region", String(13), nullable=False),
    Column("specialty", String(8)),
    Column("text", String(100), nullable=False),
    Column("stems", JSON, nullable=False),
    Column("kind", String(12)),
    Column("pay_from", Integer),
    Column("no_experience", Boolean, nullable=False),
    Column("quota", Boolean, nullable=False),
    Column("town", String(80)),
)

search_keys = Table(
    "search_keys",
    metadata,
    Column("region", String(13), primary_key=True),
    Column("key", String(50), primary_key=True),  # what a vacancy must have for the search to be tried
    Column("search_id", RowId, ForeignKey("searches.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_search_keys_search", "search_id"),
)

search_stems = Table(
    "search_stems",
    metadata,
    Column("search_id", RowId, ForeignKey("searches.id", ondelete="CASCADE"), primary_key=True),
    Column("stem", String(40), primary_key=True),
)

search_matches = Table(
    "search_matches",
    metadata,
    Column("search_id", RowId, ForeignKey("searches.id", ondelete="CASCADE"), primary_key=True),
    Column("vacancy_id", RowId, ForeignKey("vacancies.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Instant, nullable=False),
    Index("ix_search_matches_vacancy", "vacancy_id"),
    Index("ix_search_matches_at", "at"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", RowId, primary_key=True),
    person_key(),
    Column("search_id", RowId, ForeignKey("searches.id"), nullable=False),
    Column("frequency", String(8), nullable=False),  # at_once, daily, weekly
    Column("weekday", Integer, nullable=False),  # of the weekly one; Monday is 0
    Column("minute", Integer, nullable=False),  # of the day, local time
    Column("since", Instant, nullable=False),  # what was matched before is no news
    Column("next_at", Instant),  # none: at once
    Column("paused_until", Instant),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("person_id", "search_id", name="uq_subscriptions_person_search"),
    Index("ix_subscriptions_search", "search_id"),
    Index("ix_subscriptions_next", "next_at"),
)
