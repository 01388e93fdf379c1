"""Screens of big colleges and long histories still fit into a message."""

from sqlalchemy import Connection

from bot.domain.clock import now
from bot.domain.facts import Fact, Source
from bot.services.student_desk import COMMENT_LENGTH, STAFF_FACTS
from storage.organisations import GroupRow, save_group
from storage.risk import set_fact
from tests.conversation.conftest import REGION, World
from tests.conversation.staff import administrator, linked, specialist
from tests.conversation.student import Student, profiled
from tests.databases import ONE_IS_ENOUGH

pytestmark = ONE_IS_ENOUGH


async def add(world: World, rows: list[GroupRow]) -> None:
    """More groups, and with them colleges."""
    await world.app.database.write(lambda connection: [save_group(connection, row) for row in rows])


async def test_a_college_of_a_hundred_groups(world: World) -> None:
    await add(world, [_group("ktt", "Колледж транспорта", number) for number in range(100)])
    member = await specialist(world)
    await member.write("/groups")
    listed = "\n".join(message.text for message in await member.messages())
    for number in range(100):
        assert f"ГР-{number:03}:" in listed
    await member.write("/start")
    assert await world.refusals() == []


async def test_a_region_of_a_hundred_and_fifty_colleges(world: World) -> None:
    (coordinator,) = await linked(world, None)
    await add(world, [_group(f"c{n}", f"Колледж с очень длинным названием № {n:03}", n) for n in range(150)])
    await coordinator.write("/colleges")
    listed = "\n".join(message.text for message in await coordinator.messages())
    assert all(f"№ {number:03}:" in listed for number in range(150))
    assert await world.refusals() == []


async def test_an_administrator_invites_to_any_of_a_hundred_and_fifty_colleges(world: World) -> None:
    await add(world, [_group(f"c{n}", f"Колледж с очень длинным названием № {n:03}", n) for n in range(150)])
    admin = await administrator(world)
    await admin.write("/invite")
    await admin.choose("Специалиста центра карьеры")
    reached = await _find_on_pages(admin, "№ 149")
    assert "?start=i_" in (await admin.choose(reached)).text
    assert await world.refusals() == []


async def test_a_student_of_a_hundred_and_fifty_colleges_types_the_name(world: World) -> None:
    await add(world, [_group(f"c{n}", f"Колледж с очень длинным названием № {n:03}", n) for n in range(150)])
    student = await profiled(world)
    await student.write("/profile")
    asked = await student.edit("organisation")
    assert len(asked.button_texts) <= 4
    await student.write("Техникум питания")
    assert (await student.answers())["organisation"] == "tpk"


async def test_a_long_card_and_a_long_history(world: World) -> None:
    student = await profiled(
        world, sensitive=True, disability="have", orphan="applies", military="conscription"
    )
    person_id = (await student.row())["id"]
    comment = "<&я" * (COMMENT_LENGTH // 3)

    def enter(connection: Connection) -> None:
        for name in STAFF_FACTS:
            set_fact(
                connection, person_id, Fact(name, value=True, source=Source.STAFF), now(), comment=comment
            )

    await world.app.database.write(enter)
    await student.write("/profile")
    for number in range(11):
        await student.edit("resume")
        await student.answer("have" if number % 2 else "not_yet")
    member = await specialist(world)
    card = await member.write("/student Аня")
    assert "Внёс специалист" in card.text
    history = await member.choose("История")
    assert "история уровней" in history.text
    assert await world.refusals() == []


async def _find_on_pages(admin: Student, part: str) -> str:
    """The button with this in its text, on whichever page it is."""
    for _ in range(40):
        screen = await admin.screen()
        found = [text for text in screen.button_texts if part in text]
        if found:
            return found[0]
        await admin.choose(next(text for text in screen.button_texts if text in (">", "›", "→", "▶")))
    raise AssertionError(f"no page has {part}")


def _group(college: str, name: str, number: int) -> GroupRow:
    return GroupRow(
        college, name, "college", REGION, f"ГР-{number:03}", "09.02.07", 2027, f"{college}g{number}"
    )
