"""People served: who they are, what they agreed to, what is known of them, what followed."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, String, Table, Text

from storage.tables.base import Instant, RowId, metadata, person_key

persons = Table(
    "persons",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("code", String(12), nullable=False, unique=True),  # what staff say instead of a name
    Column("language", String(5), nullable=False),
    Column("name", String(80)),
    Column("name_key", String(80), index=True),  # the name in lower case: SQLite lowers only Latin letters
    Column("personal_code", String(40), index=True),  # issued by the college, pseudonymous mode
    Column("organisation_id", RowId, ForeignKey("organisations.id"), index=True),
    Column("group_id", RowId, ForeignKey("groups.id")),
    Column("level", String(8)),  # none until the profile is finished
    Column("factors", BigInteger, nullable=False, default=0),  # bit mask, see bot.domain.risk
    Column("created_at", Instant, nullable=False),
    Column("blocked_at", Instant),
)

consents = Table(
    "consents",
    metadata,
    Column("id", RowId, primary_key=True),
    person_key(),
    Column("purpose", String(20), nullable=False),
    Column("version", String(20), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_consents_person_purpose", "person_id", "purpose"),
)

questionnaires = Table(
    "questionnaires",
    metadata,
    Column("digest", String(12), primary_key=True),
    Column("version", String(40), nullable=False),
    Column("body", Text, nullable=False),
)

profiling_sessions = Table(
    "profiling_sessions",
    metadata,
    person_key(primary_key=True),
    Column("questionnaire", String(12), ForeignKey("questionnaires.digest"), nullable=False),
    Column("state", JSON, nullable=False),
    Column("screen", BigInteger),  # the message that shows the current question
    Column("updated_at", Instant, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    person_key(primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("source", String(12), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("comment", Text),
    Column("set_by", RowId, ForeignKey("staff.id")),
    Column("at", Instant, nullable=False),
)

assessments = Table(
    "assessments",
    metadata,
    Column("id", RowId, primary_key=True),
    person_key(),
    Column("at", Instant, nullable=False),
    Column("level", String(8), nullable=False),
    Column("findings", JSON, nullable=False),
    Column("unknown", JSON, nullable=False),
    Column("override", String(40)),
    Column("criteria", String(12), nullable=False),  # digest of the rules
    Column("cause", String(20), nullable=False),
    Index("ix_assessments_person", "person_id", "id"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", String(40), nullable=False),  # staff:<id>, admin:<telegram id>, self
    Column("action", String(40), nullable=False),
    Column("subject", String(12)),  # a person's code; no contents
)
