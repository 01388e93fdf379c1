"""How updates reach the bot: polling, webhook, and what a test can make go wrong."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox.person import NothingHappenedError, Person, SandboxClient
from bot.sandbox.server import Sandbox
from tests.conversation.raw_bot import RawBot, raw_bot


@pytest.fixture
async def base_url() -> AsyncIterator[str]:
    async with Sandbox(webhook_retry=0.01) as base_url:
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
    return await sandbox.person()


async def test_an_update_stays_until_the_offset_passes_it(
    bot: RawBot, sandbox: SandboxClient, person: Person
) -> None:
    await person.start("g_abc")
    await person.send("второе")
    first, second = await bot.updates()
    assert first["message"]["text"] == "/start g_abc"
    assert first["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert await bot.updates() == [first, second]
    assert await bot.updates(offset=second["update_id"]) == [second]
    standing = await sandbox.acknowledged()
    assert (standing.update_id, standing.pending) == (first["update_id"], 1)
    assert (await bot.call("getUpdates", limit=1)).result == [second]
    assert await bot.updates(offset=second["update_id"] + 1, timeout=0) == []


async def test_a_long_poll_returns_when_something_comes(bot: RawBot, person: Person) -> None:
    begun = time.monotonic()
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(bot.updates(timeout=30))
        await person.send("привет")
    assert [update["message"]["text"] for update in poll.result()] == ["привет"]
    assert time.monotonic() - begun < 10


async def test_settled_waits_for_the_acknowledgement(bot: RawBot, person: Person) -> None:
    await person.send("привет")
    [update] = await bot.updates()
    with pytest.raises(NothingHappenedError, match="› привет"):
        await person.settled(timeout=0.01)
    async with asyncio.TaskGroup() as group:
        group.create_task(person.settled())
        group.create_task(bot.updates(offset=update["update_id"] + 1, timeout=0))


async def test_a_second_poll_ends_the_first(bot: RawBot, person: Person) -> None:
    async with asyncio.TaskGroup() as group:
        polls = [group.create_task(bot.call("getUpdates", timeout=30)) for _ in range(2)]
        [ended], _ = await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)
        await person.send("привет")
    reply = ended.result()
    assert (reply.status, reply.refusal) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    assert sum(poll.result().body["ok"] for poll in polls) == 1


async def test_only_allowed_kinds_of_updates_come(bot: RawBot, person: Person) -> None:
    await bot.call("getUpdates", allowed_updates=["my_chat_member"])
    await person.send("привет")
    await person.block()
    [update] = await bot.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"


class WebhookBot:
    """Takes updates by webhook; fails the first `failures` deliveries."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.taken: asyncio.Queue[tuple[str, str | None]] = asyncio.Queue()

    async def receive(self, request: web.Request) -> web.Response:
        text = (await request.json())["message"]["text"]
        await self.taken.put((text, request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        self.failures -= 1
        return web.Response(status=500 if self.failures >= 0 else 200)

    async def start(self) -> tuple[web.AppRunner, str]:
        application = web.Application()
        application.router.add_post("/hook", self.receive)
        runner = web.AppRunner(application)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"


async def test_a_webhook_is_retried_and_carries_the_secret(bot: RawBot, person: Person) -> None:
    hook = WebhookBot(failures=2)
    runner, url = await hook.start()
    try:
        assert (await bot.call("setWebhook", url=url, secret_token="hush")).result
        await person.send("первое")
        await person.send("второе")
        async with asyncio.timeout(10):
            taken = [await hook.taken.get() for _ in range(4)]
        assert taken == [("первое", "hush")] * 3 + [("второе", "hush")]
        await person.settled()
        info = (await bot.call("getWebhookInfo")).result
        assert (info["url"], info["pending_update_count"]) == (url, 0)
        assert info["last_error_message"].startswith("Wrong response from the webhook: 500")
        reply = await bot.call("getUpdates")
        assert (reply.status, reply.refusal) == (
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
        assert (await bot.call("deleteWebhook")).result
        await person.send("третье")
        [update] = await bot.updates()
        assert update["message"]["text"] == "третье"
    finally:
        await runner.cleanup()


async def test_a_webhook_needs_https_or_this_machine(bot: RawBot) -> None:
    reply = await bot.call("setWebhook", url="http://example.ru/hook")
    assert reply.refusal == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"


async def test_a_fault_strikes_as_often_as_it_was_told_to(bot: RawBot, sandbox: SandboxClient) -> None:
    await sandbox.fault(
        "getMe", times=2, status=429, description="Too Many Requests: retry after 7", retry_after=7
    )
    for _ in range(2):
        reply = await bot.call("getMe")
        assert (reply.status, reply.body["parameters"]) == (429, {"retry_after": 7})
    assert (await bot.call("getMe")).result["username"] == "marshrut_sandbox_bot"


@pytest.mark.parametrize(("performed", "arrived"), [(False, []), (True, ["x"])])
async def test_a_reset_connection_may_hide_that_a_message_arrived(
    bot: RawBot, sandbox: SandboxClient, person: Person, performed: bool, arrived: list[str]
) -> None:
    await person.start()
    await sandbox.fault("sendMessage", reset=True, performed=performed)
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=person.id, text="x")
    assert [message.text for message in await person.messages() if message.from_bot] == arrived


async def test_a_delayed_call_takes_its_time(bot: RawBot, sandbox: SandboxClient) -> None:
    await sandbox.fault("getMe", delay=0.2)
    begun = time.monotonic()
    assert (await bot.call("getMe")).result
    assert time.monotonic() - begun >= 0.2
    await sandbox.fault("getMe", status=500)
    await sandbox.clear_faults()
    assert (await bot.call("getMe")).result
