"""Everything the sandbox knows: the bot, the people and their chats, files, queries, updates."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field

from bot.sandbox.chat import Chat, Kind, Message, Payload, Person, Standing
from bot.sandbox.clock import Clock
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.faults import Faults
from bot.sandbox.files import FileStore
from bot.sandbox.flood import FloodGate
from bot.sandbox.markup import Markup
from bot.sandbox.parameters import Parameters
from bot.sandbox.profile import Profile
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import WebhookDelivery

# Identifiers of today's accounts do not fit 32 bits; the sandbox's do not either.
FIRST_PERSON_ID = 5_000_000_001

_REFUSALS = {
    Standing.NEW: "bot can't initiate conversation with a user",
    Standing.BLOCKED: "bot was blocked by the user",
    Standing.DEACTIVATED: "user is deactivated",
}


@dataclass(slots=True)
class CallbackQuery:
    id: str
    person_id: int
    asked_at: float  # by the stopwatch
    answer: Payload | None = None


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    chat_id: int | None
    ok: bool
    description: str


def _nobody(_: int) -> None:
    """No page shows a chat in the background."""


@dataclass(slots=True)
class World:
    token: str
    username: str
    now: Clock
    query_lifetime: float  # seconds
    flood: FloodGate
    updates: UpdateQueue
    webhook: WebhookDelivery
    profile: Profile = field(default_factory=Profile)
    files: FileStore = field(default_factory=FileStore)
    faults: Faults = field(default_factory=Faults)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, CallbackQuery] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    watchers: set[asyncio.Queue[int | None]] = field(default_factory=set)
    message_ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def bot_user(self) -> Payload:
        bot_id = int(self.token.partition(":")[0])
        return {"id": bot_id, "is_bot": True, "first_name": self.profile.name, "username": self.username}

    def add_person(self, person: Person) -> Chat:
        told = _nobody if person.background else self.tell_watchers
        chat = Chat(person, told)
        self.chats[person.id] = chat
        told(person.id)
        return chat

    def free_person_id(self) -> int:
        return next(
            number
            for number in itertools.count(FIRST_PERSON_ID + len(self.chats))
            if number not in self.chats
        )

    def tell_watchers(self, person_id: int = 0) -> None:
        """Something has changed in a person's chat; for 0, what is everybody's."""
        for watcher in self.watchers:
            watcher.put_nowait(person_id)

    def chat(self, parameters: Parameters) -> Chat:
        if not parameters.string("chat_id"):
            raise bad_request("chat_id is empty")
        try:
            return self.chats[int(parameters.string("chat_id"))]
        except (ValueError, KeyError):
            raise bad_request("chat not found") from None

    def writable_chat(self, parameters: Parameters) -> Chat:
        """The chat of the call, if the bot may write there."""
        chat = self.chat(parameters)
        if refusal := _REFUSALS.get(chat.standing):
            raise forbidden(refusal)
        return chat

    def post(self, chat: Chat, content: Payload, markup: Markup | None = None, *, from_bot: bool) -> Message:
        """Put a message into a chat."""
        number = next(self.message_ids)
        payload: Payload = {
            "message_id": number,
            "from": self.bot_user() if from_bot else chat.person.as_user(),
            "chat": chat.person.as_chat(),
            "date": int(self.now()),
            **content,
        }
        if markup and "inline_keyboard" in markup:
            payload["reply_markup"] = markup
        message = Message(number, from_bot, payload, markup)
        chat.add(message)
        return message

    def open_query(self, query_id: str) -> CallbackQuery:
        query = self.queries.get(query_id)
        if (
            query is None
            or query.answer is not None
            or self.now.stopwatch() - query.asked_at > self.query_lifetime
        ):
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return query

    def answer_query(self, query: CallbackQuery, answer: Payload) -> None:
        query.answer = answer
        self.chats[query.person_id].record(
            Kind.ANSWERED, by_bot=True, detail={"query_id": query.id, **answer}
        )
