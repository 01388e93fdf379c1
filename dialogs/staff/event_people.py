"""Who signed up and who came: marked by hand, walk-ins by code, all of it as a table."""

import asyncio
from functools import partial
from typing import Any

from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.domain.clock import now
from bot.domain.events.lifecycle import RegistrationState
from bot.domain.events.refusals import Refusal
from bot.services.events.door import EventDoor, Participant
from bot.services.events.planning import EventPlanning
from dialogs.staff.event_sheet import participants_table
from dialogs.staff.event_shown import card_of, code_of
from dialogs.staff.event_when import with_refusal
from dialogs.staff.event_words import shortened
from dialogs.staff.states import EventDeskStates
from dialogs.staff.windows import ANSWERS, MESSAGE, chat_of, choice
from locales.text import Text

CAME, ABSENT = "came", "absent"
LONGEST_CODE = 30
"""Characters of what was typed that are said back."""


def people_window() -> Window:
    """A press on a person marks them, as the button below says; a typed code is somebody who walked in."""
    return Window(
        MESSAGE,
        choice("people", _pressed),
        MessageInput(_written),
        Button(Format("{other}"), id="other_mark", on_click=_other, when="markable"),
        Button(Format("{table}"), id="table", on_click=_table, when="any"),
        SwitchTo(Format("{back}"), id="back_from_people", state=EventDeskStates.card, on_click=_forget),
        state=EventDeskStates.people,
        getter=_people_data,
    )


async def _people_data(dialog_manager: DialogManager, event_door: EventDoor, **_: Any) -> dict[str, Any]:
    chat, mark = chat_of(dialog_manager), _mark(dialog_manager)
    text, card = chat.text, await card_of(dialog_manager)
    people = in_order(await event_door.participants(chat.unit, chat.visitor, card.event.code))
    came = sum(person.state is RegistrationState.ATTENDED for person in people)
    waiting = sum(person.state is RegistrationState.WAITING for person in people)
    message = text.render(
        "event_people.j2",
        title=card.event.title,
        count=len(people) - waiting,
        came=came,
        waiting=waiting,
        mark=mark,
    )
    return {
        "message": with_refusal(dialog_manager, message),
        # what a press does stands in the button: a second tap must not undo the first
        "people": [[_line(text, person), f"{mark}={person.code}"] for person in people],
        "other": text.plain(f"button-event-desk-mark-{ABSENT if mark == CAME else CAME}"),
        "markable": bool(people),
        "any": bool(people),
        "table": text.plain("button-event-desk-table"),
        "back": text.plain("button-event-desk-card"),
    }


def in_order(people: list[Participant]) -> list[Participant]:
    """By name, whatever becomes of them, so that nobody moves under the finger; then those who wait."""
    return sorted(people, key=lambda one: (one.place_in_line or 0, (one.name or one.code).casefold()))


def _line(text: Text, person: Participant) -> str:
    parts = [
        person.name or person.code,
        person.group or (person.organisation if person.name is None else None),
    ]
    named = " · ".join(part for part in parts if part)
    return shortened(
        text.plain(f"event-desk-person-{person.state}", person=named, place=person.place_in_line or 0)
    )


def _mark(manager: DialogManager) -> str:
    return ABSENT if manager.dialog_data.get("mark") == ABSENT else CAME


async def _other(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["mark"] = CAME if _mark(manager) == ABSENT else ABSENT
    manager.dialog_data.pop("refused", None)


async def _pressed(query: CallbackQuery, _: Any, manager: DialogManager, pressed: str) -> None:
    mark, _equals, person = pressed.partition("=")
    refusal = await _marked(manager, mark, person)
    if refusal is None:
        manager.dialog_data.pop("refused", None)
        return
    manager.show_mode = ShowMode.NO_UPDATE  # nothing has changed
    if refusal not in (Refusal.ALREADY_IN, Refusal.ALREADY):
        await ANSWERS.say(query, chat_of(manager).text.plain(f"event-desk-refused-{refusal}"))


async def _written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """Somebody walked in: their code."""
    text, typed = chat_of(manager).text, message.text or ""
    refusal = await _marked(manager, CAME, typed)
    if refusal is None:
        manager.dialog_data["refused"] = text.html("event-desk-walked-in", code=typed[:LONGEST_CODE])
    else:
        manager.dialog_data["refused"] = text.html(f"event-desk-refused-{refusal}")


async def _marked(manager: DialogManager, mark: str, person: str) -> Refusal | None:
    chat, code = chat_of(manager), code_of(manager)
    door: EventDoor = manager.middleware_data["event_door"]
    if mark == ABSENT:
        return await door.miss(chat.unit, chat.visitor, code, person)
    return await door.admit(chat.unit, chat.visitor, code, person)


async def _table(query: CallbackQuery, _: Button, manager: DialogManager) -> None:
    """The list as a file; who took it stands in the audit, and in the file."""
    chat, card = chat_of(manager), await card_of(manager)
    door: EventDoor = manager.middleware_data["event_door"]
    planning: EventPlanning = manager.middleware_data["event_planning"]
    await ANSWERS.before_slow_work(query)
    people = in_order(await door.participants(chat.unit, chat.visitor, card.event.code))
    await planning.note_export(chat.unit, chat.visitor, card.event.code)
    make = partial(participants_table, chat.text, card.event, people, query.from_user.full_name, now())
    content = await asyncio.to_thread(make)
    name = chat.text.plain("event-sheet-file-name", date=f"{card.event.local_start:%d.%m.%Y}")
    caption = chat.text.html("event-sheet-caption", title=card.event.title)
    await chat.bot.send_document(chat.visitor.telegram_id, BufferedInputFile(content, name), caption=caption)
    manager.show_mode = ShowMode.NO_UPDATE


async def _forget(_: CallbackQuery, __: Any, manager: DialogManager) -> None:
    manager.dialog_data.pop("refused", None)
