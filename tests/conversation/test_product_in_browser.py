"""The product as people use it: the chat page in a real browser, the real bot behind it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.domain.clock import now
from bot.domain.people import Role
from bot.sandbox.person import Person
from storage import organisations, people, staff
from tests.conversation.browser import Page, open_browser
from tests.conversation.conftest import World
from tests.databases import ONE_IS_ENOUGH

pytestmark = [pytest.mark.browser, ONE_IS_ENOUGH]

ANSWERS = (
    "Согласиться и начать",
    "Найти практику или стажировку",
    "Готово: 1 пункт",
    "Да, в колледже",
    "Пропустить",  # the name
    "Пока нет",  # works
    "Пока нет",  # has worked
    "Пока нет",  # employer events
    "Есть",  # a résumé
    "Пока нет",  # interview training
    "Пока нет",  # a workplace for later
    "Работать",
    "Готово: 1 пункт",
    "Ничего из этого",
    "Полный день",
    "Готово: 1 пункт",
    "Там, где живу",
    "Пропустить",  # strengths
    "Не отвечать",  # the delicate questions
    "Всё верно",
)


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    async with open_browser(tmp_path / "profile") as browser, browser.page(language="ru") as page:
        yield page


async def tap(page: Page, text: str) -> None:
    """Press a button and wait until the chat has changed."""
    before = await page.evaluate("document.querySelector('#messages').innerText")
    await page.click(text=text)
    await page.wait_for(f"document.querySelector('#messages').innerText !== {before!r}")


async def say(page: Page, text: str) -> None:
    await page.click("#input")
    await page.type(text)
    await page.press_key("Enter")


async def open_chat(page: Page, world: World, person: Person, start: str = "") -> None:
    await page.goto(f"{world.base_url}/?person={person.id}&start={start}")
    await page.click("#start")


def link_specialist(connection: Connection, telegram_id: int) -> None:
    college = organisations.organisation_by_code(connection, "ktt")
    assert college is not None
    staff.link(connection, telegram_id, Role.SPECIALIST, college["id"], "ru", now())


def code_of(connection: Connection, telegram_id: int) -> str:
    person = people.known(connection, telegram_id).person
    assert person is not None
    return person.code


@pytest.mark.parametrize(("width", "height"), [(1100, 820), (360, 740)])
async def test_a_student_completes_profiling_and_the_specialist_sees_the_card(
    world: World, page: Page, tmp_path: Path, width: int, height: int
) -> None:
    await page.set_viewport(width, height)
    student = await world.person(first_name="Аня")
    await open_chat(page, world, student, "g_isp21")
    await page.wait_for("document.body.innerText.includes('ИСП-21')")
    for answer in ANSWERS:
        await tap(page, answer)
    await page.wait_for("document.body.innerText.includes('Вот что поможет')")
    await page.screenshot(tmp_path / "steps.png")
    await tap(page, "Найти место для практики")
    await tap(page, "← Все шаги")

    specialist = await world.person(first_name="Ольга")
    await world.app.database.write(lambda connection: link_specialist(connection, specialist.id))
    await open_chat(page, world, specialist)
    await page.wait_for("document.body.innerText.includes('ИСП-21: 1 / 1')")
    code = await world.app.database.read(lambda connection: code_of(connection, student.id))
    await say(page, f"/student {code.lower()}")
    await page.wait_for("document.body.innerText.includes('Уровень риска: высокий')")
    await page.screenshot(tmp_path / "card.png")
    assert page.errors == []
    assert await world.refusals() == []
