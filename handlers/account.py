"""/help, /language, /cancel, /delete_me: what everybody can do at any time."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.services.erasure import Erasure
from bot.services.profiling import NoProfileError, Profiling
from bot.services.vacancies.student import Vacancies
from bot.services.visitors import Visitors
from dialogs.chat import Chat, ack, pressed_message
from dialogs.events.expected import forget
from dialogs.menu import erase_screen, help_text, language_screen
from dialogs.presses import ErasePress, LanguagePress
from dialogs.screen import screen
from handlers.command_menu import set_staff_commands
from locales.text import Texts


async def helped(message: Message, chat: Chat) -> None:
    await chat.say(help_text(chat.text, chat.visitor))


async def language_asked(message: Message, chat: Chat) -> None:
    await chat.send(language_screen(chat.text))


async def language_chosen(
    query: CallbackQuery, callback_data: LanguagePress, chat: Chat, visitors: Visitors, texts: Texts
) -> None:
    """From now on in this language. Whoever has no profile chooses on the first screen."""
    text = texts.of(callback_data.language)
    visitors.choose_language(chat.unit, chat.visitor, text.language)
    await ack(query)
    known = chat.visitor.person is not None or chat.visitor.staff is not None
    key = "language-set" if known else "language-not-kept"
    await chat.show(pressed_message(query), screen(text.html(key), []))
    if chat.visitor.staff is not None:
        await set_staff_commands(chat.bot, chat.visitor.telegram_id, chat.visitor.staff.role, text)


async def cancelled(message: Message, chat: Chat, profiling: Profiling, vacancies: Vacancies) -> None:
    """Nothing is lost by stopping; where to go on is said."""
    person = chat.visitor.person
    if person is None or chat.visitor.profiling is None:
        await chat.say(chat.text.html("cancelled"))
        return
    await profiling.stop_changing(chat.unit, chat.visitor)
    if person.level is None:
        await chat.say(chat.text.html("cancelled-profiling"))
        return
    await vacancies.stop_asking(chat.unit, chat.visitor)
    await forget(chat)
    await chat.say(chat.text.html("cancelled"))


async def erasure_asked(message: Message, chat: Chat) -> None:
    """Asks first: erased is erased."""
    if chat.visitor.person is None:
        raise NoProfileError
    await chat.send(erase_screen(chat.text))


async def erasure_decided(
    query: CallbackQuery, callback_data: ErasePress, chat: Chat, erasure: Erasure
) -> None:
    """Erases and says what; or leaves everything as it is."""
    if callback_data.sure and chat.visitor.person is None:
        words: str = chat.text.html("erase-nothing")
    elif callback_data.sure:
        words = chat.text.render("erased.j2", erased=await erasure.erase(chat.unit, chat.visitor))
    else:
        words = chat.text.html("erase-kept")
    await ack(query)
    await chat.show(pressed_message(query), screen(words, []))


def is_served(message: Message, chat: Chat) -> bool:
    """Not staff: theirs is the command of the same name that closes dialogs."""
    return chat.visitor.staff is None and not chat.visitor.administrator


def make_router() -> Router:
    """What leads where."""
    router = Router(name="account")
    router.message.register(helped, Command("help"))
    router.message.register(language_asked, Command("language"))
    router.callback_query.register(language_chosen, LanguagePress.filter())
    router.message.register(cancelled, Command("cancel"), is_served)
    router.message.register(erasure_asked, Command("delete_me"))
    router.callback_query.register(erasure_decided, ErasePress.filter())
    return router
