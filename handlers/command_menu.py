"""The command menu: for everybody, and for staff by role, in each language."""

import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.delivery.transient import TRANSIENT
from bot.domain.people import Role
from locales.text import Text, Texts

logger = logging.getLogger(__name__)

STUDENT_COMMANDS = (
    "start",
    "profile",
    "steps",
    "vacancies",
    "events",
    "subscriptions",
    "language",
    "help",
    "cancel",
    "delete_me",
)
STAFF_COMMANDS = {
    Role.SPECIALIST: (
        "student",
        "groups",
        "vacancy_new",
        "vacancy_close",
        "event_new",
        "events",
        "campaign",
        "campaigns",
        "language",
        "help",
        "cancel",
    ),
    Role.COORDINATOR: (
        "colleges",
        "event_new",
        "events",
        "campaign",
        "campaigns",
        "language",
        "help",
        "cancel",
    ),
}
ADMINISTRATOR_COMMANDS = ("invite", "jobs", "help", "cancel")


async def set_commands(bot: Bot, texts: Texts) -> None:
    """The menu that everybody sees. While Telegram does not answer, the menu of before stays."""
    try:
        await _set_commands(bot, texts)
    except TRANSIENT as error:
        logger.warning("setting the command menu failed: %s", type(error).__name__)


async def _set_commands(bot: Bot, texts: Texts) -> None:
    await bot.set_my_commands(_commands(texts.default, STUDENT_COMMANDS))
    for text in texts.all():
        await bot.set_my_commands(_commands(text, STUDENT_COMMANDS), language_code=text.language)
        await bot.set_my_description(text.plain("bot-description"), language_code=text.language)


async def set_staff_commands(bot: Bot, telegram_id: int, role: Role | None, text: Text) -> None:
    """The menu of one member of staff, None for an administrator; a convenience, so a refusal is no fault."""
    names = STAFF_COMMANDS[role] if role is not None else ADMINISTRATOR_COMMANDS
    try:
        await bot.set_my_commands(_commands(text, names), scope=BotCommandScopeChat(chat_id=telegram_id))
    except TelegramAPIError:
        return


def _commands(text: Text, names: tuple[str, ...]) -> list[BotCommand]:
    return [
        BotCommand(command=name, description=text.plain(f"command-{name.replace('_', '-')}"))
        for name in names
    ]
