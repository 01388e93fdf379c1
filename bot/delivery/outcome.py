"""What an attempt to send means for its row."""

import datetime as dt

from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
)
from aiohttp import ClientConnectorError

from bot.domain.notices import POLICIES, Uncertain
from storage.outbox import Settled, State, Taken

_REFUSALS = (TelegramBadRequest, TelegramNotFound, TelegramEntityTooLarge, TelegramMigrateToChat)
"""The same message would be refused again."""

_FIRST_PAUSE_SECONDS = 2
_LONGEST_PAUSE_SECONDS = 900


def outcome_of(taken: Taken, error: Exception, now: dt.datetime) -> Settled:
    """What becomes of a row whose sending ended in an error of Telegram or of the network."""
    if isinstance(error, TelegramForbiddenError):
        return Settled(taken.id, taken.telegram_id, State.BLOCKED)
    if isinstance(error, _REFUSALS):
        return Settled(taken.id, taken.telegram_id, State.FAILED, error.message[:200])
    if isinstance(error, TelegramRetryAfter):
        return Settled(taken.id, taken.telegram_id, State.WAITING)
    if _may_have_arrived(error) and POLICIES[taken.kind].uncertain is Uncertain.FLAG:
        return Settled(taken.id, taken.telegram_id, State.UNCERTAIN, "no reply")
    return Settled(
        taken.id, taken.telegram_id, State.WAITING, type(error).__name__, now + pause_after(taken.attempts)
    )


def pause_after(attempts: int) -> dt.timedelta:
    """How long to wait after so many failed attempts: twice as long each time, 15 minutes at most."""
    return dt.timedelta(seconds=min(_FIRST_PAUSE_SECONDS * 2 ** min(attempts, 10), _LONGEST_PAUSE_SECONDS))


def _may_have_arrived(error: Exception) -> bool:
    """Whether the request went out and no reply came back: the message may be there."""
    if isinstance(error, TelegramNetworkError):
        return not isinstance(error.__cause__, ClientConnectorError)
    return isinstance(error, ClientDecodeError) or not isinstance(error, AiogramError)
