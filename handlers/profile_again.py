"""The buttons of the invitation to look whether one's answers still hold."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from bot.services.next_steps import NextSteps
from bot.services.profile_again import ProfileAgain
from bot.services.profiling import Profiling
from dialogs.chat import Chat, ack, pressed_message
from dialogs.notices.profile_again import again_screen, stopped_screen
from dialogs.presses import AgainAct, AgainPress
from dialogs.screen import screen
from dialogs.steps import steps_screen


async def looked(query: CallbackQuery, chat: Chat, profiling: Profiling) -> None:
    """The answers, or the question at which the questionnaire stands."""
    turn = await profiling.current(chat.unit, chat.visitor)
    await ack(query)
    shown = await chat.show(pressed_message(query), again_screen(chat.text, turn, profiling))
    profiling.shown(chat.unit, chat.visitor, turn, shown)


async def still_so(
    query: CallbackQuery,
    chat: Chat,
    profiling: Profiling,
    profile_again: ProfileAgain,
    next_steps: NextSteps,
) -> None:
    """The answers hold: what would help follows, as after the questionnaire."""
    if not await profile_again.still_so(chat.unit, chat.visitor):
        await looked(query, chat, profiling)
        return
    await chat.unit.commit()
    steps = await next_steps.suggested(chat.unit, chat.visitor)
    await ack(query, chat.text.plain("again-noted"))
    await chat.show(pressed_message(query), steps_screen(chat.text, steps, just_finished=True))


async def later(query: CallbackQuery, chat: Chat) -> None:
    """Not now: the message says where the answers are found."""
    await ack(query)
    await chat.show(pressed_message(query), screen(chat.text.html("again-later"), []))


async def stopped(query: CallbackQuery, chat: Chat, profile_again: ProfileAgain) -> None:
    """No such invitations any more."""
    profile_again.invite(chat.unit, chat.visitor, wanted=False)
    await ack(query)
    await chat.show(pressed_message(query), stopped_screen(chat.text))


async def wanted_again(query: CallbackQuery, chat: Chat, profile_again: ProfileAgain) -> None:
    """Such invitations after all."""
    profile_again.invite(chat.unit, chat.visitor, wanted=True)
    await ack(query)
    await chat.show(pressed_message(query), screen(chat.text.html("again-back"), []))


def make_router() -> Router:
    """What leads where."""
    router = Router(name="profile_again")
    router.callback_query.register(looked, AgainPress.filter(F.act == AgainAct.LOOK))
    router.callback_query.register(still_so, AgainPress.filter(F.act == AgainAct.SAME))
    router.callback_query.register(later, AgainPress.filter(F.act == AgainAct.LATER))
    router.callback_query.register(stopped, AgainPress.filter(F.act == AgainAct.STOP))
    router.callback_query.register(wanted_again, AgainPress.filter(F.act == AgainAct.BACK))
    return router
