"""Every table of the project."""

from storage.tables.base import Instant, RowId, metadata
from storage.tables.centres import groups, invitations, organisations, staff, statistics
from storage.tables.chat import fsm, inbox
from storage.tables.events import (
    channels,
    check_in_attempts,
    event_quotas,
    events,
    posts,
    registrations,
)
from storage.tables.outbox import campaigns, leases, outbox
from storage.tables.people import (
    assessments,
    audit,
    consents,
    facts,
    persons,
    profiling_sessions,
    questionnaires,
)
from storage.tables.schedule import jobs, notification_settings
from storage.tables.searches import search_keys, search_matches, search_stems, searches, subscriptions
from storage.tables.vacancies import (
    publications,
    source_progress,
    vacancies,
    vacancy_marks,
    vacancy_specialties,
    vacancy_views,
    vacancy_words,
)

__all__ = [
    "Instant",
    "RowId",
    "assessments",
    "audit",
    "campaigns",
    "channels",
    "check_in_attempts",
    "consents",
    "event_quotas",
    "events",
    "facts",
    "fsm",
    "groups",
    "inbox",
    "invitations",
    "jobs",
    "leases",
    "metadata",
    "notification_settings",
    "organisations",
    "outbox",
    "persons",
    "posts",
    "profiling_sessions",
    "publications",
    "questionnaires",
    "registrations",
    "search_keys",
    "search_matches",
    "search_stems",
    "searches",
    "source_progress",
    "staff",
    "statistics",
    "subscriptions",
    "vacancies",
    "vacancy_marks",
    "vacancy_specialties",
    "vacancy_views",
    "vacancy_words",
]
