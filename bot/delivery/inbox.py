"""The durable inbox: stored, then acknowledged, then handled, then done.

aiogram's own polling acknowledges updates before they are handled and loses them when the process dies. Here
an update is a committed row before the offset moves on; the row is marked done in the same transaction as the
update's effect. What a stopped process left over is handled first after the restart, in order.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from aiogram.methods import TelegramMethod
from aiogram.types import Update

from bot.delivery.lanes import Lanes
from bot.delivery.transient import TRANSIENT, wait_before_retry
from bot.domain.clock import now
from storage import inbox
from storage.database import Database, Unavailable, reason
from storage.inbox import Payload, StoredUpdate
from storage.unit_of_work import UnitOfWork, current_unit

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"]
POLL_SECONDS = 25
ATTEMPTS = 3
"""Times that an update may be begun anew, and the process stops, before it is taken for the reason."""

ALONE_SECONDS = 30
"""How long updates that may stop the process are handled one by one, before all others."""

Handle = Callable[[Update, UnitOfWork], Awaitable[None]]


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates as it comes over the wire: what is stored is what Telegram sent."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Inbox:
    """Fetches, stores and feeds updates to `handle`, until it is told to stop.

    `fetched` is called whenever Telegram has answered.
    """

    def __init__(self, bot: Bot, database: Database, handle: Handle, fetched: Callable[[], None]) -> None:
        self._fetched = fetched
        self._bot = bot
        self._database = database
        self._handle_update = handle

    async def run(self, stop: asyncio.Event, drain_seconds: float = 6) -> None:
        """Serve until `stop` is set, then finish what has begun within `drain_seconds`.

        What does not finish in time stays in the inbox and is handled at the next start.
        """
        async with asyncio.TaskGroup() as group:
            lanes = Lanes(self._handle, group)
            polling = group.create_task(self._poll(lanes))
            stopping = group.create_task(stop.wait())
            await asyncio.wait({polling, stopping}, return_when=asyncio.FIRST_COMPLETED)
            polling.cancel()
            stopping.cancel()
            if not await lanes.drain(drain_seconds):
                logger.warning("stopped with updates under way: they are handled at the next start")
                await self._database.write(inbox.clear_attempts)

    async def _poll(self, lanes: Lanes) -> None:
        await self._take_up_left_over(lanes)
        offset: int | None = None
        while True:
            updates = await self._fetch(offset)
            self._fetched()
            if not updates:
                continue
            received = [StoredUpdate(update["update_id"], lane_of(update), update) for update in updates]
            for stored in await self._store(received):
                await lanes.put(stored)
            await asyncio.sleep(0)  # people first, then the next poll
            offset = received[-1].update_id + 1

    async def _take_up_left_over(self, lanes: Lanes) -> None:
        """What may have stopped the process comes first and alone: nothing innocent is under way with it."""
        given_up = await self._database.write(partial(inbox.give_up, attempts=ATTEMPTS, at=now()))
        for update_id in given_up:
            logger.error("update %s was begun at %s stops in a row: given up", update_id, ATTEMPTS)
        left_over = await self._database.read(inbox.left_over)
        if left_over:
            logger.info("taking up %s updates that were left over", len(left_over))
        loop = asyncio.get_running_loop()
        alone_until = loop.time() + ALONE_SECONDS
        # lanes are serial, so what was begun is the first of its lane: this keeps each person's order
        for stored in sorted(left_over, key=lambda stored: not stored.attempts):
            await lanes.put(stored)
            if stored.attempts:
                await lanes.rest(alone_until - loop.time())

    async def _fetch(self, offset: int | None) -> list[Payload]:
        attempt = 0
        while True:
            request = GetRawUpdates(offset=offset, timeout=POLL_SECONDS, allowed_updates=ALLOWED_UPDATES)
            try:
                return await self._bot(request, request_timeout=POLL_SECONDS + 10)
            except TelegramUnauthorizedError:
                raise
            except AiogramError as error:  # an answer that cannot be read is one too
                logger.warning("fetching updates failed: %s", type(error).__name__)
                await wait_before_retry(error, attempt)
                attempt += 1

    async def _store(self, received: list[StoredUpdate]) -> list[StoredUpdate]:
        """Store what was received, however long the database takes; returns what is new."""
        attempt = 0
        at = now()  # the same for all attempts: what was committed when the connection broke counts as new
        while True:
            try:
                new = await self._database.write(partial(inbox.store, updates=received, at=at))
                once = {stored.update_id: stored for stored in received}
                return [stored for update_id, stored in once.items() if update_id in new]
            except Unavailable as error:
                logger.warning("storing updates failed: %s", reason(error))
                await wait_before_retry(error, attempt)
                attempt += 1

    async def _handle(self, stored: StoredUpdate) -> None:
        """Handle one update to its end. Faults of Telegram or the database only delay it."""
        attempt = 0
        counted = stored.attempts is None  # what has just come is not counted: most updates never are
        in_doubt = False
        while True:
            try:
                if in_doubt and await self._is_done(stored):
                    return
                if not counted:
                    await self._database.write(partial(inbox.count_attempt, update_id=stored.update_id))
                    counted = True
                await self._attempt(stored)
            except (*TRANSIENT, Unavailable) as error:
                logger.warning("update %s is tried again: %s", stored.update_id, type(error).__name__)
                await wait_before_retry(error, attempt)
                attempt += 1
                # the connection may have broken after the commit: twice is not what the person did
                in_doubt = in_doubt or isinstance(error, Unavailable)
            else:
                return

    async def _is_done(self, stored: StoredUpdate) -> bool:
        return await self._database.write(partial(inbox.is_done, update_id=stored.update_id))

    async def _attempt(self, stored: StoredUpdate) -> None:
        unit = UnitOfWork(self._database, partial(inbox.mark_done, update_id=stored.update_id, at=now()))
        token = current_unit.set(unit)
        try:
            update = Update.model_validate(stored.payload, context={"bot": self._bot})
            await self._handle_update(update, unit)
        except (*TRANSIENT, Unavailable):
            raise
        except Exception:
            logger.exception("update %s failed", stored.update_id)
            unit.discard()
        finally:
            current_unit.reset(token)
        try:
            await unit.commit()
        except Unavailable:
            raise
        except Exception:
            logger.exception("update %s could not be kept", stored.update_id)
            unit.discard()
            await unit.commit()


def lane_of(update: Payload) -> int:
    """Whose update it is: the person, or the chat where there is none."""
    event = next((value for value in update.values() if isinstance(value, dict)), {})
    owner = event.get("from") or event.get("chat") or {}
    return int(owner.get("id", 0))
