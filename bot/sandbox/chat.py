"""A private chat of one person with the bot, and the numbered record of what changed in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.sandbox.markup import Markup, inline_buttons, keyboard_texts
from bot.sandbox.signals import Signal

Payload = dict[str, object]


class Standing(StrEnum):
    NEW = "new"  # has never written, so the bot may not write either
    ACTIVE = "active"
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"


class Kind(StrEnum):
    SENT = "sent"
    EDITED = "edited"
    DELETED = "deleted"
    PRESSED = "pressed"
    ANSWERED = "answered"
    ACTION = "action"
    STANDING = "standing"


@dataclass(frozen=True, slots=True)
class Person:
    """`background`: writes to the bot already, and is not among those whom a visitor of the page can be."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "ru"
    label: str = ""
    description: str = ""
    background: bool = False

    def names(self) -> Payload:
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {name: value for name, value in names.items() if value or name == "first_name"}

    def as_user(self) -> Payload:
        return {"id": self.id, "is_bot": False, **self.names(), "language_code": self.language_code}

    def as_chat(self) -> Payload:
        return {"id": self.id, "type": "private", **self.names()}


@dataclass(slots=True)
class Message:
    """`payload` is replaced on edits, never changed: updates and the record keep what they have seen."""

    id: int
    from_bot: bool
    payload: Payload
    markup: Markup | None
    revision: int = 0

    @property
    def inline_markup(self) -> Markup | None:
        return self.markup if self.markup and "inline_keyboard" in self.markup else None

    def view(self) -> Payload:
        return {
            "id": self.id,
            "from_bot": self.from_bot,
            "revision": self.revision,
            "payload": self.payload,
            "buttons": (self.inline_markup or {}).get("inline_keyboard", []),
            "reply_keyboard": keyboard_texts(self.markup) if not self.inline_markup else [],
        }


@dataclass(frozen=True, slots=True)
class Change:
    """`detail` is the message's payload as of this change, or what else there is to say."""

    kind: Kind
    by_bot: bool
    message_id: int | None
    detail: Payload


class Chat:
    def __init__(self, person: Person, on_change: Callable[[int], None]) -> None:
        self.person = person
        self.standing = Standing.ACTIVE if person.background else Standing.NEW
        self.messages: dict[int, Message] = {}
        self.changes: list[Change] = []
        self.bot_revision = 0  # the newest revision that the bot has made
        self.reply_markup: Markup | None = None
        self.changed = Signal()
        self._on_change = on_change

    @property
    def revision(self) -> int:
        return len(self.changes)

    def add(self, message: Message) -> None:
        self.messages[message.id] = message
        if message.from_bot and message.markup and not message.inline_markup:
            self.reply_markup = None if message.markup.get("remove_keyboard") else message.markup
        self._touch(message, Kind.SENT, by_bot=message.from_bot)

    def replace(self, message: Message, payload: Payload, markup: Markup | None) -> None:
        message.payload, message.markup = payload, markup
        self._touch(message, Kind.EDITED, by_bot=message.from_bot)

    def remove(self, message_id: int) -> None:
        del self.messages[message_id]
        self.record(Kind.DELETED, by_bot=True, message_id=message_id)

    def _touch(self, message: Message, kind: Kind, *, by_bot: bool) -> None:
        message.revision = self.revision + 1
        self.record(kind, by_bot=by_bot, message_id=message.id, detail=message.payload)

    def record(
        self, kind: Kind, *, by_bot: bool, message_id: int | None = None, detail: Payload | None = None
    ) -> None:
        self.changes.append(Change(kind, by_bot, message_id, detail or {}))
        # "typing…" shows in the chat but is no answer to anyone who waits for one.
        if by_bot and kind is not Kind.ACTION:
            self.bot_revision = self.revision
        self.changed.notify()
        self._on_change(self.person.id)

    def changes_after(self, revision: int) -> Payload:
        """What a watcher who has seen `revision` needs to catch up."""
        fresh = self.changes[revision:]
        ids = dict.fromkeys(change.message_id for change in fresh if change.message_id is not None)
        return {
            "revision": self.revision,
            "bot_revision": self.bot_revision,
            "standing": self.standing,
            "messages": [self.messages[number].view() for number in ids if number in self.messages],
            "deleted": [change.message_id for change in fresh if change.kind is Kind.DELETED],
            "answers": [change.detail for change in fresh if change.kind is Kind.ANSWERED],
            "action": fresh[-1].detail.get("action") if fresh and fresh[-1].kind is Kind.ACTION else None,
            "reply_markup": self.reply_markup,
        }

    def newest_with_button(self, text: str) -> tuple[Message, str] | None:
        """The newest message that has a callback button with this text, and the button's data."""
        for message in reversed(self.messages.values()):
            for button in inline_buttons(message.inline_markup):
                if button["text"] == text and "callback_data" in button:
                    return message, str(button["callback_data"])
        return None
