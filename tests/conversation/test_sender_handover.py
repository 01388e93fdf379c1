"""Several processes and one outbox: one sends, another takes over, nobody says twice what may come once."""

from collections import Counter

import pytest
from sqlalchemy import Connection

from bot.delivery.pace import Limits
from bot.delivery.taking_up import Taking
from bot.domain.notices import NoticeKind
from bot.sandbox.person import Person, SandboxClient
from storage.database import Result, Unavailable, Work
from storage.outbox import State
from tests.conversation.conftest import OpenOffice
from tests.conversation.moments import pass_time
from tests.conversation.post import Office, Watched, acquainted, came, due, sent_to

REMINDER, CAMPAIGN = NoticeKind.PROFILE_AGAIN, NoticeKind.CAMPAIGN
SLOW = Limits(per_second=30, per_chat=99)


async def queue_to(office: Office, there: list[Person], kind: NoticeKind) -> list[str]:
    words = [f"n{number:02}" for number in range(len(there))]
    await office.queue(*(due(word, person, kind) for word, person in zip(words, there, strict=True)))
    return words


@pytest.mark.parametrize("kind", [REMINDER, CAMPAIGN])
@pytest.mark.parametrize("sent", [False, True])
async def test_who_dies_over_messages_is_followed_by_another(
    client: SandboxClient, open_office: OpenOffice, kind: NoticeKind, sent: bool
) -> None:
    """Dead between taking up and sending, or between sending and keeping it: nobody can know which."""
    dying, heir = open_office(limits=SLOW), open_office(limits=SLOW)
    there = await acquainted(client, 8)
    words = await queue_to(dying, there, kind)
    gate = dying.gate.after if sent else dying.gate.before
    gate.clear()
    async with dying.mortal() as die:
        await dying.gate.held(SLOW.in_flight)
        die()
    on_its_way = [word for word, state in (await heir.states()).items() if state is State.SENDING]
    assert len(on_its_way) == SLOW.in_flight
    pass_time(seconds=6)
    async with heir.sending("two"):
        if kind is REMINDER:
            await heir.all_settled(*words)
        else:
            await heir.all_settled(*on_its_way, state=State.UNCERTAIN)
            await heir.all_settled(*(word for word in words if word not in on_its_way))
    for word, person in zip(words, there, strict=True):
        times = (word not in on_its_way or kind is REMINDER) + (word in on_its_way and sent)
        assert await came(person) == [word] * times


async def test_two_at_once_send_each_message_once(client: SandboxClient, open_office: OpenOffice) -> None:
    one, two = open_office(), open_office()
    there = await acquainted(client, 60)
    async with one.sending("one"), two.sending("two"):
        words = await queue_to(one, there, CAMPAIGN)
        await one.all_settled(*words)
    assert Counter(await sent_to(client)) == Counter(person.id for person in there)


async def test_a_stop_hands_over_at_once(client: SandboxClient, open_office: OpenOffice) -> None:
    one, two = open_office(limits=SLOW), open_office(limits=SLOW)
    there = await acquainted(client, 40)
    words = await queue_to(one, there, CAMPAIGN)
    async with two.sending("two"):
        async with one.sending("one") as stop:
            await one.until(lambda rows: rows["n00"]["state"] == "sent")
            stop.set()
        await two.all_settled(*words)
    assert Counter(await sent_to(client)) == Counter(person.id for person in there)


async def test_who_has_lost_the_lease_stops_and_settles_nothing(
    client: SandboxClient, open_office: OpenOffice, caplog: pytest.LogCaptureFixture
) -> None:
    """The old one hangs over its messages; the new one flags them; then the old one's replies come."""
    old, new = open_office(limits=SLOW), open_office(limits=SLOW)
    there = await acquainted(client, 20)
    words = await queue_to(old, there, CAMPAIGN)
    old.gate.after.clear()
    async with old.sending("old"):
        await old.gate.held(SLOW.in_flight)
        hung = [word for word, state in (await old.states()).items() if state is State.SENDING]
        pass_time(seconds=6)
        async with new.sending("new"):
            await new.all_settled(*hung, state=State.UNCERTAIN)
            await new.all_settled(*(word for word in words if word not in hung))
            old.gate.after.set()
            while "another process sends now" not in caplog.text:
                await old.database.read(lambda connection: None)
            assert {(await new.states())[word] for word in hung} == {State.UNCERTAIN}
    assert Counter(await sent_to(client)) == Counter(person.id for person in there)


async def test_a_reply_of_an_earlier_lease_says_nothing_about_a_later_sending(
    client: SandboxClient, open_office: OpenOffice
) -> None:
    """The lease is lost and won again; a failure of the first sending comes after the second has begun."""
    one, two = open_office(), open_office()
    (anna,) = await acquainted(client, 1)
    await client.fault("sendMessage", status=500)
    one.gate.after.clear()
    await one.queue(due("hello", anna, REMINDER))
    async with one.sending("one"):
        await one.gate.held(1)
        first = one.gate.after
        pass_time(seconds=6)
        two.gate.before.clear()
        async with two.mortal("two") as die:
            await two.gate.held(1)
            await one.until(lambda rows: rows["hello"]["token"] == 2)
            die()
        pass_time(seconds=6)
        one.gate.renew()
        await one.until(lambda rows: rows["hello"]["token"] == 3)
        await one.gate.held(2)
        first.set()
        await one.gate.left(1)
        await one.queue(due("marker", anna, REMINDER))
        pass_time(hours=1)
        one.gate.after.set()
        await one.settled(hello=State.SENT, marker=State.SENT)
    assert await came(anna) == ["hello", "marker"]


class Breaking(Watched):
    """Loses the reply of the commit in which the first messages were taken up, or the commit itself."""

    committed: bool
    broken = False

    async def write(self, work: Work[Result]) -> Result:
        def watched(connection: Connection) -> Result:
            result = work(connection)
            self._takes = (
                isinstance(result, tuple) and isinstance(result[1], Taking) and bool(result[1].ready)
            )
            if self._takes and not self.broken and not self.committed:
                self.broken = True
                raise Unavailable(None, None, Exception("on purpose"))
            return result

        self._takes = False
        result = await super().write(watched)
        if self._takes and not self.broken:
            self.broken = True
            raise Unavailable(None, None, Exception("on purpose"))
        return result


@pytest.mark.parametrize("kind", [REMINDER, CAMPAIGN])
@pytest.mark.parametrize("committed", [True, False])
async def test_a_commit_whose_reply_is_lost_loses_no_message(
    client: SandboxClient, office: Office, url: str, kind: NoticeKind, committed: bool
) -> None:
    """They count as being sent, and whoever was to send them does not know of it."""
    there = await acquainted(client, 8)
    words = await queue_to(office, there, kind)
    await office.database.close()
    office.database = Breaking(url)
    office.database.committed = committed
    async with office.sending():
        await office.all_settled(*words)
    assert office.database.broken
    assert [await came(person) for person in there] == [[word] for word in words]


class Away(Watched):
    """A database that is away for good, once it has been reached."""

    away = False

    async def read(self, work: Work[Result]) -> Result:
        if self.away:
            raise Unavailable(None, None, Exception("on purpose"))
        return await super().read(work)

    async def write(self, work: Work[Result]) -> Result:
        if self.away:
            raise Unavailable(None, None, Exception("on purpose"))
        return await super().write(work)


async def test_a_process_stops_although_the_database_is_away(
    client: SandboxClient, office: Office, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    (anna,) = await acquainted(client, 1)
    await office.queue(due("hello", anna))
    await office.database.close()
    office.database = database = Away(url)
    async with office.sending() as stop:
        await office.settled(hello=State.SENT)
        database.away = True
        while "the outbox cannot be reached" not in caplog.text:
            await _turn(client)
        stop.set()
    assert "the last results could not be kept" in caplog.text


async def _turn(client: SandboxClient) -> None:
    """Lets others go on; nothing tells when something stands in the log."""
    await client.calls()
