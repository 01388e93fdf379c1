"""Scripted people and a bot on aiogram: what the one does, the other sees."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)

from bot.sandbox.person import NothingHappenedError, Person, SandboxClient, SandboxError
from bot.sandbox.server import DEFAULT_TOKEN, Sandbox

NEXT = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Дальше", callback_data="next")],
        [InlineKeyboardButton(text="Сайт", url="https://example.ru")],
    ]
)


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxClient]:
    async with Sandbox() as base_url, SandboxClient(base_url) as sandbox:
        yield sandbox


@pytest.fixture
async def bot(sandbox: SandboxClient) -> AsyncIterator[Bot]:
    server = TelegramAPIServer.from_base(sandbox.base_url)
    async with Bot(DEFAULT_TOKEN, session=AiohttpSession(api=server)) as bot:
        yield bot


@pytest.fixture
async def person(sandbox: SandboxClient) -> Person:
    return await sandbox.person(first_name="Аня", last_name="С", username="anya", language_code="en")


async def take(bot: Bot) -> list[Update]:
    """The updates that wait, acknowledged."""
    updates = await bot.get_updates(timeout=5)
    await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)
    return updates


async def test_every_kind_of_message_satisfies_the_models(bot: Bot, person: Person) -> None:
    await person.send("привет")
    await person.send_photo(caption="вот")
    await person.send_sticker("🔥")
    await person.send_voice(5)
    await person.send_document("список.csv", b"1,2")
    await person.send_contact("+79991112233")
    await person.send_location(55.75, 37.61)
    await person.forward("чужое", "Пётр")
    messages = [update.message for update in await take(bot) if update.message]
    assert [message.content_type for message in messages] == (
        ["text", "photo", "sticker", "voice", "document", "contact", "location", "text"]
    )
    assert messages[0].from_user
    assert (messages[0].from_user.full_name, messages[0].from_user.language_code) == ("Аня С", "en")
    assert messages[4].document
    assert messages[4].document.file_name == "список.csv"
    file = await bot.download(messages[4].document)
    assert file
    assert file.read() == b"1,2"
    assert messages[7].forward_origin


async def test_an_edited_message_and_a_block(bot: Bot, person: Person) -> None:
    number = await person.send("было")
    await person.edit(number, "стало")
    await person.block()
    _, edited, member = await take(bot)
    assert edited.edited_message
    assert edited.edited_message.text == "стало"
    assert member.my_chat_member
    assert member.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(person.id, "x")


async def test_a_press_reaches_the_bot_and_its_answer_the_person(bot: Bot, person: Person) -> None:
    await person.start()
    await take(bot)
    sent = await bot.send_message(person.id, "<b>Раз</b>", parse_mode="HTML", reply_markup=NEXT)
    screen = await person.wait()
    assert (screen.last.html, screen.buttons) == ("<b>Раз</b>", ["Дальше", "Сайт"])
    press = await person.press("Дальше")
    [update] = await take(bot)
    assert update.callback_query
    assert (update.callback_query.data, update.callback_query.from_user.language_code) == ("next", "en")
    assert isinstance(update.callback_query.message, Message)
    assert update.callback_query.message.message_id == press.message_id == sent.message_id
    await bot.answer_callback_query(update.callback_query.id, "Готово", show_alert=True)
    answer = await press.answer()
    assert (answer.text, answer.show_alert) == ("Готово", True)
    await bot.edit_message_text("Два", chat_id=person.id, message_id=sent.message_id)
    screen = await person.wait_for(lambda messages: messages[-1].text == "Два")
    assert screen.last.edited
    assert await person.transcript() == (
        "› /start\n‹ <b>Раз</b>\n  [Дальше]\n  [Сайт → https://example.ru]\n› [Дальше]\n‹ (alert) Готово\n"
        "‹ (edited) Два\n"
    )


async def test_only_what_is_there_can_be_pressed(bot: Bot, person: Person) -> None:
    await person.start()
    await bot.send_message(person.id, "x", reply_markup=NEXT)
    with pytest.raises(SandboxError, match="there is no button 'Назад'"):
        await person.press("Назад")
    with pytest.raises(SandboxError, match="there is no button 'Сайт'"):
        await person.press("Сайт")
    with pytest.raises(SandboxError, match="no button with data"):
        await person.press(data="admin")
    await person.press(data="admin", forged=True)
    assert (await take(bot))[-1].callback_query.data == "admin"  # type: ignore[union-attr]  # fails the test if absent


async def test_reply_keyboards_come_and_go(bot: Bot, person: Person) -> None:
    await person.start()
    keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Меню")]], resize_keyboard=True)
    await bot.send_message(person.id, "x", reply_markup=keyboard)
    assert (await person.wait()).last.reply_keyboard == [["Меню"]]
    await person.tap("Меню")
    message = (await take(bot))[-1].message
    assert message
    assert message.text == "Меню"
    await bot.send_message(person.id, "y", reply_markup=ReplyKeyboardRemove())
    with pytest.raises(SandboxError, match="no reply keyboard button 'Меню'"):
        await person.tap("Меню")


async def test_waiting_in_vain_tells_the_story(bot: Bot, person: Person) -> None:
    await person.start()
    await bot.send_message(person.id, "одно")
    await person.wait()
    with pytest.raises(NothingHappenedError, match="‹ одно"):
        await person.wait(timeout=0.01)
    await bot.send_chat_action(person.id, "typing")
    with pytest.raises(NothingHappenedError, match="has changed nothing"):
        await person.wait(timeout=0.01)


async def test_multipart_of_the_library(bot: Bot, person: Person, sandbox: SandboxClient) -> None:
    await person.start()
    await bot.send_document(person.id, BufferedInputFile(b"one", "one.txt"), caption="1")
    await bot.send_media_group(
        person.id, [InputMediaDocument(media=BufferedInputFile(b"two", "two.txt")) for _ in range(2)]
    )
    documents = [message.document for message in await person.messages() if message.document]
    assert [await sandbox.file(document.file_id) for document in documents] == [b"one", b"two", b"two"]


async def test_a_fault_becomes_the_exception_of_the_library(
    bot: Bot, person: Person, sandbox: SandboxClient
) -> None:
    await person.start()
    await sandbox.fault(
        "sendMessage", status=429, description="Too Many Requests: retry after 3", retry_after=3
    )
    with pytest.raises(TelegramRetryAfter) as raised:
        await bot.send_message(person.id, "x")
    assert raised.value.retry_after == 3


async def test_fifty_people_at_once(bot: Bot, sandbox: SandboxClient) -> None:
    people = [await sandbox.person() for _ in range(50)]
    numbers = {person.id for person in people}

    async def talk(person: Person) -> str:
        await person.start()
        return (await person.wait()).text

    async def answer() -> None:
        waiting = set(numbers)
        offset = 0
        while waiting:
            for update in await bot.get_updates(offset=offset, timeout=5):
                assert update.message
                offset = update.update_id + 1
                waiting.discard(update.message.chat.id)
                await bot.send_message(update.message.chat.id, str(update.message.chat.id))

    async with asyncio.TaskGroup() as group:
        talks = [group.create_task(talk(person)) for person in people]
        group.create_task(answer())
    assert [done.result() for done in talks] == [str(person.id) for person in people]
