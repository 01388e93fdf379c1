"""/start and its deep links: the way in."""

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from bot.domain.questionnaire import progress
from bot.services.colleges import Colleges
from bot.services.consents import Consents
from bot.services.invitations import Invitations
from bot.services.profiling import Profiling, Turn
from bot.services.vacancies.student import Vacancies
from dialogs.chat import Chat
from dialogs.events.expected import forget
from dialogs.menu import home_screen, resume_screen
from dialogs.profiling.consent import welcome_screen
from handlers.command_menu import set_staff_commands
from handlers.staff_home import staff_home

GROUP = "g_"
INVITATION = "i_"


async def invited(message: Message, command: CommandObject, chat: Chat, invitations: Invitations) -> None:
    """A one-time link of the administrator makes its first opener staff."""
    secret = (command.args or "").removeprefix(INVITATION)
    linked = await invitations.redeem(chat.unit, chat.visitor, secret)
    if linked is None:
        await chat.say(chat.text.html("invitation-invalid"))
        return
    await chat.say(chat.text.render("linked.j2", role=linked.role, organisation=linked.organisation))
    await set_staff_commands(chat.bot, chat.visitor.telegram_id, linked.role, chat.text)


async def started(
    message: Message,
    command: CommandObject,
    chat: Chat,
    profiling: Profiling,
    colleges: Colleges,
    consents: Consents,
    vacancies: Vacancies,
) -> None:
    """The first screen: for staff, for whoever has a profile, for whoever is half-way, for a newcomer."""
    visitor = chat.visitor
    if visitor.staff is not None or visitor.administrator:
        await chat.say(await staff_home(chat, colleges))
        return
    if visitor.person is None or visitor.profiling is None:
        group = (command.args or "").removeprefix(GROUP) if command.args else ""
        known = await colleges.deep_link(chat.unit, group) if group else {}
        name = known["group"].label if known else None
        await chat.send(welcome_screen(chat.text, group if known else "", name, consents.version))
        return
    turn = await profiling.current(chat.unit, visitor)
    if turn.session.completed:
        await profiling.stop_changing(chat.unit, visitor)
        await vacancies.stop_asking(chat.unit, visitor)
        await forget(chat)
        await chat.send(home_screen(chat.text, visitor.person.name))
        return
    await chat.send(resume_screen(chat.text, _left(turn)))


def _left(turn: Turn) -> int:
    """Questions that are still to be answered; none on the review."""
    where = progress(turn.definition, turn.session)
    return where.total - where.number + (turn.question is not None)


def make_router() -> Router:
    """What leads where."""
    router = Router(name="start")
    router.message.register(invited, CommandStart(deep_link=True, magic=F.args.startswith(INVITATION)))
    router.message.register(started, CommandStart())
    return router
