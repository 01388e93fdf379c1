"""The sandbox refuses what Telegram refuses, in Telegram's words."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox.flood import FloodLimits
from bot.sandbox.person import Person, SandboxClient
from bot.sandbox.server import Sandbox
from tests.conversation.raw_bot import RawBot, raw_bot

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060f80f0001"
    "0401005fe5c34b0000000049454e44ae426082"
)
KEYBOARD = {"inline_keyboard": [[{"text": "Дальше", "callback_data": "next"}]]}


class Clock:
    def __init__(self) -> None:
        self.time = 1_800_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def base_url(clock: Clock) -> AsyncIterator[str]:
    async with Sandbox(now=clock) as base_url:
        yield base_url


@pytest.fixture
async def bot(base_url: str) -> AsyncIterator[RawBot]:
    async with raw_bot(base_url) as bot:
        yield bot


@pytest.fixture
async def sandbox(base_url: str) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(base_url) as sandbox:
        yield sandbox


@pytest.fixture
async def person(sandbox: SandboxClient) -> Person:
    person = await sandbox.person()
    await person.start()
    return person


async def test_wrong_token_and_unknown_method(bot: RawBot, base_url: str) -> None:
    reply = await RawBot(bot.session, base_url, "1:wrong").call("getMe")
    assert (reply.status, reply.refusal) == (401, "Unauthorized")
    reply = await bot.call("sendTelepathy")
    assert (reply.status, reply.refusal) == (404, "Not Found")


async def test_parameters_as_query_form_and_json(bot: RawBot, person: Person) -> None:
    url = f"{bot.base_url}/bot{bot.token}/SENDMESSAGE"
    async with bot.session.get(url, params={"chat_id": person.id, "text": "по адресу"}) as response:
        assert (await response.json())["ok"]
    form = {"chat_id": str(person.id), "text": "формой", "reply_markup": json.dumps(KEYBOARD)}
    assert (await bot.request("sendMessage", data=form)).result["reply_markup"] == KEYBOARD
    assert (await bot.call("sendMessage", chat_id=person.id, text="телом")).result["text"] == "телом"
    assert [message.text for message in await person.messages()] == ["/start", "по адресу", "формой", "телом"]


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"text": "текст<x>", "parse_mode": "html"},
            'can\'t parse entities: Unsupported start tag "x" at byte offset 10',
        ),
        ({"text": "x", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": 404}, "chat not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "я" * 33}]]}},
            "BUTTON_DATA_INVALID",
        ),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
        ({"text": "x", "reply_parameters": {"message_id": 404}}, "message to be replied not found"),
    ],
)
async def test_messages_that_are_refused(
    bot: RawBot, person: Person, parameters: dict[str, object], complaint: str
) -> None:
    reply = await bot.call("sendMessage", **{"chat_id": person.id, **parameters})
    assert (reply.status, reply.refusal) == (400, f"Bad Request: {complaint}")
    assert [message.from_bot for message in await person.messages()] == [False]


async def test_limits_count_after_parsing(bot: RawBot, person: Person) -> None:
    text = "&lt;" * 4096
    assert (await bot.call("sendMessage", chat_id=person.id, text=f"<b>{text}</b>", parse_mode="HTML")).result
    assert (await bot.call("sendMessage", chat_id=person.id, text="😀" * 2048)).result


async def test_whom_the_bot_may_write_to(bot: RawBot, sandbox: SandboxClient) -> None:
    person = await sandbox.person()

    async def refusal() -> tuple[int, str]:
        reply = await bot.call("sendMessage", chat_id=person.id, text="x")
        return reply.status, reply.refusal

    assert await refusal() == (403, "Forbidden: bot can't initiate conversation with a user")
    await person.start()
    await person.block()
    assert await refusal() == (403, "Forbidden: bot was blocked by the user")
    await person.unblock()
    assert (await bot.call("sendMessage", chat_id=person.id, text="x")).result
    await person.deactivate()
    assert await refusal() == (403, "Forbidden: user is deactivated")


async def test_edits_that_are_refused(bot: RawBot, person: Person) -> None:
    [own] = await person.messages()
    sent = (await bot.call("sendMessage", chat_id=person.id, text="x", reply_markup=KEYBOARD)).result

    async def refusal(message_id: int, method: str = "editMessageText", **parameters: object) -> str:
        reply = await bot.call(method, chat_id=person.id, message_id=message_id, **parameters)
        return reply.refusal.removeprefix("Bad Request: ")

    assert await refusal(sent["message_id"], text="x", reply_markup=KEYBOARD) == (
        "message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )
    assert await refusal(own.id, text="y") == "message can't be edited"
    assert await refusal(404, text="y") == "message to edit not found"
    assert await refusal(sent["message_id"], "editMessageCaption", caption="y") == (
        "there is no caption in the message to edit"
    )
    assert await refusal(404, "deleteMessage") == "message to delete not found"


async def test_an_edit_without_markup_takes_the_keyboard_away(bot: RawBot, person: Person) -> None:
    sent = (await bot.call("sendMessage", chat_id=person.id, text="x", reply_markup=KEYBOARD)).result
    where = {"chat_id": person.id, "message_id": sent["message_id"]}
    edited = (await bot.call("editMessageText", **where, text="y")).result
    assert "reply_markup" not in edited
    assert edited["edit_date"]
    edited = (await bot.call("editMessageReplyMarkup", **where, reply_markup=KEYBOARD)).result
    assert (edited["text"], edited["reply_markup"]) == ("y", KEYBOARD)


async def test_messages_can_be_deleted_for_two_days(bot: RawBot, person: Person, clock: Clock) -> None:
    first = (await bot.call("sendMessage", chat_id=person.id, text="1")).result["message_id"]
    second = (await bot.call("sendMessage", chat_id=person.id, text="2")).result["message_id"]
    assert (await bot.call("deleteMessages", chat_id=person.id, message_ids=[first, 404])).result
    clock.time += 48 * 3600 + 1
    reply = await bot.call("deleteMessage", chat_id=person.id, message_id=second)
    assert reply.refusal == "Bad Request: message can't be deleted for everyone"
    assert [message.text for message in await person.messages()] == ["/start", "2"]


async def test_a_query_is_answered_once_and_in_time(bot: RawBot, person: Person, clock: Clock) -> None:
    await bot.call("sendMessage", chat_id=person.id, text="x", reply_markup=KEYBOARD)
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"

    async def answer(query_id: str) -> Any:
        return await bot.call("answerCallbackQuery", callback_query_id=query_id)

    press = await person.press("Дальше")
    assert (await answer(press.query_id)).result is True
    assert (await answer(press.query_id)).refusal == too_old
    assert (await answer("1")).refusal == too_old
    press = await person.press("Дальше")
    clock.time += 151
    assert (await answer(press.query_id)).refusal == too_old


async def test_files_go_up_and_come_down(bot: RawBot, person: Person) -> None:
    fields = {"chat_id": str(person.id), "caption": "<i>Резюме</i>", "parse_mode": "HTML"}
    form = aiohttp.FormData(fields, quote_fields=False)
    form.add_field("document", "attach://part")
    form.add_field("part", b"content", filename="Резюме.txt")
    document = (await bot.request("sendDocument", data=form)).result["document"]
    assert (document["file_name"], document["file_size"]) == ("Резюме.txt", 7)
    path = (await bot.call("getFile", file_id=document["file_id"])).result["file_path"]
    async with bot.session.get(f"{bot.base_url}/file/bot{bot.token}/{path}") as response:
        assert await response.read() == b"content"
    again = await bot.call("sendDocument", chat_id=person.id, document=document["file_id"])
    assert again.result["document"] == document
    [_, first, _] = await person.messages()
    assert first.document
    assert (first.html, first.document.name) == ("<i>Резюме</i>", "Резюме.txt")


@pytest.mark.parametrize(
    ("method", "name", "content", "caption", "complaint"),
    [
        ("sendPhoto", "photo", b"%PDF", "", "IMAGE_PROCESS_FAILED"),
        ("sendDocument", "document", b"", "", "file must be non-empty"),
        ("sendPhoto", "photo", PIXEL, "x" * 1025, "message caption is too long"),
    ],
)
async def test_files_that_are_refused(
    bot: RawBot, person: Person, method: str, name: str, content: bytes, caption: str, complaint: str
) -> None:
    form = aiohttp.FormData({"chat_id": str(person.id), "caption": caption})
    form.add_field(name, content, filename="file.bin")
    assert (await bot.request(method, data=form)).refusal == f"Bad Request: {complaint}"


async def test_unknown_files(bot: RawBot, person: Person) -> None:
    reply = await bot.call("sendPhoto", chat_id=person.id, photo="nonsense")
    assert reply.refusal == "Bad Request: wrong file identifier/HTTP URL specified"
    async with bot.session.get(f"{bot.base_url}/file/bot{bot.token}/none") as response:
        assert response.status == 404


async def test_an_album_and_a_picture_that_changes(bot: RawBot, person: Person) -> None:
    media = [
        {"type": "photo", "media": "attach://one", "caption": "1"},
        {"type": "photo", "media": "attach://one"},
    ]
    form = aiohttp.FormData({"chat_id": str(person.id), "media": json.dumps(media)})
    form.add_field("one", PIXEL, filename="one.png")
    first, second = (await bot.request("sendMediaGroup", data=form)).result
    assert first["media_group_id"] == second["media_group_id"]
    where = {"chat_id": person.id, "message_id": first["message_id"]}
    other = {"type": "photo", "media": second["photo"][0]["file_id"], "caption": "2"}
    assert (await bot.call("editMessageMedia", **where, media=other)).result["caption"] == "2"
    assert (await bot.call("editMessageCaption", **where, caption="3")).result["photo"]


async def test_commands_by_scope_and_language(bot: RawBot, person: Person) -> None:
    async def set_commands(command: str, **where: object) -> None:
        commands = [{"command": command, "description": "x"}]
        assert (await bot.call("setMyCommands", commands=commands, **where)).result

    await set_commands("any")
    await set_commands("russian", language_code="ru")
    scope = {"type": "chat", "chat_id": person.id}
    await set_commands("staff", scope=scope)
    assert [entry["command"] for entry in (await bot.call("getMyCommands")).result] == ["any"]
    assert (await bot.call("getMyCommands", language_code="ru")).result[0]["command"] == "russian"
    assert (await bot.call("getMyCommands", scope=scope)).result[0]["command"] == "staff"
    await bot.call("deleteMyCommands", scope=scope)
    assert (await bot.call("getMyCommands", scope=scope)).result == []
    wrong = await bot.call("setMyCommands", commands=[{"command": "Меню", "description": "x"}])
    assert wrong.refusal == "Bad Request: BOT_COMMAND_INVALID"


async def test_flood_limits_name_the_wait() -> None:
    async with (
        Sandbox(flood_limits=FloodLimits(), now=Clock()) as base_url,
        SandboxClient(base_url) as sandbox,
        raw_bot(base_url) as bot,
    ):
        person = await sandbox.person()
        await person.start()
        assert (await bot.call("sendMessage", chat_id=person.id, text="1")).result
        reply = await bot.call("sendMessage", chat_id=person.id, text="2")
        assert (reply.status, reply.refusal) == (429, "Too Many Requests: retry after 1")
        assert reply.body["parameters"] == {"retry_after": 1}


async def test_calls_are_on_record(bot: RawBot, sandbox: SandboxClient, person: Person) -> None:
    await bot.call("sendMessage", chat_id=person.id, text="x")
    await bot.call("sendMessage", chat_id=person.id, text="")
    good, bad = await sandbox.calls()
    assert (good.method, good.chat_id, good.ok) == ("sendMessage", person.id, True)
    assert (bad.ok, bad.description) == (False, "Bad Request: message text is empty")
    assert await sandbox.calls(since=1) == [bad]
