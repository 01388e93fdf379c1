"""A specialist plans an event, looks at it as students see it, announces it, changes it."""

import datetime as dt
from collections.abc import Iterator

import pytest

from storage.tables import audit
from tests.conversation.conftest import World
from tests.conversation.event_desk import TITLE, announce, data_of, open_card, plan, stored
from tests.conversation.eventing import NOON, open_event
from tests.conversation.moments import be_at, put_back
from tests.conversation.staff import COLLEGE, OTHER_COLLEGE, linked, specialist
from tests.conversation.stored import everything, rows
from tests.conversation.student import newcomer, profiled


@pytest.fixture(autouse=True)
def noon() -> Iterator[dt.datetime]:
    """It is the noon of a Monday in Moscow."""
    with put_back():
        yield be_at(NOON)


async def test_what_is_announced_is_what_the_preview_shows(world: World) -> None:
    student = await profiled(world)
    member = await specialist(world)
    preview = await plan(member)
    assert preview.text.startswith("Так увидит студент:")
    assert "Увидит 1 человек." in preview.text
    assert "Места: 1\nЗапись: до начала" in preview.text
    (draft,) = await stored(world)
    assert (draft["state"], draft["seats"], draft["zone"]) == ("draft", 1, "Europe/Moscow")
    assert draft["starts_at"].isoformat() == "2026-11-25T12:00:00+00:00"
    assert draft["ends_at"] - draft["starts_at"] == dt.timedelta(hours=2)
    assert TITLE not in (await student.write("/events")).text

    assert (await member.choose("Опубликовать")).text.startswith("Объявлено.")
    card = await open_event(student, TITLE)
    shown = preview.text.split("———")[0].removeprefix("Так увидит студент:").strip()
    assert card.text.strip() == shown
    assert await world.refusals() == []


async def test_a_double_tap_announces_once_and_a_draft_is_stored_once(world: World) -> None:
    member = await specialist(world)
    asked = await plan(member, skip=1)
    skip = data_of(asked, "Пропустить")
    for _ in range(3):
        await member.press_data(skip, asked.id)
    preview = await member.screen()
    publish = data_of(preview, "Опубликовать")
    for _ in range(3):
        await member.press_data(publish, preview.id)
    assert [row["state"] for row in await stored(world)] == ["published"]
    assert len(await rows(world.app, audit, action="event_published")) == 1
    assert "наша вина" not in await member.person.transcript()


async def test_mistakes_are_told_kindly_and_nothing_is_lost(world: World) -> None:
    member = await specialist(world)
    asked = await member.write("/event_new")
    assert "проще всего нажать кнопку" in (await member.write("ярмарка")).text
    await member.choose("Экскурсия на предприятие")
    assert "название словами" in (await member.write("!!!")).text
    assert "название словами" in (await member.write("я" * 201)).text
    await member.write("Экскурсия & <завод>")
    assert "Не разобрал время" in (await member.write("завтра")).text
    assert "уже прошло" in (await member.write("23.11.2026 09:00")).text
    assert "Сколько продлится" in (await member.write("25.11 15:00")).text
    assert "Не разобрал" in (await member.write("долго")).text
    await member.write("1:30")
    await member.write("Проходная")
    assert "начинаться с https://" in (await member.write("example.org")).text
    await member.write("https://example.org/map")
    await member.write("ООО «Металлист»")
    assert "хотя бы одно" in (await member.write("0")).text
    await member.choose("Без ограничения")
    assert "позже начала" in (await member.write("26.11 10:00")).text
    await member.write("24.11 18:00")
    await member.choose("Для всех")
    await member.choose("Кого отмечу я")
    preview = await member.write("Покажем цех.\n\nВозьмите паспорт.")
    assert "Экскурсия & <завод>" in preview.text
    assert "Запись: до 24\u00a0ноября, 18:00" in preview.text
    (row,) = await stored(world)
    assert (row["map_link"], row["employer"]) == ("https://example.org/map", "ООО «Металлист»")
    assert (row["seats"], row["attendance"], row["rotating_code"]) == (None, "staff", False)
    assert (row["ends_at"] - row["starts_at"]).total_seconds() == 90 * 60
    assert asked.id != preview.id
    assert await world.refusals() == []


async def test_a_day_and_an_hour_from_the_calendar(world: World) -> None:
    member = await specialist(world)
    asked = await plan(member, skip=11)
    day = next(one for row in asked.buttons for one in row if one.text == "30")
    await member.press_data(str(day.data), asked.id)
    hours = await member.screen()
    assert "30\u00a0ноября" in hours.text
    assert "Сколько продлится" in (await member.choose("14:00")).text
    await member.choose("← Назад")
    assert "Когда?" in (await member.screen()).text
    assert "Как назвать?" in (await member.choose("← Назад")).text


async def test_anything_can_be_changed_from_the_preview(world: World) -> None:
    member = await specialist(world)
    await plan(member)
    for part, words in (("Название", "День карьеры"), ("Места", "40"), ("Когда", "27.11 10:00")):
        await member.choose("Поправить")
        await member.choose(part)
        preview = await member.write(words)
    assert "День карьеры" in preview.text
    assert "10:00–12:00" in preview.text
    await member.choose("Поправить")
    await member.choose("Для кого")
    await member.choose("Специальность")
    listed = await member.choose("09.02.07 Информационные системы и программирование")
    assert listed.button_texts[0].startswith("✅ 09.02.07")
    await member.choose("Готово")
    preview = await member.choose("Готово")
    assert "Пока никому не подходит" in preview.text
    assert "Специальность: 09.02.07" in preview.text
    await member.choose("Оставить черновиком")
    (row,) = await stored(world)
    assert (row["state"], row["title"], row["seats"]) == ("draft", "День карьеры", 40)
    assert row["audience"] == {"specialties": ["09.02.07"]}
    card = await member.screen()
    assert "Черновик: студенты его не видят" in card.text
    await member.choose("Удалить черновик")
    await member.choose("Да, удалить")
    assert await stored(world) == []


async def test_a_draft_whose_time_went_by_asks_for_another(world: World) -> None:
    member = await specialist(world)
    await plan(member)
    be_at("2026-11-25T16:00+03:00")
    asked = await member.choose("Опубликовать")
    assert "уже прошло" in asked.text
    assert "Когда?" in asked.text
    await member.write("30.11 15:00")
    await member.choose("Опубликовать")
    assert [row["state"] for row in await stored(world)] == ["published"]


async def test_the_last_events_are_templates_and_a_series(world: World) -> None:
    member = await specialist(world)
    await announce(member)
    start = await member.write("/event_new")
    assert start.button_texts == ["Чистый лист", TITLE, "Закрыть"]
    assert "Когда?" in (await member.choose(TITLE)).text
    assert "ауд. 214" in (await member.write("02.12 11:00")).text
    await member.choose("Опубликовать")
    first, second = await stored(world)
    assert second["starts_at"].isoformat() == "2026-12-02T08:00:00+00:00"
    same = ("title", "place", "seats", "kind", "attendance")
    assert [first[name] for name in same] == [second[name] for name in same]
    assert second["deadline_at"] == second["starts_at"]

    await member.choose("Открыть карточку")
    await member.choose("Каждую неделю")
    made = await member.choose("3")
    assert "Готовы 3 черновика" in made.text
    assert "9\u00a0декабря, 11:00" in made.text
    await member.choose("Опубликовать все: 3")
    assert [row["state"] for row in await stored(world)] == ["published"] * 5


async def test_lists_have_pages_drafts_and_the_past(world: World) -> None:
    member = await specialist(world)
    await announce(member)
    await open_card(member)
    await member.choose("Каждую неделю")
    await member.choose("8")
    listed = await member.choose("← К списку")
    events = [text for text in listed.button_texts if TITLE in text]
    assert len(events) == 8
    assert [text.startswith("✏️") for text in events] == [False, *[True] * 7]
    assert events[0] == f"25\u00a0нояб. 15:00 · 0/1 · {TITLE}"
    more = await member.choose("Ещё →")
    assert len([text for text in more.button_texts if TITLE in text]) == 1
    assert "Прошедших событий пока нет." in (await member.choose("Прошедшие")).text
    be_at("2026-12-03T12:00+03:00")
    past = await member.write("/events")
    past = await member.choose("Прошедшие")
    assert len([text for text in past.button_texts if TITLE in text]) == 2


async def test_others_events_are_not_there(world: World) -> None:
    ours, theirs = await linked(world, COLLEGE, OTHER_COLLEGE)
    code = await announce(ours)
    listed = await ours.write("/events")
    button = data_of(listed, next(text for text in listed.button_texts if TITLE in text))
    card = await open_card(ours)
    cancel = data_of(card, "Отменить событие")
    assert "Впереди пока ничего нет" in (await theirs.write("/events")).text
    before = await everything(world.app, without=("inbox", "jobs", "leases", "fsm"))
    shown = await theirs.screen()
    intent = data_of(shown, "Закрыть").partition("\x1d")[0]
    for forged in (button, cancel, f"ed:{code}", f"{intent}\x1devents:{code}"):
        await theirs.press_data(forged, shown.id)
    assert TITLE not in await theirs.person.transcript()
    assert await everything(world.app, without=("inbox", "jobs", "leases", "fsm")) == before
    assert "наша вина" not in await theirs.person.transcript()


@pytest.mark.parametrize("command", ["/event_new"])
async def test_nobody_else_plans(world: World, command: str) -> None:
    student, stranger = await profiled(world), await newcomer(world)
    unknown = (await student.write("/nonsense")).text
    for one in (student, stranger):
        assert (await one.write(command)).text == unknown
    assert await stored(world) == []


async def test_a_menu_and_a_home_with_the_commands(world: World) -> None:
    for member in await linked(world, COLLEGE, None):
        assert "/event_new" in (await member.write("/start")).text
        assert "/events" in (await member.write("/help")).text
        menu = (await world.sandbox.request("GET", f"people/{member.person.id}"))["commands"]
        assert {"event_new", "events"} <= {entry["command"] for entry in menu}
