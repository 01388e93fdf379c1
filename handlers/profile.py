"""/profile, /steps and the menu: everything after the questionnaire."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.services.next_steps import NextSteps
from bot.services.profiling import NoProfileError, Profiling
from dialogs.chat import Chat, ack, pressed_message
from dialogs.menu import help_text, home_screen, language_screen
from dialogs.presses import MenuPress, Place, StepAct, StepPress
from dialogs.profiling import profiling_screen
from dialogs.screen import Screen
from dialogs.steps import step_screen, steps_screen

router = Router(name="profile")


@router.message(Command("profile"))
async def profile_asked(message: Message, chat: Chat, profiling: Profiling) -> None:
    """The answers, each to be changed; an unfinished questionnaire goes on."""
    turn = await profiling.current(chat.unit, chat.visitor)
    sent = await chat.send(profiling_screen(chat.text, turn, profiling))
    profiling.shown(chat.unit, chat.visitor, turn, sent)


@router.callback_query(MenuPress.filter(F.place == Place.PROFILE))
async def profile_pressed(query: CallbackQuery, chat: Chat, profiling: Profiling) -> None:
    """The profile in the menu's message."""
    turn = await profiling.current(chat.unit, chat.visitor)
    await ack(query)
    shown = await chat.show(pressed_message(query), profiling_screen(chat.text, turn, profiling))
    profiling.shown(chat.unit, chat.visitor, turn, shown)


@router.message(Command("steps"))
async def steps_asked(message: Message, chat: Chat, profiling: Profiling, next_steps: NextSteps) -> None:
    """What would help, once the profile is there."""
    await chat.send(await _steps(chat, profiling, next_steps))


@router.callback_query(StepPress.filter(F.act == StepAct.OPEN))
async def step_opened(
    query: CallbackQuery, callback_data: StepPress, chat: Chat, profiling: Profiling, next_steps: NextSteps
) -> None:
    """One step with what to do today; the list if the centre has dropped the step."""
    step = next_steps.step(callback_data.code)
    await ack(query)
    if step is not None:
        screen = step_screen(chat.text, callback_data.code, step)
    else:
        screen = await _steps(chat, profiling, next_steps)
    await chat.show(pressed_message(query), screen)


@router.callback_query(StepPress.filter(F.act == StepAct.DONE))
async def step_done(
    query: CallbackQuery, callback_data: StepPress, chat: Chat, profiling: Profiling, next_steps: NextSteps
) -> None:
    """The person has done it: noted, and the list follows from it."""
    await next_steps.done(chat.unit, chat.visitor, callback_data.code)
    await chat.unit.commit()
    await ack(query, chat.text.plain("step-noted"))
    await chat.show(pressed_message(query), await _steps(chat, profiling, next_steps))


@router.callback_query(StepPress.filter())
async def steps_pressed(
    query: CallbackQuery, chat: Chat, profiling: Profiling, next_steps: NextSteps
) -> None:
    """Back to the list."""
    await ack(query)
    await chat.show(pressed_message(query), await _steps(chat, profiling, next_steps))


@router.callback_query(MenuPress.filter(F.place == Place.HELP))
async def help_pressed(query: CallbackQuery, chat: Chat) -> None:
    await ack(query)
    await chat.say(help_text(chat.text, chat.visitor))


@router.callback_query(MenuPress.filter(F.place == Place.LANGUAGE))
async def language_pressed(query: CallbackQuery, chat: Chat) -> None:
    await ack(query)
    await chat.show(pressed_message(query), language_screen(chat.text))


@router.callback_query(MenuPress.filter())
async def home_pressed(query: CallbackQuery, chat: Chat) -> None:
    if chat.visitor.person is None:
        raise NoProfileError
    await ack(query)
    await chat.show(pressed_message(query), home_screen(chat.text, chat.visitor.person.name))


async def _steps(chat: Chat, profiling: Profiling, next_steps: NextSteps) -> Screen:
    turn = await profiling.current(chat.unit, chat.visitor)
    if not turn.session.completed:
        return profiling_screen(chat.text, turn, profiling)
    return steps_screen(chat.text, await next_steps.suggested(chat.unit, chat.visitor))
