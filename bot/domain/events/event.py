"""An event as it is stored, and as staff plan it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.events.audience import Audience
from bot.domain.events.kinds import Attendance, EventKind
from bot.domain.events.lifecycle import EventState
from bot.domain.quiet import zone_named

LONGEST_TITLE = 200
LONGEST_LINE = 300
LONGEST_DESCRIPTION = 1_500
LONGEST_EVENT = dt.timedelta(days=14)
MOST_SEATS = 100_000


@dataclass(frozen=True, slots=True)
class Event:
    """A stored event. No organisation: the region's. No seats: as many as come."""

    id: int
    code: str
    organisation_id: int | None
    region: str
    author_id: int
    kind: EventKind
    title: str
    description: str | None
    place: str
    map_link: str | None
    employer: str | None
    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: str
    deadline_at: dt.datetime
    seats: int | None
    audience: Audience
    attendance: Attendance
    rotating_code: bool
    secret: str = field(repr=False)
    state: EventState
    version: int
    created_at: dt.datetime
    published_at: dt.datetime | None

    @property
    def moved(self) -> bool:
        """Whether people have been told of a change since it was announced."""
        return self.state is EventState.PUBLISHED and self.version > 1

    @property
    def local_start(self) -> dt.datetime:
        """By the clock on the wall there."""
        return self.starts_at.astimezone(zone_named(self.zone))

    @property
    def local_end(self) -> dt.datetime:
        return self.ends_at.astimezone(zone_named(self.zone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What staff fill in. Quotas: seats by organisation id, for the region's events.

    No zone: that of the region. No region: that of the author's college, or the only one there is.
    """

    kind: EventKind
    title: str
    place: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    deadline_at: dt.datetime
    description: str | None = None
    map_link: str | None = None
    employer: str | None = None
    seats: int | None = None
    audience: Audience = field(default_factory=Audience)
    attendance: Attendance = Attendance.CODE
    rotating_code: bool = False
    quotas: Mapping[int, int] = field(default_factory=dict)
    zone: str | None = None
    region: str | None = None


TOLD = ("starts_at", "ends_at", "place", "zone")
"""What people who have signed up are told of when it changes."""


class PlanProblem(StrEnum):
    """What is wrong with a plan. Each code has a text."""

    TITLE = "title"  # none, or too long
    PLACE = "place"
    DESCRIPTION = "description"
    EMPLOYER = "employer"
    LINK = "link"
    PAST = "past"
    END = "end"  # before the beginning, or weeks after it
    DEADLINE = "deadline"  # after the beginning
    SEATS = "seats"
    QUOTAS = "quotas"  # more than there are seats, or for an event of one college
    ZONE = "zone"
    REGION = "region"  # which one: there are several


def problems(plan: Plan, instant: dt.datetime) -> tuple[PlanProblem, ...]:
    """What is wrong with a plan, if it is to begin after `instant`."""
    quotas = plan.quotas.values()
    too_many = plan.seats is not None and sum(quotas) > plan.seats
    found = {
        PlanProblem.TITLE: not 0 < len(plan.title.strip()) <= LONGEST_TITLE,
        PlanProblem.PLACE: not 0 < len(plan.place.strip()) <= LONGEST_LINE,
        PlanProblem.DESCRIPTION: len(plan.description or "") > LONGEST_DESCRIPTION,
        PlanProblem.EMPLOYER: len(plan.employer or "") > LONGEST_LINE,
        PlanProblem.LINK: bool(plan.map_link) and not _is_link(plan.map_link or ""),
        PlanProblem.PAST: plan.starts_at <= instant,
        PlanProblem.END: not plan.starts_at < plan.ends_at <= plan.starts_at + LONGEST_EVENT,
        PlanProblem.DEADLINE: plan.deadline_at > plan.starts_at,
        PlanProblem.SEATS: plan.seats is not None and not 0 < plan.seats <= MOST_SEATS,
        PlanProblem.QUOTAS: too_many or any(not 0 <= one <= MOST_SEATS for one in quotas),
        PlanProblem.ZONE: bool(plan.zone) and not _is_zone(plan.zone or ""),
    }
    return tuple(problem for problem, wrong in found.items() if wrong)


def _is_link(written: str) -> bool:
    return (
        written.startswith("https://") and len(written) <= LONGEST_LINE and not set(written) & set(' <>"\n')
    )


def _is_zone(name: str) -> bool:
    try:
        zone_named(name)
    except ValueError:
        return False
    return True
