"""A seat: taken, waited for, offered, confirmed, given back; the bells; the own events."""

import datetime as dt
from collections.abc import Iterator

import pytest

from bot.domain.notices import NoticeKind
from storage.tables import outbox, registrations
from tests.conversation.conftest import World
from tests.conversation.eventing import DAY, HOUR, NOON, announcer, open_event, toast
from tests.conversation.moments import be_at, put_back
from tests.conversation.stored import rows
from tests.conversation.student import Student, profiled

TITLE = "Тренинг по собеседованиям"


@pytest.fixture(autouse=True)
def noon() -> Iterator[dt.datetime]:
    """It is the noon of a Monday in Moscow."""
    with put_back():
        yield be_at(NOON)


async def notified(student: Student, word: str) -> None:
    """Waits for a message that the bot sends of its own accord."""
    await student.person.wait_for(
        lambda messages: any(word in message.text for message in messages if message.from_bot)
    )
    await student.idle()


async def test_signing_up_and_giving_back(world: World) -> None:
    await (await announcer(world)).announce(seats=2)
    student = await profiled(world)
    await open_event(student, TITLE)
    assert "Записали вас" in str(await toast(student, "Записаться"))
    card = await student.screen()
    assert "✅ Вы записаны." in card.text
    assert "Осталось 1 место." in card.text
    bells = ["🔔 за 2 часа"]  # a day before is now: too late for that
    assert card.button_texts == ["В календарь", *bells, "Не смогу прийти", "← К списку"]
    assert "вы записаны" in (await student.choose("← К списку")).text
    await open_event(student, TITLE)
    assert "Спасибо, что предупредили" in str(await toast(student, "Не смогу прийти"))
    card = await student.screen()
    assert "Вы отказались от места" in card.text
    assert card.button_texts == ["Записаться снова", "Убрать из календаря", "← К списку"]
    await student.choose("Записаться снова")
    assert "✅ Вы записаны." in (await student.screen()).text
    assert [row["state"] for row in await rows(world.app, registrations)] == ["registered"]
    assert await world.refusals() == []


async def test_bells(world: World, noon: dt.datetime) -> None:
    await (await announcer(world)).announce(starts_at=noon + 3 * DAY)
    student = await profiled(world)
    await open_event(student, TITLE)
    await student.choose("Записаться")
    card = await student.choose("🔔 за день")
    assert {"🔕 за день", "🔔 за 2 часа"} <= set(card.button_texts)
    card = await student.choose("🔔 за 2 часа")
    assert {"🔕 за день", "🔕 за 2 часа"} <= set(card.button_texts)
    assert [row["remind"] for row in await rows(world.app, registrations)] == [[]]
    card = await student.choose("🔕 за день")
    assert [row["remind"] for row in await rows(world.app, registrations)] == [[24]]
    assert "← Мои записи" in card.button_texts


async def test_one_seat_and_two_students(world: World, noon: dt.datetime) -> None:
    await (await announcer(world)).announce(seats=1, starts_at=noon + 3 * DAY)
    first, second = await profiled(world), await profiled(world, name="Тимур")
    await open_event(second, TITLE)
    await open_event(first, TITLE)
    await first.choose("Записаться")
    assert "лист ожидания" in str(await toast(second, "Записаться"))
    full = await second.screen()
    assert full.button_texts == ["Встать в лист ожидания", "← К списку"]
    assert "мест пока нет" in (await second.choose("← К списку")).text
    await open_event(second, TITLE)
    waiting = await second.choose("Встать в лист ожидания")
    assert "в листе ожидания, по порядку: 1" in waiting.text
    assert "В листе ожидания 1 человек." in waiting.text
    assert "Выйти из листа ожидания" in waiting.button_texts
    assert "вы в листе ожидания" in (await second.write("/events")).text

    await first.choose("Не смогу прийти")
    await notified(second, "есть место для вас")
    offer = await second.screen()
    assert "Сегодня в 15:00" in offer.text, "three hours to answer"
    assert offer.button_texts == ["Приду", "Отдать место", "Подробнее"]
    assert "Встать в лист ожидания" in (await open_event(first, TITLE)).button_texts
    card = await second.choose("Подробнее")
    assert "Подтвердите, пожалуйста, до 15:00" in card.text
    assert await toast(second, "Приду") == "Отлично, ждём вас!"
    assert "✅ Место за вами." in (await second.screen()).text
    assert (await second.press_data(str(offer.buttons[0][0].data))).text == "Вы уже записаны."
    kinds = [row["kind"] for row in await rows(world.app, outbox)]
    assert kinds.count(NoticeKind.EVENT_OFFER) == 1
    assert [one for one in await world.refusals() if "not modified" not in one] == []


async def test_an_offer_that_is_declined_passes_on(world: World, noon: dt.datetime) -> None:
    await (await announcer(world)).announce(seats=1, starts_at=noon + 3 * DAY)
    first, second, third = [await profiled(world, name=name) for name in ("Аня", "Тимур", "Лена")]
    await open_event(first, TITLE)
    await first.choose("Записаться")
    for student, place in ((second, 1), (third, 2)):
        await open_event(student, TITLE)
        assert f"по порядку: {place}" in (await student.choose("Встать в лист ожидания")).text
    await first.choose("Не смогу прийти")
    await notified(second, "есть место для вас")
    await second.choose("Отдать место")
    assert "Мест пока нет" in (await second.screen()).text
    await notified(third, "есть место для вас")
    await third.choose("Приду")
    states = sorted(row["state"] for row in await rows(world.app, registrations))
    assert states == ["cancelled", "cancelled", "confirmed"]


async def test_pressing_twice_is_said_kindly(world: World) -> None:
    code = await (await announcer(world)).announce(seats=1)
    first, second = await profiled(world), await profiled(world, name="Тимур")
    await first.write("/events")
    assert "Записали" in str((await first.press_data(f"ev:s:{code}:0:")).text)
    assert (await first.press_data(f"ev:s:{code}:0:")).text == "Вы уже записаны."
    await second.write("/events")
    await second.press_data(f"ev:w:{code}:0:")
    assert (await second.press_data(f"ev:w:{code}:0:")).text == "Вы уже в листе ожидания."
    assert len(await rows(world.app, registrations)) == 2


async def test_signing_up_closes_at_the_deadline(world: World, noon: dt.datetime) -> None:
    await (await announcer(world)).announce(starts_at=noon + DAY, deadline_at=noon + 2 * HOUR)
    student = await profiled(world)
    card = await open_event(student, TITLE)
    assert "Записаться можно до 14:00." in card.text
    be_at("2026-11-23T14:30+03:00")
    assert "Запись уже закрыта" in str(await toast(student, "Записаться"))
    card = await student.screen()
    assert "Запись уже закрыта" in card.text
    assert card.button_texts == ["← К списку"]


async def test_what_changes_is_told_and_the_card_follows(world: World, noon: dt.datetime) -> None:
    centre = await announcer(world)
    code = await centre.announce(starts_at=noon + 5 * HOUR)
    student = await profiled(world)
    await open_event(student, TITLE)
    await student.choose("Записаться")
    await centre.move(code, by=HOUR)
    await notified(student, "Планы изменились. Сегодня в 18:00")
    await student.choose("В календарь")
    assert (await student.screen()).document is not None
    await student.choose("Подробнее")
    card = next(message.text for message in await student.messages() if "18:00–20:00" in message.text)
    assert "недавно изменились" in card
    await centre.call_off(code)
    await notified(student, "Отмена. Сегодня в 18:00")
    await student.choose("Убрать из календаря")
    assert "уберёт событие" in (await student.screen()).text
    mine = await student.choose("Показать другие события")
    assert any("Отмена" in message.text for message in await student.messages()), "it stays to be read"
    assert "Пока ничего" in mine.text
    mine = await student.choose("Мои записи")
    assert "отменено" in mine.text
    cancelled = await student.choose(mine.button_texts[0])
    assert "Событие отменено" in cancelled.text
    assert cancelled.button_texts == ["Убрать из календаря", "← Мои записи"]
    assert await world.refusals() == []
