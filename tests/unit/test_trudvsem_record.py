"""One record of the open data: a vacancy, or the reason why it is none."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.vacancies.vacancy import Schedule, Vacancy, VacancyKind
from bot.sources.trudvsem.asked import Asked
from bot.sources.trudvsem.record import Skipped, read_record
from tests.conversation.trudvsem_server import ADYGEA, MOSCOW, vacancy

NOW = dt.datetime(2026, 9, 10, tzinfo=dt.UTC)


def read(**fields: Any) -> Vacancy:
    found = read_record(vacancy(1) | fields, Asked(MOSCOW), NOW)
    assert isinstance(found, Vacancy)
    return found


def skipped(**fields: Any) -> Skipped:
    found = read_record(vacancy(1) | fields, Asked(MOSCOW), NOW)
    assert isinstance(found, Skipped)
    return found


def test_a_record_as_it_comes() -> None:
    assert read(date_modify="2026-08-24T16:57:25+0300") == Vacancy(
        source="trudvsem",
        source_id="5c0e7a10-9f9d-11f1-9845-000000000001",
        name="Электромонтер по ремонту электрооборудования",
        employer='ООО "ПРИМЕР 1"',
        region=MOSCOW,
        modified_at=dt.datetime(2026, 8, 24, 13, 57, 25, tzinfo=dt.UTC),
        kind=VacancyKind.PERMANENT,
        schedule=Schedule.FULL_DAY,
        employer_inn="7700000001",
        place="г Москва, Примерная улица",
        town="Москва",
        pay_from=60000,
        pay_to=65000,
        experience_years=0,
        quota=False,
        profession_code="203191",
        duty="Осмотр и ремонт.",
        requirements="Знание ПУЭ.",
        link="https://trudvsem.ru/vacancy/card/1147700000001/5c0e7a10-9f9d-11f1-9845-000000000001",
    )


def test_the_instant_is_told_in_utc() -> None:
    assert read(date_modify="2026-08-24T16:57:25+0300").modified_at.tzinfo is dt.UTC


def test_who_is_to_be_contacted_is_never_stored() -> None:
    contacts = {"contact_person": "Иванова Анна", "contact_list": [{"contact_value": "+7(999) 123-45-67"}]}
    texts = {
        "duty": "Анна: 8 999 123-45-67",
        "requirements": "anna@mail.ru",
        "job-name": "Сварщик, тел. 234567",
    }
    stored = repr(read_record(vacancy(1) | contacts | texts, Asked(MOSCOW), NOW))
    assert "Сварщик, …" in stored
    for part in ("Иванова", "999", "123-45-67", "anna@", "234567"):
        assert part not in stored


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"region": {"region_code": ADYGEA}}, Skipped.NOT_ASKED),
        ({"region": {}}, Skipped.NOT_ASKED),
        ({"region": MOSCOW}, Skipped.NOT_ASKED),
        ({"id": None}, Skipped.NO_ID),
        ({"id": " "}, Skipped.NO_ID),
        ({"id": 5}, Skipped.WRONG_TYPE),
        ({"id": "../../etc"}, Skipped.ABSURD),
        ({"id": "5" * 81}, Skipped.ABSURD),
        ({"job-name": ""}, Skipped.NO_NAME),
        ({"job-name": "<b> </b>"}, Skipped.NO_NAME),
        ({"job-name": "8 999 123-45-67"}, Skipped.NO_NAME),
        ({"job-name": ["Сварщик"]}, Skipped.WRONG_TYPE),
        ({"company": {}}, Skipped.NO_EMPLOYER),
        ({"company": None}, Skipped.NO_EMPLOYER),
        ({"company": {"name": 5}}, Skipped.WRONG_TYPE),
        ({"date_modify": None}, Skipped.NO_DATE),
        ({"date_modify": 1755600000}, Skipped.WRONG_TYPE),
        ({"date_modify": "вчера"}, Skipped.ABSURD),
        ({"date_modify": "0001-01-01T00:00:00+0300"}, Skipped.ABSURD),
        ({"date_modify": "1999-12-31T00:00:00+0300"}, Skipped.ABSURD),
        ({"date_modify": "2026-09-12T00:00:00+0300"}, Skipped.ABSURD),
    ],
)
def test_what_is_no_vacancy_is_skipped(fields: dict[str, Any], reason: Skipped) -> None:
    assert skipped(**fields) is reason


@pytest.mark.parametrize("raw", [None, [], "vacancy", 5, {}])
def test_what_is_no_record_is_skipped(raw: Any) -> None:
    assert isinstance(read_record(raw, Asked(MOSCOW), NOW), Skipped)


def test_an_hour_without_offset_is_moscows() -> None:
    assert read(date_modify="2026-08-24T16:57:25").modified_at == dt.datetime(
        2026, 8, 24, 13, 57, 25, tzinfo=dt.UTC
    )


@pytest.mark.parametrize(
    ("lowest", "highest", "pay"),
    [
        (60000, 65000, (60000, 65000)),
        ("60000", "65000.0", (60000, 65000)),
        (60000.0, None, (60000, None)),
        (0, 0, (None, None)),
        (0, 65000, (None, 65000)),
        (60000, 0, (60000, None)),
        (60000, 60000, (60000, None)),  # a highest that equals the lowest tells nothing
        (60000, 5000, (60000, None)),
        (-5, 10**11, (None, None)),
        (60, True, (None, None)),
        ({}, ["1"], (None, None)),
        (float("nan"), float("inf"), (None, None)),
    ],
)
def test_pay(lowest: Any, highest: Any, pay: tuple[int | None, int | None]) -> None:
    found = read(salary_min=lowest, salary_max=highest)
    assert (found.pay_from, found.pay_to) == pay


@pytest.mark.parametrize(
    ("raw", "years"),
    [
        (0, 0),
        (3, 3),
        ("3", 3),
        (" 10 ", 10),
        (10, 10),
        (18, None),
        ("42", None),
        (-1, None),
        ("", None),
        (None, None),
        (True, None),
        ("от 3 лет", None),
        ([], None),
        (2.5, None),
    ],
)
def test_experience_is_a_number_or_a_string_or_a_code(raw: Any, years: int | None) -> None:
    assert read(requirement={"experience": raw}).experience_years == years


@pytest.mark.parametrize(
    ("employment", "schedule", "kind", "hours"),
    [
        ("Полная занятость", "Полный рабочий день", "permanent", "full_day"),
        ("Частичная занятость", "Неполный рабочий день", "permanent", "part_time"),
        ("Частичная занятость", "Полный рабочий день", "permanent", "part_time"),
        ("Временная", "Сменный график", "temporary", "shifts"),
        ("Стажировка", "Гибкий график", "practice", None),
        ("Сезонная", "Вахтовый метод", "temporary", None),
        ("Удаленная", "Полный рабочий день", "permanent", "remote"),
        ("удалённая", "", "permanent", "remote"),
        (None, "  Ненормированный  рабочий день ", "permanent", "full_day"),
        ("Новое слово", "Новое слово", "permanent", None),
        (["Временная"], {}, "permanent", None),
    ],
)
def test_kind_and_schedule(employment: Any, schedule: Any, kind: str, hours: str | None) -> None:
    found = read(employment=employment, schedule=schedule)
    assert (found.kind, found.schedule) == (kind, hours)


@pytest.mark.parametrize(
    ("fields", "quota"),
    [
        ({"social_protected": "Инвалид"}, True),
        ({"workPlaceType": {"workPlaceQuota": True}}, True),
        ({"workPlaceType": {"workPlaceQuota": "true"}}, True),
        ({"workPlaceType": {"workPlaceQuota": "false"}}, False),
        ({"social_protected": " ", "workPlaceType": None}, False),
    ],
)
def test_quota_places(fields: dict[str, Any], quota: bool) -> None:
    assert read(**fields).quota is quota


def test_texts_are_clean() -> None:
    hostile = '<script>alert(1)</script><p onclick="x">Варить</p>\0<img src=x onerror=alert(1)>&lt;b&gt;'
    found = read(
        duty=hostile, requirements="<p></p>", **{"job-name": "<b>Сварщик</b>\n&quot;3 разряда&quot;"}
    )
    assert (found.name, found.duty, found.requirements) == ('Сварщик "3 разряда"', "Варить", None)
    long = read(duty="слово " * 5000, **{"job-name": "Сварщик " * 100})
    assert len(long.name) <= 300
    assert len(long.duty or "") <= 4000


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "https://example.org/1",
        "https://trudvsem.ru.example.org/",
        "https://a@trudvsem.ru/1",
        5,
        "https://trudvsem.ru/" + "1" * 300,
        "https://[trudvsem.ru",
        "https://trudvsem.ru/\n1",
        "https://eviltrudvsem.ru",
    ],
)
def test_a_link_leads_to_the_source_or_is_none(link: Any) -> None:
    assert read(vac_url=link).link is None


@pytest.mark.parametrize(
    "addresses", [None, [], {}, {"address": []}, {"address": [5]}, {"address": "г Москва"}]
)
def test_a_vacancy_may_have_no_place(addresses: Any) -> None:
    assert read(addresses=addresses).place is None


def test_codes_may_be_numbers_or_nonsense() -> None:
    found = read(company={"name": "ООО", "inn": 7700000001}, code_profession=203191)
    assert (found.employer_inn, found.profession_code) == ("7700000001", "203191")
    found = read(company={"name": "ООО", "inn": "77"}, code_profession="слесарь")
    assert (found.employer_inn, found.profession_code) == (None, None)


def test_the_sample_of_the_logs() -> None:
    file = Path(__file__).parent / "data" / "trudvsem_sample_response.json"
    records = json.loads(file.read_text(encoding="utf-8"))["results"]["vacancies"]
    first, second = (read_record(record["vacancy"], Asked(MOSCOW), NOW) for record in records)
    assert isinstance(first, Vacancy)
    assert isinstance(second, Vacancy)
    assert (first.quota, first.pay_from, first.duty) == (False, 60000, "Осмотр и ремонт электрооборудования.")
    assert (second.quota, second.pay_from, second.pay_to, second.schedule) == (True, None, None, "part_time")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = sorted({*vacancy(1), "social_protected"})


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=6))
def test_whatever_the_fields_hold_nothing_raises(fields: dict[str, Any]) -> None:
    found = read_record(vacancy(1) | fields, Asked(MOSCOW), NOW)
    assert isinstance(found, Vacancy | Skipped)
    if isinstance(found, Vacancy):
        assert found.region == MOSCOW
        assert found.name
        assert found.employer
        repr(found).encode()
