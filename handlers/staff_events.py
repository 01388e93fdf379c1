"""Staff plan events and look after them; the code at the door."""

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager

from bot.domain.access import staff_member
from bot.services.events.desk import EventDesk
from bot.services.events.door import EventDoor
from bot.services.events.planning import EventPlanning
from dialogs.chat import Chat, ack, pressed_message
from dialogs.presses import DoorPress
from dialogs.staff.event_desk import open_events
from dialogs.staff.event_door import door_media
from dialogs.staff.event_new import begin_event

_UNCHANGED = "message is not modified"


class OfStaff(Filter):
    """The asker is staff; anybody else's events are the student's."""

    async def __call__(self, event: Message, chat: Chat) -> bool:
        return chat.visitor.staff is not None


async def event_new(
    message: Message,
    chat: Chat,
    dialog_manager: DialogManager,
    event_desk: EventDesk,
    event_planning: EventPlanning,
) -> None:
    """Plan an event and announce it."""
    await begin_event(dialog_manager, chat, event_desk, event_planning)


async def events(message: Message, chat: Chat, dialog_manager: DialogManager) -> None:
    """What is planned, announced and past."""
    staff_member(chat.visitor)
    await open_events(dialog_manager)


async def new_code(query: CallbackQuery, callback_data: DoorPress, chat: Chat, event_door: EventDoor) -> None:
    """The code of this moment in the place of the older one."""
    door = await event_door.door(chat.unit, chat.visitor, callback_data.event)
    media, keyboard = await door_media(chat, door)
    await ack(query)
    try:
        await chat.bot.edit_message_media(
            media,
            chat_id=chat.visitor.telegram_id,
            message_id=pressed_message(query),
            reply_markup=keyboard,
        )
    except TelegramBadRequest as error:
        if _UNCHANGED not in error.message:
            raise


def make_router() -> Router:
    """What leads where."""
    router = Router(name="staff_events")
    router.message.register(event_new, Command("event_new"))
    router.message.register(events, Command("events"), OfStaff())
    router.callback_query.register(new_code, DoorPress.filter())
    return router
