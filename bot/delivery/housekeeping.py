"""What has to be tidied up now and then. The schedule only ticks; what is due is decided from rows."""

import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.clock import now
from storage import fsm, inbox
from storage.database import Database

logger = logging.getLogger(__name__)

INBOX_KEPT = dt.timedelta(days=3)
"""Telegram repeats updates for a day, and numbers them anew after a week of silence."""

DIALOGS_KEPT = dt.timedelta(days=30)
"""A dialog of staff that nobody touched for so long is closed; its buttons say so kindly."""


@contextmanager
def housekeeping(database: Database, *hourly: Callable[[], Awaitable[None]]) -> Iterator[None]:
    """Tidy up every hour while the context is open, and do what else is to be done then."""
    scheduler = AsyncIOScheduler(
        timezone=dt.UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    scheduler.add_job(tidy_up, "interval", hours=1, args=[database], next_run_time=now())
    for job in hourly:
        scheduler.add_job(job, "interval", hours=1, next_run_time=now())
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


async def tidy_up(database: Database) -> None:
    """Drop what is no longer needed: updates done long ago, dialogs abandoned long ago."""
    updates = await database.write(partial(inbox.forget, before=now() - INBOX_KEPT))
    dialogs = await database.write(partial(fsm.forget, before=now() - DIALOGS_KEPT))
    logger.info("forgot %s done updates and %s abandoned dialogs", updates, dialogs)
