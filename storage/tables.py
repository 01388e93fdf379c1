"""Every table of the project."""

import datetime as dt

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)


class Instant(TypeDecorator[dt.datetime]):
    """A moment in UTC. SQLite forgets time zones; here they go in as UTC and come out as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=dt.UTC)


# SQLite numbers rows by itself only for INTEGER keys
RowId = BigInteger().with_variant(Integer, "sqlite")


def person_key(*, primary_key: bool = False) -> Column[int]:
    """What belongs to a person goes when the person goes."""
    return Column(
        "person_id",
        RowId,
        ForeignKey("persons.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
        autoincrement=False,
    )


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

statistics = Table(
    "statistics",
    metadata,
    Column("region", String(13), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("specialty", String(8), primary_key=True),  # `*`: the region as a whole
    Column("rate", String(12), nullable=False),  # a decimal fraction, exact
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

audit = Table(
    "audit",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", String(40), nullable=False),  # staff:<id>, admin:<telegram id>, self
    Column("action", String(40), nullable=False),
    Column("subject", String(12)),  # a person's code; no contents
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

vacancies = Table(
    "vacancies",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("source", String(20), nullable=False),
    Column("source_id", String(80), nullable=False),
    Column("identity", String(40), nullable=False, index=True),  # the same in every source
    Column("name", String(300), nullable=False),
    Column("employer", String(300), nullable=False),
    Column("region", String(13), nullable=False),
    Column("place", String(300)),
    Column("kind", String(12), nullable=False),
    Column("schedule", String(12)),
    Column("pay_from", Integer),  # roubles a month
    Column("pay_to", Integer),
    Column("experience_years", Integer),
    Column("quota", Boolean, nullable=False),
    Column("duty", Text),
    Column("requirements", Text),
    Column("link", String(300)),
    Column("modified_at", Instant, nullable=False),  # by the source
    Column("seen_at", Instant, nullable=False),
    Column("missed", Integer, nullable=False, default=0),  # full passes in a row that did not see it
    Column("closed_at", Instant),
    UniqueConstraint("source", "source_id", name="uq_vacancies_source_id"),
    Index("ix_vacancies_open", "region", "closed_at", "modified_at"),
)

vacancy_specialties = Table(
    "vacancy_specialties",
    metadata,
    Column("specialty", String(8), primary_key=True),  # a code, or the beginning of codes
    Column("vacancy_id", RowId, ForeignKey("vacancies.id", ondelete="CASCADE"), primary_key=True),
    Column("because", String(60), nullable=False),  # the word that says so
    Index("ix_vacancy_specialties_vacancy", "vacancy_id"),
)

vacancy_words = Table(
    "vacancy_words",
    metadata,
    Column("stem", String(40), primary_key=True),
    Column("vacancy_id", RowId, ForeignKey("vacancies.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_vacancy_words_vacancy", "vacancy_id"),
)

vacancy_marks = Table(
    "vacancy_marks",
    metadata,
    person_key(primary_key=True),
    Column("vacancy_id", RowId, ForeignKey("vacancies.id", ondelete="CASCADE"), primary_key=True),
    Column("saved_at", Instant),
    Column("hidden_at", Instant),
    Column("hidden_because", String(20)),
    Column("applied_at", Instant),
    Column("hired_at", Instant),
)

vacancy_views = Table(
    "vacancy_views",
    metadata,
    person_key(primary_key=True),
    Column("filters", JSON, nullable=False),  # what the person looks for now
)

source_progress = Table(
    "source_progress",
    metadata,
    Column("source", String(20), primary_key=True),
    Column("region", String(13), primary_key=True),
    Column("position", JSON),  # where an interrupted pass goes on
    Column("pass_began_at", Instant),  # of the full pass under way
    Column("passed_at", Instant),  # the beginning of the last full pass that came to its end
)
