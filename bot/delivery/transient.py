"""Faults that pass by themselves: Telegram or the network not answering."""

import asyncio

from aiogram.exceptions import (
    RestartingTelegram,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

TRANSIENT = (TelegramNetworkError, TelegramServerError, RestartingTelegram, TelegramRetryAfter)

LONGEST_WAIT_SECONDS = 60


async def wait_before_retry(error: Exception, attempt: int) -> None:
    """Wait as long as Telegram asks, else twice as long each time, a minute at most."""
    if isinstance(error, TelegramRetryAfter):
        await asyncio.sleep(error.retry_after)
        return
    first = 5.0 if isinstance(error, TelegramConflictError) else 0.2
    await asyncio.sleep(min(first * 2 ** min(attempt, 10), LONGEST_WAIT_SECONDS))
