"""The unit of work: all that one update from Telegram changes, committed at once.

A handler reads, decides and answers; what it changes is queued here and committed when the update is done,
together with the conversation's state and the mark in the inbox that says so. The network is never waited
for inside a transaction. If the process dies before the commit, the update is handled again from the start;
if after it, the update is done.

What was queued is not seen by `read`: load first, decide on values, queue last.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, NamedTuple

from sqlalchemy import Connection

from storage.database import Database, Result, Work

Change = Callable[[Connection], object]


class Conversation(NamedTuple):
    """State and data that the finite-state machine holds under one key."""

    state: str | None
    data: Mapping[str, Any]


class UnitOfWork:
    """Reads, queued changes, one commit."""

    def __init__(self, database: Database, *closing: Change) -> None:
        self._database = database
        self._changes: list[Change] = []
        self._closing: tuple[Change, ...] = closing
        # queued conversation states, for the dialog that reads back what it has just written
        self.conversations: dict[str, Conversation] = {}

    async def read(self, work: Work[Result]) -> Result:
        """Run work on a snapshot of what is committed: without what is queued here."""
        return await self._database.read(work)

    def add(self, change: Change) -> None:
        """Queue a change for the commit."""
        self._changes.append(change)

    async def decide(self, work: Work[Result]) -> Result:
        """Commit at once all that is queued and `work`, whose result others may compete for.

        For outcomes that the answer depends on: a seat, a one-time link. The update counts as done with it.
        """
        changes, self._changes = [*self._changes, *self._closing], []

        def together(connection: Connection) -> Result:
            result = work(connection)
            for change in changes:
                change(connection)
            return result

        decided = await self._database.write(together)
        self._closing = ()  # only now: an update whose decision failed is still to be marked
        return decided

    async def commit(self) -> None:
        """Commit what is queued and the closing marks."""
        if self._changes or self._closing:
            await self.decide(lambda _connection: None)

    def discard(self) -> None:
        """Forget what is queued; the closing marks stay."""
        self._changes.clear()
        self.conversations.clear()


current_unit: ContextVar[UnitOfWork] = ContextVar("current_unit")
