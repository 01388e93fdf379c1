"""Career centres: organisations, their groups and staff, invitations, statistics of employment."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, UniqueConstraint

from storage.tables.base import Instant, RowId, metadata

organisations = Table(
    "organisations",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("kind", String(40)),
    Column("region", String(13), nullable=False),
    Column("contact", String(300)),  # where the career centre is found, for students
)

groups = Table(
    "groups",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("organisation_id", RowId, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("code", String(40), nullable=False, unique=True),  # what stands in the deep link, g_<code>
    Column("name", String(80), nullable=False),
    Column("specialty", String(8), nullable=False),
    Column("graduation_year", Integer, nullable=False),
    UniqueConstraint("organisation_id", "name", name="uq_groups_organisation_name"),
)

staff = Table(
    "staff",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("organisation_id", RowId, ForeignKey("organisations.id")),
    Column("language", String(5), nullable=False),
    Column("linked_at", Instant, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_digest", String(64), primary_key=True),  # the token itself is nowhere
    Column("role", String(20), nullable=False),
    Column("organisation_id", RowId, ForeignKey("organisations.id")),
    Column("invited_by", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("used_by", BigInteger),
)

statistics = Table(
    "statistics",
    metadata,
    Column("region", String(13), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("specialty", String(8), primary_key=True),  # `*`: the region as a whole
    Column("rate", String(12), nullable=False),  # a decimal fraction, exact
)
