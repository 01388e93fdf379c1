"""Scripted people: a client of the sandbox's control endpoints, usable from any process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import aiohttp

from bot.sandbox.views import Acknowledged, Answer, Call, ChatMessage, Screen

DEFAULT_TIMEOUT = 10.0  # seconds

Predicate = Callable[[list[ChatMessage]], bool]


class SandboxError(Exception):
    """The person tried what cannot be done: pressed a button that is not there, for one."""


class NothingHappenedError(AssertionError):
    """The bot did not do in time what was waited for; carries the chat's transcript."""


class SandboxClient:
    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        # Every waiting person holds a connection, so their number must not be limited here.
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def person(
        self,
        *,
        first_name: str = "Аня",
        last_name: str = "",
        username: str | None = None,
        language_code: str = "ru",
        label: str = "",
        description: str = "",
        user_id: int | None = None,
    ) -> Person:
        """A new person."""
        about = await self.request(
            "POST",
            "people",
            json={
                "first_name": first_name,
                "last_name": last_name,
                "username": username,
                "language_code": language_code,
                "label": label,
                "description": description,
                "user_id": user_id,
            },
        )
        return Person(self, about["id"], first_name)

    async def calls(self, since: int = 0) -> list[Call]:
        """The calls of the Bot API from the one numbered `since` on, counted from 0."""
        found = await self.request("GET", "calls", params={"since": since})
        return [Call(**call) for call in found["calls"]]

    async def acknowledged(self) -> Acknowledged:
        found = await self.request("GET", "updates")
        return Acknowledged(found["acknowledged"], found["pending"])

    async def fault(
        self,
        method: str,
        *,
        times: int = 1,
        status: int | None = None,
        description: str = "Internal Server Error",
        retry_after: int | None = None,
        delay: float = 0.0,
        reset: bool = False,
        performed: bool = False,
    ) -> None:
        """Let the next calls of a method go wrong; `performed` ones take effect all the same."""
        fault = {"method": method, "times": times, "status": status, "description": description}
        extent = {"retry_after": retry_after, "delay": delay, "reset": reset, "performed": performed}
        await self.request("POST", "faults", json={**fault, **extent})

    async def clear_faults(self) -> None:
        await self.request("DELETE", "faults")

    async def file(self, file_id: str) -> bytes:
        """What a document or a photo in a chat holds."""
        session = self._opened()
        async with session.get(f"{self.base_url}/sandbox/files/{file_id}") as response:
            response.raise_for_status()
            return await response.read()

    async def request(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        session = self._opened()
        async with session.request(method, f"{self.base_url}/sandbox/{path}", **options) as response:
            body: dict[str, Any] = await response.json()
            if not response.ok:
                raise SandboxError(body["error"])
            return body

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("use the client in `async with`")
        return self._session


@dataclass(frozen=True, slots=True)
class Press:
    query_id: str
    message_id: int
    _person: Person

    async def answer(self, timeout: float = DEFAULT_TIMEOUT) -> Answer:  # noqa: ASYNC109
        """Waits for the bot's answerCallbackQuery."""
        found = await self._person.client.request(
            "GET", f"queries/{self.query_id}", params={"timeout": timeout}
        )
        if found["answer"] is None:
            raise await self._person.nothing_happened("the press was not answered")
        return Answer(**found["answer"])


class Person:
    def __init__(self, client: SandboxClient, person_id: int, first_name: str) -> None:
        self.client = client
        self.id = person_id
        self.first_name = first_name
        self.revision = 0  # the last one seen
        self._messages: dict[int, ChatMessage] = {}

    async def start(self, parameter: str = "") -> int:
        return await self.send(f"/start {parameter}".rstrip())

    async def send(self, text: str) -> int:
        return await self._say({"kind": "text", "text": text})

    async def send_photo(self, content: bytes | None = None, caption: str = "") -> int:
        return await self._say({"kind": "photo", "caption": caption}, "photo.png", content)

    async def send_document(self, name: str, content: bytes, caption: str = "") -> int:
        return await self._say({"kind": "document", "caption": caption}, name, content)

    async def send_sticker(self, emoji: str = "👍") -> int:
        return await self._say({"kind": "sticker", "emoji": emoji})

    async def send_voice(self, duration: int = 3) -> int:
        return await self._say({"kind": "voice", "duration": str(duration)})

    async def send_contact(self, phone_number: str = "+79990000000") -> int:
        return await self._say({"kind": "contact", "phone_number": phone_number})

    async def send_location(self, latitude: float, longitude: float) -> int:
        return await self._say({"kind": "location", "latitude": str(latitude), "longitude": str(longitude)})

    async def forward(self, text: str, sender: str = "Кто-то") -> int:
        """A forwarded text of someone who hides the account."""
        return await self._say({"kind": "forward", "text": text, "from": sender})

    async def edit(self, message_id: int, text: str) -> None:
        """Edits an own message."""
        await self._act(f"messages/{message_id}", {"text": text})

    async def tap(self, text: str) -> int:
        """A button of the reply keyboard."""
        done = await self._act("tap", {"text": text})
        return int(done["message_id"])

    async def press(
        self,
        text: str | None = None,
        *,
        data: str | None = None,
        message_id: int | None = None,
        forged: bool = False,
    ) -> Press:
        """An inline button: by its text in the newest message that has it, or by its data."""
        target = {"text": text, "data": data, "message_id": message_id, "forged": forged}
        done = await self._act("press", target)
        return Press(done["query_id"], done["message_id"], self)

    async def block(self) -> None:
        await self._act("standing", {"standing": "blocked"})

    async def unblock(self) -> None:
        await self._act("standing", {"standing": "active"})

    async def deactivate(self) -> None:
        """The account is deleted."""
        await self._act("standing", {"standing": "deactivated"})

    async def wait(
        self,
        after: int | None = None,
        timeout: float = DEFAULT_TIMEOUT,  # noqa: ASYNC109
    ) -> Screen:
        """Waits until the bot has changed the chat past a revision, by default the last one seen."""
        reached = await self._catch_up(self.revision if after is None else after, timeout, by="bot")
        if not reached:
            raise await self.nothing_happened("the bot has changed nothing")
        return self._screen()

    async def wait_for(
        self,
        predicate: Predicate,
        timeout: float = DEFAULT_TIMEOUT,  # noqa: ASYNC109
    ) -> Screen:
        """Waits until the visible chat satisfies the predicate."""
        deadline = time.monotonic() + timeout
        await self._catch_up(self.revision, 0.0)
        while not predicate(self._screen().messages):
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                raise await self.nothing_happened("the chat did not come to look as expected")
            await self._catch_up(self.revision, remaining)
        return self._screen()

    async def settled(self, timeout: float = DEFAULT_TIMEOUT) -> None:  # noqa: ASYNC109
        """Waits until the bot has acknowledged every update of this person."""
        found = await self._get("settled", timeout=timeout)
        if not found["settled"]:
            raise await self.nothing_happened("the bot has not taken every update")

    async def messages(self) -> list[ChatMessage]:
        """The visible chat as it stands now."""
        await self._catch_up(self.revision, 0.0)
        return self._screen().messages

    async def transcript(self) -> str:
        found = await self._get("transcript")
        return str(found["text"])

    async def nothing_happened(self, what: str) -> NothingHappenedError:
        return NothingHappenedError(f"{what}; the chat of {self.first_name}:\n{await self.transcript()}")

    def _screen(self) -> Screen:
        return Screen(self.revision, list(self._messages.values()))

    async def _catch_up(self, after: int, timeout: float, by: str = "anyone") -> bool:  # noqa: ASYNC109
        """Whether the wait was worth it: fetches only what is new since the last look."""
        found = await self._get("changes", after=after, seen=self.revision, by=by, timeout=timeout)
        self.revision = found["revision"]
        for view in found["messages"]:
            self._messages[view["id"]] = ChatMessage.of(view)
        for message_id in found["deleted"]:
            self._messages.pop(message_id, None)
        return bool(found["bot_revision"] > after)

    async def _say(self, fields: dict[str, str], name: str = "", content: bytes | None = None) -> int:
        form = aiohttp.FormData(fields, quote_fields=False)  # names of files may be Cyrillic
        if content is not None:
            form.add_field("file", content, filename=name)
        done = await self.client.request("POST", f"people/{self.id}/messages", data=form)
        return int(done["message_id"])

    async def _act(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        return await self.client.request("POST", f"people/{self.id}/{what}", json=body)

    async def _get(self, what: str, **parameters: str | float) -> dict[str, Any]:
        return await self.client.request("GET", f"people/{self.id}/{what}", params=parameters)
