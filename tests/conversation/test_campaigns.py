"""/campaign: a specialist writes to a segment, tries it out, sends it, and the students get it."""

import pytest

from storage.tables import audit, campaigns, consents, fsm
from tests.conversation.campaigning import (
    BODY,
    awake,
    campaign_row,
    comes_to,
    gets,
    message_states,
    monday_noon,
    sent,
    written,
)
from tests.conversation.conftest import World
from tests.conversation.staff import specialist
from tests.conversation.stored import rows
from tests.conversation.student import newcomer

SIGNATURE = "— Центр карьеры: Колледж транспорта"


@pytest.fixture(autouse=True)
def clock_at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monday_noon(monkeypatch)


async def test_from_the_first_word_to_the_report(world: World) -> None:
    anna = await awake(world, name="Аня")
    boris = await awake(world, group="pk22", name="Боря")
    stranger = await awake(world, group="pd23", name="Вера")
    member = await specialist(world)

    audience = await member.write("/campaign")
    assert "Всем вашим студентам и выпускникам." in audience.text
    assert "Получат 2 человека." in audience.text
    asked = await member.choose("Написать текст →")
    assert "до 3\u202f500" in asked.text.replace("\u00a0", "\u202f")
    preview = await member.write(BODY)
    assert preview.text.endswith(f"{BODY}\n\n{SIGNATURE}")
    await member.choose("Когда отправить →")
    confirm = await member.choose("Сейчас")
    assert "Получат 2 человека." in confirm.text
    progress = await member.choose("Отправить")
    assert "ждёт начала" in progress.text

    for student in (anna, boris):
        message = await gets(student, "Ярмарка")
        assert message.text == f"{BODY}\n\n{SIGNATURE}"
        assert message.button_texts == ["Не присылать такое"]
    row = await comes_to(world, "done")
    assert row["outcome"] == {"sent": 2}
    report = await gets(member, "закончена")
    assert report.id == progress.id, "edited in place"
    assert "▓▓▓▓▓▓▓▓▓▓▓▓ 100\u00a0%" in report.text
    assert "Получили: 2 из 2" in report.text
    assert report.button_texts == ["← Все рассылки"]
    assert not any("Ярмарка" in message.text for message in await stranger.messages())
    actions = [row["action"] for row in await rows(world.app, audit)]
    assert actions.count("campaign_started") == 1
    assert await world.refusals() == []


async def test_a_segment_by_buttons(world: World) -> None:
    await awake(world, name="Аня")
    await awake(world, group="pk22", name="Боря")
    member = await specialist(world)
    await member.write("/campaign")

    groups = await member.choose("Группа")
    assert groups.button_texts[:2] == ["ИСП-21", "ПК-22"]
    assert "Получат 2 человека." in groups.text
    ticked = await member.choose("ИСП-21")
    assert "✅ ИСП-21" in ticked.button_texts
    assert "Получит 1 человек." in ticked.text
    audience = await member.choose("← Назад")
    assert "Группа: ИСП-21" in audience.text
    await member.choose("Уровень")
    nobody = await member.choose("невысокий")
    assert "Таких людей пока нет." in nobody.text
    empty = await member.choose("← Назад")
    assert "Написать текст →" not in empty.button_texts
    assert "Аня" not in empty.text
    await member.choose("Уровень")
    assert "Получит 1 человек." in (await member.choose("Не важно")).text
    for dimension, value in (
        ("Запрос", "первая работа"),
        ("Специальность", "09.02.07"),
        ("Год выпуска", "2027"),
        ("Фактор", "Нет ни резюме"),
    ):
        listed = await member.choose(dimension)
        button = next(text for text in listed.button_texts if text.startswith(value))
        assert "Получит 1 человек." in (await member.choose(button)).text
        await member.choose("← Назад")
    await member.choose("Написать текст →")
    assert "О том, почему человек в списке" in (await member.screen()).text
    await member.write(BODY)
    assert (await campaign_row(world))["segment"]["years"] == [2027]
    await member.choose("Изменить, кому")
    everybody = await member.choose("Снова всем")
    assert "Получат 2 человека." in everybody.text
    assert BODY in (await member.choose("К тексту →")).text
    assert await world.refusals() == []


async def test_a_text_that_cannot_be_sent_is_said_kindly(world: World) -> None:
    await awake(world)
    member = await specialist(world)
    await member.write("/campaign")
    await member.choose("Написать текст →")
    await member.person.send_sticker()
    await member.idle()
    assert "Нужен текст" in (await member.screen()).text
    assert "уложитесь" in (await member.write("я" * 3_501)).text
    assert "уложитесь" in (await member.write("👩" * 1_751)).text
    longest = "я" * 3_500
    assert (await member.write(longest)).text.endswith(f"{longest}\n\n{SIGNATURE}")
    await member.choose("Изменить текст")
    assert (await member.write("<b>&lt;")).text.endswith(f"<b>&lt;\n\n{SIGNATURE}")
    assert await world.refusals() == []


async def test_a_test_to_oneself_is_what_students_get(world: World) -> None:
    student = await awake(world)
    member = await specialist(world)
    await written(member)
    await member.choose("Прислать сначала мне")
    await member.person.wait_for(
        lambda messages: any(message.text == f"{BODY}\n\n{SIGNATURE}" for message in messages)
    )
    test = (await member.messages())[-1]
    assert test.button_texts == ["Не присылать такое"]
    press = await member.person.press("Не присылать такое")
    assert "Это проба" in ((await press.answer()).text or "")
    await member.idle()
    assert await rows(world.app, consents, purpose="campaigns") == []
    assert not any("Ярмарка" in message.text for message in await student.messages())
    assert (await campaign_row(world))["state"] == "draft"
    await member.choose("Когда отправить →")  # the dialog goes on
    assert await world.refusals() == []


async def test_typed_in_one_line(world: World) -> None:
    await awake(world)
    member = await specialist(world)
    preview = await member.write("/campaign Завтра лекция")
    assert preview.text.startswith("Так это увидят. Получит 1 человек.")
    assert f"Завтра лекция\n\n{SIGNATURE}" in preview.text
    assert "уложитесь" in (await member.write("/campaign " + "я" * 3_501)).text


async def test_a_double_tap_sends_once(world: World) -> None:
    student = await awake(world)
    member = await specialist(world)
    await written(member)
    await member.choose("Когда отправить →")
    confirm = await member.choose("Сейчас")
    for press in [await member.person.press("Отправить") for _ in range(2)]:
        await press.answer()
    await member.idle()
    await gets(student, "Ярмарка")
    await comes_to(world, "done")
    assert await message_states(world) == ["sent"]
    assert len([message for message in await student.messages() if "Ярмарка" in message.text]) == 1
    assert [row["action"] for row in await rows(world.app, audit)].count("campaign_started") == 1
    assert confirm.id != (await member.screen()).id


async def test_no_more_of_these_and_back_again(world: World) -> None:
    student = await awake(world)
    member = await specialist(world)
    await sent(member)
    await gets(student, "Ярмарка")
    press = await student.person.press("Не присылать такое")
    assert "больше не будет" in ((await press.answer()).text or "")
    await student.idle()
    message = await gets(student, "Ярмарка")
    assert message.button_texts == ["Вернуть рассылки"]
    assert "Таких людей пока нет." in (await member.write("/campaign")).text
    await student.choose("Вернуть рассылки")
    assert (await gets(student, "Ярмарка")).button_texts == ["Не присылать такое"]
    assert "Получит 1 человек." in (await member.write("/campaign")).text
    given = [row["given"] for row in await rows(world.app, consents, purpose="campaigns")]
    assert given == [False, True]
    assert "на рассылки центра карьеры" in (await student.write("/profile")).text
    assert await world.refusals() == []


async def test_whoever_unsubscribed_after_it_was_queued_gets_nothing(world: World) -> None:
    early = await awake(world, name="Аня")
    member = await specialist(world)
    await sent(member, "Первая")
    await gets(early, "Первая")
    await world.sandbox.fault("sendMessage", status=429, retry_after=2, times=1)
    late = await awake(world, name="Боря")
    await early.choose("Не присылать такое")
    await sent(member, "Вторая")
    await gets(late, "Вторая")
    assert not any("Вторая" in message.text for message in await early.messages())


async def test_nothing_is_left_of_a_dialog_that_is_closed(world: World) -> None:
    await awake(world)
    member = await specialist(world)
    await written(member)
    await member.choose("Закрыть")
    assert len(await rows(world.app, campaigns)) == 1, "the draft stays until the next one"
    stranger = await newcomer(world)
    assert (await stranger.write("/campaign")).text == "Такой команды нет. Что я умею: /help"
    assert all(BODY not in str(row) for row in await rows(world.app, fsm))
