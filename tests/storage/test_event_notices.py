"""What people are told of events: in time, once, and never the old time after the new one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial

from sqlalchemy import Connection, select

from bot.delivery.taking_up import Look, TakingUp
from bot.domain.clock import now
from bot.domain.notices import NoticeKind
from bot.domain.people import Visitor
from bot.services.events.jobs import pass_offers_on, queue_reminders
from dialogs.notices.events import KINDS, EventComposer
from locales.text import Texts
from storage import outbox
from storage.notification_settings import quiet_hours
from storage.outbox import Settled, State
from storage.tables import outbox as rows
from tests.storage.event_centre import DAY, HOUR, ZONES, EventCentre, go_to, two_days_on

TOKEN = 7
MINUTE = HOUR / 60


class Mailbox:
    """Takes up what is due and makes the messages, as the sender does."""

    def __init__(self, centre: EventCentre) -> None:
        self._database = centre.database
        self._composer = EventComposer(Texts("ru", "Europe/Moscow"), ZONES)
        self._taking = TakingUp(dict.fromkeys(KINDS, self._composer), partial(quiet_hours, zones=ZONES))

    async def take(self, busy: Sequence[int] = ()) -> dict[int, str]:
        """What goes out now: the texts, by the rows' ids. It is on its way until it is settled."""
        look = Look(TOKEN, now(), list(busy), 100, 100)
        taking = await self._database.write(lambda connection: self._taking.take(connection, look))
        self._dropped = taking.settled
        return {one.taken.id: self._composer.compose(one.taken, one.loaded).html for one in taking.ready}

    async def settle(self, ids: Mapping[int, str], state: State = State.SENT) -> None:
        def work(connection: Connection) -> None:
            accounts = {row.id: row.telegram_id for row in connection.execute(select(rows))}
            settled = [Settled(one, accounts[one], state, due_at=now()) for one in ids]
            outbox.settle(connection, settled, TOKEN, now())

        await self._database.write(work)

    async def receive(self) -> list[str]:
        """Everything that is due, one after another; the first lines."""
        received: list[str] = []
        while (taken := await self.take()) or self._dropped:
            received += [text.splitlines()[0] for text in taken.values()]
            await self.settle(taken)
        return received


async def signed_up(centre: EventCentre, code: str, count: int = 1) -> list[Visitor]:
    students = await centre.students(count)
    for visitor in students:
        await centre.events.wait(centre.unit(), visitor, code)
    return students


async def remind(centre: EventCentre) -> int:
    return (await queue_reminders(centre.database, ZONES))["reminders"]


async def test_reminders_come_a_day_and_two_hours_before(centre: EventCentre) -> None:
    starts_at, mailbox = two_days_on(), Mailbox(centre)
    await signed_up(centre, await centre.event())
    assert await remind(centre) == 0
    go_to(starts_at - DAY - HOUR)
    assert await remind(centre) == 1
    assert await remind(centre) == 0, "once"
    assert await mailbox.receive() == []
    go_to(starts_at - DAY + MINUTE)
    assert await mailbox.receive() == ["Завтра в 15:00: Тренинг по собеседованиям, ауд. 214"]
    go_to(starts_at - 2 * HOUR + MINUTE)
    assert await remind(centre) == 1
    assert await mailbox.receive() == ["Сегодня в 15:00: Тренинг по собеседованиям, ауд. 214"]


async def test_whoever_cancels_or_wants_none_is_not_reminded(centre: EventCentre) -> None:
    starts_at, mailbox, code = two_days_on(), Mailbox(centre), await centre.event()
    gone, quiet, _ = await signed_up(centre, code, 3)
    go_to(starts_at - DAY - HOUR)
    assert await remind(centre) == 3
    await centre.events.cancel(centre.unit(), gone, code)
    await centre.events.toggle_reminder(centre.unit(), quiet, code, 24)
    go_to(starts_at - DAY)
    assert len(await mailbox.receive()) == 1


async def test_after_a_move_nobody_gets_the_old_time(centre: EventCentre) -> None:
    starts_at, mailbox, code = two_days_on(), Mailbox(centre), await centre.event()
    await signed_up(centre, code, 3)
    go_to(starts_at - DAY - MINUTE)
    await remind(centre)
    done = await centre.desk.move(centre.unit(), centre.specialist, code, starts_at + 2 * HOUR)
    assert done.told == 3
    go_to(starts_at - DAY)
    assert (
        await mailbox.receive()
        == ["Планы изменились. Завтра в 17:00: Тренинг по собеседованиям, ауд. 214"] * 3
    )
    assert await remind(centre) == 3, "new reminders in the place of the old ones"
    go_to(starts_at - DAY + 2 * HOUR)
    assert await mailbox.receive() == ["Завтра в 17:00: Тренинг по собеседованиям, ауд. 214"] * 3


async def test_moved_while_reminders_are_on_their_way(centre: EventCentre) -> None:
    """Of those on their way some arrive, before the news; some must be repeated: they are dropped."""
    starts_at, mailbox, code = two_days_on(), Mailbox(centre), await centre.event()
    students = await signed_up(centre, code, 4)
    go_to(starts_at - DAY - MINUTE)
    await remind(centre)
    go_to(starts_at - DAY)
    flying = await mailbox.take()
    assert len(flying) == 4
    await centre.desk.move(centre.unit(), centre.specialist, code, starts_at + DAY)
    accounts = [visitor.telegram_id for visitor in students]
    assert await mailbox.take(busy=accounts) == {}, "the news waits until the reminder has arrived"
    first, *others = flying
    await mailbox.settle({first: ""})
    await mailbox.settle(dict.fromkeys(others, ""), State.WAITING)  # the network failed: again
    received = await mailbox.receive()
    assert len(received) == 4
    assert {text.partition(".")[0] for text in received} == {"Планы изменились"}
    assert not any(text.startswith("Завтра в 15:00") for text in received)


async def test_of_two_moves_the_last_is_told(centre: EventCentre) -> None:
    starts_at, mailbox, code = two_days_on(), Mailbox(centre), await centre.event()
    await signed_up(centre, code)
    for later in (1, 2):
        await centre.desk.move(
            centre.unit(), centre.specialist, code, starts_at - DAY + later * HOUR, place="актовый зал"
        )
    assert await mailbox.receive() == [
        "Планы изменились. Завтра в 17:00: Тренинг по собеседованиям, актовый зал"
    ]
    assert (await centre.stored(code)).version == 3


async def test_a_cancellation_drops_all_else_and_is_told_at_night_only_when_it_is_today(
    centre: EventCentre,
) -> None:
    starts_at, mailbox = two_days_on(), Mailbox(centre)
    late, soon = await centre.event(), await centre.event(starts_at=starts_at - DAY)
    students = await signed_up(centre, late, 1)
    await centre.events.wait(centre.unit(), students[0], soon)
    go_to(starts_at - DAY - HOUR)
    await remind(centre)
    go_to(dt.datetime.combine(starts_at.date() - DAY, dt.time(20, 30), dt.UTC))
    await centre.desk.cancel(centre.unit(), centre.specialist, late)
    kinds = [kind for kind, _ in await centre.notices()]
    assert kinds[-1] == NoticeKind.EVENT_CANCELLED
    assert await mailbox.receive() == [], "at half past eleven in the evening people sleep"
    go_to(dt.datetime.combine(starts_at.date(), dt.time(6, 5), dt.UTC))
    assert await mailbox.receive() == [
        "Отмена. Сегодня в 15:00 не состоится: Тренинг по собеседованиям, ауд. 214"
    ]


async def test_what_is_today_is_told_at_night(centre: EventCentre) -> None:
    go_to(now() + 17 * HOUR)  # two in the night
    starts_at, mailbox = now().replace(minute=0) + 6 * HOUR, Mailbox(centre)
    code = await centre.event(starts_at=starts_at)
    await signed_up(centre, code)
    await centre.desk.cancel(centre.unit(), centre.specialist, code)
    assert [kind for kind, _ in await centre.notices()] == [NoticeKind.EVENT_CANCELLED_NOW]
    (text,) = await mailbox.receive()
    assert text.startswith("Отмена. Сегодня в 08:00")


async def test_an_offer_is_told_by_day_and_only_while_it_stands(centre: EventCentre) -> None:
    mailbox, code = Mailbox(centre), await centre.event(seats=1)
    first, second, third = await signed_up(centre, code, 3)
    go_to(now() + 13 * HOUR)  # ten in the evening
    await centre.events.cancel(centre.unit(), first, code)
    assert await mailbox.receive() == []
    go_to(now() + 11 * HOUR)
    taken = await mailbox.take()
    (text,) = taken.values()
    assert text.startswith("Завтра в 15:00 есть место для вас: Тренинг")
    assert "Сегодня в 12:00" in text
    await mailbox.settle(taken)
    await centre.events.decline(centre.unit(), second, code)
    await centre.events.cancel(centre.unit(), third, code)
    assert await mailbox.receive() == [], "what nobody has any more is not offered"
    assert await pass_offers_on(centre.database) == {}
