"""The sender and Telegram's refusals: too fast, blocked, impossible, out of order."""

import asyncio
import datetime as dt
from contextlib import suppress
from functools import partial

import pytest
from aiogram.exceptions import TelegramRetryAfter

from bot.delivery.pace import Limits
from bot.delivery.sender import LEASE
from bot.domain import clock
from bot.domain.notices import NoticeKind
from bot.sandbox.person import SandboxClient
from storage import leases, people
from storage.outbox import State
from tests.conversation.conftest import OpenOffice
from tests.conversation.moments import pass_time
from tests.conversation.post import Office, acquainted, came, due, sent_to

REMINDER, CAMPAIGN = NoticeKind.PROFILE_AGAIN, NoticeKind.CAMPAIGN
ONE_BY_ONE = Limits(per_second=11, per_chat=99)

NO_REPLY: dict[str, object] = {"reset": True}
CAME_ALL_THE_SAME: dict[str, object] = {"reset": True, "performed": True}


async def paused(office: Office) -> dt.datetime | None:
    return await office.database.read(partial(leases.paused_until, name=LEASE))


@pytest.mark.parametrize("seconds", [30, 10_072])
async def test_when_telegram_asks_to_wait_the_sender_waits_and_answers_go_on(
    client: SandboxClient, open_office: OpenOffice, seconds: int
) -> None:
    """A kill in between changes nothing."""
    first, second = open_office(limits=ONE_BY_ONE), open_office(limits=ONE_BY_ONE)
    there = await acquainted(client, 4)
    words = [f"n{number}" for number in range(4)]
    await client.fault("sendMessage", status=429, description="Too Many Requests", retry_after=seconds)
    notices = [due(word, person, CAMPAIGN) for word, person in zip(words, there, strict=True)]
    await first.queue(*notices)
    asked = clock.now()
    async with first.mortal() as die:
        await first.until(lambda rows: rows["n0"]["attempts"] == 1 and rows["n0"]["state"] == "waiting")
        await first.bot.send_message(there[0].id, "a direct answer")
        assert await came(there[0]) == ["a direct answer"]
        die()
    until = await paused(first)
    assert until is not None
    assert dt.timedelta(0) <= until - asked - dt.timedelta(seconds=seconds) < dt.timedelta(seconds=20)
    clock.shift(until - clock.now() - dt.timedelta(seconds=15))
    async with second.sending("two"):
        await second.bot.send_message(there[1].id, "another")
        await second.queue(due("n4", there[0], REMINDER))
        assert set((await second.states()).values()) == {State.WAITING}
        clock.shift(until - clock.now())
        await second.all_settled(*words, "n4")
    assert [await came(person) for person in there] == [
        ["a direct answer", "n4", "n0"],
        ["another", "n1"],
        ["n2"],
        ["n3"],
    ]
    assert sum(call.description == "Too Many Requests" for call in await client.calls()) == 1


async def test_a_pause_that_another_was_asked_for_holds_for_the_sender_too(
    client: SandboxClient, office: Office
) -> None:
    anna, boris = await acquainted(client, 2)
    async with office.sending():
        await office.queue(due("before", anna))
        await office.settled(before=State.SENT)
        until = clock.now() + dt.timedelta(hours=1)
        await office.change(partial(leases.pause, name=LEASE, until=until))
        await office.queue(due("after", boris))
        await office.until(
            lambda rows: rows["after"]["attempts"] == 1 and rows["after"]["state"] == "waiting"
        )
        assert await came(boris) == []
        pass_time(hours=1)
        await office.settled(after=State.SENT)


async def test_a_pause_asked_for_in_the_last_moment_is_kept(client: SandboxClient, office: Office) -> None:
    (anna,) = await acquainted(client, 1)
    await client.fault("sendMessage", status=429, description="Too Many Requests", retry_after=500)
    office.gate.after.clear()
    await office.queue(due("hello", anna))
    async with office.sending() as stop:
        await office.gate.held(1)
        stop.set()
        office.gate.after.set()
    assert await paused(office) is not None
    assert (await office.states())["hello"] is State.WAITING


async def test_direct_answers_are_refused_for_themselves(client: SandboxClient, office: Office) -> None:
    """A 429 for a direct answer is its handler's matter, the sender goes on."""
    (anna,) = await acquainted(client, 1)
    await client.fault("sendMessage", status=429, description="Too Many Requests", retry_after=500)
    async with office.sending():
        with pytest.raises(TelegramRetryAfter):
            await office.bot.send_message(anna.id, "a direct answer")
        await office.queue(due("hello", anna))
        await office.settled(hello=State.SENT)


async def test_who_blocked_the_bot_is_left_alone_and_others_are_not(
    client: SandboxClient, open_office: OpenOffice
) -> None:
    office = open_office(limits=ONE_BY_ONE)
    anna, boris = await acquainted(client, 2)
    await anna.block()
    tomorrow = clock.now() + dt.timedelta(days=1)
    await office.queue(due("a1", anna), due("a2", anna), due("a3", anna, due_at=tomorrow), due("b1", boris))
    async with office.sending():
        await office.settled(a1=State.BLOCKED, a2=State.BLOCKED, a3=State.BLOCKED, b1=State.SENT)
        assert len([call for call in await client.calls() if call.chat_id == anna.id]) == 1
        await anna.unblock()
        await office.change(partial(people.mark_back, telegram_id=anna.id))
        await office.settled(a1=State.SENT, a2=State.SENT, a3=State.WAITING)
    assert await came(anna) == ["a1", "a2"]


async def test_what_telegram_refuses_is_parked_with_its_reason(client: SandboxClient, office: Office) -> None:
    (anna,) = await acquainted(client, 1)
    nobody = due("nobody", anna)._replace(telegram_id=404)
    await office.queue(nobody, due("<b>broken", anna), due("good", anna))
    async with office.sending():
        await office.settled(**{"nobody": State.FAILED, "<b>broken": State.FAILED, "good": State.SENT})
    assert (await office.row("nobody"))["reason"] == "Bad Request: chat not found"
    assert "can't parse entities" in (await office.row("<b>broken"))["reason"]
    assert await came(anna) == ["good"]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [({"status": 500}, "TelegramServerError"), (NO_REPLY, "TelegramNetworkError")],
)
async def test_what_may_be_repeated_is_tried_again_with_growing_pauses(
    client: SandboxClient, office: Office, fault: dict[str, object], reason: str
) -> None:
    (anna,) = await acquainted(client, 1)
    await client.fault("sendMessage", times=3, **fault)  # type: ignore[arg-type]  # its names
    await office.queue(due("hello", anna, REMINDER))
    before = clock.now()
    async with office.sending():
        for attempts, seconds in ((1, 2), (2, 4), (3, 8)):
            await office.until(
                lambda rows, tried=attempts: (
                    rows["hello"]["attempts"] == tried  # type: ignore[misc]  # a bound variable
                    and rows["hello"]["state"] == "waiting"
                )
            )
            row, pause = await office.row("hello"), dt.timedelta(seconds=seconds)
            assert row["reason"] == reason
            assert before + pause <= row["due_at"] <= clock.now() + pause
            before = row["due_at"]
            clock.shift(before - clock.now())
        await office.settled(hello=State.SENT)
    assert await came(anna) == ["hello"]


@pytest.mark.parametrize("fault", [NO_REPLY, CAME_ALL_THE_SAME])
async def test_what_may_not_be_repeated_is_uncertain_without_a_reply(
    client: SandboxClient, office: Office, fault: dict[str, object]
) -> None:
    anna, boris = await acquainted(client, 2)
    await client.fault("sendMessage", **fault)  # type: ignore[arg-type]  # its names
    await office.queue(due("hello", anna, CAMPAIGN))
    async with office.sending():
        await office.settled(hello=State.UNCERTAIN)
        pass_time(hours=5)
        await office.queue(due("other", boris, CAMPAIGN))
        await office.settled(other=State.SENT)
    assert await came(anna) == (["hello"] if fault is CAME_ALL_THE_SAME else [])
    assert (await office.row("hello"))["reason"] == "no reply"


async def test_a_message_that_came_although_the_connection_broke_comes_again_where_it_may(
    client: SandboxClient, office: Office
) -> None:
    (anna,) = await acquainted(client, 1)
    await client.fault("sendMessage", reset=True, performed=True)
    await office.queue(due("hello", anna, REMINDER))
    async with office.sending():
        await office.until(lambda rows: rows["hello"]["reason"] is not None)
        pass_time(seconds=4)
        await office.settled(hello=State.SENT)
    assert await came(anna) == ["hello", "hello"]


async def test_an_outage_leaves_few_messages_uncertain(
    client: SandboxClient, open_office: OpenOffice
) -> None:
    """The sender does not run through a campaign against a wall: it tries a few and rests."""
    office = open_office(limits=Limits())
    there = await acquainted(client, 40)
    words = [f"n{number:02}" for number in range(40)]
    await client.fault("sendMessage", times=1_000, reset=True)
    await office.queue(*(due(word, person, CAMPAIGN) for word, person in zip(words, there, strict=True)))
    in_flight = Limits().in_flight
    async with office.sending():
        await office.all_settled(*words[:in_flight], state=State.UNCERTAIN)
        with suppress(TimeoutError):  # the outage lasts a while
            async with asyncio.timeout(0.7):
                await office.all_settled(*words[: 3 * in_flight], state=State.UNCERTAIN)
        await client.clear_faults()
        await office.all_settled(*words[2 * in_flight :])
    ended = list((await office.states()).values())
    assert in_flight <= ended.count(State.UNCERTAIN) <= 2 * in_flight
    assert len(await sent_to(client)) == ended.count(State.SENT)
