"""One seat and two students, the door, marks by hand, the table, moving, cancelling, what came of it."""

import datetime as dt
import io
from collections.abc import Iterator

import openpyxl  # type: ignore[import-untyped]  # it has no stubs
import pytest

from storage.tables import audit, outbox, registrations
from tests.conversation.conftest import World
from tests.conversation.event_desk import SEATS, TITLE, announce, data_of, open_card, open_people, stored
from tests.conversation.eventing import NOON, open_event
from tests.conversation.moments import be_at, put_back
from tests.conversation.staff import invitation, specialist
from tests.conversation.stored import rows
from tests.conversation.student import Student, newcomer, profiled

AT_THE_DOOR = "2026-11-25T14:45+03:00"
BEGUN = "2026-11-25T15:30+03:00"


@pytest.fixture(autouse=True)
def noon() -> Iterator[dt.datetime]:
    """It is the noon of a Monday in Moscow."""
    with put_back():
        yield be_at(NOON)


async def notified(student: Student, words: str) -> None:
    """Waits for a message that the bot sends of its own accord."""
    await student.person.wait_for(
        lambda messages: any(words in message.text for message in messages if message.from_bot)
    )
    await student.idle()


async def sign_up(student: Student, wait: bool = False) -> None:
    await open_event(student, TITLE)
    await student.choose("Встать в лист ожидания" if wait else "Записаться")


async def states(world: World) -> list[str]:
    found = await rows(world.app, registrations)
    return [row["state"] for row in sorted(found, key=lambda row: int(row["id"]))]


async def test_one_seat_two_students_and_the_level_that_changes(world: World) -> None:
    anna, boris = await profiled(world), await profiled(world, name="Борис")
    member = await specialist(world)
    await announce(member)
    await sign_up(anna)
    await sign_up(boris, wait=True)
    card = await open_card(member)
    assert "Записаны: 1 из 1" in card.text
    assert "В листе ожидания: 1" in card.text
    await open_event(anna, TITLE)
    await anna.choose("Не смогу прийти")
    await notified(boris, "есть место для вас")
    await boris.choose("Приду")

    before = (await boris.row())["factors"]
    people = await open_people(member)
    assert people.button_texts[0] == "Борис · ИСП-21"
    await member.choose("Борис · ИСП-21")
    assert await states(world) == ["cancelled", "confirmed"], "too early to have come"
    be_at(AT_THE_DOOR)
    people = await member.choose("Борис · ИСП-21")
    assert people.button_texts[0] == "✅ Борис · ИСП-21"
    assert "пришли: 1" in people.text
    assert await states(world) == ["cancelled", "attended"]
    assert (await boris.row())["factors"] != before, "the training counts at once"
    assert await world.refusals() == []


async def test_marks_by_hand_walk_ins_and_a_double_tap(world: World) -> None:
    anna, boris = await profiled(world), await profiled(world, name="Борис")
    member = await specialist(world)
    await announce(member)
    await sign_up(anna)
    be_at(AT_THE_DOOR)
    code = (await boris.row())["code"]
    people = await open_people(member)
    assert "Мест больше нет" in (await member.write(code)).text
    assert "Такого кода среди ваших студентов нет" in (await member.write("ЫЫЫЫ")).text
    came = data_of(await member.screen(), "Аня · ИСП-21")
    for _ in range(3):
        await member.press_data(came, (await member.screen()).id)
    assert await states(world) == ["attended"]
    people = await member.choose("Отмечать, кого нет")
    assert "место освободится" in people.text
    people = await member.choose("✅ Аня · ИСП-21")
    assert people.button_texts[0] == "✖ Аня · ИСП-21"
    people = await member.write(code.lower())
    assert "Отмечен: " in people.text
    assert people.button_texts[:2] == ["✖ Аня · ИСП-21", "✅ Борис · ИСП-21"]
    assert [row["came_by"] for row in await rows(world.app, registrations, state="attended")] == ["walk_in"]
    assert await world.refusals() == []


async def test_the_code_at_the_door_and_its_picture(world: World) -> None:
    student = await profiled(world)
    member = await specialist(world)
    code = await announce(member)
    await sign_up(student)
    await open_card(member)
    assert "Вход по коду открыт с 25.11 14:30" in (await member.choose("Код и QR")).text
    be_at(AT_THE_DOOR)
    await member.choose("← К событию")
    door = await member.choose("Код и QR")
    digits = door.text.partition("Код: ")[2][:7]
    await member.choose("Показать QR-код")
    picture = await member.screen()
    assert picture.photo is not None
    assert digits in picture.text
    assert picture.buttons == [], "this code does not change"
    await student.write(f"/start c_{code}-{digits.replace(' ', '')}")
    assert await states(world) == ["attended"]
    assert await world.refusals() == []


async def test_a_changing_code_changes_in_place(world: World) -> None:
    member = await specialist(world)
    code = await announce(member)
    await open_card(member)
    await member.choose("Изменить")
    await member.choose("Поправить")
    await member.choose("Меняющийся код")
    await member.choose("да")
    assert (await member.choose("Сохранить изменения")).text.startswith("Сохранено.")
    be_at(AT_THE_DOOR)
    await member.choose("Открыть карточку")
    door = await member.choose("Код и QR")
    be_at("2026-11-25T14:46+03:00")
    renewed = await member.choose("Новый код")
    assert (renewed.id, renewed.text == door.text) == (door.id, False)
    await member.choose("Показать QR-код")
    picture = await member.screen()
    be_at("2026-11-25T14:47+03:00")
    for _ in range(2):
        await member.press_data(f"ed:{code}", picture.id)
    again = await member.screen()
    assert (again.id, again.text != picture.text, again.photo != picture.photo) == (picture.id, True, True)
    await member.press_data("ed:nosuchcode", picture.id)
    assert "наша вина" not in await member.person.transcript()


async def test_the_table_has_no_formulas_and_says_who_took_it(world: World) -> None:
    link = await invitation(world)
    member = await newcomer(world, first_name="Ольга", last_name="Седова")
    await member.write(f"/start {link}")
    await announce(member)
    await sign_up(await profiled(world, name="=HYPERLINK(A1)"))
    await open_people(member)
    await member.choose("Список XLSX")
    sent = await member.screen()
    assert sent.document is not None
    assert sent.document.name == "Участники 25.11.2026.xlsx"
    content = await world.sandbox.file(sent.document.file_id)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[1][0] == "Выгрузил: Ольга Седова, 23.11.2026 12:00"
    assert cells[4][2] == "'=HYPERLINK(A1)"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert len(await rows(world.app, audit, action="event_exported")) == 1


async def test_moving_and_cancelling_tell_people(world: World) -> None:
    student = await profiled(world)
    member = await specialist(world)
    await announce(member)
    await sign_up(student)
    await open_card(member)
    await member.choose("Перенести")
    asked = await member.write("26.11 16:00")
    assert "Станет: 26\u00a0ноября\u00a02026, 16:00. Сообщим 1 человеку." in asked.text
    move = data_of(asked, "Да, перенести")
    for _ in range(2):
        await member.press_data(move, asked.id)
    await notified(student, "Планы изменились")
    (moved,) = await stored(world)
    assert (moved["version"], moved["starts_at"].isoformat()) == (2, "2026-11-26T13:00:00+00:00")
    assert moved["ends_at"] - moved["starts_at"] == dt.timedelta(hours=2)

    await open_card(member)
    assert "Сообщим 1 человеку" in (await member.choose("Отменить событие")).text
    card = await member.choose("Да, отменить")
    assert "Отменено" in card.text
    await notified(student, "не состоится")
    kinds = [row["kind"] for row in await rows(world.app, outbox)]
    assert len([kind for kind in kinds if "cancel" in kind]) == 1
    await member.choose("← К списку")
    assert f"✖ 26\u00a0нояб. 16:00 · 1/1 · {TITLE}" in (await member.choose("Прошедшие")).button_texts


async def test_what_came_of_it(world: World) -> None:
    anna, boris = await profiled(world), await profiled(world, name="Борис")
    member = await specialist(world)
    await announce(member, {SEATS: "2"})
    await sign_up(anna)
    await sign_up(boris)
    be_at(BEGUN)
    await open_people(member)
    await member.choose("Аня · ИСП-21")
    await member.choose("← К событию")
    await member.choose("Завершить")
    card = await member.choose("Да, завершить")
    assert "Пришли: 1, не пришли: 1" in card.text
    await anna.write("/events")
    await anna.choose("Мои записи")
    await anna.choose(next(text for text in (await anna.screen()).button_texts if TITLE in text))
    await anna.choose("5☆")
    await anna.write("Было <полезно> & понятно")
    summary = await member.choose("Итоги")
    assert "Подходило: 2\nЗаписались: 2\nПришли: 1\nНе пришли: 1" in summary.text
    assert "Оценка: 5,0 из 5, ответов: 1" in summary.text
    assert "• Было <полезно> & понятно" in summary.text
    assert "Аня" not in summary.text
    assert "высоким" not in summary.text, "of one person a share tells who"
    assert await world.refusals() == []
