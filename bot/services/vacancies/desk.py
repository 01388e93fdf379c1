"""The specialist's side of vacancies: written, looked at as students see it, published, followed, closed."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, RowMapping

from bot.domain.access import AccessDenied, specialist
from bot.domain.clock import now
from bot.domain.directory import Directory, Entry
from bot.domain.people import Visitor
from bot.domain.vacancies.rules import VacancyRules, prefixes
from bot.services.vacancies.draft import Draft
from bot.services.vacancies.importing import vacancy_row
from storage import publications
from storage.publications import Figures, Publisher
from storage.unit_of_work import UnitOfWork
from storage.vacancy_keeping import VacancyRow

PAGE = 8
"""Published vacancies on one screen."""

FOUND_AT_MOST = 6
_CODE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Fitting:
    """A specialty that a vacancy fits: by which word ("": staff chose it), how many own students learn it."""

    code: str
    title: str
    because: str
    students: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A vacancy before it is published. `elsewhere`: beginnings of codes that nobody here learns."""

    row: Mapping[str, Any]
    fitting: tuple[Fitting, ...]
    elsewhere: tuple[str, ...]

    @property
    def students(self) -> int:
        return sum(specialty.students for specialty in self.fitting)

    @property
    def because(self) -> str | None:
        """What a student whom it fits will read as the reason."""
        fitting = max(self.fitting, key=lambda one: one.students, default=None)
        return fitting.because if fitting else None


@dataclass(frozen=True, slots=True)
class Published:
    """One page of what an organisation published, from 0."""

    rows: tuple[RowMapping, ...]
    page: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class Followed:
    """A published vacancy and what became of it."""

    row: RowMapping
    figures: Figures


class VacancyDesk:
    """Use cases of `/vacancy_new` and `/vacancy_close`. Each raises AccessDenied for all but specialists."""

    def __init__(self, rules: VacancyRules, specialties: Directory) -> None:
        self._rules = rules
        self._specialties = specialties

    async def preview(self, unit: UnitOfWork, visitor: Visitor, draft: Draft) -> Preview:
        """How students will see it, and whom of the own organisation it fits. Raises DraftError."""
        publisher = publisher_of(visitor)
        row = await self._row(unit, publisher, draft, "")
        students, taught = await unit.read(partial(_learned, organisation_id=publisher.organisation_id))
        fitting = []
        for code in sorted({*students, *taught}):
            words = [row.specialties[one] for one in prefixes(code) if one in row.specialties]
            if words:
                fitting.append(Fitting(code, self._title(code), max(words), students.get(code, 0)))
        met = {beginning for one in fitting for beginning in prefixes(one.code)}
        elsewhere = tuple(sorted(row.specialties.keys() - met))
        return Preview({**row.columns, "closed_at": None}, tuple(fitting), elsewhere)

    async def publish(self, unit: UnitOfWork, visitor: Visitor, draft: Draft, token: str) -> int | None:
        """Publish under the token, once; the vacancy's id. None: the same one is open already.

        Raises DraftError for what is not finished.
        """
        publisher = publisher_of(visitor)
        row = await self._row(unit, publisher, draft, token)
        return await unit.decide(partial(publications.publish, row=row, publisher=publisher, at=now()))

    async def specialties(self, unit: UnitOfWork, visitor: Visitor, codes: Sequence[str]) -> list[Entry]:
        """Those to choose from: what the own organisation teaches, and these."""
        publisher = publisher_of(visitor)
        _, taught = await unit.read(partial(_learned, organisation_id=publisher.organisation_id))
        return [Entry(code, self._title(code)) for code in sorted({*taught, *filter(_CODE.fullmatch, codes)})]

    def find_specialties(self, text: str) -> list[str]:
        """Codes of specialties by code or name."""
        return [entry.value for entry in self._specialties.find(text, FOUND_AT_MOST)]

    async def published(self, unit: UnitOfWork, visitor: Visitor, page: int) -> Published:
        """A page of what the own organisation published; the nearest one if there is none such."""
        publisher = publisher_of(visitor)

        def look(connection: Connection) -> Published:
            total = publications.count_published(connection, publisher.organisation_id)
            shown = min(max(page, 0), max(0, (total - 1) // PAGE))
            rows = publications.published(connection, publisher.organisation_id, shown * PAGE, PAGE)
            return Published(tuple(rows), shown, total)

        return await unit.read(look)

    async def followed(self, unit: UnitOfWork, visitor: Visitor, vacancy_id: int) -> Followed | None:
        """One of the own organisation's, with its figures; None if it is not one of them."""
        publisher = publisher_of(visitor)

        def look(connection: Connection) -> Followed | None:
            row = publications.publication(connection, publisher.organisation_id, vacancy_id)
            if row is None:
                return None
            region, organisation_id = row["region"], publisher.organisation_id
            return Followed(row, publications.figures(connection, vacancy_id, region, organisation_id))

        return await unit.read(look)

    async def close(self, unit: UnitOfWork, visitor: Visitor, vacancy_id: int) -> bool:
        """Close one of the own organisation's; False if it is closed already or not one of them."""
        publisher = publisher_of(visitor)
        closing = partial(publications.close, publisher=publisher, vacancy_id=vacancy_id, at=now())
        return await unit.decide(closing)

    async def _row(self, unit: UnitOfWork, publisher: Publisher, draft: Draft, token: str) -> VacancyRow:
        look = partial(publications.region_of, organisation_id=publisher.organisation_id)
        vacancy = draft.vacancy(token, await unit.read(look), now())
        row = await asyncio.to_thread(vacancy_row, self._rules, vacancy)
        by_hand = dict.fromkeys(filter(_CODE.fullmatch, draft.specialties), "")
        return row._replace(specialties=by_hand or row.specialties)

    def _title(self, code: str) -> str:
        entry = self._specialties.get(code)
        return entry.title if entry else code


def publisher_of(visitor: Visitor) -> Publisher:
    """The asker as one who publishes for an organisation. Raises AccessDenied."""
    member = specialist(visitor)
    if member.organisation_id is None:
        raise AccessDenied
    return Publisher(member.id, member.organisation_id)


def _learned(connection: Connection, organisation_id: int) -> tuple[dict[str, int], list[str]]:
    return (
        publications.students_by_specialty(connection, organisation_id),
        publications.taught_specialties(connection, organisation_id),
    )
