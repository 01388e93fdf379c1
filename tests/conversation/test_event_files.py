"""Files to take along: an event for the calendar, read by another library, and the certificate."""

import datetime as dt
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from docx import Document

from bot.sandbox.views import ChatMessage
from tests.conversation.conftest import MakeWorld, World
from tests.conversation.eventing import DAY, HOUR, NOON, announcer, open_event
from tests.conversation.moments import be_at, pass_time, put_back
from tests.conversation.student import Student, profiled
from tests.databases import ONE_IS_ENOUGH

pytestmark = ONE_IS_ENOUGH

TITLE = "Ярмарка; вакансий, 2026"
WICKED = '<b>Встреча</b> & "Ко" {{ holder }}'
KAMCHATKA = "Asia/Kamchatka"


@pytest.fixture(autouse=True)
def noon() -> Iterator[dt.datetime]:
    """It is the noon of a Monday in Moscow."""
    with put_back():
        yield be_at(NOON)


async def newest_file(student: Student) -> tuple[ChatMessage, bytes]:
    message = next(message for message in reversed(await student.messages()) if message.document)
    assert message.document is not None
    return message, await student.world.sandbox.file(str(message.document.file_id))


async def calendar(student: Student, code: str) -> tuple[Any, Any]:
    """Press "to the calendar"; the calendar and its only event."""
    await student.press_data(f"ev:i:{code}:0:")
    message, content = await newest_file(student)
    assert str(message.document and message.document.name).endswith(f"{code}.ics")
    assert content.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n")), "lines are folded"
    read = vobject.readOne(content.decode())
    assert read.validate(raiseException=True)
    (event,) = read.vevent_list
    return read, event


async def test_a_calendar_keeps_up_with_the_event(world: World, noon: dt.datetime) -> None:
    centre = await announcer(world)
    described = {
        "description": "Возьмите резюме,\nпаспорт; и хорошее настроение " * 5,
        "place": "Зал, 2 этаж",
    }
    code = await centre.announce(TITLE, starts_at=noon + 3 * DAY, **described)
    student = await profiled(world)
    await open_event(student, TITLE)
    await student.choose("Записаться")
    read, event = await calendar(student, code)
    assert read.method.value == "PUBLISH"
    assert (event.summary.value, event.location.value) == (TITLE, "Зал, 2 этаж")
    assert described["description"].strip() in event.description.value
    assert event.url.value.endswith(f"?start=e_{code}")
    assert event.organizer.params["CN"] == ["Колледж транспорта"]
    assert event.dtstart.value == noon + 3 * DAY
    assert event.dtend.value == noon + 3 * DAY + 2 * HOUR
    assert (event.sequence.value, event.status.value) == ("1", "CONFIRMED")
    uid, stamp = event.uid.value, event.dtstamp.value

    pass_time(minutes=5)
    await centre.move(code, by=HOUR)
    read, moved = await calendar(student, code)
    assert read.method.value == "PUBLISH"
    assert (moved.uid.value, moved.sequence.value) == (uid, "2")
    assert moved.dtstart.value == noon + 3 * DAY + HOUR
    assert moved.dtstamp.value > stamp

    await centre.call_off(code)
    read, off = await calendar(student, code)
    assert (read.method.value, off.status.value) == ("CANCEL", "CANCELLED")
    assert (off.uid.value, off.sequence.value) == (uid, "3")
    assert [one for one in await world.refusals() if "not modified" not in one] == []


async def test_who_gives_the_seat_back_gets_it_out_of_the_calendar(world: World) -> None:
    code = await (await announcer(world)).announce(TITLE)
    student = await profiled(world)
    await open_event(student, TITLE)
    await student.choose("Записаться")
    await student.choose("Не смогу прийти")
    assert "Убрать из календаря" in (await student.screen()).button_texts
    read, event = await calendar(student, code)
    assert (read.method.value, event.status.value) == ("CANCEL", "CANCELLED")
    message, _ = await newest_file(student)
    assert "уберёт событие" in message.text


@pytest.mark.parametrize(
    ("zone", "offset", "day"),
    [(KAMCHATKA, 12, "2026-12-31"), ("Europe/Berlin", 2, "2027-03-28"), ("Europe/Berlin", 1, "2027-10-31")],
)
async def test_the_clock_on_the_wall_there(world: World, zone: str, offset: int, day: str) -> None:
    """Nine hours from Moscow over the turn of a year; the days on which clocks are changed."""
    centre = await announcer(world)
    begins = dt.datetime.fromisoformat(f"{day}T22:30").replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
    code = await centre.announce(TITLE, starts_at=begins, ends_at=begins + 4 * HOUR, zone=zone)
    student = await profiled(world)
    await student.write("/events")
    read, event = await calendar(student, code)
    start, end = event.dtstart.value, event.dtend.value
    assert (start, end) == (begins, begins + 4 * HOUR)
    assert f"{start:%Y-%m-%d %H:%M}" == f"{day} 22:30"
    assert f"{end:%H:%M}" == "02:30"
    assert start.utcoffset() == offset * HOUR
    assert read.vtimezone.tzid.value == zone


async def been_there(world: World, title: str, **planned: Any) -> tuple[Student, str]:
    """Somebody who checked in at an event that has not ended yet."""
    centre = await announcer(world)
    code = await centre.announce(title, starts_at=be_at(NOON) + HOUR / 6, **planned)
    student = await profiled(world)
    await open_event(student, title)
    await student.choose("Записаться")
    await student.write(await centre.digits(code))
    return student, code


def words(content: bytes) -> str:
    """Everything that the document says, and in its tables."""
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


async def test_a_certificate_for_who_was_there(world: World) -> None:
    student, code = await been_there(world, WICKED, employer="ООО «Пример» & сыновья")
    early = await student.press_data(f"ev:d:{code}:0:")
    assert early.text == "Подтверждение будет готово, когда событие закончится."
    pass_time(hours=3)
    await student.write("/events")
    mine = await student.choose("Мои записи")
    await student.choose(mine.button_texts[0])
    await student.choose("Подтверждение участия")
    message, content = await newest_file(student)
    assert message.document is not None
    assert message.document.name == "Подтверждение участия.docx"
    said = words(content)
    for told in (
        "Подтверждение участия",
        "Колледж транспорта",
        "Аня",
        WICKED,
        "понедельник, 23\u00a0ноября\u00a02026, 12:10–14:10",
        "ауд. 214",
        "ООО «Пример» & сыновья",
        "Выдано 23\u00a0ноября\u00a02026",
        code.upper(),
    ):
        assert told in said, told
    assert "{" not in said.replace(WICKED, "")
    assert await world.refusals() == []


async def test_without_a_name_it_is_the_personal_code(make_world: MakeWorld) -> None:
    world = await make_world(privacy="pseudonymous")
    student, code = await been_there(world, TITLE)
    pass_time(hours=3)
    await student.press_data(f"ev:d:{code}:0:")
    _, content = await newest_file(student)
    said = words(content)
    assert (await student.row())["code"] in said
    assert "Аня" not in said
    assert "Работодатель" not in said, "there was none"


async def test_no_certificate_for_who_was_not_there(world: World) -> None:
    code = await (await announcer(world)).announce(TITLE)
    student = await profiled(world)
    await open_event(student, TITLE)
    await student.choose("Записаться")
    answer = await student.press_data(f"ev:d:{code}:0:")
    assert "не отметили" in str(answer.text)
    assert not any(message.document for message in await student.messages())
