"""What has to be tidied up now and then. The schedule only ticks; what is due is decided from rows."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.clock import now
from storage import inbox
from storage.database import Database

logger = logging.getLogger(__name__)

INBOX_KEPT = dt.timedelta(days=3)
"""Telegram repeats updates for a day, and numbers them anew after a week of silence."""


@contextmanager
def housekeeping(database: Database) -> Iterator[None]:
    """Tidy up every hour while the context is open."""
    scheduler = AsyncIOScheduler(
        timezone=dt.UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    scheduler.add_job(forget_done_updates, "interval", hours=1, args=[database], next_run_time=now())
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


async def forget_done_updates(database: Database) -> None:
    """Updates that were done long ago are no longer needed to recognise repetitions."""
    forgotten = await database.write(partial(inbox.forget, before=now() - INBOX_KEPT))
    if forgotten:
        logger.info("forgot %s updates that were done", forgotten)
