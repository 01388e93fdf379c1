"""/invite: an administrator chooses a role and a college and gets a one-time link."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram.utils.deep_linking import create_deep_link
from aiogram_dialog import Dialog, DialogManager, Window

from bot.domain.people import Role
from bot.services.colleges import Colleges
from bot.services.invitations import VALID_FOR, Invitations
from dialogs.staff.states import InvitationStates
from dialogs.staff.windows import MESSAGE, chat_of, choice, close_button


def invitation_dialog() -> Dialog:
    """The dialog of `/invite`."""
    return Dialog(
        Window(
            MESSAGE,
            choice("roles", _role_chosen),
            close_button(),
            state=InvitationStates.role,
            getter=_roles_data,
        ),
        Window(
            MESSAGE,
            choice("colleges", _college_chosen),
            close_button(),
            state=InvitationStates.organisation,
            getter=_colleges_data,
        ),
        Window(MESSAGE, close_button(), state=InvitationStates.link, getter=_link_data),
    )


async def _roles_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    return {
        "message": text.html("invite-role"),
        "roles": [[text.plain(f"role-{role}"), role.value] for role in Role],
        "close": text.plain("button-close"),
    }


async def _role_chosen(_: CallbackQuery, __: Any, manager: DialogManager, role: str) -> None:
    if role == Role.SPECIALIST:
        await manager.switch_to(InvitationStates.organisation)
    else:
        await _make_link(manager, Role(role), None)


async def _colleges_data(dialog_manager: DialogManager, colleges: Colleges, **_: Any) -> dict[str, Any]:
    chat = chat_of(dialog_manager)
    listed = await colleges.invitable(chat.unit, chat.visitor)
    return {
        "message": chat.text.html("invite-organisation", count=len(listed)),
        "colleges": [[college.title, college.value] for college in listed],
        "close": chat.text.plain("button-close"),
    }


async def _college_chosen(_: CallbackQuery, __: Any, manager: DialogManager, code: str) -> None:
    await _make_link(manager, Role.SPECIALIST, code)


async def _make_link(manager: DialogManager, role: Role, organisation: str | None) -> None:
    chat = chat_of(manager)
    invitations: Invitations = manager.middleware_data["invitations"]
    secret = await invitations.invite(chat.unit, chat.visitor, role, organisation)
    username = (await chat.bot.me()).username or ""
    manager.dialog_data["link"] = create_deep_link(username, "start", f"i_{secret}")
    await manager.switch_to(InvitationStates.link)


async def _link_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    link = str(dialog_manager.dialog_data["link"])
    message = text.render("invitation.j2", link=link, days=VALID_FOR.days)
    return {"message": message, "close": text.plain("button-close")}
