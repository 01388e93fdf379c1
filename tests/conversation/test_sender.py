"""The sender over HTTP: what is due comes, in order, and what is not does not."""

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.delivery import sender
from bot.delivery.letters import Letter
from bot.delivery.pace import Limits
from bot.domain import clock
from bot.domain.notices import POLICIES, NoticeKind
from bot.domain.people import Person
from bot.sandbox.person import SandboxClient
from storage import leases, people
from storage.outbox import State, Taken
from tests.conversation.conftest import OpenOffice
from tests.conversation.moments import pass_time
from tests.conversation.post import Office, acquainted, came, due, sent_to
from tests.databases import plain_engine
from tests.storage.centre import enrol, found_colleges
from tests.storage.composers import Plain, taking_up


async def test_what_is_due_comes_once_and_what_is_not_waits(client: SandboxClient, office: Office) -> None:
    anna, boris = await acquainted(client, 2)
    later = due("later", boris)
    later = later._replace(due_at=later.due_at + dt.timedelta(hours=1))
    await office.queue(due("hello", anna), later)
    async with office.sending():
        await office.settled(hello=State.SENT)
        assert await came(anna) == ["hello"]
        assert await came(boris) == []
        pass_time(minutes=61)
        await office.settled(later=State.SENT)
    assert (await came(anna), await came(boris)) == (["hello"], ["later"])
    row = await office.row("hello")
    assert (row["attempts"], row["reason"]) == (1, None)
    assert row["settled_at"] is not None


async def test_the_most_urgent_come_first(client: SandboxClient, open_office: OpenOffice) -> None:
    office = open_office(limits=Limits(per_second=11, per_chat=99))
    kinds = sorted(NoticeKind, key=lambda kind: POLICIES[kind].priority)
    people_there = await acquainted(client, len(kinds))
    for person, kind in reversed(list(zip(people_there, kinds, strict=True))):
        await office.queue(due(kind, person, kind))
    async with office.sending():
        await office.all_settled(*kinds)
    priority = {person.id: POLICIES[kind].priority for person, kind in zip(people_there, kinds, strict=True)}
    order = [priority[chat or 0] for chat in await sent_to(client)]
    assert order == sorted(order)
    assert len(order) == len(kinds)


async def test_many_messages_to_one_person_come_in_order(client: SandboxClient, office: Office) -> None:
    (anna,) = await acquainted(client, 1)
    words = [f"n{number:02}" for number in range(12)]
    await office.queue(*(due(word, anna) for word in words))
    async with office.sending():
        await office.all_settled(*words)
    assert await came(anna) == words


async def test_nobody_gets_a_second_message_while_the_first_is_under_way(
    client: SandboxClient, office: Office
) -> None:
    """However long Telegram takes over it."""
    anna, boris = await acquainted(client, 2)
    office.gate.after.clear()
    await office.queue(due("first", anna), due("second", anna))
    async with office.sending():
        await office.gate.held(1)
        await office.queue(due("other", boris))
        await office.gate.held(2)
        assert (await office.states())["second"] is State.WAITING
        assert await came(anna) == ["first"]
        office.gate.after.set()
        await office.all_settled("first", "second", "other")


async def test_what_is_too_late_is_dropped(client: SandboxClient, office: Office) -> None:
    anna, boris = await acquainted(client, 2)
    await office.queue(due("stale", anna), due("news", boris))
    pass_time(days=4)
    await office.queue(due("fresh", boris))
    async with office.sending():
        await office.settled(stale=State.DROPPED, news=State.DROPPED, fresh=State.SENT)
    assert (await came(anna), await came(boris)) == ([], ["fresh"])


async def test_who_has_unsubscribed_in_between_gets_nothing(
    client: SandboxClient, open_office: OpenOffice
) -> None:
    """The maker of the messages is asked in the moment of sending."""
    anna, boris = await acquainted(client, 2)
    subscribed = {anna.id, boris.id}

    def load(connection: Connection, taken: Sequence[Taken]) -> Mapping[int, Any]:
        return {row.id: row.values["word"] for row in taken if row.telegram_id in subscribed}

    office = open_office(making=taking_up(composers={NoticeKind.VACANCIES: Plain(load)}))
    await office.queue(*(due(f"d{person.id}", person, NoticeKind.VACANCIES) for person in (anna, boris)))
    subscribed.discard(anna.id)
    async with office.sending():
        await office.settled(**{f"d{anna.id}": State.DROPPED, f"d{boris.id}": State.SENT})
    assert await came(anna) == []


async def test_a_message_that_cannot_be_made_fails_alone(
    client: SandboxClient, open_office: OpenOffice
) -> None:
    class Broken(Plain):
        def compose(self, taken: Taken, loaded: Any) -> Letter:
            raise LookupError("on purpose")

    anna, boris = await acquainted(client, 2)
    office = open_office(making=taking_up(composers={NoticeKind.VACANCIES: Broken()}))
    await office.queue(due("bad", anna, NoticeKind.VACANCIES), due("good", boris))
    async with office.sending():
        await office.settled(bad=State.FAILED, good=State.SENT)
    assert (await office.row("bad"))["reason"] == "LookupError"


async def test_a_group_gets_twenty_in_a_minute(client: SandboxClient, open_office: OpenOffice) -> None:
    office = open_office(limits=Limits(per_second=300, per_chat=300, per_group_minute=20))
    (anna,) = await acquainted(client, 1)
    group = await client.person(user_id=-1_000_000_123)
    await group.start()
    words = [f"n{number:02}" for number in range(25)]
    await office.queue(*(due(word, group) for word in words))
    async with office.sending():
        await office.all_settled(*words[:20])
        await office.queue(due("hello", anna))
        await office.settled(hello=State.SENT)
        assert await came(group) == words[:20]
        office.offset += 63
        await office.all_settled(*words)
    assert await came(group) == words


async def test_who_stops_finishes_what_is_under_way_and_keeps_it(
    client: SandboxClient, office: Office
) -> None:
    anna, boris = await acquainted(client, 2)
    office.gate.after.clear()
    await office.queue(due("under way", anna))
    async with office.sending() as stop:
        await office.gate.held(1)
        stop.set()
        await office.queue(due("next", boris))
        with suppress(TimeoutError):  # it does not give up what is under way
            async with asyncio.timeout(0.2):
                await office.gate.left(0)
        office.gate.after.set()
    assert await office.states() == {"under way": State.SENT, "next": State.WAITING}
    assert await came(boris) == []
    at = clock.now()
    lease = await office.database.write(
        lambda connection: leases.acquire(connection, sender.LEASE, "two", at, at)
    )
    assert lease is not None  # let go: nobody need wait


@pytest.mark.parametrize("kind", [NoticeKind.PROFILE_AGAIN, NoticeKind.CAMPAIGN])
async def test_what_is_not_through_when_a_process_stops_is_settled_by_its_kind(
    client: SandboxClient, open_office: OpenOffice, monkeypatch: pytest.MonkeyPatch, kind: NoticeKind
) -> None:
    monkeypatch.setattr(sender, "LAST_SECONDS", 0.01)
    office, next_one = open_office(), open_office()
    (anna,) = await acquainted(client, 1)
    office.gate.after.clear()
    await office.queue(due("hello", anna, kind))
    async with office.sending() as stop:
        await office.gate.held(1)
        stop.set()
    assert (await office.states())["hello"] is State.SENDING
    repeated = kind is NoticeKind.PROFILE_AGAIN
    async with next_one.sending("two"):
        await next_one.settled(hello=State.SENT if repeated else State.UNCERTAIN)
    assert await came(anna) == ["hello"] * (2 if repeated else 1)


async def test_who_is_erased_gets_nothing_that_is_queued(client: SandboxClient, office: Office) -> None:
    """What is on its way at that moment may still come; it leaves nothing behind."""
    anna, boris = await acquainted(client, 2)

    def prepare(connection: Connection) -> None:
        found_colleges(connection)
        for number, person in ((1, anna), (2, boris)):
            enrol(connection, number)
            people.change_person(connection, number, {"telegram_id": person.id})

    await office.change(prepare)
    await office.queue(
        due("under way", anna, person_id=1),
        due("queued", anna, person_id=1),
        due("hello", boris, person_id=2),
    )
    office.gate.before.clear()
    async with office.sending():
        await office.gate.held(2)
        erased = Person(1, anna.id, "CODE-0001", "ru")
        await office.change(lambda connection: people.erase(connection, erased, clock.now()))
        assert set(await office.states()) == {"hello"}
        office.gate.before.set()
        await office.settled(hello=State.SENT)
    assert set(await office.states()) == {"hello"}
    assert await came(anna) == ["under way"]


async def test_while_the_database_is_held_nothing_is_lost(
    client: SandboxClient, office: Office, url: str
) -> None:
    there = await acquainted(client, 6)
    words = [f"n{number}" for number in range(6)]
    engine = plain_engine(url)
    await office.queue(*(due(word, person) for word, person in zip(words, there, strict=True)))
    office.gate.after.clear()
    async with office.sending():
        await office.gate.held(6)
        with engine.begin() as holding:
            if holding.dialect.name == "postgresql":
                holding.exec_driver_sql("LOCK TABLE outbox, leases")
            office.gate.after.set()
            assert [await came(person) for person in there] == [[word] for word in words]
        await office.all_settled(*words)
    engine.dispose()
    assert [await came(person) for person in there] == [[word] for word in words]
