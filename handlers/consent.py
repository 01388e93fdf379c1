"""Consent: agree, read it in full, refuse, think again. Before it nothing is stored."""

from aiogram import F, Router
from aiogram.types import BufferedInputFile, CallbackQuery

from bot.services.colleges import Colleges
from bot.services.consents import Consents
from bot.services.profiling import Profiling
from dialogs.chat import Chat, ack, pressed_message
from dialogs.presses import ConsentAct, ConsentPress
from dialogs.profiling import profiling_screen
from dialogs.profiling.consent import refused_screen, welcome_screen
from locales.text import Texts


async def agreed(
    query: CallbackQuery,
    callback_data: ConsentPress,
    chat: Chat,
    texts: Texts,
    profiling: Profiling,
    consents: Consents,
) -> None:
    """Consent given: the questionnaire begins in the same message."""
    message_id = pressed_message(query)
    text = texts.of(callback_data.language)
    turn = await consents.agree(chat.unit, chat.visitor, text.language, callback_data.group, message_id)
    await ack(query)
    await chat.show(message_id, profiling_screen(text, turn, profiling))


async def read(
    query: CallbackQuery, callback_data: ConsentPress, chat: Chat, texts: Texts, consents: Consents
) -> None:
    """The consent in full, as a file."""
    text = texts.of(callback_data.language)
    await ack(query)
    content = text.render("consent_document.j2", version=consents.version)
    await chat.bot.send_document(
        chat.visitor.telegram_id,
        BufferedInputFile(content.encode("utf-8-sig"), text.plain("consent-file-name")),
        caption=text.html("consent-caption", version=consents.version),
    )


async def refused(query: CallbackQuery, callback_data: ConsentPress, chat: Chat, texts: Texts) -> None:
    """The refusal is respected: nothing is stored, and the way back stays open."""
    await ack(query)
    screen = refused_screen(texts.of(callback_data.language), callback_data.group)
    await chat.show(pressed_message(query), screen)


async def reconsidered(
    query: CallbackQuery,
    callback_data: ConsentPress,
    chat: Chat,
    texts: Texts,
    colleges: Colleges,
    consents: Consents,
) -> None:
    """The question again: after a refusal, or in the other language."""
    await ack(query)
    group = callback_data.group
    known = await colleges.deep_link(chat.unit, group) if group else {}
    name = known["group"].label if known else None
    text = texts.of(callback_data.language)
    await chat.show(pressed_message(query), welcome_screen(text, group, name, consents.version))


def make_router() -> Router:
    """What leads where."""
    router = Router(name="consent")
    router.callback_query.register(agreed, ConsentPress.filter(F.act == ConsentAct.AGREE))
    router.callback_query.register(read, ConsentPress.filter(F.act == ConsentAct.READ))
    router.callback_query.register(refused, ConsentPress.filter(F.act == ConsentAct.REFUSE))
    router.callback_query.register(reconsidered, ConsentPress.filter())
    return router
