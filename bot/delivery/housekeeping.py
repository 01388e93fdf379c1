"""What has to be tidied up now and then."""

import datetime as dt
from functools import partial

from bot.domain.clock import now
from storage import fsm, inbox, outbox
from storage.database import Database

INBOX_KEPT = dt.timedelta(days=3)
"""Telegram repeats updates for a day, and numbers them anew after a week of silence."""

DIALOGS_KEPT = dt.timedelta(days=30)
"""A dialog of staff that nobody touched for so long is closed; its buttons say so kindly."""

OUTBOX_KEPT = dt.timedelta(days=100)
"""Invitations to profile again look here whether the last one is 90 days ago."""

FORGOTTEN = 2_000
"""Messages that are dropped in one transaction: people wait for the writer meanwhile."""


async def tidy_up(database: Database) -> dict[str, int]:
    """Drop what is not needed any more: old updates, abandoned dialogs, messages settled long ago."""
    return {
        "updates": await database.write(partial(inbox.forget, before=now() - INBOX_KEPT)),
        "dialogs": await database.write(partial(fsm.forget, before=now() - DIALOGS_KEPT)),
        "messages": await _forget_messages(database),
    }


async def _forget_messages(database: Database) -> int:
    forget = partial(outbox.forget, before=now() - OUTBOX_KEPT, limit=FORGOTTEN)
    total = 0
    while forgotten := await database.write(forget):
        total += forgotten
    return total
