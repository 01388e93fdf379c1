"""What reaches the accounts that a campaign goes to."""

import asyncio
from collections import Counter

from bot.sandbox.chat import Kind, Person, Standing
from bot.sandbox.signals import Signal
from bot.sandbox.world import World
from tests.mailing import FIRST_ACCOUNT


class Letterbox(asyncio.Queue[int | None]):
    """So many accounts that know the bot, and how many messages each has had from it.

    It hears of every change in a chat, as a page that watches would, but at once.
    """

    def __init__(self, world: World, accounts: int) -> None:
        super().__init__()
        self._world = world
        self.accounts = range(FIRST_ACCOUNT, FIRST_ACCOUNT + accounts)
        self.messages: Counter[int] = Counter()
        self._changed = Signal()
        for number in self.accounts:
            world.add_person(Person(number, "Аня")).standing = Standing.ACTIVE
        world.watchers.add(self)

    def put_nowait(self, item: int | None) -> None:
        if item is None or item not in self.accounts or not self._world.chats[item].changes:
            return
        change = self._world.chats[item].changes[-1]
        if change.by_bot and change.kind is Kind.SENT:
            self.messages[item] += 1
            self._changed.notify()

    async def come_to(self, messages: int) -> None:
        """Wait until so many messages have come in all."""
        await self._changed.wait_until(lambda: self.messages.total() >= messages, None)
