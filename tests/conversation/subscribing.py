"""Plays out a subscription: the student's presses, what the schedule runs, what comes of it."""

import asyncio
import datetime as dt

from sqlalchemy import update

from bot.sandbox.views import ChatMessage
from bot.services.vacancies.matching import match_vacancies, queue_digests
from storage.notification_settings import NotificationSettings, save
from storage.tables import outbox, subscriptions
from tests.conversation.conftest import World
from tests.conversation.stored import Row, rows
from tests.conversation.student import Student, profiled

ANY_TIME = NotificationSettings("Europe/Moscow", 0, 0, 0, holidays_off=False)
LESS, PAUSE, UNSUBSCRIBE = "Реже", "Пауза", "Отписаться"
UNDER_ALL = [LESS, PAUSE, UNSUBSCRIBE]


async def subscriber(world: World, command: str = "/vacancies", **about: str) -> Student:
    """A student who has subscribed to what that command lists, and may be written to at any time."""
    student = await profiled(world, **about)
    person_id = (await student.row())["id"]
    await world.app.database.write(lambda connection: save(connection, person_id, ANY_TIME))
    await subscribe(student, command)
    return student


async def subscribe(student: Student, command: str = "/vacancies") -> ChatMessage:
    """Subscribe to what that command lists; the first time with the consent."""
    await student.write(command)
    asked = await student.choose("Присылать новые")
    return await student.choose("Согласиться") if "Согласиться" in asked.button_texts else asked


async def own(student: Student) -> list[Row]:
    """The student's subscriptions as they are stored."""
    return await rows(student.world.app, subscriptions, person_id=(await student.row())["id"])


async def fall_due(world: World) -> None:
    """The turn of every subscription comes."""
    past = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)
    due = update(subscriptions).where(subscriptions.c.next_at.is_not(None)).values(next_at=past)
    await world.app.database.write(lambda connection: connection.execute(due))


async def run_jobs(world: World) -> dict[str, int]:
    """What the schedule runs, once; returns when all that is due has been sent."""
    app = world.app
    matched = await match_vacancies(app.database, app.zones)
    digests = await queue_digests(app.database, app.zones)
    while await rows(app, outbox, state="waiting") or await rows(app, outbox, state="sending"):  # noqa: ASYNC110
        await asyncio.sleep(0.01)  # the bot knows nothing of who looks on: no event to wait for
    return {**matched, "digests": digests["notices"]}


async def notified(student: Student) -> ChatMessage | None:
    """The newest message, if it is a notification."""
    newest = await student.screen()
    return newest if newest.button_texts[-3:] == UNDER_ALL else None
