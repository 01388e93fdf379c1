"""Vacancies: as the sources give them, what they are found by, what people made of them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    column,
)

from storage.tables.base import Instant, RowId, metadata, person_key

_UNMATCHED = column("matched_at").is_(None)

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
    Column("town", String(80), index=True),
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
    Column("matched_at", Instant),  # when it was put before the subscriptions; none: not yet
    UniqueConstraint("source", "source_id", name="uq_vacancies_source_id"),
    Index("ix_vacancies_open", "region", "closed_at", "modified_at"),
    Index("ix_vacancies_unmatched", "id", sqlite_where=_UNMATCHED, postgresql_where=_UNMATCHED),
)

publications = Table(
    "publications",
    metadata,
    Column("vacancy_id", RowId, ForeignKey("vacancies.id", ondelete="CASCADE"), primary_key=True),
    Column("organisation_id", RowId, ForeignKey("organisations.id"), index=True),  # none: a coordinator's
    Column("staff_id", RowId, ForeignKey("staff.id"), nullable=False),
    Column("at", Instant, nullable=False),
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
    Column("shown_at", Instant),  # in a list
    Column("delivered_at", Instant),  # in a notification
    Column("opened_at", Instant),
    Column("saved_at", Instant),
    Column("hidden_at", Instant),
    Column("hidden_because", String(20)),
    Column("applied_at", Instant),
    Column("hired_at", Instant),
    Index("ix_vacancy_marks_vacancy", "vacancy_id"),
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
    Column("changes_from", Instant),  # the beginning of the last pass over changes that came to its end
)
