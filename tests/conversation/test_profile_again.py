"""The invitation to look whether one's answers still hold, as a student sees it."""

import asyncio
import datetime as dt
from collections.abc import Iterator

import pytest

from bot.domain import clock
from bot.domain.clock import now
from bot.sandbox.views import ChatMessage
from storage.tables import assessments, facts, outbox
from tests.conversation.conftest import World
from tests.conversation.stored import rows
from tests.conversation.student import Student, profiled

LATER = dt.timedelta(days=91)


@pytest.fixture(autouse=True)
def clock_put_back() -> Iterator[None]:
    before = clock._shifted
    yield
    clock.shift(before - clock._shifted)


async def invited(world: World, student: Student) -> ChatMessage:
    """Time passes until the invitation is there."""
    clock.shift(LATER)
    clock.shift(await due_at(world) - now() + dt.timedelta(seconds=1))
    await student.person.wait_for(lambda messages: "Проверим ваши ответы?" in messages[-1].text, timeout=20)
    return await student.screen()


async def due_at(world: World) -> dt.datetime:
    """When the invitation is due, once it is queued."""
    while True:
        for row in await rows(world.app, outbox, kind="profile_again"):
            found: dt.datetime = row["due_at"]
            return found
        await asyncio.sleep(0.01)


async def test_answers_that_still_hold_count_as_given_today(world: World) -> None:
    student = await profiled(world)
    invitation = await invited(world, student)
    assert invitation.button_texts == ["Посмотреть мои ответы", "Не сейчас", "Больше не спрашивать"]
    shown = await student.choose("Посмотреть мои ответы")
    assert shown.id == invitation.id
    assert "Ваши ответы" in shown.text
    assert shown.button_texts[0] == "Всё по-прежнему"
    await student.choose("Всё по-прежнему")
    known = await rows(world.app, facts, person_id=(await student.row())["id"])
    assert all(now() - fact["at"] < dt.timedelta(minutes=1) for fact in known)
    history = await rows(world.app, assessments)
    assert len(history) == 1, "nothing new follows from the same answers"
    assert await world.refusals() == []


async def test_what_has_changed_is_changed(world: World) -> None:
    student = await profiled(world)
    await invited(world, student)
    await student.choose("Посмотреть мои ответы")
    await student.edit("resume")
    question = await student.question("resume")
    shown = await student.choose(student.option(question, "have"))
    assert "Ваши ответы" in shown.text
    assert (await student.answers())["resume"] == "have"


async def test_not_now(world: World) -> None:
    student = await profiled(world)
    await invited(world, student)
    shown = await student.choose("Не сейчас")
    assert "/profile" in shown.text
    assert shown.button_texts == []


async def test_never_again_and_again_after_all(world: World) -> None:
    student = await profiled(world)
    await invited(world, student)
    shown = await student.choose("Больше не спрашивать")
    assert shown.button_texts == ["Всё-таки спрашивать"]
    shown = await student.choose("Всё-таки спрашивать")
    assert shown.button_texts == []
    await student.write("/profile")
    assert "Согласие на вопросы, не изменились ли ответы" in (await student.screen()).text


async def test_buttons_that_outlived_the_profile(world: World) -> None:
    student = await profiled(world)
    invitation = await invited(world, student)
    await student.write("/delete_me")
    await student.choose(student.text.plain("button-erase"))
    for act in "osxb":
        await student.press_data(f"pa:{act}", invitation.id)
        assert "Мы ещё не знакомы" in (await student.screen()).text
    assert await rows(world.app, outbox, kind="profile_again") == []
    assert await world.refusals() == []


async def test_in_the_middle_of_the_questionnaire_it_goes_on(world: World) -> None:
    student = await profiled(world)
    await student.write("/profile")
    await student.edit("resume")
    await student.press_data("pa:o")
    assert await student.at() == "resume"
