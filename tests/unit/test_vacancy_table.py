"""A centre's vacancies: good rows go in, bad ones are told with row and column."""

import datetime as dt
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # it has no stubs
import pytest

from bot.domain.vacancies.vacancy import Schedule, Vacancy, VacancyKind
from bot.sources.tables import TableError
from bot.sources.vacancy_table import OPTIONAL, REQUIRED, TEXTS, read_vacancies

REGIONS = {"0100000000000", "7700000000000"}
HANDED_IN = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
HEADER = "name;employer;region"
GOOD = "Сварщик;ООО Ромашка;7700000000000"


def read(tmp_path: Path, *lines: str) -> tuple[list[Vacancy], list[tuple[int | None, str | None]]]:
    file = tmp_path / "vacancies.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    vacancies, problems = read_vacancies(file, REGIONS, HANDED_IN)
    return vacancies, [(problem.row, problem.column) for problem in problems]


def cell(
    tmp_path: Path, column: str, content: str
) -> tuple[list[Vacancy], list[tuple[int | None, str | None]]]:
    """A good row with one more column."""
    return read(tmp_path, f"{HEADER};{column}", f"{GOOD};{content}")


def test_a_whole_row(tmp_path: Path) -> None:
    vacancies, problems = read(
        tmp_path,
        ";".join((*REQUIRED, *OPTIONAL, *TEXTS)),
        "Сварщик;ООО Ромашка;7700000000000;В-17;г Москва;;временная;Сменный график;60 000;80000;2;да;"
        "<p>Варить</p>;Разряд 3, тел. 234567;https://example.org/17",
    )
    assert problems == []
    assert vacancies == [
        Vacancy(
            source="table",
            source_id="В-17",
            name="Сварщик",
            employer="ООО Ромашка",
            region="7700000000000",
            modified_at=HANDED_IN,
            kind=VacancyKind.TEMPORARY,
            schedule=Schedule.SHIFTS,
            place="г Москва",
            town="Москва",
            pay_from=60000,
            pay_to=80000,
            experience_years=2,
            quota=True,
            duty="Варить",
            requirements="Разряд 3, …",
            link="https://example.org/17",
        )
    ]


def test_what_may_be_left_out(tmp_path: Path) -> None:
    (vacancy,), problems = read(tmp_path, HEADER, GOOD)
    assert problems == []
    assert (vacancy.kind, vacancy.schedule, vacancy.quota, vacancy.duty) == ("permanent", None, False, None)
    (blank,), problems = read(tmp_path, ";".join((*REQUIRED, *OPTIONAL, *TEXTS)), GOOD + ";" * 12)
    assert problems == []
    assert blank == vacancy


@pytest.mark.parametrize("column", REQUIRED)
def test_what_may_not_be_left_out(tmp_path: Path, column: str) -> None:
    with pytest.raises(TableError, match=column):
        read(tmp_path, HEADER.replace(column, "other"), GOOD)


def test_without_an_id_a_vacancy_is_known_by_what_it_says(tmp_path: Path) -> None:
    (first,), _ = read(tmp_path, f"{HEADER};pay_from", f"{GOOD};60000")
    (again,), _ = read(tmp_path, f"{HEADER};pay_from", f"{GOOD.replace('Сварщик', ' СВАРЩИК ')};70000")
    (other,), _ = read(tmp_path, f"{HEADER};place", f"{GOOD};г Тверь")
    assert first.source_id == again.source_id
    assert first.source_id != other.source_id


def test_a_vacancy_stands_once(tmp_path: Path) -> None:
    vacancies, problems = read(tmp_path, HEADER, GOOD, GOOD)
    assert (len(vacancies), problems) == (1, [(3, "name")])
    vacancies, problems = read(tmp_path, f"id;{HEADER}", f"1;{GOOD}", f"2;{GOOD}", f"1;{GOOD}")
    assert (len(vacancies), problems) == (2, [(4, "id")])


def test_a_row_that_was_wrong_takes_nobodys_place(tmp_path: Path) -> None:
    vacancies, problems = read(tmp_path, f"id;{HEADER};kind", f"1;{GOOD};вечная", f"1;{GOOD};летняя")
    assert ([vacancy.kind for vacancy in vacancies], problems) == (["summer"], [(2, "kind")])


@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        ("id", "a b"),
        ("id", "5" * 81),
        ("kind", "вечная"),
        ("schedule", "когда захочу"),
        ("pay_from", "-5"),
        ("pay_from", "60"),
        ("pay_from", "от 60000"),
        ("pay_to", "99999999"),
        ("experience_years", "полгода"),
        ("experience_years", "51"),
        ("quota", "иногда"),
        ("link", "example.org"),
        ("link", "javascript:alert(1)"),
        ("link", "https://a b.org"),
        ("link", "https://a@b.org/"),
        ("link", "https://"),
        ("link", "https://["),
    ],
)
def test_a_wrong_cell_is_told(tmp_path: Path, column: str, wrong: str) -> None:
    assert cell(tmp_path, column, wrong) == ([], [(2, column)])


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (";ООО Ромашка;7700000000000", "name"),
        ("<b></b>;ООО Ромашка;7700000000000", "name"),
        ("8 999 123-45-67;ООО Ромашка;7700000000000", "name"),
        ("Сварщик" * 50 + ";ООО Ромашка;7700000000000", "name"),
        ("Сварщик;;7700000000000", "employer"),
        ("Сварщик;ООО Ромашка;Москва", "region"),
    ],
)
def test_a_wrong_name_is_told(tmp_path: Path, row: str, column: str) -> None:
    assert read(tmp_path, HEADER, row) == ([], [(2, column)])


def test_pay_goes_upwards(tmp_path: Path) -> None:
    assert read(tmp_path, f"{HEADER};pay_from;pay_to", f"{GOOD};60000;50000") == ([], [(2, "pay_to")])


def test_pay_of_0_is_not_given(tmp_path: Path) -> None:
    (vacancy,), _ = cell(tmp_path, "pay_from", "0")
    assert vacancy.pay_from is None


@pytest.mark.parametrize(
    ("column", "word", "meaning"),
    [("kind", "Летняя", "summer"), ("kind", "summer", "summer"), ("kind", "Практика", "practice")]
    + [
        ("kind", "internship", "practice"),
        ("kind", "Целевое обучение", "targeted"),
        ("kind", "Стажировка", "practice"),
    ]
    + [
        ("schedule", "Удалённо", "remote"),
        ("schedule", "Part time", "part_time"),
        ("schedule", "Вахтовый метод", None),
    ]
    + [("schedule", "ПОЛНЫЙ  ДЕНЬ", "full_day"), *(("kind", kind.value, kind.value) for kind in VacancyKind)]
    + [("schedule", schedule.value, schedule.value) for schedule in Schedule],
)
def test_words_in_both_languages(tmp_path: Path, column: str, word: str, meaning: str | None) -> None:
    (vacancy,), problems = cell(tmp_path, column, word)
    assert (getattr(vacancy, column), problems) == (meaning, [])


def test_a_spreadsheet(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["id", *REQUIRED, "pay_from", "experience_years", "quota"])
    sheet.append([17, "Сварщик", "ООО Ромашка", 100000000000, 60000.0, 0, 1])
    sheet.append([18, HANDED_IN.replace(tzinfo=None), "ООО Ромашка", 100000000000, 60000.5, None, None])
    workbook.save(tmp_path / "vacancies.xlsx")
    (vacancy,), problems = read_vacancies(tmp_path / "vacancies.xlsx", REGIONS, HANDED_IN)
    assert (vacancy.source_id, vacancy.region, vacancy.pay_from) == ("17", "0100000000000", 60000)
    assert (vacancy.experience_years, vacancy.quota) == (0, True)
    assert [(problem.row, problem.column) for problem in problems] == [(3, "name"), (3, "pay_from")]
