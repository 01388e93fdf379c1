"""Delivery of updates by webhook: retried until the bot answers 200, in order for each person."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from bot.sandbox.errors import bad_request
from bot.sandbox.parameters import Parameters
from bot.sandbox.updates import Update, UpdateQueue

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_DELIVERY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Webhook:
    url: str
    secret_token: str
    maximum_connections: int

    @classmethod
    def of(cls, parameters: Parameters) -> Webhook | None:
        url = parameters.string("url")
        if not url:
            return None
        parts = urlsplit(url)
        # Telegram wants HTTPS; the sandbox also calls the machine that it runs on.
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        secret = parameters.string("secret_token")
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        return cls(url, secret, min(max(parameters.integer("max_connections", 40), 1), 100))


class WebhookDelivery:
    def __init__(self, queue: UpdateQueue, now: Callable[[], float], retry_seconds: float) -> None:
        self.webhook: Webhook | None = None
        self._queue = queue
        self._now = now
        self._retry_seconds = retry_seconds
        self._busy_people: set[int] = set()
        self._last_error: dict[str, object] = {}

    def set(self, webhook: Webhook | None) -> None:
        self.webhook = webhook
        self._last_error = {}
        self._queue.arrived.notify()

    def info(self) -> dict[str, object]:
        about: dict[str, object] = {
            "url": self.webhook.url if self.webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue),
        }
        if self.webhook:
            about["max_connections"] = self.webhook.maximum_connections
        if self._queue.allowed:
            about["allowed_updates"] = self._queue.allowed
        return {**about, **self._last_error}

    async def run(self) -> None:
        """Deliver until the server stops."""
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
            while await self._queue.arrived.wait_until(lambda: self._next() is not None, None):
                if update := self._next():
                    self._busy_people.add(update.person_id)
                    group.create_task(self._deliver(session, update))

    def _next(self) -> Update | None:
        if self.webhook is None or len(self._busy_people) >= self.webhook.maximum_connections:
            return None
        return next((update for update in self._queue if update.person_id not in self._busy_people), None)

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> None:
        while self.webhook and update in self._queue:
            problem = await self._attempt(session, self.webhook, update)
            if not problem:
                self._queue.acknowledge(update)
                break
            self._last_error = {"last_error_date": int(self._now()), "last_error_message": problem}
            await asyncio.sleep(self._retry_seconds)
        self._busy_people.discard(update.person_id)
        self._queue.arrived.notify()

    async def _attempt(self, session: aiohttp.ClientSession, webhook: Webhook, update: Update) -> str:
        """What went wrong, empty when the bot has taken the update."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret_token} if webhook.secret_token else {}
        timeout = aiohttp.ClientTimeout(total=_DELIVERY_SECONDS)
        try:
            async with session.post(
                webhook.url, json=update.payload, headers=headers, timeout=timeout
            ) as response:
                if response.ok:
                    return ""
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError:
            return "Connection refused"
