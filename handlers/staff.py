"""Commands of staff. Whoever may not gets the answer of an unknown command: the services decide."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message
from aiogram_dialog import DialogManager, StartMode

from bot.domain.access import administrator, specialist
from bot.services.colleges import Colleges
from bot.services.student_desk import StudentDesk
from dialogs.chat import Chat
from dialogs.staff.states import InvitationStates
from dialogs.staff.student import open_people
from handlers import campaigns, staff_events, staff_vacancies
from handlers.staff_home import colleges_account, groups_account

LONGEST_QUERY = 60
"""Characters of a search that are said back."""


async def student(
    message: Message,
    command: CommandObject,
    chat: Chat,
    dialog_manager: DialogManager,
    student_desk: StudentDesk,
) -> None:
    """/student CODE or part of a name."""
    specialist(chat.visitor)
    if not command.args:
        await chat.say(chat.text.html("student-usage"))
        return
    found = await student_desk.find(chat.unit, chat.visitor, command.args)
    if found:
        await open_people(dialog_manager, found)
    else:
        await chat.say(chat.text.html("student-not-found", query=command.args[:LONGEST_QUERY]))


async def groups(message: Message, chat: Chat, colleges: Colleges) -> None:
    """The college's groups with their links."""
    await chat.say(await groups_account(chat, colleges))


async def region(message: Message, chat: Chat, colleges: Colleges) -> None:
    """The region's colleges, in sums."""
    await chat.say(await colleges_account(chat, colleges))


async def invite(message: Message, chat: Chat, dialog_manager: DialogManager) -> None:
    """A one-time link for a new member of staff."""
    administrator(chat.visitor)
    await dialog_manager.start(InvitationStates.role, mode=StartMode.RESET_STACK)


async def cancelled(message: Message, chat: Chat, dialog_manager: DialogManager) -> None:
    """Closes whatever is open: what is typed next is no comment any more."""
    await dialog_manager.reset_stack(remove_keyboard=False)
    await chat.say(chat.text.html("cancelled"))


def make_router() -> Router:
    """What leads where."""
    router = Router(name="staff_commands")
    router.message.register(student, Command("student"))
    router.message.register(groups, Command("groups"))
    router.message.register(region, Command("colleges"))
    router.message.register(cancelled, Command("cancel"))
    router.message.register(invite, Command("invite"))
    router.include_router(staff_vacancies.make_router())
    router.include_router(campaigns.make_router())
    router.include_router(staff_events.make_router())
    return router
