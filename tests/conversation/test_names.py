"""What people call themselves stands on every screen exactly as they wrote it."""

import pytest

from bot.domain.questionnaire import REVIEW
from tests.conversation.conftest import World
from tests.conversation.staff import enter_fact, specialist
from tests.conversation.student import newcomer
from tests.databases import ONE_IS_ENOUGH

pytestmark = ONE_IS_ENOUGH

NAMES = (
    '<b>Аня & "Ко"',
    "abdo <",
    "&lt;i&gt;Ира&amp;",
    "👩‍🔧 Маша 🛠",
    "محمد بن عبد الله",
    "{name} %s {{ 7*7 }} { $name }",
    "О'Нил\\_*[x](http://y) `код`",
    "Ж" * 60,
)


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_is_shown_as_it_is(world: World, name: str) -> None:
    student = await newcomer(world, first_name=name)
    await student.begin("isp21")
    review = await student.finish_questionnaire(until=REVIEW, name=name, strengths=f"умею: {name}")
    assert f"Имя: {name}" in review.text
    assert f"Сильные стороны: умею: {name}" in review.text
    await student.choose("Всё верно")
    assert f"Рад видеть вас, {name}!" in (await student.write("/start")).text
    assert f"Имя: {name}" in (await student.write("/profile")).text

    member = await specialist(world)
    card = await member.write(f"/student {name[1:].upper()}")
    assert f"· {name}" in card.text
    assert "&amp;" not in card.text or "&amp;" in name
    assert f"— {name}" in await enter_fact(member, "правонарушения", "да", name)
    assert (await student.row())["name"] == name
    assert await world.refusals() == []


async def test_what_is_searched_for_is_taken_literally(world: World) -> None:
    for name in ("Анна_Мария", "Аннаб Мария", "100% Вася", "1000 Вася", "<Петя", "back\\slash"):
        student = await newcomer(world)
        await student.begin("isp21")
        await student.finish_questionnaire(name=name)
    member = await specialist(world)
    for query, name in (("анна_", "Анна_Мария"), ("0%", "100% Вася"), ("<", "<Петя"), ("\\", "back\\slash")):
        found = await member.write(f"/student {query}")
        assert f"· {name}" in found.text, query
    for query in ("%%", "__", "<b>нет такого", "' OR 1=1 --", "*"):
        nobody = await member.write(f"/student {query}")
        assert f"«{query}»" in nobody.text
        assert "никого нет" in nobody.text
    assert await world.refusals() == []


async def test_marks_that_turn_the_text_around_are_left_out(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(name="Аня\u202e\u0000\n  Ко\u200b")
    assert (await student.row())["name"] == "Аня Ко"


async def test_a_very_long_query_is_answered(world: World) -> None:
    member = await specialist(world)
    answered = await member.write("/student " + "<ы" * 2000)
    assert "никого нет" in answered.text
    assert await world.refusals() == []
