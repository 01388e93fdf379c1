"""Events for conversations: a specialist who announces them, and what a student's chat then holds."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.domain.clock import now
from bot.domain.events.door import code_at
from bot.domain.events.event import Event, Plan
from bot.domain.events.kinds import EventKind
from bot.domain.people import Role, Visitor
from bot.sandbox.views import ChatMessage
from bot.services.events.desk import EventDesk
from storage import events, staff
from storage.tables import organisations
from storage.tables import staff as staff_table
from storage.unit_of_work import UnitOfWork
from tests.conversation.conftest import World
from tests.conversation.stored import rows
from tests.conversation.student import Student

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
NOON = "2026-11-23T12:00+03:00"
"""A Monday."""


@dataclass
class Announcer:
    """A specialist of a college, or a coordinator, without a chat."""

    world: World
    visitor: Visitor

    @property
    def desk(self) -> EventDesk:
        found: EventDesk = self.world.app.dispatcher["event_desk"]
        return found

    def unit(self) -> UnitOfWork:
        return UnitOfWork(self.world.app.database)

    async def announce(self, title: str = "Тренинг по собеседованиям", **planned: Any) -> str:
        """A published event, tomorrow at this hour if nothing else is said; its code."""
        code = await self.draft(title, **planned)
        assert (await self.desk.publish(self.unit(), self.visitor, code)).well
        return code

    async def draft(self, title: str = "Тренинг по собеседованиям", **planned: Any) -> str:
        starts_at = planned.pop("starts_at", now() + DAY)
        usual = {"kind": EventKind.INTERVIEW_TRAINING, "place": "ауд. 214", "deadline_at": starts_at}
        usual |= {"ends_at": starts_at + 2 * HOUR, "starts_at": starts_at}
        done = await self.desk.create(self.unit(), self.visitor, Plan(title=title, **{**usual, **planned}))
        assert done.well, done
        return done.code

    async def move(self, code: str, by: dt.timedelta) -> None:
        event = await self.stored(code)
        assert (await self.desk.move(self.unit(), self.visitor, code, event.starts_at + by)).well

    async def call_off(self, code: str) -> None:
        assert (await self.desk.cancel(self.unit(), self.visitor, code)).well

    async def stored(self, code: str) -> Event:
        event = await self.world.app.database.read(partial(events.by_code, code=code))
        assert event is not None
        return event

    async def digits(self, code: str, ago: dt.timedelta = dt.timedelta()) -> str:
        """What the organiser's screen shows, or showed."""
        event = await self.stored(code)
        return code_at(event.secret, now() - ago, rotating=event.rotating_code)


async def announcer(world: World, college: str | None = "ktt") -> Announcer:
    """Staff of the college, or of the region for None."""
    of = (await rows(world.app, organisations, code=college))[0]["id"] if college else None
    role = Role.SPECIALIST if college else Role.COORDINATOR
    telegram_id = 8_000_000 + len(await rows(world.app, staff_table))

    def hire(connection: Connection) -> None:
        staff.link(connection, telegram_id, role, of, "ru", now())

    await world.app.database.write(hire)
    unit = UnitOfWork(world.app.database)
    return Announcer(world, await world.app.visitors.identify(unit, telegram_id, "ru"))


async def open_event(student: Student, title: str) -> ChatMessage:
    """From the list to the card."""
    listed = await student.write("/events")
    (found,) = [text for text in listed.button_texts if text.endswith(title)]
    return await student.choose(found)


async def toast(student: Student, text: str) -> str | None:
    """What pops up when a button is pressed."""
    press = await student.person.press(text)
    answer = await press.answer()
    await student.idle()
    return answer.text
