"""The chat page, used as a person uses it, in a headless Chromium."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.chat import Person
from bot.sandbox.server import Sandbox
from tests.conversation.browser import Page, open_browser
from tests.conversation.raw_bot import RawBot, raw_bot

pytestmark = pytest.mark.browser

ANYA, JOHN = 5_000_000_001, 5_000_000_002
PEOPLE = [
    Person(ANYA, "Аня", label="студентка", description="4 курс, ищет первую работу"),
    Person(JOHN, "John", label="student", language_code="en"),
]
GREETING = "<b>Здравствуйте!</b> &lt;script&gt;alert(1)&lt;/script&gt; <tg-spoiler>тайна</tg-spoiler>"
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Начать", "callback_data": "begin"}],
        [{"text": "Подсказка", "callback_data": "toast"}, {"text": "Важное", "callback_data": "alert"}],
        [{"text": "Позвать", "url": "https://t.me/marshrut_sandbox_bot?start=g_friend"}],
    ]
}


class ScriptedBot:
    """Greets on /start, repeats other texts, edits its message or answers on a press."""

    def __init__(self, bot: RawBot) -> None:
        self._bot = bot
        self.heard: list[str] = []

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self._bot.updates(offset, timeout=30):
                offset = update["update_id"] + 1
                if "message" in update:
                    await self._reply(update["message"])
                elif "callback_query" in update:
                    await self._pressed(update["callback_query"])

    async def _reply(self, message: dict[str, Any]) -> None:
        text = message.get(
            "text", next((kind for kind in ("photo", "sticker", "document") if kind in message), "")
        )
        self.heard.append(text)
        answer: dict[str, Any] = {"text": f"Вы прислали: {text}"}
        if text.startswith("/start"):
            answer = {"text": GREETING, "parse_mode": "HTML", "reply_markup": KEYBOARD}
        elif text == "клавиатура":
            answer["reply_markup"] = {"keyboard": [["Вакансии", "Настройки"]]}
        await self._bot.call("sendMessage", chat_id=message["chat"]["id"], **answer)

    async def _pressed(self, query: dict[str, Any]) -> None:
        answer = (
            {} if query["data"] == "begin" else {"text": "Это ответ", "show_alert": query["data"] == "alert"}
        )
        await self._bot.call("answerCallbackQuery", callback_query_id=query["id"], **answer)
        if query["data"] == "begin":
            message = query["message"]
            where = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
            markup = {"inline_keyboard": [[{"text": "Готово", "callback_data": "toast"}]]}
            await self._bot.call("editMessageText", **where, text="Первый вопрос", reply_markup=markup)


@pytest.fixture
async def base_url() -> AsyncIterator[str]:
    async with Sandbox(people=PEOPLE) as base_url:
        yield base_url


@pytest.fixture
async def bot(base_url: str) -> AsyncIterator[ScriptedBot]:
    async with raw_bot(base_url) as raw, asyncio.TaskGroup() as group:
        commands = [
            {"command": "help", "description": "Помощь"},
            {"command": "jobs", "description": "Вакансии"},
        ]
        await raw.call("setMyCommands", commands=commands)
        await raw.call("setMyDescription", description="Помогаю найти первую работу.")
        bot = ScriptedBot(raw)
        running = group.create_task(bot.run())
        yield bot
        running.cancel()


@pytest.fixture(params=[(1200, 800), (360, 640)], ids=["desktop", "phone"])
async def page(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Page]:
    width, height = request.param
    async with open_browser(tmp_path / "profile") as browser, browser.page(width, height) as page:
        yield page
        assert page.errors == []


def incoming(count: int) -> str:
    return f"document.querySelectorAll('.incoming').length === {count}"


async def test_a_whole_conversation(page: Page, base_url: str, bot: ScriptedBot, tmp_path: Path) -> None:
    await page.goto(f"{base_url}/?start=g_abc")
    await page.click(f".person[data-id='{ANYA}']")
    await page.wait_for("document.querySelector('.welcome')?.innerText.includes('первую работу')")
    await page.click(text="СТАРТ")
    await page.wait_for(incoming(1))
    assert bot.heard == ["/start g_abc"]
    assert await page.evaluate("document.querySelector('.incoming strong').textContent") == "Здравствуйте!"
    assert await page.evaluate("document.querySelector('.incoming').innerText.includes('<script>alert(1)')")
    await page.click(".spoiler")
    await page.wait_for("document.querySelector('.spoiler.revealed')")

    await page.click(text="Подсказка")
    await page.wait_for("!document.getElementById('toast').hidden")
    await page.click(text="Важное")
    await page.wait_for("document.getElementById('alert').open")
    await page.press_key("Escape")
    await page.wait_for("!document.getElementById('alert').open")

    await page.click(text="Начать")
    await page.wait_for("document.querySelector('.incoming .text').textContent === 'Первый вопрос'")
    assert await page.evaluate(incoming(1)), "an edit changes the message in place"
    assert not await page.evaluate("document.querySelector('.incoming').innerText.includes('изменено')")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"
    await page.screenshot(tmp_path / "conversation.png")


async def test_writing_commands_and_keyboards(page: Page, base_url: str, bot: ScriptedBot) -> None:
    await page.goto(f"{base_url}/?person={ANYA}")
    await page.click(text="СТАРТ")
    await page.wait_for(incoming(1))
    await page.click("#input")
    await page.type("клавиатура")
    await page.press_key("Enter")
    await page.click(text="Вакансии")
    await page.wait_for(incoming(3))
    await page.click("#input")
    await page.type("/he")
    await page.wait_for("document.getElementById('commands').innerText.includes('Помощь')")
    await page.press_key("ArrowUp")
    await page.press_key("Enter")
    await page.wait_for(incoming(4))
    await page.click(text="Меню")
    await page.wait_for("document.querySelectorAll('#commands button').length === 2")
    await page.press_key("Escape")
    await page.wait_for("document.getElementById('commands').hidden")
    await page.click("#attach")
    await page.click("[data-send=sticker]")
    await page.wait_for(incoming(5))
    await page.click(text="Позвать")
    await page.wait_for(incoming(6))
    assert bot.heard == ["/start", "клавиатура", "Вакансии", "/help", "sticker", "/start g_friend"]


async def test_files_go_both_ways(page: Page, base_url: str, bot: ScriptedBot, tmp_path: Path) -> None:
    paper = tmp_path / "резюме.txt"
    paper.write_text("опыта нет")
    await page.goto(f"{base_url}/?person={ANYA}")
    await page.click(text="СТАРТ")
    await page.wait_for(incoming(1))
    await page.choose_files("#document-file", [paper])
    await page.wait_for("document.querySelector('a.document')?.innerText.includes('резюме.txt')")
    content = "fetch(document.querySelector('a.document').href).then(response => response.text())"
    assert await page.evaluate(content) == "опыта нет"


async def test_blocking_and_coming_back(page: Page, base_url: str, bot: ScriptedBot) -> None:
    await page.goto(f"{base_url}/?person={ANYA}")
    await page.click(text="СТАРТ")
    await page.wait_for(incoming(1))
    await page.click("#more")
    await page.click(text="Заблокировать бота")
    await page.click(text="Разблокировать")
    await page.wait_for("!document.getElementById('form').hidden")


async def test_a_new_person_and_an_unread_dot(page: Page, base_url: str, bot: ScriptedBot) -> None:
    await page.goto(f"{base_url}/?person={ANYA}")
    await page.click(text="СТАРТ")
    await page.wait_for(incoming(1))
    if await page.evaluate("innerWidth < 720"):
        await page.click("#back")
    await page.click("#add-person")
    await page.wait_for("document.activeElement.id === 'person-name'")
    await page.type("Тимур")
    await page.press_key("Enter")
    await page.wait_for("document.querySelector('.person[aria-current]')?.innerText.includes('Тимур')")
    async with raw_bot(base_url) as another:
        await another.call("sendMessage", chat_id=ANYA, text="Пока вас не было")
    await page.wait_for(f"document.querySelector(\".person[data-id='{ANYA}'] .unread\")")


async def test_the_keyboard_reaches_everything(page: Page, base_url: str, bot: ScriptedBot) -> None:
    await page.goto(f"{base_url}/?person={ANYA}")
    await page.wait_for("!document.getElementById('start').hidden")
    await page.evaluate("document.getElementById('start').focus()")
    await page.press_key("Enter")
    await page.wait_for(incoming(1))
    assert await page.evaluate("document.activeElement.id") == "input"
    await page.evaluate("document.getElementById('messages').focus()")
    reached = []
    for _ in range(6):
        await page.press_key("Tab")
        reached.append(await page.evaluate("document.activeElement.textContent.trim()"))
    assert reached == ["/start", "тайна", "Начать", "Подсказка", "Важное", "Позвать"]
    await page.evaluate("document.querySelector('.inline-button').focus()")
    await page.press_key("Enter")
    await page.wait_for("document.activeElement.textContent === 'Готово'")
