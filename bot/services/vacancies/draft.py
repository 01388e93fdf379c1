"""A vacancy while staff write it: one answer after another, each checked, all of it changeable."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from bot.domain.vacancies.vacancy import Schedule, Vacancy, VacancyKind
from bot.sources.trudvsem.words import shipped_words
from bot.sources.vacancy_table import LONGEST_LINE, LONGEST_TEXT, PAY, is_link

SOURCE = "staff"
YES, NO = "yes", "no"
_AMOUNT = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f.,][0-9]{3})+|[0-9]+")
_LONGEST_AMOUNT = 12
_THOUSAND = 1_000
"""Nobody pays less a month: "60" and "60-80" are thousands."""


class Part(StrEnum):
    """What is asked, in this order."""

    NAME = "name"
    EMPLOYER = "employer"
    KIND = "kind"
    PLACE = "place"
    PAY = "pay"
    SCHEDULE = "schedule"
    EXPERIENCE = "experience"
    QUOTA = "quota"
    DUTY = "duty"
    LINK = "link"


CHOICES: Mapping[Part, tuple[str, ...]] = {
    Part.KIND: tuple(VacancyKind),
    Part.SCHEDULE: tuple(Schedule),
    Part.EXPERIENCE: ("0", "1", "2", "3", "5"),
    Part.QUOTA: (NO, YES),
}
"""Parts that are chosen; the others are written."""

SKIPPABLE = frozenset({Part.PLACE, Part.PAY, Part.SCHEDULE, Part.EXPERIENCE, Part.DUTY, Part.LINK})


class DraftError(ValueError):
    """The answer does not fit the part that was asked."""

    def __init__(self, part: Part) -> None:
        self.part = part
        super().__init__(part.value)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is written so far. `specialties`: codes that staff chose, instead of those that the rules find."""

    name: str = ""
    employer: str = ""
    kind: str = VacancyKind.PERMANENT.value
    place: str | None = None
    pay_from: int | None = None
    pay_to: int | None = None
    schedule: str | None = None
    experience_years: int | None = None
    quota: bool = False
    duty: str | None = None
    link: str | None = None
    specialties: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """For the dialog's state; `from_json` reads it."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**plain, "specialties": list(self.specialties)}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Draft:
        """What this version does not know is left out."""
        known = {field.name: plain[field.name] for field in fields(cls) if field.name in plain}
        return cls(**{**known, "specialties": tuple(known.get("specialties", ()))})

    def written(self, part: Part, text: str) -> Draft:
        """With an answer in words. Raises DraftError."""
        if text.startswith("/"):  # a command that there is not
            raise DraftError(part)
        plain = shipped_words().plain
        if part in (Part.NAME, Part.EMPLOYER, Part.PLACE):
            line = plain.line(text, LONGEST_LINE)
            if len(text.strip()) > LONGEST_LINE or not any(sign.isalpha() for sign in line):
                raise DraftError(part)
            return self._with({part.value: line})
        if part is Part.PAY:
            pay_from, pay_to = _pay(text)
            return replace(self, pay_from=pay_from, pay_to=pay_to)
        if part is Part.DUTY:
            duty = plain.lines(text, LONGEST_TEXT)
            if not any(sign.isalpha() for sign in duty):
                raise DraftError(part)
            return replace(self, duty=duty)
        if part is Part.LINK and text.strip() and is_link(text.strip()):
            return replace(self, link=text.strip())
        raise DraftError(part)

    def chosen(self, part: Part, value: str) -> Draft:
        """With an answer by a button; "" skips. Raises DraftError for what no button says."""
        if value == "" and part in SKIPPABLE:
            return self._without(part)
        if value not in CHOICES.get(part, ()):
            raise DraftError(part)
        if part is Part.EXPERIENCE:
            return replace(self, experience_years=int(value))
        if part is Part.QUOTA:
            return replace(self, quota=value == YES)
        return self._with({part.value: value})

    def _without(self, part: Part) -> Draft:
        if part is Part.PAY:
            return replace(self, pay_from=None, pay_to=None)
        name = "experience_years" if part is Part.EXPERIENCE else part.value
        return self._with({name: None})

    def _with(self, changed: dict[str, Any]) -> Draft:
        return replace(self, **changed)

    def vacancy(self, source_id: str, region: str, modified_at: dt.datetime) -> Vacancy:
        """As it will be published. Raises DraftError for what may not be left out."""
        for part in (Part.NAME, Part.EMPLOYER):
            if not getattr(self, part.value):
                raise DraftError(part)
        return Vacancy(
            source=SOURCE,
            source_id=source_id,
            name=self.name,
            employer=self.employer,
            region=region,
            modified_at=modified_at,
            kind=VacancyKind(self.kind),
            schedule=Schedule(self.schedule) if self.schedule else None,
            place=self.place,
            town=shipped_words().towns.find(self.place or "", unmarked=True),
            pay_from=self.pay_from,
            pay_to=self.pay_to,
            experience_years=self.experience_years,
            quota=self.quota,
            duty=self.duty,
            link=self.link,
        )


def _pay(text: str) -> tuple[int, int | None]:
    """One amount, or from and to, in roubles a month or in thousands. Raises DraftError."""
    digits = [re.sub(r"[^0-9]", "", amount) for amount in _AMOUNT.findall(text)]
    amounts = [int(amount) for amount in digits if len(amount) <= _LONGEST_AMOUNT]
    if amounts and max(amounts) < _THOUSAND:
        amounts = [amount * _THOUSAND for amount in amounts]
    amounts.sort()
    if len(amounts) != len(digits) or len(amounts) not in (1, 2) or any(one not in PAY for one in amounts):
        raise DraftError(Part.PAY)
    highest = amounts[1] if len(amounts) > 1 and amounts[1] > amounts[0] else None
    return amounts[0], highest
