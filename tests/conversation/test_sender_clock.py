"""The sender and time: people sleep, move, change their clocks; the machine's own clock is set wrong."""

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import Connection

from bot.domain import clock
from bot.domain.notices import NoticeKind
from bot.domain.quiet import RegionZones
from bot.sandbox.person import Person, SandboxClient
from storage import notification_settings, people
from storage.notification_settings import NotificationSettings, quiet_hours
from storage.outbox import State
from tests.conversation.conftest import OpenOffice
from tests.conversation.moments import be_at, pass_time
from tests.conversation.post import Office, acquainted, came, due
from tests.storage.centre import REGION, enrol, found_colleges
from tests.storage.composers import taking_up

REMINDER, TEST = NoticeKind.PROFILE_AGAIN, NoticeKind.CAMPAIGN_TEST
ZONES = RegionZones("Europe/Moscow", {REGION: "Europe/Moscow"})


@pytest.fixture
def minding(open_office: OpenOffice) -> Office:
    """A process that minds people's quiet hours."""
    return open_office(making=taking_up(partial(quiet_hours, zones=ZONES)))


@pytest.fixture
async def anna(client: SandboxClient, minding: Office) -> Person:
    """Has a profile, and chose nothing."""
    (person,) = await acquainted(client, 1)

    def prepare(connection: Connection) -> None:
        found_colleges(connection)
        enrol(connection, 1)
        people.change_person(connection, 1, {"telegram_id": person.id})

    await minding.change(prepare)
    return person


async def choose(office: Office, **chosen: object) -> None:
    settings = NotificationSettings(**chosen)  # type: ignore[arg-type]  # its fields
    await office.change(partial(notification_settings.save, person_id=1, chosen=settings))


async def waits_until(office: Office, key: str, moment: str) -> None:
    """The message has been put off to that moment."""
    wanted = dt.datetime.fromisoformat(moment)
    await office.until(lambda rows: rows[key]["due_at"] == wanted)
    row = await office.row(key)
    assert (row["state"], row["attempts"]) == (State.WAITING, 0)


async def test_in_quiet_hours_and_on_days_off_messages_wait(minding: Office, anna: Person) -> None:
    be_at("2026-11-06 22:30+03:00")  # a Friday
    await minding.queue(due("news", anna, person_id=1), due("awaited", anna, TEST, person_id=1))
    async with minding.sending():
        await minding.settled(awaited=State.SENT)
        await waits_until(minding, "news", "2026-11-07 09:00+03:00")
        be_at("2026-11-07 08:59:50+03:00")
        await minding.queue(due("marker", anna, TEST, person_id=1))
        await minding.settled(marker=State.SENT)
        assert (await minding.states())["news"] is State.WAITING
        be_at("2026-11-07 09:00+03:00")
        await minding.settled(news=State.SENT)
        be_at("2026-11-07 21:00+03:00")
        await minding.queue(due("more", anna, person_id=1))
        await waits_until(minding, "more", "2026-11-09 09:00+03:00")  # Sunday is left out
    assert await came(anna) == ["awaited", "marker", "news"]


async def test_who_moves_to_another_zone_sleeps_there(minding: Office, anna: Person) -> None:
    """Put off by the old zone's clock, and in the end by the new one's; once in all."""
    be_at("2026-11-10 22:00+03:00")
    await minding.queue(due("news", anna, person_id=1))
    async with minding.sending():
        await waits_until(minding, "news", "2026-11-11 09:00+03:00")
        await choose(minding, zone="Europe/Kaliningrad")  # an hour behind
        be_at("2026-11-11 09:00+03:00")
        await waits_until(minding, "news", "2026-11-11 09:00+02:00")
        be_at("2026-11-11 09:00+02:00")
        await minding.settled(news=State.SENT)
        pass_time(days=1)
        await minding.queue(due("marker", anna, TEST, person_id=1))
        await minding.settled(marker=State.SENT)
    assert await came(anna) == ["news", "marker"]


@pytest.mark.parametrize(
    ("night", "morning"),
    [
        ("2027-03-27 23:00+01:00", "2027-03-28 09:00+02:00"),  # an hour shorter
        ("2026-10-24 23:00+02:00", "2026-10-25 09:00+01:00"),  # an hour longer
    ],
)
async def test_the_night_in_which_clocks_are_changed(
    minding: Office, anna: Person, night: str, morning: str
) -> None:
    await choose(minding, zone="Europe/Berlin", days_off=0, holidays_off=False)
    be_at(night)
    await minding.queue(due("news", anna, person_id=1))
    async with minding.sending():
        await waits_until(minding, "news", morning)
        be_at(morning)
        await minding.settled(news=State.SENT)
    assert await came(anna) == ["news"]


@pytest.mark.parametrize("hours", [-30, -1, 1, 30])
async def test_a_clock_that_jumps_loses_nothing_and_repeats_nothing(
    client: SandboxClient, office: Office, hours: int
) -> None:
    """While messages are on their way; and the lease of the only sender is none the worse for it."""
    there = await acquainted(client, 6)
    words = [f"n{number}" for number in range(6)]
    office.gate.after.clear()
    await office.queue(*(due(word, person, REMINDER) for word, person in zip(words[:3], there, strict=False)))
    async with office.sending():
        await office.gate.held(3)
        pass_time(hours=hours)
        await office.queue(*(due(word, person) for word, person in zip(words[3:], there[3:], strict=True)))
        await office.gate.held(6)
        office.gate.after.set()
        await office.all_settled(*words)
        pass_time(hours=-hours)
        await office.queue(due("after", there[0]))
        await office.settled(after=State.SENT)
    assert [await came(person) for person in there] == [[words[0], "after"], *([word] for word in words[1:])]


async def test_after_the_clock_was_put_back_another_process_need_not_wait_for_long(
    client: SandboxClient, open_office: OpenOffice
) -> None:
    """The one that sent is dead; its lease would run out in a day."""
    one, two = open_office(), open_office()
    anna, boris = await acquainted(client, 2)
    await one.queue(due("first", anna), due("second", boris, due_at=clock.now() - dt.timedelta(days=2)))
    one.gate.before.clear()
    async with one.mortal() as die:
        await one.gate.held(2)
        die()
    pass_time(days=-1)
    await two.queue(due("third", anna))
    async with two.sending("two"):
        await two.settled(second=State.SENT, third=State.SENT)
        pass_time(days=1)
        await two.settled(first=State.SENT)
    assert await came(boris) == ["second"]


async def test_a_reminder_is_early_after_a_jump_ahead_but_comes_once(
    client: SandboxClient, office: Office
) -> None:
    (anna,) = await acquainted(client, 1)
    await office.queue(due("tomorrow", anna, due_at=clock.now() + dt.timedelta(days=1)))
    async with office.sending():
        pass_time(days=1)
        await office.settled(tomorrow=State.SENT)
        pass_time(days=-1)
        await office.queue(due("tomorrow", anna, due_at=clock.now() + dt.timedelta(days=1)))
        pass_time(days=1)
        await office.queue(due("marker", anna))
        await office.settled(marker=State.SENT)
    assert await came(anna) == ["tomorrow", "marker"]
