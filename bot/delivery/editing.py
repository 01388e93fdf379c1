"""Edits of own messages that nobody has just asked for: in the sender's pace, and waiting when it has to."""

import datetime as dt
import logging
from functools import partial

from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramRetryAfter,
)
from aiogram.methods import EditMessageText

from bot.delivery.letters import Letter
from bot.delivery.pace import Pace
from bot.delivery.sender import LEASE
from bot.delivery.transient import TRANSIENT
from bot.domain.clock import now
from storage import leases
from storage.database import Database

logger = logging.getLogger(__name__)


class _EditLetter(EditMessageText):
    """editMessageText whose reply, the whole message, nobody reads: it is not made into objects."""

    __returning__ = object  # type: ignore[assignment]  # wider than aiogram says


class Editor:
    """Puts letters into messages that were sent before."""

    def __init__(self, bot: Bot, database: Database, pace: Pace) -> None:
        self._bot = bot
        self._database = database
        self._pace = pace

    async def edit(self, telegram_id: int, message_id: int, letter: Letter) -> bool:
        """Edit a message; False if it could not be done now and is worth another try.

        A message that is gone, or a chat that is closed, is not: nothing follows from it.
        """
        paused_until = await self._database.read(partial(leases.paused_until, name=LEASE))
        if paused_until is not None and now() < paused_until:
            return False
        await self._pace.turn(telegram_id)
        try:
            await self._bot(
                _EditLetter(
                    text=letter.html,
                    chat_id=telegram_id,
                    message_id=message_id,
                    reply_markup=letter.keyboard,
                )
            )
        except (TelegramBadRequest, TelegramForbiddenError, TelegramNotFound):
            return True
        except TelegramRetryAfter as error:
            until = now() + dt.timedelta(seconds=error.retry_after)
            await self._database.write(partial(leases.pause, name=LEASE, until=until))
            return False
        except TRANSIENT as error:
            logger.warning("a message was not edited: %s", type(error).__name__)
            return False
        return True
