"""What a student was asked to type next: the code at the door, or a sentence about an event."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from aiogram.fsm.storage.base import StorageKey

from bot.domain.clock import now
from dialogs.chat import Chat
from storage.fsm import DatabaseStorage

LASTS = dt.timedelta(minutes=15)
"""What is typed later is about something else."""

_DESTINY = "events"
_STORAGE = DatabaseStorage()


class What(StrEnum):
    """The codes are stored."""

    CODE = "code"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Expected:
    """`event` is its code."""

    what: What
    event: str


async def expect(chat: Chat, what: What, event: str) -> None:
    """The next typed words are this."""
    until = int((now() + LASTS).timestamp())
    await _STORAGE.set_data(_key(chat), {"what": what, "event": event, "until": until})


async def expected(chat: Chat) -> Expected | None:
    """What the next typed words are, if they were asked for not long ago."""
    stored = await _STORAGE.get_data(_key(chat))
    if not stored or stored["until"] < now().timestamp():
        return None
    return Expected(What(stored["what"]), stored["event"])


async def forget(chat: Chat) -> None:
    """The person has turned to something else, or has typed it."""
    if await _STORAGE.get_data(_key(chat)):
        await _STORAGE.set_data(_key(chat), {})


def _key(chat: Chat) -> StorageKey:
    person = chat.visitor.telegram_id
    return StorageKey(bot_id=chat.bot.id, chat_id=person, user_id=person, destiny=_DESTINY)
