"""/profile, /steps and the menu: everything after the questionnaire."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.domain.questionnaire import REVIEW
from bot.services.consents import Consents
from bot.services.next_steps import NextSteps
from bot.services.profiling import NoProfileError, Profiling, Turn
from dialogs.chat import Chat, ack, pressed_message
from dialogs.menu import help_text, home_screen, language_screen
from dialogs.presses import MenuPress, Place, StepAct, StepPress
from dialogs.profiling import profiling_screen
from dialogs.profiling.review import review_screen
from dialogs.screen import Screen
from dialogs.steps import step_screen, steps_screen


async def profile_asked(message: Message, chat: Chat, profiling: Profiling, consents: Consents) -> None:
    """The answers, each to be changed; an unfinished questionnaire goes on."""
    turn = await profiling.current(chat.unit, chat.visitor)
    sent = await chat.send(await _profile(chat, turn, profiling, consents))
    profiling.shown(chat.unit, chat.visitor, turn, sent)


async def profile_pressed(query: CallbackQuery, chat: Chat, profiling: Profiling, consents: Consents) -> None:
    """The profile in the menu's message."""
    turn = await profiling.current(chat.unit, chat.visitor)
    await ack(query)
    shown = await chat.show(pressed_message(query), await _profile(chat, turn, profiling, consents))
    profiling.shown(chat.unit, chat.visitor, turn, shown)


async def steps_asked(message: Message, chat: Chat, profiling: Profiling, next_steps: NextSteps) -> None:
    """What would help, once the profile is there."""
    await chat.send(await _steps(chat, profiling, next_steps))


async def step_opened(
    query: CallbackQuery, callback_data: StepPress, chat: Chat, profiling: Profiling, next_steps: NextSteps
) -> None:
    """One step with what to do today; the list if the centre has dropped the step."""
    step = next_steps.step(callback_data.code)
    await ack(query)
    if step is not None:
        contact = await next_steps.contact(chat.unit, chat.visitor)
        screen = step_screen(chat.text, callback_data.code, step, contact)
    else:
        screen = await _steps(chat, profiling, next_steps)
    await chat.show(pressed_message(query), screen)


async def step_done(
    query: CallbackQuery, callback_data: StepPress, chat: Chat, profiling: Profiling, next_steps: NextSteps
) -> None:
    """The person has done it: noted, and the list follows from it."""
    await next_steps.done(chat.unit, chat.visitor, callback_data.code)
    await chat.unit.commit()
    await ack(query, chat.text.plain("step-noted"))
    await chat.show(pressed_message(query), await _steps(chat, profiling, next_steps))


async def steps_pressed(
    query: CallbackQuery, chat: Chat, profiling: Profiling, next_steps: NextSteps
) -> None:
    """Back to the list."""
    screen = await _steps(chat, profiling, next_steps)
    await ack(query)
    await chat.show(pressed_message(query), screen)


async def help_pressed(query: CallbackQuery, chat: Chat) -> None:
    await ack(query)
    await chat.say(help_text(chat.text, chat.visitor))


async def language_pressed(query: CallbackQuery, chat: Chat) -> None:
    await ack(query)
    await chat.show(pressed_message(query), language_screen(chat.text))


async def home_pressed(query: CallbackQuery, chat: Chat) -> None:
    if chat.visitor.person is None:
        raise NoProfileError
    await ack(query)
    await chat.show(pressed_message(query), home_screen(chat.text, chat.visitor.person.name))


async def _profile(chat: Chat, turn: Turn, profiling: Profiling, consents: Consents) -> Screen:
    if turn.session.at != REVIEW:
        return profiling_screen(chat.text, turn, profiling)
    agreed = await consents.in_force(chat.unit, chat.visitor)
    return review_screen(chat.text, turn, profiling, consents=agreed)


async def _steps(chat: Chat, profiling: Profiling, next_steps: NextSteps) -> Screen:
    turn = await profiling.current(chat.unit, chat.visitor)
    if not turn.session.completed:
        return profiling_screen(chat.text, turn, profiling)
    return steps_screen(chat.text, await next_steps.suggested(chat.unit, chat.visitor))


def make_router() -> Router:
    """What leads where."""
    router = Router(name="profile")
    router.message.register(profile_asked, Command("profile"))
    router.callback_query.register(profile_pressed, MenuPress.filter(F.place == Place.PROFILE))
    router.message.register(steps_asked, Command("steps"))
    router.callback_query.register(step_opened, StepPress.filter(F.act == StepAct.OPEN))
    router.callback_query.register(step_done, StepPress.filter(F.act == StepAct.DONE))
    router.callback_query.register(steps_pressed, StepPress.filter())
    router.callback_query.register(help_pressed, MenuPress.filter(F.place == Place.HELP))
    router.callback_query.register(language_pressed, MenuPress.filter(F.place == Place.LANGUAGE))
    router.callback_query.register(home_pressed, MenuPress.filter())
    return router
