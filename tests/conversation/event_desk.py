"""Plays staff who plan events and look after them."""

from collections.abc import Mapping

from bot.sandbox.views import ChatMessage
from storage.tables import events
from tests.conversation.conftest import World
from tests.conversation.stored import Row, rows
from tests.conversation.student import Student

TITLE = "Тренинг: первое собеседование"
SEATS = 7
"""Where among ANSWERS the seats are."""

ANSWERS: tuple[tuple[str, str], ...] = (
    ("choose", "Тренинг по собеседованию"),
    ("write", TITLE),
    ("write", "25.11 15:00"),
    ("choose", "2\u00a0ч"),
    ("write", "ауд. 214"),
    ("choose", "Пропустить"),
    ("choose", "Пропустить"),
    ("write", "1"),
    ("choose", "До начала"),
    ("choose", "Для всех"),
    ("choose", "Кто введёт код"),
    ("choose", "нет"),
    ("choose", "Пропустить"),
)
"""In the order in which the dialog asks a specialist."""


async def plan(member: Student, skip: int = 0, instead: Mapping[int, str] | None = None) -> ChatMessage:
    """Answer everything up to the preview; the last `skip` answers are left out.

    `instead` has other answers to write, by their place among ANSWERS.
    """
    shown = await member.write("/event_new")
    if "Чистый лист" in shown.button_texts:
        await member.choose("Чистый лист")
    for place, (act, answer) in enumerate(ANSWERS[: len(ANSWERS) - skip]):
        other = (instead or {}).get(place)
        if other is not None:
            shown = await member.write(other)
        else:
            shown = await (member.write(answer) if act == "write" else member.choose(answer))
    return shown


async def announce(member: Student, instead: Mapping[int, str] | None = None) -> str:
    """Plan and publish; returns the event's code."""
    await plan(member, instead=instead)
    await member.choose("Опубликовать")
    return str((await stored(member.world))[-1]["code"])


async def stored(world: World) -> list[Row]:
    """All events."""
    return sorted(await rows(world.app, events), key=lambda row: int(row["id"]))


async def open_card(member: Student, part: str = TITLE) -> ChatMessage:
    """From the list to an event's card."""
    listed = await member.write("/events")
    return await member.choose(next(text for text in listed.button_texts if part in text))


async def open_people(member: Student) -> ChatMessage:
    """From the list to the participants."""
    await open_card(member)
    return await member.choose("Участники")


def data_of(shown: ChatMessage, text: str) -> str:
    """What a button carries."""
    return str(next(one.data for row in shown.buttons for one in row if one.text == text))
