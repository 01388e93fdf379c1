"""A student looks for events: the list, the month, the day, the card."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from bot.domain.events.audience import Audience
from bot.domain.events.kinds import EventKind
from storage.tables import registrations
from tests.conversation.conftest import World
from tests.conversation.eventing import DAY, HOUR, NOON, announcer, open_event, toast
from tests.conversation.moments import be_at, put_back
from tests.conversation.staff import specialist
from tests.conversation.stored import everything, rows
from tests.conversation.student import newcomer, profiled

NAVIGATION = {"Календарь", "Мои записи", "Все события", "В начало", "← Раньше", "Позже →", "← Календарь"}
KAMCHATKA = "Asia/Kamchatka"
BLANK = "\u2800"


@pytest.fixture(autouse=True)
def noon() -> Iterator[dt.datetime]:
    """It is the noon of a Monday in Moscow."""
    with put_back():
        yield be_at(NOON)


def titles(buttons: list[str]) -> list[str]:
    return [text.partition(" · ")[2] for text in buttons if text not in NAVIGATION]


async def test_what_fits_is_listed_the_next_first(noon: dt.datetime, world: World) -> None:
    ours, other, region = [await announcer(world, college) for college in ("ktt", "tpk", None)]
    await ours.announce("Позже", starts_at=noon + 3 * DAY)
    await ours.announce("Раньше", starts_at=noon + DAY)
    await ours.announce("Для поваров", audience=Audience(specialties=("43",)))
    await ours.announce("Для нас", starts_at=noon + 2 * DAY, audience=Audience(specialties=("09",)))
    await ours.draft("Черновик")
    await other.announce("Чужое")
    await region.announce("Ярмарка", starts_at=noon + 4 * DAY, kind=EventKind.FAIR)
    student = await profiled(world)
    listed = await student.write("/events")
    assert titles(listed.button_texts) == ["Раньше", "Для нас", "Позже", "Ярмарка"]
    assert "4 события" in listed.text
    assert "вт, 24\u00a0ноября, 12:00" in listed.text
    assert await world.refusals() == []


async def test_nothing_yet(world: World) -> None:
    student = await profiled(world)
    await student.write("/start")
    listed = await student.choose("События")
    assert "Пока ничего не запланировано." in listed.text
    assert "Здесь появятся" in (await student.choose("Мои записи")).text
    month = await student.choose("Все события")
    assert titles(month.button_texts) == []


async def test_paging(noon: dt.datetime, world: World) -> None:
    centre = await announcer(world)
    names = [f"Встреча {number:02}" for number in range(1, 8)]
    for number, name in enumerate(names):
        await centre.announce(name, starts_at=noon + DAY + number * HOUR)
    student = await profiled(world)
    assert titles((await student.write("/events")).button_texts) == names[:5]
    assert titles((await student.choose("Позже →")).button_texts) == names[5:]
    (seventh,) = [text for text in (await student.screen()).button_texts if text.endswith("07")]
    await student.choose(seventh)
    assert titles((await student.choose("← К списку")).button_texts) == names[5:]
    assert titles((await student.choose("← Раньше")).button_texts) == names[:5]
    await student.choose("Календарь")
    assert titles((await student.choose("24•")).button_texts) == names[:5]
    assert titles((await student.choose("Позже →")).button_texts) == names[5:]
    (seventh,) = [text for text in (await student.screen()).button_texts if text.endswith("07")]
    await student.choose(seventh)
    assert titles((await student.choose("← К этому дню")).button_texts) == names[5:]


async def test_a_month_at_a_glance(noon: dt.datetime, world: World) -> None:
    centre = await announcer(world)
    await centre.announce("В ноябре", starts_at=noon + 2 * DAY)
    await centre.announce("В новом году", starts_at=dt.datetime(2027, 1, 15, 9, tzinfo=dt.UTC))
    student = await profiled(world)
    await student.write("/events")
    month = await student.choose("Календарь")
    assert "Ноябрь\u00a02026. 1 событие." in month.text.replace("<b>", "")
    assert [row[0].text for row in month.buttons][:3] == [BLANK, "Пн", BLANK]
    assert [len(row) for row in month.buttons] == [3, *[7] * 7, 2]
    assert [button.text for row in month.buttons for button in row if "•" in button.text] == ["25•"]
    assert month.buttons[0][0].text == BLANK, "the past is not looked at"
    await student.choose("›")
    assert "Пока ничего" in (await student.screen()).text
    january = await student.choose("›")
    assert "Январь\u00a02027" in january.text
    day = await student.choose("15•")
    assert "Пятница, 15\u00a0января\u00a02027" in day.text
    assert titles(day.button_texts) == ["В новом году"]
    assert "Январь\u00a02027" in (await student.choose("← Календарь")).text
    assert "Декабрь\u00a02026" in (await student.choose("‹")).text
    assert await world.refusals() == []


async def test_the_card(noon: dt.datetime, world: World) -> None:
    centre = await announcer(world)
    about = {"employer": "ООО «Пример»", "map_link": "https://yandex.ru/maps/1", "seats": 3}
    meant = Audience(specialties=("09.02.07", "10"), requests=("first_job",), years=(2027,))
    wicked = '<b>Тренинг</b> & "Ко"'
    described = {"description": "Возьмите ручку <и> тетрадь", "deadline_at": noon + DAY - HOUR}
    await centre.announce(wicked, audience=meant, **about, **described)
    student = await profiled(world)
    card = await open_event(student, wicked)
    for words in (
        wicked,
        "Тренинг по собеседованию · Колледж транспорта",
        "вторник, 24\u00a0ноября, 12:00–14:00",
        "ауд. 214",
        "ООО «Пример»",
        "Возьмите ручку <и> тетрадь",
        "Кому: специальности 09.02.07, 10; запрос: первая работа; выпуск 2027.",
        "Подходит вам: ваша специальность, ваш запрос, ваш год выпуска.",
        "Осталось 3 места.",
        "Записаться можно до 24\u00a0ноября, 11:00.",
    ):
        assert words in card.text, words
    assert "UTC" not in card.text
    assert card.button_texts == ["Записаться", "На карте", "← К списку"]
    assert card.buttons[1][0].url == "https://yandex.ru/maps/1"


async def test_an_event_by_another_clock_says_so_and_may_last_past_midnight(
    noon: dt.datetime, world: World
) -> None:
    centre = await announcer(world)
    starts_at = dt.datetime(2026, 12, 31, 22, 30, tzinfo=ZoneInfo(KAMCHATKA)).astimezone(dt.UTC)
    await centre.announce(
        "Ночная экскурсия", starts_at=starts_at, ends_at=starts_at + 3 * HOUR, zone=KAMCHATKA
    )
    student = await profiled(world)
    card = await open_event(student, "Ночная экскурсия")
    lasts = "четверг, 31\u00a0декабря, 22:30 – пятница, 1\u00a0января\u00a02027, 01:30 (UTC+12)"
    assert lasts in card.text


async def test_an_old_button_of_an_event_that_is_gone(world: World) -> None:
    centre = await announcer(world)
    code = await centre.announce()
    student = await profiled(world)
    await open_event(student, "Тренинг по собеседованиям")
    await centre.call_off(code)
    assert await toast(student, "Записаться") == "Событие отменено. Посмотрите, что ещё есть рядом."
    assert await rows(world.app, registrations) == []
    assert "Пока ничего" in (await student.write("/events")).text


async def test_forged_presses_change_nothing(world: World) -> None:
    ours, other = await announcer(world), await announcer(world, "tpk")
    secret = await other.announce("Чужое")
    draft, open_one = await ours.draft("Черновик"), await ours.announce("Наше")
    student = await profiled(world)
    await student.write("/events")
    newest = (await student.screen()).id
    before = await everything(world.app)
    codes = (secret, draft, "", "zzzzzzzz", "ЯЯ", "' or 1")
    forged = [f"ev:{act}:{code}:0:" for act in "swyncrtiqdo" for code in codes]
    forged += [f"ev:{act}:{open_one}:0:{value}" for act in "yncrtqd" for value in ("", "9", "x", "-1")]
    forged += [f"ev:m::0:{month}" for month in ("", "9999-12", "0001-01", "2026-W01", "x")]
    forged += [f"ev:a::0:{day}" for day in ("", "я", "0001-01-01", "9999-12-31", "20261231")]
    forged += [f"ev:o:{open_one}:9999:{'x' * 40}", f"ev:o:{open_one}:1.5:", "ev:l::-5:", "ev:l::9999:n"]
    forged += ["ev:l::99999999999999:", "ev:p::9999:", "ev:", "ev:z:::", "ev:o", f"ev:k:{'x' * 20}:0:"]
    presses = [await student.person.press(data=data, message_id=newest, forged=True) for data in forged]
    for press in presses:
        await press.answer()
    await student.idle()
    assert "наша вина" not in await student.person.transcript()
    assert "Чужое" not in await student.person.transcript()
    assert "Черновик" not in await student.person.transcript()
    assert await everything(world.app) == before
    assert [one for one in await world.refusals() if "not modified" not in one] == []


async def test_who_has_no_profile_gets_acquainted_first_and_the_event_waits(world: World) -> None:
    code = await (await announcer(world)).announce("Ярмарка")
    student = await newcomer(world)
    await student.write(f"/start e_{code}")
    first, welcome = await student.messages()
    assert "Событие подождёт здесь" in first.text
    assert first.button_texts == ["Открыть событие"]
    assert welcome.button_texts[0] == "Согласиться и начать"
    assert (await student.press_data(f"ev:o:{code}:0:", first.id)).text == (
        "Сначала ответьте на вопросы ниже, это пара минут. Событие подождёт."
    )
    await student.choose("Согласиться и начать")
    half_way = await student.write(f"/start e_{code}")
    assert half_way.button_texts == ["Открыть событие", "Продолжить"]
    await student.choose("Продолжить")
    await student.finish_questionnaire()
    await student.press_data(f"ev:o:{code}:0:", first.id)
    opened = next(message for message in await student.messages() if message.id == first.id)
    assert "Ярмарка" in opened.text
    assert "Записаться" in opened.button_texts


async def test_a_link_to_the_card(world: World) -> None:
    ours, other = await announcer(world), await announcer(world, "tpk")
    code, secret = await ours.announce("Ярмарка"), await other.announce("Чужое")
    student = await profiled(world)
    assert "Ярмарка" in (await student.write(f"/start e_{code.upper()}")).text
    for wrong in (secret, "zzzzzzzz", "", "x" * 60):
        gone = await student.write(f"/start e_{wrong}")
        assert "Такого события больше нет" in gone.text
        assert gone.button_texts == ["Все события"]
    member = await specialist(world)
    assert "Ярмарка" not in (await member.write(f"/start e_{code}")).text


async def test_who_has_no_profile_is_sent_to_begin(world: World) -> None:
    student = await newcomer(world)
    assert "Мы ещё не знакомы" in (await student.write("/events")).text
    await student.press_data("ev:l::0:")
    assert "Мы ещё не знакомы" in (await student.screen()).text
