"""Vacancies for a student: those that fit, why they fit, and what became of them."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import Connection, RowMapping

from bot.domain.clock import now
from bot.domain.facts import values
from bot.domain.people import Person, Visitor
from bot.domain.vacancies.rules import VacancyRules
from bot.domain.vacancies.search import Search
from bot.domain.vacancies.vacancy import VacancyKind
from bot.services.assessments import Assessments
from bot.services.profiling import NoProfileError, Profiling
from storage import people, vacancies
from storage.unit_of_work import UnitOfWork
from storage.vacancies import Look

PAGE = 5
"""Vacancies in one list: a screen of a small phone."""

TOWNS = 8
"""Towns to choose from: more do not fit a screen."""

LONGEST_STEM = 40
"""What the tables hold of one."""

HIDING_REASONS = ("far", "pay", "hours", "trade", "other")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person looks for now; kept between visits. `asking`: the next typed words are a search.

    `subscription`: the one that is to look for this from now on, when it is being narrowed.
    """

    text: str = ""
    kind: VacancyKind | None = None
    pay_from: int | None = None
    no_experience: bool = False
    quota: bool = False
    saved: bool = False
    town: str = ""
    asking: bool = False
    subscription: int = 0

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__ if getattr(self, name)}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "Filters":
        """Keys and kinds that this version does not know are ignored."""
        known = {name: value for name, value in plain.items() if name in cls.__slots__}
        kind = known.pop("kind", None)
        return cls(**known, kind=VacancyKind(kind) if kind in set(VacancyKind) else None)

    @classmethod
    def of_search(cls, search: Search, subscription: int) -> "Filters":
        """What a kept search looks for."""
        shared = ("text", "kind", "pay_from", "no_experience", "quota", "town")
        looked_for = {name: value for name in shared if (value := getattr(search, name))}
        return cls.from_json({**looked_for, "subscription": subscription})


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of what was found."""

    filters: Filters
    page: int
    total: int
    rows: tuple[RowMapping, ...]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class Card:
    """One vacancy as a person sees it: `reasons`: codes of why it fits, `because`: the word that says so."""

    row: RowMapping
    reasons: tuple[str, ...]
    because: str | None


@dataclass(frozen=True, slots=True)
class _Profile:
    """What of a profile decides which vacancies fit."""

    region: str | None
    specialty: str | None
    schedules: tuple[str, ...]


class Vacancies:
    """Use cases of `/vacancies`. Each raises NoProfileError for anyone without a profile."""

    def __init__(self, assessments: Assessments, profiling: Profiling, rules: VacancyRules) -> None:
        self._rules = rules
        self._assessments = assessments
        self._profiling = profiling

    async def filters(self, unit: UnitOfWork, visitor: Visitor) -> Filters:
        """What the asker looked for last."""
        person = _person(visitor)
        return Filters.from_json(await unit.read(partial(vacancies.view, person_id=person.id)))

    def keep_filters(self, unit: UnitOfWork, visitor: Visitor, filters: Filters) -> None:
        """Look for this from now on."""
        unit.add(partial(vacancies.save_view, person_id=_person(visitor).id, filters=filters.to_json()))

    async def stop_asking(self, unit: UnitOfWork, visitor: Visitor) -> None:
        """The asker turns to something else: what is typed next is no search."""
        filters = await self.filters(unit, visitor)
        if filters.asking:
            self.keep_filters(unit, visitor, replace(filters, asking=False))

    async def listing(self, unit: UnitOfWork, visitor: Visitor, filters: Filters, page: int) -> Listing:
        """One page (from 0) of open vacancies in the asker's region, the most fitting first."""
        person = _person(visitor)
        profile = await self._profile(unit, person)
        if profile.region is None:
            return Listing(filters, 0, 0, ())
        look = self._look(profile, person, filters)

        def find(connection: Connection) -> Listing:
            total = vacancies.count_found(connection, look)
            shown = min(max(page, 0), max(0, (total - 1) // PAGE))
            rows = vacancies.found(connection, look, shown * PAGE, PAGE)
            return Listing(filters, shown, total, tuple(rows))

        found = await unit.read(find)
        self._shown(unit, person, found)
        return found

    async def towns(self, unit: UnitOfWork, visitor: Visitor, filters: Filters) -> list[str]:
        """Where most of what the asker looks for is, most first; the town looked for now among them."""
        person = _person(visitor)
        profile = await self._profile(unit, person)
        if profile.region is None:
            return []
        look = self._look(profile, person, filters)
        found = await unit.read(partial(vacancies.towns, look=look, limit=TOWNS))
        missing = [filters.town] if filters.town and filters.town not in found else []
        return missing + found

    async def every_town(self, unit: UnitOfWork, visitor: Visitor) -> list[str]:
        """All towns of the asker's region where something is open: a button may be older than the list."""
        person = _person(visitor)
        profile = await self._profile(unit, person)
        return await unit.read(partial(vacancies.open_towns, region=profile.region or ""))

    async def search(self, unit: UnitOfWork, visitor: Visitor, filters: Filters) -> Search | None:
        """What the filters find for the asker, as a search to be kept; None without a region."""
        profile = await self._profile(unit, _person(visitor))
        if profile.region is None:
            return None
        stems = tuple(sorted(stem[:LONGEST_STEM] for stem in self._rules.language.stems(filters.text)))
        return Search(
            region=profile.region,
            specialty=None if stems else profile.specialty,  # words find whatever holds them
            text=filters.text,
            stems=stems,
            kind=filters.kind,
            pay_from=filters.pay_from,
            no_experience=filters.no_experience,
            quota=filters.quota,
            town=filters.town or None,
        )

    async def card(self, unit: UnitOfWork, visitor: Visitor, vacancy_id: int) -> Card | None:
        """One vacancy with why it fits; None if there is none (any more)."""
        person = _person(visitor)
        profile = await self._profile(unit, person)
        look = partial(vacancies.vacancy, vacancy_id=vacancy_id, person_id=person.id)
        row = await unit.read(look)
        if row is None:
            return None
        unit.add(partial(vacancies.mark_opened, person_id=person.id, vacancy_id=vacancy_id, at=now()))
        because = await unit.read(
            partial(vacancies.because, vacancy_id=vacancy_id, specialty=profile.specialty or "")
        )
        return Card(row, tuple(_reasons(profile, row)), because)

    def applied(self, unit: UnitOfWork, visitor: Visitor, vacancy_id: int) -> None:
        """The asker has applied."""
        self._mark(unit, visitor, vacancy_id, {"applied_at": now()})

    def save(self, unit: UnitOfWork, visitor: Visitor, vacancy_id: int) -> None:
        self._mark(unit, visitor, vacancy_id, {"saved_at": now()})

    def unsave(self, unit: UnitOfWork, visitor: Visitor, vacancy_id: int) -> None:
        self._mark(unit, visitor, vacancy_id, {"saved_at": None})

    def hide(self, unit: UnitOfWork, visitor: Visitor, vacancy_id: int, reason: str) -> None:
        """Not for the asker; it is not shown again. An unknown reason changes nothing."""
        if reason in HIDING_REASONS:
            self._mark(unit, visitor, vacancy_id, {"hidden_at": now(), "hidden_because": reason})

    async def hired(self, unit: UnitOfWork, visitor: Visitor, vacancy_id: int, *, in_trade: bool) -> None:
        """The asker got the job, one that there is: the employment fact follows, and with it the level."""
        look = partial(vacancies.vacancy, vacancy_id=vacancy_id, person_id=_person(visitor).id)
        if await unit.read(look) is None:
            return
        self._mark(unit, visitor, vacancy_id, {"hired_at": now()})
        employment = "in_field" if in_trade else "outside_field"
        await self._profiling.learn(unit, visitor, {"employment": employment})

    def _shown(self, unit: UnitOfWork, person: Person, listing: Listing) -> None:
        """What was listed is no news any more."""
        ids = [row["id"] for row in listing.rows]
        unit.add(partial(vacancies.mark_shown, person_id=person.id, ids=ids, at=now()))

    def _mark(self, unit: UnitOfWork, visitor: Visitor, vacancy_id: int, marks: dict[str, Any]) -> None:
        unit.add(partial(vacancies.mark, person_id=_person(visitor).id, vacancy_id=vacancy_id, marks=marks))

    def _look(self, profile: _Profile, person: Person, filters: Filters) -> Look:
        return Look(
            region=profile.region or "",
            person_id=person.id,
            specialty=profile.specialty,
            stems=self._rules.language.stems(filters.text),
            kind=filters.kind,
            pay_from=filters.pay_from,
            no_experience=filters.no_experience,
            quota=filters.quota,
            schedules=profile.schedules,
            saved=filters.saved,
            town=filters.town or None,
        )

    async def _profile(self, unit: UnitOfWork, person: Person) -> _Profile:
        picture = await self._assessments.picture(unit, person.id)
        place = await unit.read(partial(people.place_of, person_id=person.id))
        known = values(picture.facts)
        schedules = known.get("work_format", ())
        return _Profile(
            region=place["region"],
            specialty=str(known["specialty"]) if "specialty" in known else None,
            schedules=schedules if isinstance(schedules, tuple) else (),
        )


def _person(visitor: Visitor) -> Person:
    if visitor.person is None or visitor.person.level is None:
        raise NoProfileError
    return visitor.person


def _reasons(profile: _Profile, row: RowMapping) -> list[str]:
    reasons = []
    if row["schedule"] and row["schedule"] in profile.schedules:
        reasons.append("schedule")
    if row["experience_years"] == 0:  # None: nothing is said about it
        reasons.append("no_experience")
    return reasons
