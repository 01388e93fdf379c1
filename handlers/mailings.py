"""The consent to be written to, and the hours in which it is welcome."""

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import BufferedInputFile, CallbackQuery

from bot.domain.clock import now
from bot.services.mailings import Mailings
from bot.services.vacancies.student import Vacancies
from bot.services.vacancies.subscriptions import Subscriptions
from dialogs.chat import Chat, ack, pressed_message
from dialogs.mailings import WEEKDAYS, ZONES, consent_screen, hours_screen, withdrawn_screen, zones_screen
from dialogs.presses import MailingAct, MailingPress
from dialogs.screen import Screen
from dialogs.subscriptions import said_screen
from handlers.subscriptions import all_screen, subscribe


async def consent_asked(query: CallbackQuery, chat: Chat, mailings: Mailings) -> None:
    """May the centre write of its own accord?"""
    await _show(query, chat, consent_screen(chat.text, mailings.version, subscribing=False))


async def agreed(
    query: CallbackQuery,
    callback_data: MailingPress,
    chat: Chat,
    mailings: Mailings,
    subscriptions: Subscriptions,
    vacancies: Vacancies,
) -> None:
    """Agreed; the subscription for which it was asked follows."""
    mailings.decide(chat.unit, chat.visitor, given=True)
    await chat.unit.commit()
    if callback_data.value:
        screen = await subscribe(chat, subscriptions, mailings, vacancies)
    else:
        screen = await all_screen(chat, subscriptions, mailings)
    await _show(query, chat, screen)


async def refused(query: CallbackQuery, chat: Chat) -> None:
    """Respected: vacancies are there to be looked at all the same."""
    await _show(query, chat, said_screen(chat.text, chat.text.html("mailings-refused")))


async def read(query: CallbackQuery, chat: Chat, mailings: Mailings) -> None:
    """The consent in full, as a file."""
    await ack(query)
    content = chat.text.render("mailings_consent_document.j2", version=mailings.version)
    await chat.bot.send_document(
        chat.visitor.telegram_id,
        BufferedInputFile(content.encode("utf-8-sig"), chat.text.plain("mailings-consent-file-name")),
        caption=chat.text.html("consent-caption", version=mailings.version),
    )


async def withdrawn(query: CallbackQuery, chat: Chat, mailings: Mailings) -> None:
    """Taken back: nothing is sent from here on."""
    mailings.decide(chat.unit, chat.visitor, given=False)
    await _show(query, chat, withdrawn_screen(chat.text))


async def hours_asked(query: CallbackQuery, chat: Chat, mailings: Mailings) -> None:
    """When not to write."""
    await _show(query, chat, hours_screen(chat.text, await mailings.hours(chat.unit, chat.visitor), now()))


async def zones_asked(query: CallbackQuery, chat: Chat, mailings: Mailings) -> None:
    """By which clock?"""
    await _show(query, chat, zones_screen(chat.text, await mailings.hours(chat.unit, chat.visitor), now()))


async def hours_set(
    query: CallbackQuery, callback_data: MailingPress, chat: Chat, mailings: Mailings
) -> None:
    """One thing switched; what there cannot be changes nothing."""
    hours = await mailings.hours(chat.unit, chat.visitor)
    name, _, value = callback_data.value.partition("=")
    chosen: dict[str, object] = {}
    if name in ("from", "to") and value.isdecimal():
        chosen[f"quiet_{name}"] = int(value)
    elif name == "day" and value in map(str, WEEKDAYS):
        chosen["days_off"] = hours.days_off ^ 1 << int(value)
    elif name == "holidays":
        chosen["holidays_off"] = not hours.holidays_off
    elif name == "zone" and value in ZONES:
        chosen["zone"] = ZONES[value]
    if not chosen or not await mailings.change(chat.unit, chat.visitor, **chosen):
        await ack(query, chat.text.plain("press-hours-impossible" if name == "day" else "press-unknown"))
        return
    await chat.unit.commit()
    await hours_asked(query, chat, mailings)


async def _show(query: CallbackQuery, chat: Chat, screen: Screen) -> None:
    await ack(query)
    await chat.show(pressed_message(query), screen)


def _press(act: MailingAct) -> CallbackQueryFilter:
    return MailingPress.filter(F.act == act)


def make_router() -> Router:
    """What leads where."""
    router = Router(name="mailings")
    act = MailingAct
    router.callback_query.register(consent_asked, _press(act.CONSENT))
    router.callback_query.register(agreed, _press(act.AGREE))
    router.callback_query.register(refused, _press(act.REFUSE))
    router.callback_query.register(read, _press(act.READ))
    router.callback_query.register(withdrawn, _press(act.WITHDRAW))
    router.callback_query.register(hours_asked, _press(act.HOURS))
    router.callback_query.register(zones_asked, _press(act.ZONES))
    router.callback_query.register(hours_set, _press(act.SET))
    return router
