"""Vacancies in the database: kept, renewed, closed, found, marked."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.domain.people import Person
from storage import people, vacancies, vacancy_keeping
from storage.tables import vacancies as table
from storage.tables import vacancy_marks, vacancy_specialties, vacancy_views, vacancy_words
from storage.vacancies import Look
from storage.vacancy_keeping import Kept, VacancyRow

AT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(hours=1)
REGION, ELSEWHERE = "7700000000000", "7800000000000"
OPTIONAL = ("place", "schedule", "pay_from", "pay_to", "experience_years", "duty", "requirements", "link")
ALL = Look(REGION, 1)
MINE = Look(REGION, 1, specialty="09.02.07")


@pytest.fixture
def connection(connection: Connection) -> Connection:
    """With two people in it."""
    for number in (1, 2):
        person = Person(id=number, telegram_id=10**10 + number, code=f"CODE-{number:04}", language="ru")
        people.add_person(connection, person, AT)
    return connection


def row(
    number: int = 1,
    specialties: dict[str, str] | None = None,
    stems: tuple[str, ...] = (),
    **columns: Any,
) -> VacancyRow:
    known: dict[str, Any] = {
        **dict.fromkeys(OPTIONAL),
        "source": "trudvsem",
        "source_id": str(number),
        "identity": f"identity {number}",
        "name": f"Вакансия {number}",
        "employer": "ООО",
        "region": REGION,
        "kind": "permanent",
        "quota": False,
        "modified_at": AT,
    }
    return VacancyRow(known | columns, specialties or {}, frozenset(stems))


def ids(connection: Connection, look: Look = ALL, offset: int = 0, limit: int = 100) -> list[str]:
    found = vacancies.found(connection, look, offset, limit)
    whole = len(vacancies.found(connection, look, 0, 1000))
    assert vacancies.count_found(connection, look) == whole, "what is counted is what is found"
    return [held["source_id"] for held in found]


def held(connection: Connection, source_id: str = "1") -> sa.RowMapping:
    return connection.execute(sa.select(table).where(table.c.source_id == source_id)).mappings().one()


def indexed(connection: Connection) -> tuple[set[str], set[str]]:
    specialties = connection.execute(sa.select(vacancy_specialties.c.specialty)).scalars()
    return set(specialties), set(connection.execute(sa.select(vacancy_words.c.stem)).scalars())


def test_new_the_same_and_changed(connection: Connection) -> None:
    assert vacancy_keeping.keep(connection, [row(1, {"09": "код"}, ("код",)), row(2)], AT) == Kept(new=2)
    assert vacancy_keeping.keep(connection, [row(1), row(2)], LATER) == Kept(same=2)
    assert held(connection)["seen_at"] == LATER
    assert indexed(connection) == ({"09"}, {"код"}), "what is the same keeps what it is found by"

    renewed = row(1, {"15": "станок"}, ("станок",), name="Токарь", modified_at=LATER)
    assert vacancy_keeping.keep(connection, [renewed, row(2)], LATER) == Kept(changed=1, same=1)
    assert held(connection)["name"] == "Токарь"
    assert indexed(connection) == ({"15"}, {"станок"})
    assert vacancy_keeping.keep(connection, [], LATER) == Kept()


def test_a_record_that_stands_twice_in_a_batch_counts_as_it_was_last(connection: Connection) -> None:
    twice = [row(1), row(2), row(1, name="Позже", modified_at=LATER)]
    assert vacancy_keeping.keep(connection, twice, AT) == Kept(new=2)
    assert held(connection)["name"] == "Позже"


def test_the_same_vacancy_of_another_source_is_left_out(connection: Connection) -> None:
    vacancy_keeping.keep(connection, [row(1)], AT)
    other = row(7, source="table", identity="identity 1")
    assert vacancy_keeping.keep(connection, [other, row(8, source="table")], AT) == Kept(new=1, doubles=1)
    same_source = row(9, identity="identity 1")
    assert vacancy_keeping.keep(connection, [same_source], AT) == Kept(new=1), "one source knows what it says"
    vacancy_keeping.close_missed(connection, "trudvsem", REGION, LATER, LATER)
    vacancy_keeping.close_missed(connection, "trudvsem", REGION, LATER, LATER)
    assert vacancy_keeping.keep(connection, [other], LATER) == Kept(new=1), (
        "the other is closed: this one is there"
    )
    assert vacancy_keeping.keep(connection, [row(1)], LATER) == Kept(doubles=1), "and it stays the one"
    assert held(connection)["closed_at"] is not None


def test_what_two_full_passes_miss_is_closed_and_may_come_back(connection: Connection) -> None:
    vacancy_keeping.keep(connection, [row(1), row(2), row(3, region=ELSEWHERE), row(4, source="table")], AT)
    for number, closed in ((1, 0), (2, 1), (3, 0)):
        began_at = AT + dt.timedelta(days=number)
        vacancy_keeping.keep(connection, [row(1)], began_at + dt.timedelta(minutes=1))
        assert vacancy_keeping.close_missed(connection, "trudvsem", REGION, began_at, began_at) == closed
    assert held(connection, "2")["closed_at"] == AT + dt.timedelta(days=2)
    assert sorted(ids(connection)) == ["1", "4"]

    assert vacancy_keeping.keep(connection, [row(2)], LATER) == Kept(changed=1)
    assert (held(connection, "2")["closed_at"], held(connection, "2")["missed"]) == (None, 0)


def test_seen_once_in_between_is_not_missed_twice(connection: Connection) -> None:
    vacancy_keeping.keep(connection, [row(1)], AT)
    for day in range(1, 6):
        began_at = AT + dt.timedelta(days=day)
        if day % 2 == 0:
            vacancy_keeping.keep(connection, [row(1)], began_at)
        assert vacancy_keeping.close_missed(connection, "trudvsem", REGION, began_at, began_at) == 0


def test_found_by_the_beginning_of_the_specialty(connection: Connection) -> None:
    rows = [row(1, {"09": "ит"}), row(2, {"09.02.07": "программист"}), row(3, {"15": "токарь"}), row(4)]
    vacancy_keeping.keep(connection, rows, AT)
    assert sorted(ids(connection, MINE)) == ["1", "2"]
    assert sorted(ids(connection)) == ["1", "2", "3", "4"], "without a specialty everything is shown"
    number = held(connection, "2")["id"]
    assert vacancies.because(connection, number, "09.02.07") == "программист"
    assert vacancies.because(connection, number, "09.02.06") is None
    assert vacancies.because(connection, number, "") is None


def test_a_vacancy_of_several_specialties_is_found_once(connection: Connection) -> None:
    vacancy_keeping.keep(connection, [row(1, {"09": "а", "09.02": "б", "09.02.07": "в"})], AT)
    assert ids(connection, MINE) == ["1"]


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({"stems": frozenset({"сварщик"})}, ["1"]),
        ({"stems": frozenset({"сварщик", "ночь"})}, []),
        ({"kind": "summer"}, ["2"]),
        ({"pay_from": 50_000}, ["3", "4"]),
        ({"pay_from": 60_000}, ["4"]),
        ({"no_experience": True}, ["1", "2", "3"]),
        ({"quota": True}, ["5"]),
        ({"saved": True}, ["2"]),
        ({"saved": True, "kind": "practice"}, []),
        ({"region": ELSEWHERE}, ["6"]),
    ],
)
def test_each_narrowing(connection: Connection, narrowed: dict[str, Any], expected: list[str]) -> None:
    rows = [
        row(1, stems=("сварщик",)),
        row(2, kind="summer", experience_years=0),
        row(3, pay_from=50_000, pay_to=None),
        row(4, pay_from=30_000, pay_to=60_000, experience_years=1),
        row(5, quota=True, experience_years=2),
        row(6, region=ELSEWHERE),
    ]
    vacancy_keeping.keep(connection, rows, AT)
    vacancies.mark(connection, 1, held(connection, "2")["id"], {"saved_at": AT})
    vacancies.mark(connection, 2, held(connection, "3")["id"], {"saved_at": AT})
    assert sorted(ids(connection, ALL._replace(**narrowed))) == expected


def test_the_order_is_what_suits_then_no_experience_then_the_newest(connection: Connection) -> None:
    rows = [
        row(1, experience_years=3, modified_at=LATER),
        row(2, experience_years=0),
        row(3, modified_at=LATER),
        row(4, schedule="shifts", experience_years=3),
        row(5, schedule="remote", modified_at=LATER),
    ]
    vacancy_keeping.keep(connection, rows, AT)
    look = ALL._replace(schedules=("shifts", "full_day"))
    assert ids(connection, look) == ["4", "3", "5", "2", "1"]
    assert ids(connection, look, 1, 2) == ["3", "5"]
    assert ids(connection, look, 10**6, 5) == []


def test_marks_are_a_persons_own_and_do_not_disturb_each_other(connection: Connection) -> None:
    vacancy_keeping.keep(connection, [row(1)], AT)
    number = held(connection)["id"]
    vacancies.mark(connection, 1, number, {"saved_at": AT})
    vacancies.mark(connection, 1, number, {"applied_at": LATER})
    seen = vacancies.vacancy(connection, number, 1)
    assert seen is not None
    assert (seen["saved_at"], seen["applied_at"], seen["hidden_at"]) == (AT, LATER, None)
    others = vacancies.vacancy(connection, number, 2)
    assert others is not None
    assert others["saved_at"] is None
    vacancies.mark(connection, 1, number, {"hidden_at": AT, "hidden_because": "far"})
    assert (ids(connection), ids(connection, ALL._replace(person_id=2))) == ([], ["1"])


def test_an_unknown_vacancy_is_not_there_and_gets_no_marks(connection: Connection) -> None:
    vacancies.mark(connection, 1, 12345, {"saved_at": AT})
    assert vacancies.vacancy(connection, 12345, 1) is None
    assert connection.execute(sa.select(sa.func.count()).select_from(vacancy_marks)).scalar_one() == 0


def test_what_a_person_looks_for_is_kept(connection: Connection) -> None:
    assert vacancies.view(connection, 1) == {}
    for filters in ({"text": "сварщик"}, {"kind": "summer", "quota": True}, {}):
        vacancies.save_view(connection, 1, filters)
        assert vacancies.view(connection, 1) == filters
    assert vacancies.view(connection, 2) == {}


def test_marks_and_looks_go_with_their_person(connection: Connection) -> None:
    vacancy_keeping.keep(connection, [row(1)], AT)
    for person_id in (1, 2):
        vacancies.mark(connection, person_id, held(connection)["id"], {"saved_at": AT})
        vacancies.save_view(connection, person_id, {"text": "сварщик"})
    person = Person(id=1, telegram_id=10**10 + 1, code="CODE-0001", language="ru")
    people.erase(connection, person, LATER)
    for own in (vacancy_marks, vacancy_views):
        assert list(connection.execute(sa.select(own.c.person_id)).scalars()) == [2]


def test_progress_is_kept_by_source_and_region(connection: Connection) -> None:
    assert vacancies.progress(connection, "trudvsem", REGION) is None
    vacancies.save_progress(connection, "trudvsem", REGION, {"position": {"page": 3}, "pass_began_at": AT})
    vacancies.save_progress(connection, "trudvsem", ELSEWHERE, {"passed_at": AT})
    vacancies.save_progress(connection, "trudvsem", REGION, {"position": None, "passed_at": LATER})
    kept = vacancies.progress(connection, "trudvsem", REGION)
    assert kept is not None
    assert (kept["position"], kept["pass_began_at"], kept["passed_at"]) == (None, AT, LATER)
