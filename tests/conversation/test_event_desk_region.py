"""A coordinator's events: seats kept for colleges, who comes from where, in sums and by code."""

import datetime as dt
from collections.abc import Iterator

import pytest

from storage.tables import event_quotas
from tests.conversation.conftest import World
from tests.conversation.event_desk import SEATS, TITLE, data_of, open_card, plan, stored
from tests.conversation.eventing import NOON, open_event
from tests.conversation.moments import be_at, put_back
from tests.conversation.staff import COLLEGE, linked
from tests.conversation.stored import rows
from tests.conversation.student import Student, profiled


@pytest.fixture(autouse=True)
def noon() -> Iterator[dt.datetime]:
    """It is the noon of a Monday in Moscow."""
    with put_back():
        yield be_at(NOON)


async def regional(coordinator: Student) -> None:
    """Two seats, one of which is kept for the college of food."""
    await plan(coordinator, 5, {SEATS: "2"})
    await coordinator.choose("Техникум питания")
    assert "больше, чем мест" in (await coordinator.write("3")).text
    quotas = await coordinator.write("1")
    assert "Техникум питания: 1" in quotas.button_texts
    await coordinator.choose("Готово")
    for answer in ("До начала", "Для всех", "Кто введёт код", "нет", "Пропустить"):
        await coordinator.choose(answer)


async def test_seats_are_kept_for_a_college(world: World) -> None:
    anna, boris = await profiled(world), await profiled(world, name="Борис")
    cook = await profiled(world, group="pd23", name="Вера")
    (coordinator,) = await linked(world, None)
    await regional(coordinator)
    preview = await coordinator.screen()
    assert "Увидят 3 человека." in preview.text
    assert "Техникум питания: 1" in preview.text
    await coordinator.choose("Опубликовать")
    assert [row["seats"] for row in await rows(world.app, event_quotas)] == [1]
    assert (await stored(world))[0]["organisation_id"] is None

    for one in (anna, cook):
        await open_event(one, TITLE)
        await one.choose("Записаться")
    full = await open_event(boris, TITLE)
    assert "Встать в лист ожидания" in full.button_texts
    await boris.choose("Встать в лист ожидания")

    card = await open_card(coordinator)
    assert "Записаны: 2 из 2\nВ листе ожидания: 1" in card.text
    assert "Техникум питания: 1" in card.text
    people = await coordinator.choose("Участники")
    codes = {(await one.row())["code"] for one in (anna, boris, cook)}
    assert all(any(code in text for text in people.button_texts) for code in codes)
    be_at("2026-11-25T15:30+03:00")
    await coordinator.choose(next(text for text in people.button_texts if "Техникум питания" in text))
    await coordinator.choose("← К событию")
    summary = await coordinator.choose("Итоги")
    assert "Откуда (записались / пришли):\nКолледж транспорта: 1 / 0\nТехникум питания: 1 / 1" in summary.text
    told = "".join(message.text + str(message.button_texts) for message in await coordinator.messages())
    assert not any(name in told for name in ("Аня", "Борис", "Вера", "ПД-23"))
    assert await world.refusals() == []


async def test_a_specialist_has_no_quotas_and_does_not_see_the_regions_events(world: World) -> None:
    member, coordinator = await linked(world, COLLEGE, None)
    await regional(coordinator)
    await coordinator.choose("Опубликовать")
    listed = await coordinator.write("/events")
    button = data_of(listed, next(text for text in listed.button_texts if TITLE in text))
    preview = await plan(member)
    change = await member.choose("Поправить")
    assert "Квоты колледжей" not in change.button_texts
    shown = await member.screen()
    await member.press_data(data_of(shown, "Места").replace("seats", "quotas"), shown.id)
    await member.press_data(button, shown.id)
    assert "Техникум питания" not in await member.person.transcript()
    assert preview.id
    assert [row["event_id"] for row in await rows(world.app, event_quotas)] == [1]
