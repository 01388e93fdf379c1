"""The sandbox's clock: time is let pass, and the bot lives in the same time."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.chat import Person
from bot.sandbox.clock import Clock
from bot.sandbox.person import SandboxClient
from bot.sandbox.server import Sandbox
from tests.conversation.browser import Page, open_browser
from tests.conversation.raw_bot import raw_bot

ANYA = 5_000_000_001
NOON = dt.datetime(2026, 11, 5, 9, tzinfo=dt.UTC)  # in Moscow
DAY = 24 * 3600


@pytest.fixture
def leaps() -> list[float]:
    """What the bot was told."""
    return []


@pytest.fixture
async def base_url(leaps: list[float]) -> AsyncIterator[str]:
    sandbox = Sandbox(
        people=[Person(ANYA, "Аня")], now=NOON.timestamp, follow=leaps.append, zone="Europe/Moscow"
    )
    async with sandbox as base_url:
        yield base_url


async def post(base_url: str, **wanted: object) -> tuple[int, dict[str, float]]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{base_url}/sandbox/clock", json=wanted) as r,
    ):
        return r.status, await r.json()


async def test_what_comes_later_bears_the_later_time(base_url: str, leaps: list[float]) -> None:
    async with SandboxClient(base_url) as client, raw_bot(base_url) as bot:
        anya = await client.person()
        await anya.send("/start")
        status, clock = await post(base_url, seconds=DAY)
        assert (status, clock["now"]) == (200, NOON.timestamp() + DAY)
        sent = await bot.call("sendMessage", chat_id=anya.id, text="Наутро")
    assert sent.result["date"] == NOON.timestamp() + DAY
    assert leaps == [DAY]


async def test_a_press_is_as_old_as_it_really_is(base_url: str) -> None:
    async with SandboxClient(base_url) as client, raw_bot(base_url) as bot:
        anya = await client.person()
        await anya.send("/start")
        keyboard = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
        await bot.call("sendMessage", chat_id=anya.id, text="Начнём?", reply_markup=keyboard)
        press = await anya.press("Да")
        await post(base_url, seconds=DAY)
        updates = await bot.updates(0)
        await bot.call(
            "answerCallbackQuery", callback_query_id=updates[-1]["callback_query"]["id"], text="ok"
        )
        assert (await press.answer()).text == "ok"


async def test_a_press_grows_old_after_a_leap_too() -> None:
    passing = [NOON.timestamp()]
    sandbox = Sandbox(now=lambda: passing[0], follow=lambda _: None)
    async with sandbox as base_url, SandboxClient(base_url) as client, raw_bot(base_url) as bot:
        anya = await client.person()
        await anya.send("/start")
        await post(base_url, seconds=DAY)
        keyboard = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
        await bot.call("sendMessage", chat_id=anya.id, text="Начнём?", reply_markup=keyboard)
        await anya.press("Да")
        passing[0] += 151
        updates = await bot.updates(0)
        query_id = updates[-1]["callback_query"]["id"]
        refused = await bot.call("answerCallbackQuery", callback_query_id=query_id)
        assert "query is too old" in refused.refusal


@pytest.mark.parametrize(
    "wanted",
    [{}, {"seconds": 0}, {"seconds": -60}, {"seconds": 10**9}, {"until": "25:00"}, {"until": "soon"}],
)
async def test_time_goes_forward_and_not_too_far(
    base_url: str, leaps: list[float], wanted: dict[str, object]
) -> None:
    status, _ = await post(base_url, **wanted)
    assert status == 400
    assert leaps == []


async def test_without_a_bot_that_follows_the_clock_stands_fast() -> None:
    async with Sandbox() as base_url:
        assert (await post(base_url, seconds=60))[0] == 400


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (NOON, 6),
        (NOON + dt.timedelta(hours=6), 24),  # it is that time: tomorrow
        (NOON + dt.timedelta(hours=9), 21),
    ],
)
def test_until_a_time_of_day(now: dt.datetime, hours: int) -> None:
    assert Clock(now.timestamp, zone="Europe/Moscow").until(dt.time(18)) == hours * 3600


def test_a_night_in_which_the_clocks_are_changed() -> None:
    evening = dt.datetime(2026, 3, 28, 17, 30, tzinfo=dt.UTC)  # half past six in Berlin
    assert Clock(evening.timestamp, zone="Europe/Berlin").until(dt.time(18)) == 22.5 * 3600


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1200, 800), (360, 640)], ids=["desktop", "phone"])
async def test_time_is_let_pass_on_the_page(
    base_url: str, leaps: list[float], size: tuple[int, int], tmp_path: Path
) -> None:
    async with open_browser(tmp_path / "profile") as browser, browser.page(*size) as page:
        await page.goto(f"{base_url}/?person={ANYA}")
        await page.wait_for("document.getElementById('clock-time').textContent.includes('12:00')")
        await page.click(text="СТАРТ")
        await page.click("#clock")
        await page.wait_for("document.getElementById('clock-day').textContent === 'четверг, 5 ноября'")
        await page.screenshot(tmp_path / "clock.png")
        await page.click(text="К 18:00")
        await page.wait_for("document.getElementById('clock-time').textContent.includes('18:00')")
        assert await page.evaluate("document.getElementById('clock-menu').hidden")
        await page.click("#clock")
        await page.click(text="Через день")
        await page.wait_for("document.getElementById('clock-time').textContent.startsWith('пт')")
        await _says_the_next_day(page)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.errors == []
    assert leaps == [6 * 3600, DAY]


async def _says_the_next_day(page: Page) -> None:
    await page.click("#input")
    await page.type("Доброе утро")
    await page.press_key("Enter")
    days = "[...document.querySelectorAll('.day')].map(day => day.textContent).join()"
    await page.wait_for(f"{days} === '5 ноября,Сегодня'")
