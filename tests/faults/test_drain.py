"""SIGKILL at random moments while messages drain: none lost; twice at most what was on its way."""

import asyncio
import random
import time
from collections import Counter
from typing import NamedTuple

import pytest
from sqlalchemy import Connection, select

from bot.delivery.pace import Limits
from bot.domain.notices import POLICIES, NoticeKind, Uncertain
from storage.outbox import State
from storage.tables import outbox
from tests.faults.letterbox import Letterbox
from tests.faults.stage import Stage
from tests.mailing import add_campaign, add_messages, read_until

pytestmark = pytest.mark.faults

REPLY_SECONDS = 0.1
"""How long a message has been with its person before the bot hears of it: the moment to be killed in."""

TO_DO = {State.WAITING, State.SENDING}
FULL_LENGTH = 50  # rounds: from there on nobody is waiting for the result


class Row(NamedTuple):
    id: int
    telegram_id: int
    kind: str
    state: str


def look(connection: Connection) -> list[Row]:
    columns = (outbox.c.id, outbox.c.telegram_id, outbox.c.kind, outbox.c.state)
    return [Row(*row) for row in connection.execute(select(*columns).order_by(outbox.c.id))]


class Mailing:
    """Half of the messages may come twice and go first, the other half may not."""

    def __init__(self, stage: Stage, messages: int) -> None:
        self.stage = stage
        self.letterbox = Letterbox(stage.sandbox.world, messages)
        self.in_flight_at_kills: Counter[int] = Counter()  # by account

    async def queue(self) -> None:
        messages = len(self.letterbox.accounts)

        def add(connection: Connection) -> None:
            campaign = add_campaign(connection)
            add_messages(connection, campaign, 0, messages // 2, NoticeKind.CAMPAIGN_TEST)
            add_messages(connection, campaign, messages // 2, messages)

        await self.stage.database.write(add)
        await self.stage.client.fault("sendMessage", delay=REPLY_SECONDS, performed=True, times=10**9)

    async def kill(self, in_flight: int) -> None:
        """Kill the bot; whatever it says is sent has come, and it was not at more than it may be."""
        await self.stage.kill()
        found = await self.stage.database.read(look)
        left = [row.telegram_id for row in found if row.state == State.SENDING]
        assert len(left) <= in_flight
        self.in_flight_at_kills.update(left)
        for row in found:
            assert row.state != State.SENT or self.letterbox.messages[row.telegram_id] > 0, row

    async def drained(self) -> None:
        """Wait until nothing is left to do."""
        await read_until(self.stage.database, look, lambda rows: not any(row.state in TO_DO for row in rows))

    async def check(self) -> None:
        """Each message came once, or what went wrong was on its way at a kill and is as its kind wants it."""
        came = self.letterbox.messages
        for row in await self.stage.database.read(look):
            at_risk = self.in_flight_at_kills[row.telegram_id]
            if POLICIES[NoticeKind(row.kind)].uncertain is Uncertain.REPEAT:
                assert row.state == State.SENT, row
                assert 1 <= came[row.telegram_id] <= 1 + at_risk, row
            elif at_risk:
                assert row.state == State.UNCERTAIN, row
                assert came[row.telegram_id] <= 1, row
            else:
                assert row.state == State.SENT, row
                assert came[row.telegram_id] == 1, row


@pytest.mark.parametrize("per_second", [30, 300])
async def test_killed_again_and_again_nothing_is_lost_and_little_comes_twice(
    stage: Stage, rounds: int, seed: int, per_second: int
) -> None:
    at_length = rounds >= FULL_LENGTH
    kills, messages = (rounds // 2, 10_000) if at_length else (2, 200)
    if per_second != Limits().per_second and not at_length:
        pytest.skip("at full length only")
    moments = random.Random(seed)
    stage.settings["SENDS_PER_SECOND"] = str(per_second)
    in_flight = Limits(per_second).in_flight
    mailing = Mailing(stage, messages)
    await mailing.queue()
    begun = time.monotonic()
    async with asyncio.timeout(60 + 30 * kills + 2 * messages / per_second):
        for killed in range(kills):
            await _live(mailing, messages * (killed + moments.uniform(0.2, 1)) / (kills + 1), moments)
            await mailing.kill(in_flight)
        await stage.start()
        await mailing.drained()
    assert await stage.stop() == 0
    await mailing.check()
    assert stage.complaints() == []
    _tell(mailing, f"seed {seed}, {per_second} a second: {kills} kills", time.monotonic() - begun)


async def _live(mailing: Mailing, messages: float, moments: random.Random) -> None:
    """Until about so many messages have come in all; some processes die while they start."""
    if moments.random() < 0.1:
        await mailing.stage.spawn()
        await asyncio.sleep(moments.uniform(0, 3))
        return
    await mailing.stage.start()
    await mailing.letterbox.come_to(int(messages))
    await asyncio.sleep(moments.uniform(0, REPLY_SECONDS))


def _tell(mailing: Mailing, what: str, seconds: float) -> None:
    came = mailing.letterbox.messages
    print(
        f"{what}, {len(mailing.letterbox.accounts)} messages: {mailing.in_flight_at_kills.total()} in flight"
        f" at kills, {came.total() - len(came)} came twice, none lost, {seconds:.0f} s"
    )


async def test_stopped_while_messages_drain_nothing_is_uncertain(stage: Stage) -> None:
    """SIGTERM: what is on its way is waited for, and kept."""
    mailing = Mailing(stage, 60)
    await mailing.queue()
    async with asyncio.timeout(180):
        for messages in (15, 45):
            await stage.start()
            await mailing.letterbox.come_to(messages)
            assert await stage.stop() == 0
        await stage.start()
        await mailing.drained()
    assert await stage.stop() == 0
    await mailing.check()
    assert set(mailing.letterbox.messages.values()) == {1}
    assert stage.complaints() == []
