"""Events, who comes to them, and what is posted to a centre's channel."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.base import Instant, RowId, metadata, person_key

events = Table(
    "events",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("code", String(12), nullable=False, unique=True),  # what stands in links: ids can be guessed
    Column("organisation_id", RowId, ForeignKey("organisations.id")),  # none: the region's
    Column("region", String(13), nullable=False),
    Column("author_id", RowId, ForeignKey("staff.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("title", String(200), nullable=False),
    Column("description", Text),
    Column("place", String(300), nullable=False),
    Column("map_link", String(300)),
    Column("employer", String(300)),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("zone", String(40), nullable=False),  # an IANA name: whose clock hangs on the wall there
    Column("deadline_at", Instant, nullable=False),  # of signing up
    Column("seats", Integer),  # none: as many as come
    Column("audience", JSON, nullable=False),  # who is meant; nothing narrows when it is empty
    Column("attendance", String(12), nullable=False),  # who counts as having come: see bot.domain.events
    Column("rotating_code", Boolean, nullable=False),
    Column("secret", String(64), nullable=False),  # the codes at the door are made from it
    Column("state", String(12), nullable=False),
    Column("version", Integer, nullable=False),  # grows with every change that people are told of
    Column("created_at", Instant, nullable=False),
    Column("published_at", Instant),
    Index("ix_events_region", "region", "state", "starts_at"),
    Index("ix_events_organisation", "organisation_id", "starts_at"),
)

event_quotas = Table(
    "event_quotas",
    metadata,
    Column("event_id", RowId, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("organisation_id", RowId, ForeignKey("organisations.id"), primary_key=True),
    Column("seats", Integer, nullable=False),
)

registrations = Table(
    "registrations",
    metadata,
    Column("id", RowId, primary_key=True),  # the order of the waiting list
    Column("event_id", RowId, ForeignKey("events.id"), nullable=False),
    person_key(),
    Column("state", String(12), nullable=False),
    Column("at", Instant, nullable=False),
    Column("offered_until", Instant),
    Column("remind", JSON, nullable=False),  # hours before the beginning
    Column("came_at", Instant),
    Column("came_by", String(12)),  # code, staff, walk_in
    Column("rating", Integer),
    Column("comment", Text),
    UniqueConstraint("event_id", "person_id", name="uq_registrations_event_person"),
    Index("ix_registrations_event", "event_id", "state", "id"),
    Index("ix_registrations_person", "person_id"),
    Index("ix_registrations_offered", "offered_until"),
)

check_in_attempts = Table(
    "check_in_attempts",
    metadata,
    Column("id", RowId, primary_key=True),
    person_key(),
    Column("at", Instant, nullable=False),
    Column("outcome", String(20), nullable=False),
    Index("ix_check_in_attempts_person", "person_id", "at"),
)

channels = Table(
    "channels",
    metadata,
    Column("organisation_id", RowId, ForeignKey("organisations.id"), primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("title", String(200), nullable=False),
    Column("staff_id", RowId, ForeignKey("staff.id"), nullable=False),
    Column("linked_at", Instant, nullable=False),
)

posts = Table(
    "posts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("organisation_id", RowId, ForeignKey("organisations.id"), nullable=False),
    Column("author_id", RowId, ForeignKey("staff.id"), nullable=False),
    Column("rubric", String(20), nullable=False),
    Column("event_id", RowId, ForeignKey("events.id")),
    Column("vacancy_id", RowId, ForeignKey("vacancies.id")),
    Column("body", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("posts_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("approved_by", RowId, ForeignKey("staff.id")),
    Index("ix_posts_organisation", "organisation_id", "posts_at"),
    Index("ix_posts_state", "state", "posts_at"),
)
