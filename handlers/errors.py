"""When something goes wrong: a kind word to the person, the reason in the log, never a dead chat."""

import logging
import secrets
from functools import partial

from aiogram import Router
from aiogram.exceptions import TelegramForbiddenError
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import ErrorEvent
from aiogram_dialog.api.exceptions import OutdatedIntent, UnknownIntent, UnknownState

from bot.delivery.transient import TRANSIENT
from bot.domain.access import AccessDenied
from bot.domain.clock import now
from bot.services.campaigns.drafts import NoDraftError
from bot.services.profiling import NoProfileError
from dialogs.chat import Chat, ack
from storage import people
from storage.database import Unavailable

logger = logging.getLogger(__name__)


async def denied(event: ErrorEvent, chat: Chat) -> None:
    """The same answer as for a command or a button that does not exist."""
    if event.update.callback_query is not None:
        await ack(event.update.callback_query, chat.text.plain("press-unknown"))
    else:
        await chat.say(chat.text.html("unknown-command"))


async def without_profile(event: ErrorEvent, chat: Chat) -> None:
    """A button or a command that needs a profile, and there is none (any more)."""
    await _tell(event, chat, chat.text.html("no-profile"))


async def outdated_dialog(event: ErrorEvent, chat: Chat) -> None:
    """A button of a dialog that is closed."""
    await _tell(event, chat, chat.text.html("dialog-outdated"))


async def blocked(event: ErrorEvent, chat: Chat) -> None:
    """The person has blocked the bot: what they did counts, the answer is not missed."""
    chat.unit.add(partial(people.mark_blocked, telegram_ids=[chat.visitor.telegram_id], at=now()))


async def failed(event: ErrorEvent, chat: Chat | None = None) -> None:
    """An unexpected fault: nothing of the update is kept, the person gets a number to quote."""
    if isinstance(event.exception, (*TRANSIENT, Unavailable)):
        raise event.exception  # the inbox tries again
    number = secrets.token_hex(4).upper()
    logger.error("fault %s in update %s", number, event.update.update_id, exc_info=event.exception)
    if chat is None:
        raise event.exception
    chat.unit.discard()
    await _tell(event, chat, chat.text.html("fault", number=number))


async def _tell(event: ErrorEvent, chat: Chat, words: str) -> None:
    if event.update.callback_query is not None:
        await ack(event.update.callback_query)
    await chat.say(words)


def make_router() -> Router:
    """What leads where."""
    router = Router(name="errors")
    router.errors.register(denied, ExceptionTypeFilter(AccessDenied))
    router.errors.register(without_profile, ExceptionTypeFilter(NoProfileError))
    outdated = (UnknownIntent, OutdatedIntent, UnknownState, NoDraftError)
    router.errors.register(outdated_dialog, ExceptionTypeFilter(*outdated))
    router.errors.register(blocked, ExceptionTypeFilter(TelegramForbiddenError))
    router.errors.register(failed)
    return router
