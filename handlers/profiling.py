"""The questionnaire in the chat: presses and typed answers, one message that changes in place."""

import asyncio

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.domain.questionnaire import (
    REVIEW,
    Back,
    Choose,
    Confirm,
    ConsentSensitive,
    Edit,
    Event,
    Finish,
    Session,
    Skip,
    Step,
    Toggle,
    Write,
    Wrong,
)
from bot.services.next_steps import NextSteps
from bot.services.profiling import Profiling, Turn
from dialogs.chat import Chat, ack, pressed_message
from dialogs.presses import Act, ProfilingPress
from dialogs.profiling import profiling_screen
from dialogs.profiling.question import Hint, refusal_text
from dialogs.steps import steps_screen


class Answering(Filter):
    """The person is in the middle of the questionnaire: whatever is typed is an answer."""

    async def __call__(self, event: Message, chat: Chat) -> bool:
        if chat.visitor.staff is not None or chat.visitor.profiling is None:
            return False
        if event.text is not None and event.text.startswith("/"):
            return False
        session = Session.from_json(chat.visitor.profiling.state)
        return not (session.completed and session.at == REVIEW)


async def pressed(
    query: CallbackQuery,
    callback_data: ProfilingPress,
    chat: Chat,
    profiling: Profiling,
    next_steps: NextSteps,
) -> None:
    """A button of the questionnaire: the answer is kept, the message shows what comes next."""
    step = _step(callback_data)
    if step is None:
        await _look(query, callback_data, chat, profiling)
        return
    message_id = pressed_message(query)
    turn = await profiling.take(chat.unit, chat.visitor, step, message_id)
    remark = _remark(chat, turn)
    if turn.event in (Event.COMPLETED, Event.CONFIRMED):
        await ack(query, remark)
        await _finish(chat, next_steps, message_id)
    elif turn.event is Event.STALE and chat.visitor.profiling and chat.visitor.profiling.screen != message_id:
        await ack(query, remark)
        await _show_below(chat, profiling, turn, message_id)
    else:
        hint = Hint(turn.refusal) if turn.refusal else None
        screen = profiling_screen(chat.text, turn, profiling, hint)
        # at the same time, and the edit first: it is what the person waits for
        shown, _ = await asyncio.gather(chat.show(message_id, screen), ack(query, remark))
        if shown != message_id:
            profiling.shown(chat.unit, chat.visitor, turn, shown)


async def typed(message: Message, chat: Chat, profiling: Profiling) -> None:
    """A typed answer, or something that is no answer: a kind hint, and the question stays."""
    saved = chat.visitor.profiling
    screen = saved.screen if saved else None
    step = Write(message.text) if message.text else Wrong()
    turn = await profiling.take(chat.unit, chat.visitor, step, screen)
    if turn.refusal is not None:
        hint = refusal_text(chat.text, turn.refusal)
        await message.reply(hint, allow_sending_without_reply=True)
        return
    await _show_below(chat, profiling, turn, screen)


def _step(press: ProfilingPress) -> Step | None:
    """The step that a button stands for; None for buttons that only show something."""
    question, option = press.question, press.option
    steps: dict[Act, Step] = {
        Act.CHOOSE: Choose(question, option),
        Act.TOGGLE: Toggle(question, option),
        Act.FINISH: Finish(question),
        Act.SKIP: Skip(question),
        Act.BACK: Back(question),
        Act.EDIT: Edit(question),
        Act.CONSENT_SENSITIVE: ConsentSensitive(given=True),
        Act.REFUSE_SENSITIVE: ConsentSensitive(given=False),
        Act.CONFIRM: Confirm(),
    }
    return steps.get(press.act)


async def _look(query: CallbackQuery, press: ProfilingPress, chat: Chat, profiling: Profiling) -> None:
    """Buttons that answer nothing: help, go on, what to change, begin anew, take the second consent back."""
    message_id = pressed_message(query)
    if press.act is Act.START_OVER:
        turn = await profiling.start_over(chat.unit, chat.visitor, message_id)
    elif press.act is Act.WITHDRAW_SENSITIVE:
        turn = await profiling.withdraw_sensitive(chat.unit, chat.visitor, message_id)
    else:
        turn = await profiling.current(chat.unit, chat.visitor)
        profiling.shown(chat.unit, chat.visitor, turn, message_id)
    hint = Hint(help_shown=press.act is Act.HELP and press.question == turn.session.at)
    await ack(query)
    changing = press.act is Act.CHANGE
    await chat.show(message_id, profiling_screen(chat.text, turn, profiling, hint, changing=changing))


async def _finish(chat: Chat, next_steps: NextSteps, message_id: int) -> None:
    """The end of the questionnaire: no label, but what would help."""
    # what was just answered is committed first: the steps follow from it
    await chat.unit.commit()
    steps = await next_steps.suggested(chat.unit, chat.visitor)
    await chat.show(message_id, steps_screen(chat.text, steps, just_finished=True))


async def _show_below(chat: Chat, profiling: Profiling, turn: Turn, old_message: int | None) -> None:
    """The current screen at the end of the chat, where it is looked for; older ones go."""
    sent = await chat.send(profiling_screen(chat.text, turn, profiling))
    profiling.shown(chat.unit, chat.visitor, turn, sent)
    saved = chat.visitor.profiling
    for message_id in {old_message, saved.screen if saved else None}:
        if message_id is not None:
            await chat.remove(message_id)


def _remark(chat: Chat, turn: Turn) -> str | None:
    if turn.event is Event.STALE:
        return chat.text.plain("press-stale")
    if turn.event is Event.AT_START:
        return chat.text.plain("press-at-start")
    return None


def make_router() -> Router:
    """What leads where."""
    router = Router(name="profiling")
    router.callback_query.register(pressed, ProfilingPress.filter())
    router.message.register(typed, Answering())
    return router
