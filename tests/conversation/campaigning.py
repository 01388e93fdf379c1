"""Plays those who write campaigns and those who get them, on a Monday at noon."""

import asyncio
import datetime as dt
from functools import partial

import pytest
from sqlalchemy import Connection, select

from bot.domain import clock
from bot.sandbox.views import ChatMessage
from storage import notification_settings
from storage.notification_settings import NotificationSettings
from storage.tables import campaigns, outbox, persons
from tests.conversation.conftest import World
from tests.conversation.stored import Row, rows
from tests.conversation.student import Given, Student, profiled

NOON = dt.datetime(2027, 3, 15, 9, 0, tzinfo=dt.UTC)
"""In Moscow: nobody sleeps, and it is a working day."""

BODY = "Ярмарка вакансий в четверг\nКорпус 2, https://example.org/?a=1&b=2 <приходите>"
PATIENCE = 15.0  # seconds


def monday_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot's clock goes from then on."""
    monkeypatch.setattr(clock, "_shifted", NOON - clock.now())


async def awake(world: World, group: str = "isp21", **answers: Given) -> Student:
    """A student with a finished profile who may be written to at any time."""
    student = await profiled(world, group, **answers)
    always = NotificationSettings(quiet_from=0, quiet_to=0, days_off=0, holidays_off=False)
    person_id = int((await student.row())["id"])
    await world.app.database.write(partial(notification_settings.save, person_id=person_id, chosen=always))
    return student


async def written(member: Student, body: str = BODY) -> ChatMessage:
    """The specialist has chosen everybody and typed the text: how it will look."""
    await member.write("/campaign")
    await member.choose("Написать текст →")
    return await member.write(body)


async def sent(member: Student, body: str = BODY) -> ChatMessage:
    """A campaign to everybody, now; returns the message that tells how it goes."""
    await written(member, body)
    await member.choose("Когда отправить →")
    await member.choose("Сейчас")
    return await member.choose("Отправить")


async def gets(student: Student, words: str) -> ChatMessage:
    """Waits for a message with these words."""
    screen = await student.person.wait_for(
        lambda messages: any(words in message.text for message in messages if message.from_bot), PATIENCE
    )
    return next(message for message in reversed(screen.messages) if words in message.text)


async def campaign_row(world: World) -> Row:
    """The only campaign."""
    (row,) = await rows(world.app, campaigns)
    return row


async def comes_to(world: World, state: str) -> Row:
    """Waits until the only campaign has come to a state and is shown so."""
    async with asyncio.timeout(PATIENCE):
        while (row := await campaign_row(world))["state"] != state:  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # the schedule tells nobody when it has done something
    return row


async def message_states(world: World) -> list[str]:
    """The states of all messages of campaigns."""

    def look(connection: Connection) -> list[str]:
        statement = select(outbox.c.state).where(outbox.c.kind == "campaign").order_by(outbox.c.id)
        return list(connection.execute(statement).scalars())

    return await world.app.database.read(look)


async def person_count(world: World) -> int:
    return len(await rows(world.app, persons))
