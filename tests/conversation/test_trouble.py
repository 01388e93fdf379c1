"""Telegram answers late, wrongly or not at all; people block the bot and come back."""

from typing import Any

import pytest

from bot.domain.questionnaire import REVIEW
from storage.tables import assessments, persons
from tests.conversation.conftest import World
from tests.conversation.stored import rows
from tests.conversation.student import newcomer, profiled

FAULTS: dict[str, dict[str, Any]] = {
    "500": {"status": 500},
    "429": {"status": 429, "description": "Too Many Requests: retry after 1", "retry_after": 1},
    "reset": {"reset": True},
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_press_while_telegram_fails_is_answered_later_and_counts_once(
    world: World, fault: str
) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until="employment")
    await world.sandbox.fault("answerCallbackQuery", **FAULTS[fault])
    if fault != "429":
        await world.sandbox.fault("editMessageText", **FAULTS[fault])

    await student.person.press("Пока нет")
    await student.person.wait_for(lambda messages: "Приходилось ли вам работать" in messages[-1].text)
    await student.idle()

    assert await student.at() == "work_experience"
    assert (await student.answers())["employment"] == "none"
    await student.finish_questionnaire()
    assert len(await rows(world.app, assessments)) == 1


async def test_a_typed_answer_while_telegram_fails(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until="name")
    await world.sandbox.fault("sendMessage", status=500)
    await world.sandbox.fault("deleteMessage", times=1, status=500)
    await student.person.send("Аня")
    await student.person.wait_for(
        lambda messages: any(message.from_bot and "сейчас работаете" in message.text for message in messages)
    )
    await student.idle()
    assert (await student.answers())["name"] == "Аня"
    assert await student.at() == "employment"


async def test_an_edit_that_arrived_although_the_connection_broke(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until="employment")
    await world.sandbox.fault("editMessageText", reset=True, performed=True)
    await student.choose("Пока нет")
    await student.person.wait_for(lambda messages: "Приходилось" in messages[-1].text)
    await student.idle()
    assert await student.at() == "work_experience"
    assert len(await student.messages()) == 1


async def test_the_end_of_the_questionnaire_while_telegram_fails(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until=REVIEW)
    await world.sandbox.fault("editMessageText", status=500)
    await student.person.press("Всё верно")
    await student.person.wait_for(lambda messages: "Спасибо, это всё!" in messages[-1].text)
    await student.idle()
    assert len(await rows(world.app, assessments)) == 1


async def test_erasure_ends_with_nothing_left_although_telegram_failed_first(world: World) -> None:
    student = await profiled(world)
    await student.write("/delete_me")
    await world.sandbox.fault("editMessageText", status=500)
    await student.person.press("Стереть мои данные")
    await student.person.wait_for(
        lambda messages: any("Ваших данных здесь нет" in message.text for message in messages)
    )
    await student.idle()
    assert await rows(world.app, persons) == []


async def test_whoever_blocks_in_the_middle_keeps_the_answer_and_can_come_back(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until="name")
    await world.sandbox.fault("sendMessage", status=403, description="Forbidden: bot was blocked by the user")
    await student.person.send("Аня")
    await student.idle()
    assert (await student.answers())["name"] == "Аня"
    assert (await student.row())["blocked_at"] is not None

    await student.person.block()
    await student.idle()
    assert (await student.row())["blocked_at"] is not None
    await student.person.unblock()
    await student.idle()
    assert (await student.row())["blocked_at"] is None

    assert "Вы остановились на середине" in (await student.write("/start")).text
    await student.choose("Продолжить")
    await student.finish_questionnaire()
    assert (await student.row())["level"] == "high"


async def test_blocking_is_noted_by_itself_and_a_stranger_may_block_too(world: World) -> None:
    student = await profiled(world)
    await student.person.block()
    await student.idle()
    assert (await student.row())["blocked_at"] is not None
    stranger = await newcomer(world)
    await stranger.write("/start")
    await stranger.person.block()
    await stranger.idle()
    assert len(await rows(world.app, persons)) == 1


async def test_a_press_that_telegram_has_forgotten_counts_all_the_same(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until="employment")
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    await world.sandbox.fault("answerCallbackQuery", status=400, description=too_old)
    await student.person.press("Пока нет")
    await student.idle()
    assert "Приходилось ли вам работать" in (await student.screen()).text


async def test_a_message_that_is_gone_is_sent_anew(world: World) -> None:
    student = await newcomer(world)
    first = await student.begin("isp21")
    await student.finish_questionnaire(until="employment", name=None)
    gone = "Bad Request: message to edit not found"
    await world.sandbox.fault("editMessageText", status=400, description=gone)
    shown = await student.choose("Пока нет")
    assert "Приходилось ли вам работать" in shown.text
    assert shown.id > first.id
    await student.finish_questionnaire()
    assert (await student.screen()).id == shown.id


async def test_a_fault_is_told_with_a_number_and_changes_nothing(world: World) -> None:
    student = await newcomer(world)
    await student.begin("isp21")
    await student.finish_questionnaire(until="employment")
    before = await student.answers()
    await world.sandbox.fault("editMessageText", status=400, description="Bad Request: something new")
    told = await student.choose("Пока нет")
    assert "это наша вина" in told.text
    assert await student.answers() == before
    await student.choose("Пока нет")
    assert await student.at() == "work_experience"
