"""The sandbox as a whole: `async with Sandbox() as base_url`, or `start` and `stop`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from types import TracebackType

from aiohttp import web

from bot.sandbox.api import MAXIMUM_REQUEST, BotApi
from bot.sandbox.chat import Person
from bot.sandbox.clock import Clock, Follow
from bot.sandbox.control import Control
from bot.sandbox.flood import FloodGate, FloodLimits
from bot.sandbox.pages import Pages
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import WebhookDelivery
from bot.sandbox.world import World

DEFAULT_TOKEN = "1000000001:sandbox"  # noqa: S105 (it opens nothing but this server)
DEFAULT_USERNAME = "marshrut_sandbox_bot"


class Sandbox:
    """Serves the Bot API, the people's side and the chat page on 127.0.0.1.

    `now` is the time that messages carry and that limits and query lifetimes are measured with. With `follow`
    the clock can be moved, see `bot.sandbox.clock`; limits and lifetimes go by the time that really passes.
    """

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        username: str = DEFAULT_USERNAME,
        people: Sequence[Person] = (),
        flood_limits: FloodLimits | None = None,
        query_lifetime: float = 150.0,
        webhook_retry: float = 1.0,
        now: Callable[[], float] = time.time,
        follow: Follow | None = None,
        zone: str | None = None,
    ) -> None:
        updates = UpdateQueue()
        clock = Clock(now, follow, zone)
        self.world = World(
            token=token,
            username=username,
            now=clock,
            query_lifetime=query_lifetime,
            flood=FloodGate(flood_limits, now),
            updates=updates,
            webhook=WebhookDelivery(updates, clock, webhook_retry),
        )
        for person in people:
            self.world.add_person(person)
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> str:
        """Listen, on any free port by default; returns the base address."""
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        host, bound_port = self._runner.addresses[0][:2]
        return f"http://{host}:{bound_port}"

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> str:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=MAXIMUM_REQUEST)
        for part in (BotApi(self.world), Control(self.world), Pages(self.world)):
            application.add_routes(part.routes())
        application.cleanup_ctx.append(self._deliver_webhooks)
        application.on_shutdown.append(self._release_waiters)
        return application

    async def _deliver_webhooks(self, _: web.Application) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as background:
            delivery = background.create_task(self.world.webhook.run())
            yield
            delivery.cancel()

    async def _release_waiters(self, _: web.Application) -> None:
        """Long polls end at once, or stopping would have to wait for each of them."""
        self.world.updates.arrived.close()
        self.world.updates.left.close()
        for chat in self.world.chats.values():
            chat.changed.close()
        for watcher in self.world.watchers:
            watcher.put_nowait(None)
