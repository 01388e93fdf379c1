"""/campaigns: how they go, pausing, resuming, cancelling, old buttons; a coordinator's campaign."""

import pytest

from dialogs.presses import CampaignAct, CampaignPress
from storage.tables import audit, campaigns
from tests.conversation.campaigning import (
    awake,
    campaign_row,
    comes_to,
    gets,
    message_states,
    monday_noon,
    sent,
)
from tests.conversation.conftest import MakeWorld, World
from tests.conversation.staff import COLLEGE, OTHER_COLLEGE, linked, specialist
from tests.conversation.stored import rows
from tests.conversation.student import Student, newcomer, profiled
from tests.databases import ONE_IS_ENOUGH

pytestmark = ONE_IS_ENOUGH

UNKNOWN_COMMAND = "Такой команды нет. Что я умею: /help"
UNKNOWN_PRESS = "Эта кнопка больше не работает."
NOT_FOUND = "Рассылки с таким номером у вас нет. Все рассылки: /campaigns"


@pytest.fixture(autouse=True)
def clock_at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monday_noon(monkeypatch)


@pytest.fixture
async def slow(make_world: MakeWorld) -> World:
    """A world in which messages go one by one: there is time to press something."""
    return await make_world(sends_per_second=1)


async def begun(world: World, students: int = 5) -> tuple[Student, list[Student]]:
    """A campaign of which the first message has arrived."""
    readers = [await awake(world, name=f"Аня {number}") for number in range(students)]
    member = await specialist(world)
    await sent(member)
    while "sent" not in await message_states(world):
        await member.idle()
    return member, readers


async def test_paused_and_resumed_by_buttons(slow: World) -> None:
    member, readers = await begun(slow)
    await gets(member, "идёт")
    paused = await member.choose("Приостановить")
    assert "на паузе" in paused.text
    assert paused.button_texts == ["Продолжить", "Отменить рассылку", "← Все рассылки"]
    row = await comes_to(slow, "paused")
    assert row["finished_at"] is None
    while "waiting" in (states := await message_states(slow)) or "sending" in states:
        await member.idle()
    assert set(states) == {"sent", "held"}
    assert (
        f"Осталось: {states.count('held')}" in (await gets(member, f"Осталось: {states.count('held')}")).text
    )
    await member.choose("Продолжить")
    for reader in readers:
        await gets(reader, "Ярмарка")
    report = await gets(member, "закончена")
    assert "Получили: 5 из 5" in report.text
    actions = [row["action"] for row in await rows(slow.app, audit)]
    assert actions[-3:] == ["campaign_started", "campaign_paused", "campaign_resumed"]
    assert all("not modified" in refusal for refusal in await slow.refusals())


async def test_cancelled_after_a_second_thought(slow: World) -> None:
    member, readers = await begun(slow)
    progress = await gets(member, "идёт")
    question = await member.choose("Отменить рассылку")
    assert "вернуть будет нельзя" in question.text
    assert question.id != progress.id, "that one is kept up to date, and would be gone in a moment"
    assert "идёт" in (await member.choose("Не отменять")).text
    await member.choose("Отменить рассылку")
    await member.choose("Да, отменить")
    report = await gets(member, "Не отправлено: ")
    assert "отменена" in report.text
    assert report.button_texts == ["← Все рассылки"]
    states = await message_states(slow)
    assert set(states) == {"sent", "dropped"}
    got = [any("Ярмарка" in one.text for one in await reader.messages()) for reader in readers]
    assert got.count(True) == states.count("sent")
    assert (await campaign_row(slow))["finished_at"] is not None
    assert await slow.refusals() == []


async def test_by_typed_commands(slow: World) -> None:
    member, _ = await begun(slow, students=6)
    number = (await campaign_row(slow))["id"]
    assert (await member.write("/campaigns")).button_texts[0].startswith(f"№\u00a0{number} · идёт · Ярмарка")
    assert "идёт" in (await member.write(f"/campaigns {number}")).text
    assert "на паузе" in (await member.write(f"/campaigns {number} пауза")).text
    await member.write(f"/campaigns №{number} ПАУЗА")
    assert any("Не получится: рассылка на паузе." in message.text for message in await member.messages())
    assert "Что сделать" in (await member.write(f"/campaigns {number} подожди")).text
    assert "идёт" in (await member.write(f"/campaigns {number} дальше")).text
    await member.write(f"/campaigns {number} отмена")
    assert "отменена" in (await member.choose("Да, отменить")).text
    for wrong in ("0", "999", "99999999999999999999", "-1", "²", "первая"):
        assert (await member.write(f"/campaigns {wrong}")).text == NOT_FOUND
    assert await slow.refusals() == []


async def test_old_buttons_are_answered_kindly(world: World) -> None:
    await awake(world)
    member = await specialist(world)
    await sent(member)
    number = (await comes_to(world, "done"))["id"]
    await gets(member, "закончена")
    for act in (CampaignAct.PAUSE, CampaignAct.RESUME, CampaignAct.CANCELLED):
        answer = await member.press_data(CampaignPress(act=act, campaign=number).pack())
        assert answer.text == "Не получится: рассылка закончена."
    await member.choose("← Все рассылки")
    assert "Получили: 1 из 1" in (await member.choose((await member.screen()).button_texts[0])).text
    assert (await campaign_row(world))["state"] == "done"


async def test_the_list_leads_to_a_new_one(world: World) -> None:
    await awake(world)
    member = await specialist(world)
    assert "Рассылок пока не было." in (await member.write("/campaigns")).text
    assert "Получит 1 человек." in (await member.choose("Новая рассылка")).text


async def test_blocked_accounts_are_in_the_report(world: World) -> None:
    there, gone = await awake(world, name="Аня"), await awake(world, name="Боря")
    member = await specialist(world)
    await gone.person.block()
    await gone.idle()
    await sent(member)
    assert "Получили: 1 из 1" in (await gets(member, "закончена")).text, (
        "who is known to be gone is not counted"
    )
    await gets(there, "Ярмарка")


async def test_a_coordinator_writes_to_the_staff_of_all_centres(world: World) -> None:
    student = await profiled(world)
    coordinator, ours, theirs = await linked(world, None, COLLEGE, OTHER_COLLEGE)
    asked = await coordinator.write("/campaign")
    assert "Напишите текст" in asked.text
    assert "← Назад" not in asked.button_texts
    preview = await coordinator.write("Совещание во вторник")
    assert "Получат 2 человека." in preview.text
    assert preview.text.endswith("Совещание во вторник\n\n— Координатор центров карьеры региона")
    assert "Изменить, кому" not in preview.button_texts
    await coordinator.choose("Когда отправить →")
    confirm = await coordinator.choose("Сейчас")
    assert "студентам" not in confirm.text
    await coordinator.choose("Отправить")
    for member in (ours, theirs):
        assert (await gets(member, "Совещание")).buttons == []
    assert "Получили: 2 из 2" in (await gets(coordinator, "закончена")).text
    assert not any("Совещание" in message.text for message in await student.messages())
    assert await world.refusals() == []


async def test_others_campaigns_do_not_exist(world: World) -> None:
    student = await awake(world)
    ours, colleague, theirs, coordinator = await linked(world, COLLEGE, COLLEGE, OTHER_COLLEGE, None)
    await sent(ours)
    number = (await comes_to(world, "done"))["id"]
    stranger = await newcomer(world)
    for one in (theirs, coordinator):
        assert "Рассылок пока не было." in (await one.write("/campaigns")).text
        assert (await one.write(f"/campaigns {number}")).text == NOT_FOUND
    for one in (student, stranger):
        for command in ("/campaign", "/campaigns", f"/campaigns {number} отмена"):
            assert (await one.write(command)).text == UNKNOWN_COMMAND
    acts = set(CampaignAct) - {CampaignAct.STOP, CampaignAct.BACK, CampaignAct.NEW}
    for one in (theirs, coordinator, student, stranger):
        if one is stranger:
            await stranger.begin()
        for act in sorted(acts):
            answer = await one.press_data(CampaignPress(act=act, campaign=number).pack())
            assert answer.text == UNKNOWN_PRESS, (one.person.id, act)
    for forged in ("k:o:-1", f"k:o:{2**63}", "k:q:1", "k:o", "k:o:x"):
        assert (await ours.press_data(forged)).text == UNKNOWN_PRESS
    assert "закончена" in (await colleague.write(f"/campaigns {number}")).text
    assert len(await rows(world.app, campaigns)) == 1
