"""Kinds of events, and what having been to one says of a person."""

from collections.abc import Collection
from enum import StrEnum

from bot.domain.facts import Value

EMPLOYER_EVENTS = "employer_events"
"""A fact: how many events that bring employers and students together the person has been to."""


class EventKind(StrEnum):
    """The codes are stored."""

    FAIR = "fair"
    CAREER_DAY = "career_day"
    EMPLOYER_DAY = "employer_day"
    EXCURSION = "excursion"
    RESUME_TRAINING = "resume_training"
    INTERVIEW_TRAINING = "interview_training"
    MASTER_CLASS = "master_class"
    SEMINAR = "seminar"
    CONFERENCE = "conference"
    COMPETITION = "competition"
    PROFESSION_TEST = "profession_test"


class Attendance(StrEnum):
    """Who counts as having come. The codes are stored."""

    CODE = "code"  # who checked in by the code at the door, or whom staff marked
    STAFF = "staff"  # whom staff marked, and nobody else
    SIGNED_UP = "signed_up"  # who had a seat when the event was over


_ALWAYS_WITH_EMPLOYERS = frozenset(
    {EventKind.FAIR, EventKind.CAREER_DAY, EventKind.EMPLOYER_DAY, EventKind.EXCURSION}
)
_TRAININGS = {EventKind.RESUME_TRAINING: "resume", EventKind.INTERVIEW_TRAINING: "interview_training"}

ATTENDANCE_FACTS = (EMPLOYER_EVENTS, *_TRAININGS.values())
"""Facts that attendance feeds: factors 9 and 10 look at them."""


def brings_employers(kind: EventKind, employer: str | None) -> bool:
    """Whether the event counts for factor 9: of those that need not, the ones where an employer is named."""
    return kind in _ALWAYS_WITH_EMPLOYERS or bool(employer)


def facts_of_attendance(attended: Collection[tuple[EventKind, str | None]]) -> dict[str, Value]:
    """What is known of a person who has been to events of these kinds, with these employers.

    Whoever was at a résumé training has a résumé: that is what it is made of. Nothing is said to be missing:
    a fact that does not follow is left out.
    """
    known: dict[str, Value] = {_TRAININGS[kind]: True for kind, _ in attended if kind in _TRAININGS}
    met = sum(brings_employers(kind, employer) for kind, employer in attended)
    return {**known, EMPLOYER_EVENTS: met} if met else known
