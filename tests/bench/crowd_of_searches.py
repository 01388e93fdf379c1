"""An invented country for the measurement of matching: people, what they look for, what is offered."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, insert

from bot.domain.vacancies.rules import prefixes
from bot.domain.vacancies.search import Search
from storage import tables

AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
REGIONS = [f"{number:02}00000000000" for number in range(1, 91)]
SPECIALTIES = [
    f"{group:02}.{kind:02}.{number:02}"
    for group, kind, number in itertools.islice(itertools.product(range(7, 55), (1, 2), (1, 2)), 159)
]
STEMS = [f"stem{number}" for number in range(2_000)]
TOWNS = [f"town {number}" for number in range(12)]
PORTION = 5_000


class Country:
    """Seeded, so that every run has the same. Large regions and some trades have more of everything."""

    def __init__(self, regions: int = len(REGIONS)) -> None:
        self._random = random.Random(2026)
        self._regions = REGIONS[:regions]

    def usual_search(self) -> Search:
        """Most look for their trade, some for words, some narrow it."""
        about: dict[str, Any] = {"region": self._of(self._regions)}
        if self._random.random() < 0.15:
            stems = tuple(sorted({self._of(STEMS) for _ in range(self._random.randint(1, 2))}))
            about |= {"text": " ".join(stems), "stems": stems}
        else:
            about["specialty"] = self._of(SPECIALTIES)
        if self._random.random() < 0.3:
            about["pay_from"] = self._random.choice((40_000, 60_000, 80_000))
        if self._random.random() < 0.15:
            about["town"] = self._of(TOWNS)
        if self._random.random() < 0.1:
            about["no_experience"] = True
        return Search(**about)

    def own_search(self, number: int) -> Search:
        """One that nobody else has: the worst case."""
        return Search(self._of(self._regions), specialty=self._of(SPECIALTIES), pay_from=1 + number)

    def vacancies(self, count: int, first: int = 1) -> Iterator[tuple[dict[str, Any], list[str], set[str]]]:
        """Columns, specialties (the beginnings of codes among them) and stems."""
        for number in range(first, first + count):
            trades = [self._of(SPECIALTIES) for _ in range(self._random.randint(1, 3))]
            specialties = {self._random.choice(prefixes(trade)[1:]) for trade in trades}
            stems = {self._of(STEMS) for _ in range(self._random.randint(2, 6))}
            pay = self._random.choice((None, 35_000, 50_000, 70_000, 90_000))
            columns = {
                "id": number,
                "source": "bench",
                "source_id": str(number),
                "identity": str(number),
                "name": f"Job {number}",
                "employer": "Employer",
                "region": self._of(self._regions),
                "town": self._of(TOWNS),
                "kind": "permanent",
                "pay_from": pay,
                "experience_years": self._random.choice((None, 0, 1, 3)),
                "quota": False,
                "modified_at": AT + dt.timedelta(seconds=number),
                "seen_at": AT,
                "missed": 0,
            }
            yield columns, sorted(specialties), stems

    def _of(self, among: list[str]) -> str:
        """The first are the most frequent."""
        return among[int(len(among) * self._random.random() ** 1.5)]


def add_people(connection: Connection, first: int, last: int) -> None:
    """People who have agreed to mailings."""
    people = [
        {"id": number, "telegram_id": number, "code": str(number), "language": "ru", "created_at": AT}
        for number in range(first, last)
    ]
    connection.execute(insert(tables.persons), people)
    consents = [
        {"person_id": number, "purpose": "mailings", "version": "1", "given": True, "at": AT}
        for number in range(first, last)
    ]
    connection.execute(insert(tables.consents), consents)


def add_vacancies(connection: Connection, country: Country, count: int, first: int = 1) -> None:
    """Vacancies that nobody has looked at yet."""
    made = list(country.vacancies(count, first))
    connection.execute(insert(tables.vacancies), [columns for columns, _, _ in made])
    fits = [
        {"vacancy_id": columns["id"], "specialty": one, "because": "word"}
        for columns, specialties, _ in made
        for one in specialties
    ]
    connection.execute(insert(tables.vacancy_specialties), fits)
    words = [{"vacancy_id": columns["id"], "stem": one} for columns, _, stems in made for one in stems]
    connection.execute(insert(tables.vacancy_words), words)
