"""Buttons live for ever: tapped twenty times, weeks later, on screens of before."""

import asyncio

from bot.domain.questionnaire import REVIEW
from storage.tables import assessments, profiling_sessions
from tests.conversation.conftest import World
from tests.conversation.stored import rows
from tests.conversation.student import newcomer, profiled
from tests.databases import ONE_IS_ENOUGH

pytestmark = ONE_IS_ENOUGH


async def test_twenty_taps_on_one_option_answer_once_and_skip_nothing(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until="employment")

    presses = await asyncio.gather(*(student.person.press("Пока нет") for _ in range(20)))
    answers = await asyncio.gather(*(press.answer() for press in presses))
    await student.idle()

    assert await student.at() == "work_experience"
    assert (await student.answers())["employment"] == "none"
    assert "work_experience" not in await student.answers()
    assert [answer.text for answer in answers].count("Этот вопрос уже позади. Вот нынешний.") == 19
    assert len([message for message in await student.messages() if message.buttons]) == 1
    assert [one for one in await world.refusals() if "not modified" not in one] == []


async def test_twenty_taps_on_an_option_to_tick_are_ticked_and_unticked_in_turn(world: World) -> None:
    student = await newcomer(world)
    screen = await student.begin("isp21")
    data = screen.buttons[0][0].data
    presses = [await student.person.press(data=data, forged=True) for _ in range(21)]
    for press in presses:
        await press.answer()
    await student.idle()
    assert (await student.stored_session())["state"]["t"] == ["first_profession"]
    assert await student.at() == "requests"


async def test_twenty_taps_on_all_correct_assess_once(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until=REVIEW)
    presses = await asyncio.gather(*(student.person.press("Всё верно") for _ in range(20)))
    for press in presses:
        await press.answer()
    await student.idle()
    assert len(await rows(world.app, assessments)) == 1
    assert "Начните с любого шага" in (await student.screen()).text
    assert len(await student.messages()) == 1


async def test_twenty_people_at_once_do_not_disturb_each_other(world: World) -> None:
    students = [await newcomer(world) for _ in range(10)]
    await asyncio.gather(*(student.begin("isp21") for student in students))
    await asyncio.gather(*(student.finish_questionnaire() for student in students))
    assert len(await rows(world.app, assessments)) == 10
    states = await rows(world.app, profiling_sessions)
    assert all(row["state"]["a"] == states[0]["state"]["a"] for row in states)
    assert await world.refusals() == []


async def test_a_tap_on_an_earlier_screen_gets_a_kind_word_and_the_current_one(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until="category")
    old = await student.screen()
    data = old.buttons[0][0].data
    await student.write("/profile")  # the same question again, further down
    await student.finish_questionnaire(until="resume")
    answers = await student.answers()

    press = await student.person.press(data=data, message_id=old.id)
    answer = await press.answer()
    await student.idle()

    assert answer.text == "Этот вопрос уже позади. Вот нынешний."
    current = await student.screen()
    assert "Есть ли у вас резюме" in current.text
    assert current.id > old.id
    assert await student.answers() == answers
    assert [message.id for message in await student.messages()] == [current.id]
    await student.finish_questionnaire()
    assert await world.refusals() == []


async def test_an_old_question_after_the_end_changes_nothing(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    old = await student.screen()
    await student.write("/profile")
    await student.finish_questionnaire()
    answers = await student.answers()

    press = await student.person.press(data=old.buttons[0][0].data, message_id=old.id)
    assert (await press.answer()).text == "Этот вопрос уже позади. Вот нынешний."
    await student.idle()

    assert "Ваши ответы" in (await student.screen()).text
    assert await student.answers() == answers
    assert len(await rows(world.app, assessments)) == 1


async def test_an_old_consent_button_does_not_begin_anew(world: World) -> None:
    student = await newcomer(world)
    await student.write("/start")
    old = await student.screen()
    await student.begin("isp21")
    await student.finish_questionnaire()
    answers = await student.answers()
    for row in old.buttons:
        for button in row:
            await student.press_data(str(button.data), old.id)
    assert await student.answers() == answers
    assert (await student.row())["level"] == "high"
    assert [one for one in await world.refusals() if "not modified" not in one] == []


async def test_an_old_erase_button_after_the_erasure(world: World) -> None:
    student = await profiled(world)
    asked = await student.write("/delete_me")
    keep, erase = (row[0].data for row in asked.buttons)
    await student.choose("Стереть мои данные")
    await student.press_data(str(erase), asked.id)
    assert (await student.screen()).text == "Ваших данных здесь нет."
    await student.press_data(str(keep), asked.id)
    assert [one for one in await world.refusals() if "not modified" not in one] == []
