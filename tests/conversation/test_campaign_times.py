"""When a campaign starts: buttons, the calendar, typed days and times, and what cannot be."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.domain import clock
from storage.tables import campaigns
from tests.conversation.campaigning import awake, campaign_row, gets, monday_noon, person_count, written
from tests.conversation.conftest import World
from tests.conversation.staff import specialist
from tests.conversation.stored import rows
from tests.conversation.student import Student
from tests.databases import ONE_IS_ENOUGH

pytestmark = ONE_IS_ENOUGH

MOSCOW = ZoneInfo("Europe/Moscow")
SCHEDULED = "🗓 16\u00a0марта\u00a02027, "


@pytest.fixture(autouse=True)
def clock_at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monday_noon(monkeypatch)


async def asked_when(world: World) -> Student:
    """A specialist who has written a text to one student and is asked when."""
    await awake(world)
    member = await specialist(world)
    await written(member)
    await member.choose("Когда отправить →")
    return member


def local(year: int, month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=MOSCOW)


async def test_soon(world: World) -> None:
    member = await asked_when(world)
    today = await member.choose("Сегодня в\u00a018:00")
    assert "Начало рассылки: 15\u00a0марта\u00a02027, 18:00." in today.text
    assert "Ночью и в выходные" in today.text
    await member.choose("← Назад")
    tomorrow = await member.choose("Завтра в\u00a010:00")
    assert "16\u00a0марта\u00a02027, 10:00" in tomorrow.text
    progress = await member.choose("Запланировать")
    assert f"{SCHEDULED}10:00" in progress.text
    assert progress.button_texts == ["Отменить рассылку", "← Все рассылки"]
    row = await campaign_row(world)
    assert (row["state"], row["starts_at"]) == ("scheduled", local(2027, 3, 16, 10))
    assert await world.refusals() == []


async def test_a_day_of_the_calendar(world: World) -> None:
    member = await asked_when(world)
    days = await member.choose("Выбрать день")
    assert days.text == "Какой день?"
    assert days.button_texts[0] == "Март 2027"
    assert days.button_texts[1:8] == ["Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"]
    assert "[15]" in days.button_texts
    assert "14" not in days.button_texts, "it is past"
    await member.choose("Апр. →")
    assert (await member.screen()).button_texts[0] == "Апрель 2027"
    await member.choose("← март")
    await member.choose("·")  # a cell that is no day
    hours = await member.choose("16")
    assert hours.text.startswith("16\u00a0марта\u00a02027: во сколько?")
    assert hours.button_texts[:6] == ["9:00", "10:00", "12:00", "14:00", "16:00", "18:00"]
    assert "16\u00a0марта\u00a02027, 14:00" in (await member.choose("14:00")).text
    await member.choose("← Назад")
    await member.choose("Выбрать день")
    left = await member.choose("[15]")
    assert left.button_texts[:3] == ["14:00", "16:00", "18:00"]
    assert "15\u00a0марта\u00a02027, 15:05" in (await member.write("15:05")).text
    await member.choose("Запланировать")
    assert (await campaign_row(world))["starts_at"] == local(2027, 3, 15, 15, 5)
    assert await world.refusals() == []


async def test_months_of_the_calendar(world: World) -> None:
    member = await asked_when(world)
    await member.choose("Выбрать день")
    months = await member.choose("Март 2027")
    assert [text for text in months.button_texts if text != "·"][:3] == ["2027", "Март", "Апрель"]
    await member.choose("2027")
    await member.choose("2028")
    await member.choose("Март")
    days = await member.screen()
    assert days.button_texts[0] == "Март 2028"
    assert "15" in days.button_texts
    assert "16" not in days.button_texts, "more than a year ahead"
    assert await world.refusals() == []


async def test_typed(world: World) -> None:
    member = await asked_when(world)
    for typed, answer in (
        ("завтра", "Не разобрал время."),
        ("31.02 15:00", "Такого дня или времени не бывает."),
        ("25:00", "Такого дня или времени не бывает."),
        ("15.03.2026 15:00", "Это время уже прошло."),
        ("11:59", "Это время уже прошло."),
        ("15.03.2030 15:00", "Это больше чем через год."),
        ("16.03", "Не разобрал время."),
    ):
        assert (await member.write(typed)).text.startswith(answer), typed
    await member.person.send_sticker()
    await member.idle()
    assert "Не разобрал время." in (await member.screen()).text
    confirm = await member.write("16.03 в 15:30")
    assert "16\u00a0марта\u00a02027, 15:30" in confirm.text
    assert f"{SCHEDULED}15:30" in (await member.choose("Запланировать")).text
    assert await world.refusals() == []


async def test_a_time_that_passed_while_the_window_was_open(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = await asked_when(world)
    await member.choose("Сегодня в\u00a018:00")
    clock.shift(dt.timedelta(hours=7))
    press = await member.person.press("Запланировать")
    assert "уже прошло" in ((await press.answer()).text or "")
    await member.idle()
    again = await member.screen()
    assert again.text.startswith("Когда начать?")
    assert "Сегодня в\u00a018:00" not in again.button_texts
    assert (await campaign_row(world))["state"] == "draft"
    assert await world.refusals() == []


async def test_it_starts_in_its_time(world: World) -> None:
    member = await asked_when(world)
    await member.choose("Завтра в\u00a010:00")
    await member.choose("Запланировать")
    assert await person_count(world) == 1
    clock.shift(dt.timedelta(hours=22, minutes=1))
    report = await gets(member, "закончена")
    assert "Получили: 1 из 1" in report.text
    (row,) = await rows(world.app, campaigns)
    assert row["finished_at"] > local(2027, 3, 16, 10)
    assert await world.refusals() == []
