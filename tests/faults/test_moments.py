"""Kills and faults at moments that are known: each update has its effect once."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select

from bot.delivery.inbox import ATTEMPTS
from bot.domain.clock import now
from bot.sandbox.views import ChatMessage
from dialogs.presses import Act
from storage.tables import inbox
from tests.faults.crowd import TICK, Crowd, Student, all_of, visible
from tests.faults.ledger import Ledger
from tests.faults.stage import Stage

pytestmark = pytest.mark.faults

POISON = 10**9


@pytest.fixture
async def student(stage: Stage, seed: int) -> Student:
    """Someone whose screen asks to tick what fits: a tick given twice is no tick."""
    student = await Crowd(stage, seed).newcomer()
    await stage.start()
    await student.reach(Act.TOGGLE)
    return student


async def tick(student: Student, option: int = 0) -> None:
    screen = await student.screen()
    assert screen is not None
    await student.person.press(data=all_of(screen)[option].data, message_id=screen.id)


async def ticks(student: Student) -> int:
    return ticks_shown(await student.person.messages())


def ticks_shown(messages: list[ChatMessage]) -> int:
    """Of the newest message with buttons."""
    screen = next(message for message in reversed(messages) if message.buttons)
    return sum(text.startswith(TICK) for text in screen.button_texts)


async def ticked(student: Student, count: int) -> None:
    """Wait until the screen shows so many ticks."""
    await student.person.wait_for(lambda messages: ticks_shown(messages) == count, timeout=60)


async def rows(stage: Stage) -> dict[int, tuple[bool, int]]:
    """Every stored update: whether it is done, and how often it was begun anew."""
    statement = select(inbox.c.update_id, inbox.c.done_at, inbox.c.attempts)
    found = await stage.database.read(lambda connection: connection.execute(statement).all())
    return {row.update_id: (row.done_at is not None, row.attempts) for row in found}


async def end_well(stage: Stage, ledger: Ledger) -> None:
    assert await stage.stop() == 0
    await ledger.check_all_done()


async def test_killed_between_storing_and_answering(stage: Stage, ledger: Ledger, student: Student) -> None:
    await stage.client.fault("editMessageText", delay=120)
    await tick(student)
    await stage.faults.strike(1)
    newest = max(stage.record.all)
    assert (await rows(stage))[newest] == (False, 0)
    await stage.kill()
    await ledger.check()
    assert await ticks(student) == 0
    await stage.start()
    await ticked(student, 1)
    await end_well(stage, ledger)
    assert (await rows(stage))[newest] == (True, 1)


async def test_killed_after_the_answer_is_seen_and_before_it_is_kept(
    stage: Stage, ledger: Ledger, student: Student
) -> None:
    await stage.client.fault("editMessageText", delay=120, performed=True)
    await tick(student)
    await stage.faults.strike(1)
    await ticked(student, 1)
    await stage.kill()
    await ledger.check()
    assert ledger.expected(student.person.id).session is not None
    await stage.start()
    await student.finish()
    await end_well(stage, ledger)


async def test_twenty_taps_at_once_across_a_kill(stage: Stage, ledger: Ledger, student: Student) -> None:
    await stage.client.fault("editMessageText", delay=120, times=1)
    async with asyncio.TaskGroup() as group:
        for _ in range(20):
            group.create_task(tick(student))
    await stage.faults.strike(1)
    await stage.kill()
    await ledger.check()
    await stage.start()
    await student.person.settled()
    await student.finish()
    await end_well(stage, ledger)


async def test_twenty_taps_on_one_answer_answer_one_question(
    stage: Stage, ledger: Ledger, student: Student
) -> None:
    screen = await student.reach(Act.CHOOSE)
    await stage.client.fault("editMessageText", delay=120, times=1)
    async with asyncio.TaskGroup() as group:
        for _ in range(20):
            group.create_task(student.person.press(data=all_of(screen)[0].data, message_id=screen.id))
    await stage.faults.strike(1)
    await stage.kill()
    await ledger.check()
    before = ledger.expected(student.person.id).session
    await stage.start()
    await student.person.settled()
    assert await stage.stop() == 0
    await ledger.check_all_done()
    after = ledger.expected(student.person.id).session
    assert before is not None
    assert after is not None
    added = set(after.answers) - set(before.answers) - after.prefilled
    assert len(added) == 1


async def test_delivered_twice_it_is_applied_once(stage: Stage, ledger: Ledger, student: Student) -> None:
    await tick(student)
    await ticked(student, 1)
    stage.record.repeated = list(stage.record.all.values())
    await tick(student, 1)
    await stage.record.repetitions_taken()
    await ticked(student, 2)
    await end_well(stage, ledger)


async def test_while_the_database_is_locked_updates_wait(
    stage: Stage, ledger: Ledger, student: Student
) -> None:
    with closing(sqlite3.connect(stage.file, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        await tick(student)
        assert not await student.see_change(visible(await student.person.messages()), patience=1)
        assert max(stage.record.all) not in await rows(stage)
        assert stage.record.pending_of(student.person.id) == 1
        holder.execute("ROLLBACK")
    await ticked(student, 1)
    await end_well(stage, ledger)


async def test_an_update_that_was_there_at_too_many_deaths_is_given_up(
    stage: Stage, ledger: Ledger, student: Student
) -> None:
    await stage.kill()
    poison = {"update_id": POISON, "lane": student.person.id, "payload": "{}", "attempts": ATTEMPTS}
    row = inbox.insert().values(**poison, received_at=now())
    await stage.database.write(lambda connection: connection.execute(row).close())
    await tick(student)
    await stage.start()
    await ticked(student, 1)
    assert (await rows(stage))[POISON] == (True, ATTEMPTS)
    assert [line for line in stage.complaints() if f"update {POISON} " in line and "given up" in line]
    assert await stage.stop() == 0
    await ledger.check()


async def test_what_kills_the_process_is_given_up_and_what_waits_beside_it_is_not(
    stage: Stage, ledger: Ledger, student: Student, seed: int
) -> None:
    neighbour = await Crowd(stage, seed).newcomer()
    await neighbour.reach(Act.TOGGLE)
    await stage.client.fault("editMessageText", delay=120, times=1000)
    await tick(student)
    await stage.faults.strike(1)
    killer = max(stage.record.all)
    await tick(neighbour)
    await stage.faults.strike(2)
    await stage.kill()
    await _die_of(stage, 4)  # both are begun again at the first start: either may be the reason
    for death in range(1, ATTEMPTS):
        await _die_of(stage, 4 + death)
    await stage.client.clear_faults()
    await stage.start()
    await ticked(neighbour, 1)
    await neighbour.finish()
    await student.finish()
    assert await stage.stop() == 0
    found = await rows(stage)
    assert found[killer] == (True, ATTEMPTS)
    assert [line.split()[-1] for line in stage.complaints()] == ["up"]
    assert all(done for done, _ in found.values())


async def _die_of(stage: Stage, strikes: int) -> None:
    """Start, come to the update that is not survived, die."""
    await stage.spawn()
    await stage.faults.strike(strikes)
    await stage.kill()
