"""What a newcomer gets from `make sandbox`: the invented region, the people to be, the page."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

import aiohttp

from bot import demo_region
from bot.sandbox.chat import Person
from bot.sandbox.person import SandboxClient
from bot.sandbox.server import Sandbox
from storage.tables import groups, organisations, persons, staff, statistics
from tests.conversation.conftest import World
from tests.conversation.raw_bot import raw_bot
from tests.conversation.stored import rows

PROJECT = Path(__file__).parents[2]


async def test_the_region_is_small_and_alive(world: World) -> None:
    demo = demo_region.load()

    await demo_region.seed(world.app, demo)

    region = [row for row in await rows(world.app, organisations) if row["contact"]]
    assert len(region) == 3
    assert (
        len([row for row in await rows(world.app, groups) if row["code"] in {g.code for g in demo.groups}])
        == 8
    )
    people = await rows(world.app, persons)
    assert len(people) == 61
    levels = {row["level"] for row in people}
    assert levels == {"high", "not_high", None}
    assert len(await rows(world.app, statistics)) == len(demo.statistics)
    assert {row["role"] for row in await rows(world.app, staff)} == {"specialist", "coordinator"}


async def test_one_of_them_is_half_way(world: World) -> None:
    demo = demo_region.load()
    await demo_region.seed(world.app, demo)

    half_way = await world.sandbox.person(first_name="Тимур", user_id=demo.telegram_id("half_way"))
    await half_way.start()
    screen = await half_way.wait()

    assert "Вы остановились на середине" in screen.last.text


async def test_the_command_serves_a_page_and_stops(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "sandbox",
        "--port",
        "0",
        cwd=PROJECT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(60):
        address = await _address(process.stdout)
        async with aiohttp.ClientSession() as session, session.get(address) as page:
            assert "/page/" in await page.text()
        process.send_signal(signal.SIGINT)
        assert await process.wait() == 0
    assert _left_in(tmp_path) == [], "the database of a demonstration goes with it"


def _left_in(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


async def _address(lines: asyncio.StreamReader) -> str:
    async for line in lines:
        found = re.search(r"http://\S+", line.decode())
        if found:
            return found[0]
    raise AssertionError("the sandbox said no address")


async def test_its_students_can_be_written_to_and_crowd_no_list() -> None:
    demo = demo_region.load()
    people = [Person(account, name, background=True) for account, name in demo_region.accounts(demo)]
    assert len(people) == demo.students
    async with (
        Sandbox(people=people) as base_url,
        SandboxClient(base_url) as client,
        raw_bot(base_url) as bot,
    ):
        sent = await bot.call("sendMessage", chat_id=people[0].id, text="Здравствуйте!")
        assert sent.result["text"] == "Здравствуйте!"
        assert (await client.request("GET", "state"))["people"] == []
