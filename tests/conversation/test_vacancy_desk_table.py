"""A specialist sends a table of vacancies: first what it would do, then it is done."""

import io

import openpyxl  # type: ignore[import-untyped]  # it has no stubs
import pytest

from bot.services.vacancies.tables import LARGEST_FILE
from storage.tables import audit, publications, vacancies
from tests.conversation.conftest import REGION, World
from tests.conversation.staff import COLLEGE, OTHER_COLLEGE, linked, specialist
from tests.conversation.stored import everything, rows
from tests.conversation.student import newcomer, profiled
from tests.conversation.vacancy_desk import TABLE, draft, send

STATES = ("inbox", "fsm", "leases", "jobs")


def counts(text: str) -> list[str]:
    """The counts of an account: new, changed, unchanged, and what else there is."""
    return [line.partition(": ")[2] for line in text.splitlines() if line.partition(": ")[2].isdecimal()]


async def test_a_dry_run_writes_nothing_and_applying_does_what_it_said(world: World) -> None:
    student = await profiled(world)
    member = await specialist(world)
    before = await everything(world.app, without=STATES)
    report = await send(member, TABLE + "Повар;;Тула\nПовар;Кафе «Вкус»;г Тула\n")
    assert report.text.startswith("Таблица вакансий. Пока ничего не записано.")
    assert counts(report.text) == ["2", "0", "0", "2"]
    assert "строка 4: не разобрал работодателя" in report.text
    assert await everything(world.app, without=STATES) == before

    done = await member.choose("Загрузить 2 вакансии")
    assert done.text.startswith("Готово.")
    assert counts(done.text) == ["2", "0", "0", "2"]
    kept = await rows(world.app, vacancies)
    assert {(row["source"], row["region"], row["town"]) for row in kept} == {
        ("table:1", REGION, "Казань"),
        ("table:1", REGION, "Тула"),
    }
    assert {row["organisation_id"] for row in await rows(world.app, publications)} == {1}
    assert len(await rows(world.app, audit, action="vacancy_table")) == 1
    assert (await student.write("/vacancies")).text.startswith("Вакансии для вас. 1 вакансия.")
    assert "Опубликовано 2 вакансии" in (await member.write("/vacancy_close")).text
    assert await world.refusals() == []


async def test_the_same_table_again_changes_nothing_and_a_changed_one_only_that(world: World) -> None:
    member = await specialist(world)
    await send(member)
    await member.choose("Загрузить 2 вакансии")
    again = await send(member)
    assert counts(again.text) == ["0", "0", "2"]
    assert "Загружать нечего." in again.text
    assert again.button_texts == ["Закрыть"]
    lines = TABLE.splitlines()
    wider = "\n".join([f"{lines[0]};Зарплата от", f"{lines[1]};60000", f"{lines[2]};"])
    assert counts((await send(member, wider)).text) == ["0", "1", "1"]
    done = await member.choose("Загрузить 1 вакансию")
    assert counts(done.text) == ["0", "1", "1"]
    assert sorted(row["pay_from"] or 0 for row in await rows(world.app, vacancies)) == [0, 60_000]
    assert len(await rows(world.app, publications)) == 2


async def test_a_double_tap_applies_once(world: World) -> None:
    member = await specialist(world)
    report = await send(member)
    button = str(report.buttons[0][0].data)
    for _ in range(2):
        await member.press_data(button, report.id)
    assert counts((await member.screen()).text) == ["2", "0", "0"]
    assert len(await rows(world.app, vacancies)) == 2
    assert len(await rows(world.app, audit, action="vacancy_table")) == 1


async def test_first_ten_bad_rows_and_how_many_more(world: World) -> None:
    member = await specialist(world)
    report = await send(member, TABLE + ";ООО;\n" * 13)
    assert report.text.count("\n• строка") == 10
    assert "и ещё 3 строки" in report.text
    assert counts(report.text) == ["2", "0", "0", "13"]


async def test_what_is_open_from_elsewhere_is_a_double(world: World) -> None:
    ours, theirs = await linked(world, COLLEGE, OTHER_COLLEGE)
    await send(theirs)
    await theirs.choose("Загрузить 2 вакансии")
    report = await send(ours)
    assert "Уже открыты из другого источника: 2" in report.text
    assert counts(report.text) == ["0", "0", "0", "2"]


async def test_xlsx_with_latin_columns_by_any_name(world: World) -> None:
    member = await specialist(world)
    book = openpyxl.Workbook()
    for row in (
        ("name", "employer", "region"),
        ("Программист", "ООО «Ромашка»", ""),
        ("Повар", "Кафе", "99"),
    ):
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    report = await send(member, held.getvalue(), "фото.jpg")
    assert counts(report.text) == ["1", "0", "0", "1"]
    assert "код региона из 13\u00a0цифр" in report.text


async def test_the_example_is_a_table_that_can_be_sent_back(world: World) -> None:
    member = await specialist(world)
    refused = await send(member, "имя;группа\nАня;ИСП-21\n")
    assert refused.text.startswith("В этой таблице не нашлось нужных столбцов.")
    assert "название и работодатель" in refused.text
    sent = await member.choose("Прислать образец")
    assert sent.document is not None
    assert sent.document.name == "Вакансии, образец.csv"
    content = await world.sandbox.file(sent.document.file_id)
    report = await send(member, content)
    assert counts(report.text) == ["2", "0", "0"]
    assert await world.refusals() == []


HOSTILE = {
    "Это не таблица": bytes(range(256)),
    "Файл не читается": b"PK\x03\x04" + b"\0" * 100,
    "Больше 5000\u00a0строк": ("name;employer\n" + "Сварщик;ООО\n" * 200_000).encode(),
}


@pytest.mark.parametrize("told", HOSTILE)
async def test_what_is_no_table_gets_a_kind_word(world: World, told: str) -> None:
    member = await specialist(world)
    refused = await send(member, HOSTILE[told], "таблица.xlsx")
    assert refused.text.startswith(told)
    assert refused.button_texts == ["Прислать образец", "Закрыть"]
    assert await rows(world.app, vacancies) == []


async def test_a_file_that_telegram_does_not_hand_over(world: World) -> None:
    member = await specialist(world)
    assert "больше 20\u00a0МБ" in (await send(member, b" " * (LARGEST_FILE + 1))).text
    await send(member)
    await world.sandbox.fault("getFile", status=400, description="Bad Request: wrong file_id")
    assert "Пришлите его ещё раз" in (await member.choose("Загрузить 2 вакансии")).text
    assert await rows(world.app, vacancies) == []
    await member.choose("Загрузить 2 вакансии")
    assert len(await rows(world.app, vacancies)) == 2


async def test_a_table_does_not_throw_away_a_vacancy_that_is_being_written(world: World) -> None:
    member = await specialist(world)
    await draft(member, skip=1)
    assert "Сначала закончите вакансию" in (await send(member)).text
    assert (await member.write("https://example.org/1")).text.startswith("Программист 1С")


async def test_documents_of_others_are_no_tables(world: World) -> None:
    student = await profiled(world)
    stranger = await newcomer(world)
    (coordinator,) = await linked(world, None)
    for one in (student, stranger, coordinator):
        assert "Таблица" not in (await send(one)).text
    assert await rows(world.app, vacancies) == []
