"""A vacancy, the same whatever source it comes from. Contacts of persons are never a part of it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class VacancyKind(StrEnum):
    """What is offered."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    SUMMER = "summer"
    PRACTICE = "practice"
    TARGETED = "targeted"


class Schedule(StrEnum):
    """How the hours lie; the ids of the question `work_format`, so that both are compared as they are."""

    FULL_DAY = "full_day"
    SHIFTS = "shifts"
    PART_TIME = "part_time"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Money is in whole roubles a month; `region` is a code of 13 digits; texts are plain, without markup.

    `source` and `source_id` name the record where it comes from; `modified_at` is the source's own instant.
    """

    source: str
    source_id: str
    name: str
    employer: str
    region: str
    modified_at: dt.datetime
    kind: VacancyKind = VacancyKind.PERMANENT
    schedule: Schedule | None = None
    employer_inn: str | None = None
    place: str | None = None
    town: str | None = None
    pay_from: int | None = None
    pay_to: int | None = None
    experience_years: int | None = None
    quota: bool = False
    profession_code: str | None = None
    duty: str | None = None
    requirements: str | None = None
    link: str | None = None
