"""People at the sandbox who do the next thing as soon as the bot has answered the last one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any

import aiohttp

PATIENCE = 30  # seconds
IN_FLIGHT = 50

Message = dict[str, Any]
Begin = Callable[["Person"], Awaitable[Message]]
Step = Callable[["Person", Message], Awaitable[Message] | None]
"""The next thing to do, or None where this person has come to the end."""


class BotSilentError(Exception):
    """The bot did not answer in time."""


@dataclass(frozen=True, slots=True)
class Person:
    """A client as lean as can be: it shares the machine with what is measured."""

    session: aiohttp.ClientSession
    url: str
    pause: float = 0  # seconds between doing something and looking: a look costs the server time

    @classmethod
    async def new(cls, session: aiohttp.ClientSession, base_url: str) -> Person:
        async with session.post(f"{base_url}/sandbox/people", json={"first_name": "Аня"}) as response:
            person_id = (await response.json())["id"]
        return cls(session, f"{base_url}/sandbox/people/{person_id}")

    async def say(self, text: str) -> Message:
        """Send a message; returns the bot's."""
        return await self._do("messages", {"kind": "text", "text": text}, answered=True)

    async def press(self, message: Message, data: str) -> Message:
        """Press a button; returns the message as the bot edited it, once the press is answered too.

        aiogram_dialog edits first and answers later; a press in between would be lost on it.
        """
        return await self._do("press", {"message_id": message["id"], "data": data}, answered=False)

    async def _do(self, what: str, body: dict[str, Any], *, answered: bool) -> Message:
        async with self.session.post(f"{self.url}/{what}", json=body) as response:
            done = await response.json()
        after = seen = done["revision"]
        fresh: list[Message] = []
        await asyncio.sleep(self.pause)
        while not (fresh and answered):
            asked = {"after": after, "seen": seen, "by": "bot", "timeout": PATIENCE}
            async with self.session.get(f"{self.url}/changes", params=asked) as response:
                found = await response.json()
            fresh = [one for one in found["messages"] if one["from_bot"] and one["revision"] > seen]
            answered = answered or bool(found["answers"])
            if found["bot_revision"] <= after:
                raise BotSilentError(f"no answer within {PATIENCE} s")
            after = found["bot_revision"]
        return fresh[-1]


class Crowd:
    """People with one thing to do over and over; new ones come for those who are through."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str, begin: Begin, step: Step) -> None:
        self._session = session
        self._base_url = base_url
        self._begin = begin
        self._step = step
        self._ready: list[tuple[Person, Message]] = []

    async def gather(self, count: int) -> None:
        """Bring that many people to where the steps begin."""
        missing = iter(range(count - len(self._ready)))

        async def bring() -> None:
            for _ in missing:
                person = await Person.new(self._session, self._base_url)
                self._ready.append((person, await self._begin(person)))

        await _together(bring, IN_FLIGHT)

    async def act(self, steps: int, at_once: int, pause: float = 0) -> None:
        """Do that many steps in all, `at_once` people at a time; `pause` as in Person."""
        missing = iter(range(steps))

        async def go() -> None:
            person, message = self._ready.pop()
            for _ in missing:
                while (answered := self._step(replace(person, pause=pause), message)) is None:
                    person, message = self._ready.pop()
                message = await answered
            self._ready.append((person, message))

        await _together(go, at_once)


async def _together(work: Callable[[], Coroutine[None, None, None]], count: int) -> None:
    async with asyncio.TaskGroup() as group:
        for _ in range(count):
            group.create_task(work())
