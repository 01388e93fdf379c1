"""/jobs: administrators look at the schedule."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.services.jobs import Jobs
from dialogs.chat import Chat, ack, pressed_message
from dialogs.jobs import jobs_screen
from dialogs.presses import JobPress
from dialogs.screen import Screen


async def jobs_asked(message: Message, chat: Chat, jobs: Jobs) -> None:
    """How every job is doing."""
    await chat.send(await _screen(chat, jobs))


async def looked_again(query: CallbackQuery, chat: Chat, jobs: Jobs) -> None:
    """The same, as it is now."""
    screen = await _screen(chat, jobs)
    await ack(query, chat.text.plain("jobs-as-they-are"))
    await chat.show(pressed_message(query), screen)


async def run_asked(query: CallbackQuery, callback_data: JobPress, chat: Chat, jobs: Jobs) -> None:
    """A job is due now; whichever process looks next runs it."""
    begun = await jobs.run_now(chat.unit, chat.visitor, callback_data.name)
    await ack(query, chat.text.plain("job-begun" if begun else "job-not-begun"))
    await chat.show(pressed_message(query), await _screen(chat, jobs))


async def _screen(chat: Chat, jobs: Jobs) -> Screen:
    states = await jobs.states(chat.unit, chat.visitor)
    return jobs_screen(chat.text, states, await jobs.parked(chat.unit, chat.visitor))


def make_router() -> Router:
    """What leads where."""
    router = Router(name="jobs")
    router.message.register(jobs_asked, Command("jobs"))
    router.callback_query.register(looked_again, JobPress.filter(F.name == ""))
    router.callback_query.register(run_asked, JobPress.filter())
    return router
