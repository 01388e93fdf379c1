"""An event while staff plan it: one answer after another, each checked, all of it changeable."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from bot.domain.events.audience import Audience
from bot.domain.events.event import Plan, PlanProblem, problems
from bot.domain.events.kinds import Attendance, EventKind
from bot.domain.questionnaire.reading import clean

YES, NO = "yes", "no"
HOUR = 60
"""Minutes."""

MOST_HOURS = 12
"""A bare number up to this one is hours, a greater one minutes."""

_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])")
_AMOUNT = re.compile(r"([0-9]{1,5})(?:[.,]([0-9]))?\s*(\D*)")
_SEATS = re.compile(r"([0-9]{1,6})\s*\D*")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class Part(StrEnum):
    """What is asked, in this order."""

    KIND = "kind"
    TITLE = "title"
    WHEN = "when"
    LENGTH = "length"
    PLACE = "place"
    MAP = "map"
    EMPLOYER = "employer"
    SEATS = "seats"
    QUOTAS = "quotas"
    DEADLINE = "deadline"
    AUDIENCE = "audience"
    ATTENDANCE = "attendance"
    ROTATING = "rotating"
    DESCRIPTION = "description"


CHOICES: Mapping[Part, tuple[str, ...]] = {
    Part.KIND: tuple(EventKind),
    Part.LENGTH: ("45", "60", "90", "120", "180", "240"),
    Part.SEATS: ("10", "15", "20", "30"),
    Part.DEADLINE: ("0", "120", "1440", "2880"),
    Part.ATTENDANCE: tuple(Attendance),
    Part.ROTATING: (NO, YES),
}
"""What buttons offer; lengths are minutes, deadlines minutes before the beginning."""

ONLY_CHOSEN = frozenset({Part.KIND, Part.ATTENDANCE, Part.ROTATING})
SKIPPABLE = frozenset({Part.MAP, Part.EMPLOYER, Part.SEATS, Part.DESCRIPTION})
"""Without seats as many may come as want to."""

PART_OF: Mapping[PlanProblem, Part] = {
    PlanProblem.TITLE: Part.TITLE,
    PlanProblem.PLACE: Part.PLACE,
    PlanProblem.DESCRIPTION: Part.DESCRIPTION,
    PlanProblem.EMPLOYER: Part.EMPLOYER,
    PlanProblem.LINK: Part.MAP,
    PlanProblem.PAST: Part.WHEN,
    PlanProblem.END: Part.LENGTH,
    PlanProblem.DEADLINE: Part.DEADLINE,
    PlanProblem.SEATS: Part.SEATS,
    PlanProblem.QUOTAS: Part.QUOTAS,
    PlanProblem.ZONE: Part.WHEN,
    PlanProblem.REGION: Part.PLACE,
}
"""Where what is wrong with a plan is put right."""

_LINES = {Part.TITLE: "title", Part.PLACE: "place", Part.EMPLOYER: "employer"}
_WHILE_UNKNOWN = dt.timedelta(hours=1)


class DraftError(ValueError):
    """The answer does not fit the part that was asked, or that part is still to be answered."""

    def __init__(self, part: Part) -> None:
        self.part = part
        super().__init__(part.value)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is planned so far. `deadline` is minutes before the beginning, so it moves along with it."""

    kind: str = ""
    title: str = ""
    starts_at: dt.datetime | None = None
    minutes: int = HOUR
    place: str = ""
    map_link: str | None = None
    employer: str | None = None
    seats: int | None = None
    quotas: Mapping[int, int] = field(default_factory=dict)
    deadline: int = 0
    audience: Audience = field(default_factory=Audience)
    attendance: str = Attendance.CODE.value
    rotating_code: bool = False
    description: str | None = None
    zone: str | None = None
    region: str | None = None

    @classmethod
    def of_plan(cls, plan: Plan) -> Draft:
        """To change a plan."""
        named = {one.name: getattr(plan, one.name) for one in fields(cls) if hasattr(plan, one.name)}
        return cls(
            **named,
            minutes=_minutes(plan.ends_at - plan.starts_at),
            deadline=_minutes(plan.starts_at - plan.deadline_at),
        )

    def to_json(self) -> dict[str, Any]:
        """For the dialog's state; `from_json` reads it."""
        plain = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            **plain,
            "starts_at": self.starts_at.isoformat() if self.starts_at else None,
            "quotas": {str(college): seats for college, seats in self.quotas.items()},
            "audience": self.audience.to_json(),
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Draft:
        """What this version does not know is left out."""
        known = {one.name: plain[one.name] for one in fields(cls) if one.name in plain}
        starts_at = known.get("starts_at")
        read = {
            "starts_at": dt.datetime.fromisoformat(starts_at) if starts_at else None,
            "quotas": {int(college): seats for college, seats in known.get("quotas", {}).items()},
            "audience": Audience.from_json(known.get("audience", {})),
        }
        return cls(**{**known, **read})

    def written(self, part: Part, text: str, instant: dt.datetime) -> Draft:
        """With an answer in words. Raises DraftError."""
        if text.startswith("/"):  # a command that there is not
            raise DraftError(part)
        if part in _LINES:
            line = clean(text)
            if not any(sign.isalnum() for sign in line):
                raise DraftError(part)
            changed: dict[str, Any] = {_LINES[part]: line}
        elif part is Part.MAP:
            changed = {"map_link": clean(text)}
        elif part is Part.DESCRIPTION:
            changed = {"description": _UNSEEN.sub("", text).strip()}
        elif part is Part.LENGTH:
            changed = {"minutes": _length(clean(text))}
        elif part is Part.SEATS:
            changed = {"seats": seats_of(text)}
        else:
            raise DraftError(part)
        return self._with(changed).checked(part, instant)

    def chosen(self, part: Part, value: str, instant: dt.datetime) -> Draft:
        """With an answer by a button; "" skips. Raises DraftError for what no button says."""
        if value == "" and part in SKIPPABLE:
            return self._with({"map_link" if part is Part.MAP else part.value: None})
        if value not in CHOICES.get(part, ()):
            raise DraftError(part)
        number = int(value) if value.isdecimal() else 0
        changed: dict[Part, dict[str, Any]] = {
            Part.LENGTH: {"minutes": number},
            Part.SEATS: {"seats": number},
            Part.DEADLINE: {"deadline": number},
            Part.ROTATING: {"rotating_code": value == YES},
        }
        return self._with(changed.get(part, {part.value: value})).checked(part, instant)

    def until(self, deadline_at: dt.datetime) -> Draft:
        """Signing up ends at that instant. Raises DraftError if the event has begun by then."""
        if self.starts_at is None or deadline_at > self.starts_at:
            raise DraftError(Part.DEADLINE)
        return replace(self, deadline=_minutes(self.starts_at - deadline_at))

    def checked(self, part: Part, instant: dt.datetime) -> Draft:
        """The draft itself, if nothing is wrong with that part of it. Raises DraftError."""
        filled = replace(
            self,
            kind=self.kind or EventKind.FAIR,
            title=self.title or EventKind.FAIR,
            place=self.place or EventKind.FAIR,
            starts_at=self.starts_at or instant + _WHILE_UNKNOWN,
        )
        if part in {PART_OF[problem] for problem in problems(filled.plan(), instant)}:
            raise DraftError(part)
        return self

    def _with(self, changed: dict[str, Any]) -> Draft:
        return replace(self, **changed)

    def plan(self) -> Plan:
        """As it is handed to the desk. Raises DraftError for what is still to be answered."""
        for part, given in (
            (Part.KIND, self.kind),
            (Part.TITLE, self.title),
            (Part.WHEN, self.starts_at),
            (Part.PLACE, self.place),
        ):
            if not given:
                raise DraftError(part)
        assert self.starts_at is not None
        return Plan(
            kind=EventKind(self.kind),
            title=self.title,
            place=self.place,
            starts_at=self.starts_at,
            ends_at=self.starts_at + dt.timedelta(minutes=self.minutes),
            deadline_at=self.starts_at - dt.timedelta(minutes=self.deadline),
            description=self.description,
            map_link=self.map_link,
            employer=self.employer,
            seats=self.seats,
            audience=self.audience,
            attendance=Attendance(self.attendance),
            rotating_code=self.rotating_code,
            quotas=self.quotas,
            zone=self.zone,
            region=self.region,
        )


def seats_of(text: str) -> int:
    """A number of seats, with or without a word behind it. Raises DraftError."""
    found = _SEATS.fullmatch(clean(text))
    if found is None:
        raise DraftError(Part.SEATS)
    return int(found[1])


def _length(text: str) -> int:
    """Minutes from "90", "2", "1,5", "1:30" or "45 min". Raises DraftError."""
    if found := _CLOCK.fullmatch(text):
        return int(found[1]) * HOUR + int(found[2])
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise DraftError(Part.LENGTH)
    whole, tenths = int(found[1]), int(found[2] or 0)
    if whole <= MOST_HOURS:
        return whole * HOUR + tenths * HOUR // 10
    return whole


def _minutes(length: dt.timedelta) -> int:
    return int(length.total_seconds()) // HOUR
