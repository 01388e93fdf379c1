"""SIGTERM: an end in time, exit code 0, and nothing lost."""

import asyncio

import pytest
from sqlalchemy import func, select

from dialogs.presses import Act
from storage.tables import inbox
from tests.faults.crowd import Crowd
from tests.faults.ledger import Ledger
from tests.faults.stage import Stage

pytestmark = pytest.mark.faults


async def test_under_load_it_stops_in_time_and_goes_on_where_it_was(
    stage: Stage, ledger: Ledger, seed: int
) -> None:
    crowd = Crowd(stage, seed)
    await stage.start()
    async with asyncio.timeout(120), asyncio.TaskGroup() as group:
        seats = crowd.sit(group, 40)
        crowd.close_doors()
        for updates in (150, 300):
            await stage.record.come_to(updates)
            assert await stage.stop() == 0
            await ledger.check()
            await stage.start()
        await asyncio.wait(seats)
    assert await stage.stop() == 0
    await ledger.check_all_done()
    assert stage.complaints() == []
    assert len(crowd.finished) == 40


async def test_while_telegram_is_silent_it_stops_in_time(stage: Stage, ledger: Ledger, seed: int) -> None:
    """What waits for Telegram is left in the inbox, and nobody's update is blamed for the stop."""
    crowd = Crowd(stage, seed)
    people = [await crowd.newcomer() for _ in range(10)]
    async with asyncio.timeout(120):
        await stage.start()
        screens = [await student.reach(Act.TOGGLE) for student in people]
        await stage.client.fault("editMessageText", delay=120, times=1000)
        for student, screen in zip(people, screens, strict=True):
            await student.person.press(screen.button_texts[0], message_id=screen.id)
        await _stop_while_silent(stage, ledger, strikes=10)
        await stage.start()
        await _stop_while_silent(stage, ledger, strikes=20)
        await stage.client.clear_faults()
        await stage.start()
        async with asyncio.TaskGroup() as group:
            for student in people:
                group.create_task(student.finish())
    assert await stage.stop() == 0
    await ledger.check_all_done()
    assert stage.complaints() == []


async def _stop_while_silent(stage: Stage, ledger: Ledger, strikes: int) -> None:
    await stage.faults.strike(strikes)
    assert await stage.stop() == 0
    await ledger.check()
    blamed = select(func.count()).where(inbox.c.done_at.is_(None), inbox.c.attempts > 0)
    assert await stage.database.read(lambda connection: connection.execute(blamed).scalar()) == 0
