"""The staff's dialogs: menus and lists carried by aiogram_dialog, their state in the database."""

from aiogram import Router
from aiogram.fsm.middleware import FSMContextMiddleware
from aiogram.fsm.storage.base import BaseStorage
from aiogram.fsm.storage.memory import DisabledEventIsolation
from aiogram_dialog import setup_dialogs

from dialogs.staff.campaign import campaign_dialog
from dialogs.staff.event_desk import event_desk_dialog
from dialogs.staff.event_new import event_new_dialog
from dialogs.staff.invitation import invitation_dialog
from dialogs.staff.student import student_dialog
from dialogs.staff.vacancy_close import vacancy_close_dialog
from dialogs.staff.vacancy_new import vacancy_new_dialog
from dialogs.staff.vacancy_table import vacancy_table_dialog
from dialogs.staff.windows import ANSWERS


def staff_dialogs(storage: BaseStorage, commands: Router) -> Router:
    """A router with the staff's commands and dialogs.

    The inbox has a lane for every person, so nothing has to be isolated here.
    """
    router = Router(name="staff_dialogs")
    states = FSMContextMiddleware(storage, DisabledEventIsolation())
    router.message.outer_middleware(states)
    router.callback_query.outer_middleware(states)
    router.my_chat_member.outer_middleware(states)
    router.include_routers(commands, student_dialog(), invitation_dialog(), campaign_dialog())
    router.include_routers(vacancy_new_dialog(), vacancy_close_dialog(), vacancy_table_dialog())
    router.include_routers(event_new_dialog(), event_desk_dialog())
    setup_dialogs(router, message_manager=ANSWERS)
    return router
