"""What staff see on /start: their commands, and how their college or region stands."""

from aiogram.utils.deep_linking import create_deep_link

from bot.domain.people import Role
from bot.services.colleges import Colleges
from dialogs.chat import Chat
from dialogs.menu import colleges_text, groups_text


async def staff_home(chat: Chat, colleges: Colleges) -> str:
    """A short account of what the asker can do here."""
    role = chat.visitor.staff.role if chat.visitor.staff else None
    home = chat.text.render("staff_home.j2", role=role, administrator=chat.visitor.administrator)
    if role is Role.SPECIALIST:
        return f"{home}\n\n{await groups_account(chat, colleges)}"
    if role is Role.COORDINATOR:
        return f"{home}\n\n{await colleges_account(chat, colleges)}"
    return home


async def groups_account(chat: Chat, colleges: Colleges) -> str:
    """The groups of the asker's college with their invitation links. Raises AccessDenied."""
    groups = await colleges.groups(chat.unit, chat.visitor)
    username = (await chat.bot.me()).username or ""
    links = {group.code: create_deep_link(username, "start", f"g_{group.code}") for group in groups}
    return groups_text(chat.text, groups, links)


async def colleges_account(chat: Chat, colleges: Colleges) -> str:
    """The region's colleges, in sums. Raises AccessDenied."""
    return colleges_text(chat.text, await colleges.colleges(chat.unit, chat.visitor))
