"""What is sent, and who makes it from a row of the outbox."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from aiogram.types import InlineKeyboardMarkup
from sqlalchemy import Connection

from storage.outbox import Taken


@dataclass(frozen=True, slots=True)
class Letter:
    """A message ready to go: HTML as Telegram takes it."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """In place of what a message is made from: not now, but at that instant."""

    due_at: dt.datetime


class Composer(Protocol):
    """Makes the messages of one kind, when they are about to be sent: not from what was true a day ago."""

    def load(self, connection: Connection, taken: Sequence[Taken]) -> Mapping[int, Any]:
        """What each row's message is made from, by the row's id, in the transaction that takes the rows up.

        A row that is left out is dropped: there is nothing to send any more. One with `Later` waits. What
        the sending means (a vacancy counts as delivered) may be written here: it holds if the row is taken.
        """

    def compose(self, taken: Taken, loaded: Any) -> Letter:
        """The message. Pure: on the event loop, outside the transaction."""
