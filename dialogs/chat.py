"""How the bot speaks in a chat. What Telegram grumbles at harmlessly ends here."""

from dataclasses import dataclass

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import EditMessageText
from aiogram.types import CallbackQuery

from bot.domain.people import Visitor
from dialogs.screen import Screen, in_parts
from locales.text import Text
from storage.unit_of_work import UnitOfWork

_UNCHANGED = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID")
_NOT_DELETED = ("message to delete not found", "message can't be deleted")
_EXPIRED = ("query is too old", "query ID is invalid")


class _EditScreen(EditMessageText):
    """editMessageText whose reply, the whole message, nobody reads: it is not made into objects."""

    __returning__ = object  # type: ignore[assignment]  # wider than aiogram says


@dataclass(frozen=True, slots=True)
class Chat:
    """One update's conversation: with whom, in which language, in which unit of work."""

    bot: Bot
    unit: UnitOfWork
    visitor: Visitor
    text: Text

    async def say(self, html: str) -> None:
        """Words without buttons; long ones in several messages."""
        for part in in_parts(html):
            await self.bot.send_message(self.visitor.telegram_id, part)

    async def send(self, screen: Screen) -> int:
        """Send a screen as a new message; returns its id."""
        message = await self.bot.send_message(
            self.visitor.telegram_id, screen.text, reply_markup=screen.keyboard
        )
        return message.message_id

    async def show(self, message_id: int, screen: Screen) -> int:
        """Put a screen into an own message; if that is gone, into a new one. Returns the message's id."""
        try:
            await self.bot(
                _EditScreen(
                    text=screen.text,
                    chat_id=self.visitor.telegram_id,
                    message_id=message_id,
                    reply_markup=screen.keyboard,
                )
            )
        except TelegramBadRequest as error:
            if _UNCHANGED in error.message:
                return message_id
            if any(gone in error.message for gone in _GONE):
                return await self.send(screen)
            raise
        return message_id

    async def remove(self, message_id: int) -> None:
        """Take an own message out of the chat; one that cannot be removed stays."""
        try:
            await self.bot.delete_message(self.visitor.telegram_id, message_id)
        except TelegramBadRequest as error:
            if not any(reason in error.message for reason in _NOT_DELETED):
                raise


async def ack(query: CallbackQuery, text: str | None = None) -> None:
    """Answer a press; one that Telegram has forgotten needs no answer."""
    try:
        await query.answer(text)
    except TelegramBadRequest as error:
        if not any(expired in error.message for expired in _EXPIRED):
            raise


def pressed_message(query: CallbackQuery) -> int:
    """The id of the message under which the button is."""
    assert query.message is not None, "a button of an inline message: this bot has none"
    return query.message.message_id
