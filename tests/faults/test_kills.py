"""SIGKILL at random moments while fifty people answer."""

import asyncio
import random
import time

import pytest

from tests.faults.crowd import Crowd, Student, visible
from tests.faults.ledger import Ledger
from tests.faults.stage import Stage

pytestmark = pytest.mark.faults

SEATS = 50


async def test_killed_again_and_again_it_loses_nothing_and_repeats_nothing(
    stage: Stage, ledger: Ledger, rounds: int, seed: int
) -> None:
    moments = random.Random(seed)
    crowd = Crowd(stage, seed)
    begun = time.monotonic()
    async with asyncio.timeout(120 + 20 * rounds), asyncio.TaskGroup() as group:
        seats = crowd.sit(group, SEATS)
        for _ in range(rounds):
            await _live_and_die(stage, moments)
            await ledger.check()
        crowd.close_doors()
        await stage.start()
        await asyncio.wait(seats)
    await _press_last_buttons(crowd)
    assert await stage.stop() == 0
    await ledger.check_all_done()
    assert stage.complaints() == []
    for student in crowd.finished:
        expected = ledger.expected(student.person.id)
        assert expected.session is not None
        assert expected.session.completed
        assert expected.assessed == 1
    seconds = time.monotonic() - begun
    print(
        f"seed {seed}: {rounds} kills, {len(crowd.finished)} people, {len(stage.record.all)} updates,"
        f" none lost, none doubled, {seconds:.0f} s"
    )


async def _live_and_die(stage: Stage, moments: random.Random) -> None:
    """Some processes die while they start, most while they serve."""
    if moments.random() < 0.15:
        await stage.spawn()
        await asyncio.sleep(moments.uniform(0, 3))
    else:
        await stage.start()
        await asyncio.sleep(moments.uniform(0, 1.5))
    await stage.kill()


async def _press_last_buttons(crowd: Crowd) -> None:
    """The buttons that everybody sees last lead on."""

    async with asyncio.TaskGroup() as group:
        for student in crowd.finished:
            group.create_task(_press_first_button(student))


async def _press_first_button(student: Student) -> None:
    screen = await student.screen()
    assert screen is not None
    before = visible(await student.person.messages())
    await student.person.press(screen.button_texts[0], message_id=screen.id)
    assert await student.see_change(before, patience=60), await student.person.transcript()
