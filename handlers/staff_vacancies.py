"""Staff publish vacancies: by hand, by a table sent into the chat; and see what became of them."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import Message
from aiogram_dialog import DialogManager

from bot.domain.access import specialist
from bot.domain.people import Role
from bot.services.vacancies.desk import VacancyDesk
from bot.services.vacancies.tables import LARGEST_FILE, VacancyTables
from dialogs.chat import Chat
from dialogs.staff.states import VacancyNewStates
from dialogs.staff.vacancy_close import open_published
from dialogs.staff.vacancy_new import begin_vacancy
from dialogs.staff.vacancy_table import NotFetchedError, fetched, open_account

LONGEST_NUMBER = 18
"""Digits: what the database can hold."""


class Publishes(Filter):
    """The asker may publish; anybody else's documents and commands are not for here."""

    async def __call__(self, event: Message, chat: Chat) -> bool:
        return chat.visitor.staff is not None and chat.visitor.staff.role is Role.SPECIALIST


async def vacancy_new(message: Message, chat: Chat, dialog_manager: DialogManager) -> None:
    """Write a vacancy and publish it."""
    specialist(chat.visitor)
    await begin_vacancy(dialog_manager)


async def vacancy_close(
    message: Message,
    command: CommandObject,
    chat: Chat,
    dialog_manager: DialogManager,
    vacancy_desk: VacancyDesk,
) -> None:
    """What was published; with a number, that one."""
    number = (command.args or "").strip().lstrip("№#").strip()
    if not number:
        specialist(chat.visitor)
        await open_published(dialog_manager)
        return
    vacancy_id = int(number) if number.isdecimal() and len(number) <= LONGEST_NUMBER else 0
    if await vacancy_desk.followed(chat.unit, chat.visitor, vacancy_id) is None:
        await chat.say(chat.text.html("vacancy-not-yours"))
    else:
        await open_published(dialog_manager, vacancy_id)


async def published(message: Message, chat: Chat, dialog_manager: DialogManager) -> None:
    """/vacancies of somebody who publishes them."""
    await open_published(dialog_manager)


async def table_sent(
    message: Message, chat: Chat, dialog_manager: DialogManager, vacancy_tables: VacancyTables
) -> None:
    """A document: what it would do as a table of vacancies. Nothing is written yet."""
    assert message.document is not None
    if dialog_manager.has_context() and dialog_manager.current_context().state.group is VacancyNewStates:
        await chat.say(chat.text.html("vacancy-table-later"))
        return
    if (message.document.file_size or 0) > LARGEST_FILE:
        await chat.say(chat.text.html("vacancy-table-too-large"))
        return
    await chat.bot.send_chat_action(chat.visitor.telegram_id, "typing")
    try:
        async with fetched(chat.bot, message.document.file_id) as file:
            account = await vacancy_tables.dry_run(chat.visitor, file)
    except NotFetchedError:
        await chat.say(chat.text.html("vacancy-table-gone"))
        return
    await open_account(dialog_manager, message.document.file_id, account)


def make_router() -> Router:
    """What leads where."""
    router = Router(name="staff_vacancies")
    router.message.register(vacancy_new, Command("vacancy_new"))
    router.message.register(vacancy_close, Command("vacancy_close"))
    router.message.register(published, Command("vacancies"), Publishes())
    router.message.register(table_sent, F.document, Publishes())
    return router
