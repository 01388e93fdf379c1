"""What is sent, and who makes it from a row of the outbox."""

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


class Composer(Protocol):
    """Makes the messages of one kind, when they are about to be sent: not from what was true a day ago."""

    def load(self, connection: Connection, taken: Sequence[Taken]) -> Mapping[int, Any]:
        """What each row's message is made from, by the row's id, in the transaction that takes the rows up.

        A row that is left out is dropped: there is nothing to send any more. What the sending means
        (a vacancy counts as delivered) may be written here; it is undone if the rows are not taken up.
        """

    def compose(self, taken: Taken, loaded: Any) -> Letter:
        """The message. Pure: on the event loop, outside the transaction."""
