"""Telegram asks to wait for hours: what is sent waits exactly so long, across restarts; answers go on."""

import asyncio
import datetime as dt
import signal
from functools import partial

import pytest
from sqlalchemy import Connection, func, select

from bot.delivery.sender import LEASE
from bot.domain.clock import now
from storage import leases
from storage.outbox import State
from storage.tables import leases as leases_table
from storage.tables import outbox
from tests.faults.letterbox import Letterbox
from tests.faults.stage import Stage
from tests.mailing import add_campaign, add_messages, read_until

pytestmark = pytest.mark.faults

WAIT_SECONDS = 10_072
LEFT = dt.timedelta(seconds=3)
"""How much of it is left when the clock has been moved."""

MESSAGES = 20


@pytest.fixture
async def letterbox(stage: Stage) -> Letterbox:
    def add(connection: Connection) -> None:
        add_messages(connection, add_campaign(connection), 0, MESSAGES)

    await stage.database.write(add)
    return Letterbox(stage.sandbox.world, MESSAGES)


async def asked_to_wait(stage: Stage) -> dt.datetime:
    """Until when, once it is kept, and nothing is on its way any more."""
    asked = partial(leases.paused_until, name=LEASE)
    until = await read_until(stage.database, asked, lambda until: until is not None)
    await read_until(stage.database, sending, lambda count: count == 0)
    assert until is not None
    return until


def sending(connection: Connection) -> int:
    statement = select(func.count()).where(outbox.c.state == State.SENDING)
    return connection.execute(statement).scalar_one()


def holder(connection: Connection) -> int:
    """The token of the process that sends."""
    statement = select(leases_table.c.token).where(leases_table.c.name == LEASE)
    return int(connection.execute(statement).scalar_one())


async def answered_within_a_second(stage: Stage) -> None:
    person = await stage.client.person(first_name="Аня")
    async with asyncio.timeout(1):
        await person.start()
        await person.wait_for(lambda messages: any(message.from_bot for message in messages))


async def test_what_is_sent_waits_to_the_second_and_a_restart_changes_nothing(
    stage: Stage, letterbox: Letterbox
) -> None:
    await stage.client.fault("sendMessage", status=429, retry_after=WAIT_SECONDS)
    async with asyncio.timeout(120):
        begun = now()
        await stage.start()
        until = await asked_to_wait(stage)
        asked = until - dt.timedelta(seconds=WAIT_SECONDS)
        assert begun < asked <= now()
        came = letterbox.messages.total()
        first = await stage.database.read(holder)
        await answered_within_a_second(stage)
        await stage.kill()

        stage.module = ("tests.faults.moving_clock", (until - LEFT).isoformat())
        await stage.start()
        await answered_within_a_second(stage)
        await read_until(stage.database, holder, lambda token: token > first)
        await asyncio.sleep(1)
        assert letterbox.messages.total() == came
        assert stage.process is not None
        moved = now()
        stage.process.send_signal(signal.SIGUSR1)
        await answered_within_a_second(stage)
        await letterbox.come_to(came + 1)
        assert moved + LEFT <= now() <= moved + LEFT + dt.timedelta(seconds=1)
        await letterbox.come_to(MESSAGES)
    assert await stage.stop() == 0
    assert stage.complaints() == []
    assert set(letterbox.messages.values()) == {1}
