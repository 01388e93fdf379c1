"""The door of an event: the code of the moment, in figures and as a QR picture."""

import io
from typing import Any

import segno
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup, InputMediaPhoto
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.domain.events.kinds import Attendance
from bot.services.events.door import Door, EventDoor
from dialogs.chat import Chat
from dialogs.presses import DoorPress
from dialogs.screen import button
from dialogs.staff.event_shown import code_of, link_to
from dialogs.staff.states import EventDeskStates
from dialogs.staff.windows import MESSAGE, chat_of
from locales.text import Text

CHECK_IN = "c_"
"""How the parameter of a link begins that checks somebody in."""

PIXELS_PER_MODULE = 12


def door_window() -> Window:
    """The code in figures, and the way to the picture for the screen at the door."""
    return Window(
        MESSAGE,
        Button(Format("{picture}"), id="picture", on_click=_picture, when="shown"),
        Button(Format("{new}"), id="new_code", when="rotating"),
        SwitchTo(Format("{people}"), id="people_from_door", state=EventDeskStates.people),
        SwitchTo(Format("{back}"), id="back_from_door", state=EventDeskStates.card),
        state=EventDeskStates.door,
        getter=_door_data,
    )


async def _door_data(dialog_manager: DialogManager, event_door: EventDoor, **_: Any) -> dict[str, Any]:
    chat = chat_of(dialog_manager)
    door = await event_door.door(chat.unit, chat.visitor, code_of(dialog_manager))
    coded = door.event.attendance is not Attendance.STAFF
    changing = door.changes_at is not None
    return {
        "message": chat.text.render("event_door.j2", **_shown(door), coded=coded),
        # a code that changes is of no use before it is asked for
        "shown": coded and (door.open or not changing),
        "rotating": coded and door.open and changing,
        "picture": chat.text.plain("button-event-desk-picture"),
        "new": chat.text.plain("button-event-desk-new-code"),
        "people": chat.text.plain("button-event-desk-by-hand"),
        "back": chat.text.plain("button-event-desk-card"),
    }


async def _picture(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    chat = chat_of(manager)
    event_door: EventDoor = manager.middleware_data["event_door"]
    door = await event_door.door(chat.unit, chat.visitor, code_of(manager))
    photo, caption, keyboard = await door_picture(chat, door)
    await chat.bot.send_photo(chat.visitor.telegram_id, photo, caption=caption, reply_markup=keyboard)
    manager.show_mode = ShowMode.NO_UPDATE


async def door_media(chat: Chat, door: Door) -> tuple[InputMediaPhoto, InlineKeyboardMarkup | None]:
    """The picture to put in the place of an older one."""
    photo, caption, keyboard = await door_picture(chat, door)
    return InputMediaPhoto(media=photo, caption=caption), keyboard


async def door_picture(chat: Chat, door: Door) -> tuple[BufferedInputFile, str, InlineKeyboardMarkup | None]:
    """The QR picture, the words below it, and the button for the next code if they change."""
    content = qr_picture(await link_to(chat, f"{CHECK_IN}{door.token}"))
    caption = chat.text.render("event_door_picture.j2", **_shown(door))
    photo = BufferedInputFile(content, f"{door.event.code}.png")
    return photo, caption, _keyboard(chat.text, door)


def qr_picture(link: str) -> bytes:
    """A link as a PNG of a QR code, that a phone reads off a screen across a room."""
    file = io.BytesIO()
    segno.make_qr(link, error="m").save(file, kind="png", scale=PIXELS_PER_MODULE)
    return file.getvalue()


def _keyboard(text: Text, door: Door) -> InlineKeyboardMarkup | None:
    if door.changes_at is None:
        return None
    new = button(text.plain("button-event-desk-new-code"), DoorPress(event=door.event.code).pack())
    return InlineKeyboardMarkup(inline_keyboard=[[new]])


def _shown(door: Door) -> dict[str, Any]:
    zone = door.event.local_start.tzinfo
    return {
        "title": door.event.title,
        "digits": f"{door.digits[:3]} {door.digits[3:]}",
        "open": door.open,
        "opens": f"{door.opens_at.astimezone(zone):%d.%m %H:%M}",
        "closes": f"{door.closes_at.astimezone(zone):%d.%m %H:%M}",
        "changes": f"{door.changes_at.astimezone(zone):%H:%M:%S}" if door.changes_at else "",
    }
