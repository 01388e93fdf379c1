"""A bot without a library: bare calls of the Bot API, for what a library would hide or refuse to send."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.sandbox.server import DEFAULT_TOKEN


@dataclass(frozen=True)
class Reply:
    status: int
    body: dict[str, Any]

    @property
    def result(self) -> Any:
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def refusal(self) -> str:
        assert not self.body["ok"], self.body
        assert self.status == self.body["error_code"]
        return str(self.body["description"])


class RawBot:
    def __init__(self, session: aiohttp.ClientSession, base_url: str, token: str = DEFAULT_TOKEN) -> None:
        self.session = session
        self.base_url = base_url
        self.token = token

    async def call(self, method: str, **parameters: object) -> Reply:
        return await self.request(method, json=parameters)

    async def request(self, method: str, **options: Any) -> Reply:
        url = f"{self.base_url}/bot{self.token}/{method}"
        async with self.session.post(url, **options) as response:
            return Reply(response.status, await response.json())

    async def updates(self, offset: int = 0, timeout: int = 5) -> list[dict[str, Any]]:  # noqa: ASYNC109
        reply = await self.call("getUpdates", offset=offset, timeout=timeout)
        found: list[dict[str, Any]] = reply.result
        return found


@asynccontextmanager
async def raw_bot(base_url: str) -> AsyncIterator[RawBot]:
    async with aiohttp.ClientSession() as session:
        yield RawBot(session, base_url)
