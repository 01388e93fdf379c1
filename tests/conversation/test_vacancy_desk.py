"""A specialist publishes a vacancy, follows it and closes it."""

import pytest

from storage.tables import audit, publications, vacancies, vacancy_specialties
from tests.conversation.conftest import REGION, World
from tests.conversation.staff import COLLEGE, OTHER_COLLEGE, linked, specialist
from tests.conversation.stored import everything, rows
from tests.conversation.student import newcomer, profiled
from tests.conversation.vacancy_desk import draft, publish

CARD = (
    "Программист 1С\nООО «Ромашка»\n📍 Казань, ул. Гагарина, 5\n💰 60\u00a0000–80\u00a0000\u00a0₽\n\n"
    "Постоянная, полный день\n\nПодходит вам: «программист» — ваша специальность, опыт не нужен\n\n"
    "Писать код & тесты"
)


async def test_what_is_published_is_what_the_preview_shows(world: World) -> None:
    student = await profiled(world, work_format=("shifts",))
    await profiled(world, group="pk22", name="Боря")
    member = await specialist(world)

    preview = await draft(member)
    assert preview.text.startswith(CARD)
    assert "Подходит 1 вашему студенту." in preview.text
    assert "09.02.07 Информационные системы и программирование: 1, по слову «программист»" in preview.text
    assert await rows(world.app, vacancies) == [], "nothing half-done"

    told = await member.choose("Опубликовать")
    (row,) = await rows(world.app, vacancies)
    assert told.text.startswith(f"Опубликовано под номером {row['id']}.")
    assert (row["source"], row["region"], row["town"]) == ("staff", REGION, "Казань")
    assert len(row["source_id"]) >= 20
    (publication,) = await rows(world.app, publications)
    assert (publication["vacancy_id"], publication["organisation_id"]) == (row["id"], 1)
    (noted,) = await rows(world.app, audit, action="vacancy_published")
    assert (noted["actor"], noted["subject"]) == (f"staff:{publication['staff_id']}", str(row["id"]))

    listed = await student.write("/vacancies")
    card = await student.choose(listed.button_texts[0])
    assert card.text.startswith(CARD)
    assert card.buttons[0][0].url == "https://example.org/1"
    assert await world.refusals() == []


async def test_a_double_tap_publishes_once(world: World) -> None:
    member = await specialist(world)
    preview = await draft(member)
    button = str(next(one.data for row in preview.buttons for one in row if one.text == "Опубликовать"))
    for _ in range(3):
        await member.press_data(button, preview.id)
    assert len(await rows(world.app, vacancies)) == 1
    assert len(await rows(world.app, publications)) == 1
    assert len(await rows(world.app, audit, action="vacancy_published")) == 1
    assert "наша вина" not in await member.person.transcript()


async def test_a_double_tap_on_skip_skips_one_question(world: World) -> None:
    member = await specialist(world)
    asked = await draft(member, skip=7)
    assert "Где?" in asked.text
    skip = str(next(one.data for row in asked.buttons for one in row if one.text == "Пропустить"))
    for _ in range(2):
        await member.press_data(skip, asked.id)
    assert "Сколько платят" in (await member.screen()).text
    assert "Где?" in (await member.choose("← Назад")).text


async def test_mistakes_are_told_kindly_and_nothing_is_lost(world: World) -> None:
    member = await specialist(world)
    await member.write("/vacancy_new")
    assert "название работы словами" in (await member.write("12345")).text
    assert "название работы словами" in (await member.write("я" * 301)).text
    await member.person.send_sticker()
    await member.idle()
    assert "нужен ответ словами" in (await member.screen()).text
    await member.write("Сварщик")
    await member.write("Завод")
    assert "проще всего нажать кнопку" in (await member.write("летняя")).text
    await member.choose("На лето")
    await member.choose("Пропустить")
    assert "Не разобрал сумму" in (await member.write("договорная")).text
    for answer in ("Пропустить", "Пропустить", "Пропустить", "да", "Пропустить"):
        await member.choose(answer)
    assert "должна начинаться с https://" in (await member.write("example.org")).text
    preview = await member.choose("Пропустить")
    assert preview.text.startswith("Сварщик\nЗавод\n\nНа лето")
    assert await world.refusals() == []


async def test_anything_can_be_changed_from_the_preview(world: World) -> None:
    member = await specialist(world)
    await draft(member)
    await member.choose("Поправить")
    await member.choose("Зарплата")
    assert "💰 от\u00a090\u00a0000\u00a0₽" in (await member.write("90 000")).text
    await member.choose("Поправить")
    await member.choose("Место")
    assert "📍" not in (await member.choose("Пропустить")).text
    await member.choose("Поправить")
    await member.choose("Название")
    assert "90\u00a0000" in (await member.choose("← Назад")).text, "back leaves it as it was"
    await member.choose("Опубликовать")
    (row,) = await rows(world.app, vacancies)
    assert (row["pay_from"], row["pay_to"], row["place"], row["town"]) == (90_000, None, None, None)


async def test_specialties_are_ticked_where_the_rules_find_none(world: World) -> None:
    student = await profiled(world)
    member = await specialist(world)
    preview = await draft(member, "Испытатель подушек")
    assert "По названию специальность не узнать" in preview.text
    assert "никого с такой специальностью" in preview.text
    await member.choose("Специальности")
    assert "ничего не нашлось" in (await member.write("ыыыы")).text
    await member.write("43.02.15")
    shown = await member.choose(
        next(text for text in (await member.screen()).button_texts if "43.02.15" in text)
    )
    assert any(text.startswith("✅ 43.02.15") for text in shown.button_texts)
    await member.choose(next(text for text in shown.button_texts if text.startswith("09.02.07")))
    preview = await member.choose("К вакансии")
    assert "Подходит 1 вашему студенту" in preview.text
    assert "отметили вы" in preview.text
    await member.choose("Опубликовать")
    fitting = await rows(world.app, vacancy_specialties)
    assert {(one["specialty"], one["because"]) for one in fitting} == {("09.02.07", ""), ("43.02.15", "")}
    listed = await student.write("/vacancies")
    assert (
        "её отметил для вашей специальности центр карьеры"
        in (await student.choose(listed.button_texts[0])).text
    )


async def test_what_is_open_from_elsewhere_is_not_published_twice(world: World) -> None:
    ours, theirs = await linked(world, COLLEGE, OTHER_COLLEGE)
    await publish(theirs)
    table = vacancies.update().values(source="trudvsem")
    await world.app.database.write(lambda connection: connection.execute(table))
    told = await publish(ours)
    assert told.text.startswith("Точно такая вакансия уже открыта")
    await ours.choose("← Назад")
    await ours.choose("Не публиковать")
    assert len(await rows(world.app, vacancies)) == 1


async def test_cancelling_leaves_nothing(world: World) -> None:
    member = await specialist(world)
    await draft(member, skip=3)
    assert "Остановились" in (await member.write("/cancel")).text
    assert "только кнопки и команды" in (await member.write("https://example.org/1")).text
    await draft(member)
    await member.choose("Не публиковать")
    assert await rows(world.app, vacancies) == []


async def test_figures_and_closing(world: World) -> None:
    student = await profiled(world)
    await profiled(world, group="pk22", name="Боря")
    member = await specialist(world)
    await publish(member)
    await publish(member, "Веб-разработчик")
    await student.write("/vacancies")
    await student.choose("Программист 1С · 60\u00a0000–80\u00a0000\u00a0₽")
    await student.choose("Отметить отклик")

    listed = await member.write("/vacancies")
    assert "Опубликовано 2 вакансии." in listed.text
    assert listed.button_texts[:2] == ["Веб-разработчик · ООО «Ромашка»", "Программист 1С · ООО «Ромашка»"]
    card = await member.choose("Программист 1С · ООО «Ромашка»")
    assert "Подходит: 1, из них ваших: 1" in card.text
    assert "Откликнулись: 1\nВзяли на работу: 0" in card.text
    assert "Аня" not in card.text
    asked = await member.choose("Закрыть вакансию")
    assert asked.text.startswith("Закрыть «Программист 1С»?")
    await member.choose("← Назад")
    await member.choose("Закрыть вакансию")
    assert "закрыта" in (await member.choose("Да, закрыть")).text
    listed = await member.choose("← К списку")
    assert listed.button_texts[1] == "✔ Программист 1С · ООО «Ромашка»"
    assert (await student.write("/vacancies")).text.startswith("Вакансии для вас. 1 вакансия.")
    assert len(await rows(world.app, audit, action="vacancy_closed")) == 1
    assert await world.refusals() == []


async def test_a_number_opens_it_and_only_the_own_ones(world: World) -> None:
    ours, theirs = await linked(world, COLLEGE, OTHER_COLLEGE)
    await publish(ours)
    (row,) = await rows(world.app, vacancies)
    assert "Программист 1С" in (await ours.write(f"/vacancy_close {row['id']}")).text
    assert "Программист 1С" in (await ours.write(f"/vacancy_close № {row['id']}")).text
    sure = await ours.choose("Закрыть вакансию")
    button = str(next(one.data for line in sure.buttons for one in line if one.text == "Да, закрыть"))
    for number in (row["id"], row["id"] + 1, 0, -1, "9" * 30, "x", "<b>", "٣"):
        assert "такой нет" in (await theirs.write(f"/vacancy_close {number}")).text, number
    await theirs.press_data(button, (await theirs.screen()).id)
    assert (await rows(world.app, vacancies))[0]["closed_at"] is None
    assert "Пока ничего не опубликовано" in (await theirs.write("/vacancy_close")).text


async def test_a_long_list_has_pages(world: World) -> None:
    member = await specialist(world)
    for number in range(10):
        await publish(member, f"Программист {number}")
    first = await member.write("/vacancy_close")
    assert len([text for text in first.button_texts if "ООО" in text]) == 8
    more = str(next(one.data for row in first.buttons for one in row if one.text == "Ещё →"))
    for _ in range(2):
        await member.press_data(more, first.id)
    second = await member.screen()
    assert [text for text in second.button_texts if "ООО" in text] == [
        "Программист 1 · ООО «Ромашка»",
        "Программист 0 · ООО «Ромашка»",
    ]
    assert len([text for text in (await member.choose("← Раньше")).button_texts if "ООО" in text]) == 8


@pytest.mark.parametrize("command", ["/vacancy_new", "/vacancy_close", "/vacancy_close 1"])
async def test_nobody_else_publishes(world: World, command: str) -> None:
    student = await profiled(world)
    stranger = await newcomer(world)
    (coordinator,) = await linked(world, None)
    unknown = (await student.write("/nonsense")).text
    before = await everything(world.app)
    for one in (student, stranger, coordinator):
        assert (await one.write(command)).text == unknown
    assert await everything(world.app) == before


async def test_a_menu_and_a_home_with_the_commands(world: World) -> None:
    member = await specialist(world)
    assert "/vacancy_new" in (await member.write("/start")).text
    menu = (await world.sandbox.request("GET", f"people/{member.person.id}"))["commands"]
    assert {"vacancy_new", "vacancy_close"} <= {entry["command"] for entry in menu}
