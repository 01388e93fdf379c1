"""The sender: drains the outbox within Telegram's limits.

Of several processes one sends, elected by a lease. A round is one transaction: it keeps what became of the
messages that have left and takes up the next few. Telegram has no key against repetitions, so what was in
flight when a process died is settled by its kind's policy, see `bot.domain.notices`.
"""

import asyncio
import datetime as dt
import logging
from contextlib import suppress
from functools import partial

from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import SendMessage
from sqlalchemy import Connection

from bot.delivery.outcome import outcome_of
from bot.delivery.pace import Pace
from bot.delivery.taking_up import Look, Ready, Taking, TakingUp
from bot.delivery.trouble import Trouble
from bot.domain.clock import now
from storage import leases, outbox, people
from storage.database import Database, Unavailable, reason
from storage.leases import Lease
from storage.outbox import Settled, State, Taken

logger = logging.getLogger(__name__)

LEASE = "sender"
LEASE_SECONDS = 5.0
LOOK_SECONDS = 0.5
"""How often an idle sender looks whether something has become due."""

LAST_SECONDS = 6.0
"""How long a sender that is told to stop waits for what is in flight."""

FIRST_WAIT_SECONDS = 0.2
"""Before the next attempt to reach the database; then twice as long each time, a lease's time at most."""

TRIAGE = 500
"""Rows looked at in one round while most of the due ones cannot go: their people sleep, it is too late."""


class _SendLetter(SendMessage):
    """sendMessage whose reply, the whole message, nobody reads: it is not made into objects."""

    __returning__ = object  # type: ignore[assignment]  # wider than aiogram says


class Sender:
    """Sends what is due until it is told to stop. `holder` names the process."""

    def __init__(self, bot: Bot, database: Database, taking_up: TakingUp, pace: Pace, holder: str) -> None:
        self._bot = bot
        self._database = database
        self._taking_up = taking_up
        self._pace = pace
        self._holder = holder
        self._lease_time = dt.timedelta(seconds=LEASE_SECONDS)
        self._lease: Lease | None = None
        self._held_until = 0.0  # by the loop's clock, which nobody moves
        self._in_doubt = False
        self._flying: set[asyncio.Task[None]] = set()
        self._at_work: dict[int, int] = {}  # rows of which it is not kept what became of them; their accounts
        self._results: list[Settled] = []
        self._trouble = Trouble(pace.limits.in_flight)
        self._paused_until: dt.datetime | None = None
        self._look = 0
        self._happened = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; what is in flight then is waited for and kept."""
        async with asyncio.TaskGroup() as group:
            stopping = group.create_task(stop.wait())
            stopping.add_done_callback(lambda _: self._happened.set())
            while not stop.is_set():
                if not await self._patiently(group, stop) and not stop.is_set():
                    await self._nap()
            if self._flying:
                await asyncio.wait(self._flying, timeout=LAST_SECONDS)
            for flying in self._flying:
                flying.cancel()
        await self._let_go()

    async def _patiently(self, group: asyncio.TaskGroup, stop: asyncio.Event) -> bool:
        """A round, however long the database is away. Returns whether the next is worth it at once."""
        attempt = 0
        while not stop.is_set():
            try:
                return await self._round(group)
            except Unavailable as error:
                logger.warning("the outbox cannot be reached: %s", reason(error))
            except Exception:  # answers to people do not stop for it
                logger.exception("a round of the sender failed")
            with suppress(TimeoutError):
                async with asyncio.timeout(min(FIRST_WAIT_SECONDS * 2 ** min(attempt, 10), LEASE_SECONDS)):
                    await stop.wait()
            attempt += 1
        return False

    async def _round(self, group: asyncio.TaskGroup) -> bool:
        self._happened.clear()
        if self._lease is None:
            self._lease = await self._acquire()
        if self._lease is None:
            return False
        room = 0 if self._paused() else self._pace.limits.in_flight - len(self._flying)
        if not (self._results or self._renewal_is_near() or (room > 0 and await self._is_due())):
            return False
        renewed = asyncio.get_running_loop().time()
        busy = {*self._pace.busy(), *self._at_work.values()}
        look = Look(self._lease.token, now(), [*busy], room, self._look)
        taking = await self._write(look)
        if taking is None:
            logger.warning("another process sends now")
            self._lease = None
            return False
        self._held_until = renewed + self._lease_time.total_seconds()
        self._look = TRIAGE if taking.settled > len(taking.ready) else 0
        for ready in taking.ready:
            self._at_work[ready.taken.id] = ready.taken.telegram_id
            flying = group.create_task(self._send(ready, look.token, self._held_until))
            self._flying.add(flying)
            flying.add_done_callback(self._landed)
        return taking.settled > 0 and len(self._flying) < self._pace.limits.in_flight

    async def _write(self, look: Look) -> Taking | None:
        """A step and what follows from it here; None if another process holds the lease now."""
        results = list(self._results)
        known = list(self._at_work) if self._in_doubt else None
        self._in_doubt = True  # until there is a reply
        step = await self._database.write(
            partial(self._step, results=results, pause=self._paused_until, look=look, known=known)
        )
        self._in_doubt = False
        del self._results[: len(results)]
        for result in results:
            self._at_work.pop(result.id, None)
        if step is None:
            return None
        self._lease, taking = step
        self._paused_until = _later(self._paused_until, self._lease.paused_until)
        return taking

    def _step(
        self,
        connection: Connection,
        results: list[Settled],
        pause: dt.datetime | None,
        look: Look,
        known: list[int] | None,
    ) -> tuple[Lease, Taking] | None:
        """One transaction of the sender; None if another process holds the lease now.

        `known` are the rows that it is at work on, if it is not sure to know all that it has taken.
        """
        lease = leases.renew(connection, LEASE, look.token, look.now + self._lease_time)
        if lease is None:
            return None
        self._keep(connection, results, look.token, look.now)
        if known is not None:
            outbox.give_back(connection, look.token, known)
        if pause is not None and pause != lease.paused_until:
            leases.pause(connection, LEASE, pause)
        if look.room <= 0:
            return lease, Taking([], 0)
        return lease, self._taking_up.take(connection, look)

    def _keep(self, connection: Connection, results: list[Settled], token: int, at: dt.datetime) -> None:
        outbox.settle(connection, results, token, at)
        if blocked := [one.telegram_id for one in results if one.state is State.BLOCKED]:
            people.mark_blocked(connection, blocked, at)

    async def _acquire(self) -> Lease | None:
        """Take the lease if it is free, and settle what a former holder was at."""

        def acquire(connection: Connection) -> Lease | None:
            at = now()
            lease = leases.acquire(connection, LEASE, self._holder, at, at + self._lease_time)
            if lease is not None:
                outbox.settle_left_over(connection, lease.token, at)
            return lease

        self._results.clear()  # of a lease that was lost: its new holder has settled them
        self._at_work.clear()
        self._in_doubt = False
        acquired = asyncio.get_running_loop().time()
        lease = await self._database.write(acquire)
        if lease is not None:
            self._held_until = acquired + self._lease_time.total_seconds()
            self._paused_until = _later(self._paused_until, lease.paused_until)
        return lease

    async def _let_go(self) -> None:
        """Keep what is known and free the lease; what cannot be kept is settled by its kind's policy."""
        if self._lease is None:
            return
        token, results, pause = self._lease.token, self._results, self._paused_until

        def let_go(connection: Connection) -> None:
            self._keep(connection, results, token, now())
            if pause is not None:
                leases.pause(connection, LEASE, pause)
            leases.release(connection, LEASE, token)

        try:
            await self._database.write(let_go)
        except Unavailable as error:
            logger.warning("the last results could not be kept: %s", reason(error))

    async def _send(self, ready: Ready, token: int, until: float) -> None:
        """Send one message if it can go before that time; what became of it is kept by the next round."""
        result = await self._outcome(ready, token, until)
        if self._holds(token):
            self._results.append(result)

    async def _outcome(self, ready: Ready, token: int, until: float) -> Settled:
        taken, loop = ready.taken, asyncio.get_running_loop()
        try:
            letter = self._taking_up.composers[taken.kind].compose(taken, ready.loaded)
            call = _SendLetter(chat_id=taken.telegram_id, text=letter.html, reply_markup=letter.keyboard)
        except Exception as error:
            logger.exception("message %s could not be made", taken.id)
            return Settled(taken.id, taken.telegram_id, State.FAILED, type(error).__name__)
        await self._pace.turn(taken.telegram_id)
        if self._paused() or not self._holds(token) or loop.time() > until:
            return Settled(taken.id, taken.telegram_id, State.WAITING)
        try:
            await self._bot(call)
        except Exception as error:
            return self._failed(taken, error)
        self._trouble.over()
        return Settled(taken.id, taken.telegram_id, State.SENT)

    def _failed(self, taken: Taken, error: Exception) -> Settled:
        """What an error means for the message, and for all the others."""
        result = outcome_of(taken, error, now())
        if isinstance(error, TelegramRetryAfter):
            self._pause(error.retry_after)
        elif result.state in (State.WAITING, State.UNCERTAIN):
            self._trouble.add(asyncio.get_running_loop().time())
            logger.warning("message %s: %s", taken.id, type(error).__name__)
        else:
            self._trouble.over()
        return result

    def _holds(self, token: int) -> bool:
        return self._lease is not None and self._lease.token == token

    def _pause(self, seconds: int) -> None:
        """Telegram asks to wait: everything does, and the next round keeps it, so that a restart does too."""
        until = now() + dt.timedelta(seconds=seconds)
        logger.warning("Telegram asks to wait until %s", until.isoformat(timespec="seconds"))
        self._paused_until = _later(self._paused_until, until)

    def _landed(self, flying: asyncio.Task[None]) -> None:
        """Half is still on its way while the next half is taken up, or more of it while replies are slow."""
        self._flying.discard(flying)
        most = self._pace.limits.in_flight
        room = most - len(self._flying)
        if 2 * room >= most or (self._pace.waiting <= 1 and 5 * room >= most):
            self._happened.set()

    async def _nap(self) -> None:
        """Until a message has left, or it is time to look again."""
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await self._happened.wait()
        except TimeoutError:
            return

    def _paused(self) -> bool:
        if self._trouble.rests(asyncio.get_running_loop().time()):
            return True
        return self._paused_until is not None and now() < self._paused_until

    def _renewal_is_near(self) -> bool:
        half = self._lease_time.total_seconds() / 2
        return asyncio.get_running_loop().time() > self._held_until - half

    async def _is_due(self) -> bool:
        return await self._database.read(partial(outbox.anything_due, now=now()))


def _later(one: dt.datetime | None, other: dt.datetime | None) -> dt.datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)
