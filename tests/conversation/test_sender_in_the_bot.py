"""The sender inside the whole bot: who comes back is written to again; answers do not wait for it."""

import asyncio
import datetime as dt
from functools import partial

import pytest

from bot.delivery.sender import LEASE
from bot.domain import clock
from bot.domain.notices import NoticeKind
from bot.domain.people import Role
from storage import leases, outbox, staff
from storage.outbox import Notice, State
from storage.tables import outbox as table
from tests.conversation.conftest import World
from tests.conversation.stored import rows
from tests.conversation.student import newcomer, profiled
from tests.storage.composers import Plain
from tests.storage.notices import notice

DAY = dt.timedelta(days=1)


@pytest.fixture
async def plain_world(world: World) -> World:
    """Messages say the word of their row."""
    world.app.sender._taking_up.composers = {kind: Plain() for kind in NoticeKind}
    return world


def to(telegram_id: int, key: str, person_id: int | None = None) -> Notice:
    """Somebody waits for it, so the hour does not matter."""
    now = clock.now()
    about = {"due_at": now, "expires_at": now + DAY, "person_id": person_id}
    return notice(key, NoticeKind.CAMPAIGN_TEST, telegram_id, **about)


async def state(world: World, key: str) -> State:
    (row,) = await rows(world.app, table, key=key)
    return State(row["state"])


async def becomes(world: World, key: str, wanted: State) -> None:
    async with asyncio.timeout(20):
        while await state(world, key) is not wanted:  # noqa: ASYNC110
            await asyncio.sleep(0)  # the bot knows nothing of who looks on: no event to wait for


async def queue(world: World, *notices: Notice) -> None:
    await world.app.database.write(partial(outbox.queue, notices=notices))


async def test_who_had_blocked_the_bot_and_starts_it_again_gets_what_was_waiting(plain_world: World) -> None:
    student, other = await profiled(plain_world), await newcomer(plain_world)
    await other.write("/start")
    person_id = (await student.row())["id"]
    await plain_world.sandbox.fault(
        "sendMessage", status=403, description="Forbidden: bot was blocked by the user"
    )
    await queue(plain_world, to(student.person.id, "held", person_id))
    await becomes(plain_world, "held", State.BLOCKED)
    assert (await student.row())["blocked_at"] is not None
    await queue(plain_world, to(student.person.id, "held too", person_id), to(other.person.id, "other"))
    await other.person.wait_for(lambda messages: messages[-1].text == "other")
    await becomes(plain_world, "held too", State.BLOCKED)

    await student.person.start()
    await student.person.wait_for(
        lambda messages: {"held", "held too"} <= {message.text for message in messages if message.from_bot}
    )
    await student.idle()
    assert (await student.row())["blocked_at"] is None


async def test_who_takes_the_block_back_need_not_write(plain_world: World) -> None:
    student = await profiled(plain_world)
    await student.person.block()
    await student.idle()
    await queue(plain_world, to(student.person.id, "held", (await student.row())["id"]))
    await becomes(plain_world, "held", State.BLOCKED)
    await student.person.unblock()
    await student.person.wait_for(lambda messages: messages[-1].text == "held")


async def test_staff_who_come_back_get_what_was_waiting(plain_world: World) -> None:
    member = await newcomer(plain_world)
    link = partial(
        staff.link,
        telegram_id=member.person.id,
        role=Role.COORDINATOR,
        organisation_id=None,
        language="ru",
        at=clock.now(),
    )
    await plain_world.app.database.write(link)
    await queue(plain_world, to(member.person.id, "held"))  # the bot may not write to who never has
    await becomes(plain_world, "held", State.BLOCKED)
    await member.person.start()
    await member.person.wait_for(
        lambda messages: "held" in [message.text for message in messages if message.from_bot]
    )


async def test_people_are_answered_while_the_sender_has_to_wait(plain_world: World) -> None:
    """For 10,072 s, as Telegram once asked."""
    student = await profiled(plain_world)
    until = clock.now() + dt.timedelta(seconds=10_072)
    await plain_world.app.database.write(partial(leases.pause, name=LEASE, until=until))
    await queue(plain_world, to(student.person.id, "later"))
    answer = await student.write("/help")
    assert answer.text != "later"
    assert await state(plain_world, "later") is not State.SENT


async def test_who_is_erased_gets_nothing_more(plain_world: World) -> None:
    student = await profiled(plain_world)
    person_id = (await student.row())["id"]
    tomorrow = to(student.person.id, "tomorrow", person_id)._replace(due_at=clock.now() + DAY / 2)
    await queue(plain_world, tomorrow)
    await student.write("/delete_me")
    await student.choose("Стереть мои данные")
    assert await rows(plain_world.app, table) == []
