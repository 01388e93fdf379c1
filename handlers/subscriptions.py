"""/subscriptions: what is sent of its own accord, how often, and how it stops. Every press has a way back."""

import datetime as dt
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.clock import now
from bot.domain.subscriptions import Pause, Timing
from bot.services.mailings import Mailings
from bot.services.vacancies.student import Vacancies
from bot.services.vacancies.subscriptions import Refused, Subscriptions
from dialogs.chat import Chat, ack, pressed_message
from dialogs.mailings import consent_screen
from dialogs.notices.vacancies import news_screen
from dialogs.presses import SubscriptionAct, SubscriptionPress
from dialogs.screen import Screen
from dialogs.subscriptions import (
    card_screen,
    dropped_screen,
    list_screen,
    paused_screen,
    pauses_screen,
    rarer_screen,
    said_screen,
)
from dialogs.vacancies import filters_screen
from storage.subscriptions import Subscription

FARTHEST = 4_102_444_800
"""Seconds since 1970: the year 2100. A pause that lasts longer is forged."""


async def asked(message: Message, chat: Chat, subscriptions: Subscriptions, mailings: Mailings) -> None:
    """All subscriptions."""
    await chat.send(await all_screen(chat, subscriptions, mailings))


async def listed(query: CallbackQuery, chat: Chat, subscriptions: Subscriptions, mailings: Mailings) -> None:
    """The same, in the place of what was there."""
    await _show(query, chat, await all_screen(chat, subscriptions, mailings))


async def opened(
    query: CallbackQuery,
    callback_data: SubscriptionPress,
    chat: Chat,
    subscriptions: Subscriptions,
    mailings: Mailings,
) -> None:
    """One subscription."""
    found = await subscriptions.some(chat.unit, chat.visitor, callback_data.ids)
    await _show(query, chat, await _card(chat, mailings, found))


async def added(
    query: CallbackQuery, chat: Chat, subscriptions: Subscriptions, mailings: Mailings, vacancies: Vacancies
) -> None:
    """Subscribe to what the vacancies are filtered by; the list of them stays where it is."""
    await ack(query)
    await chat.send(await subscribe(chat, subscriptions, mailings, vacancies))


async def retimed(
    query: CallbackQuery,
    callback_data: SubscriptionPress,
    chat: Chat,
    subscriptions: Subscriptions,
    mailings: Mailings,
) -> None:
    """Another frequency, day or time."""
    timing = _timing(callback_data.value)
    if timing is None:
        await ack(query, chat.text.plain("press-unknown"))
        return
    changes = await subscriptions.retime(chat.unit, chat.visitor, callback_data.ids, timing)
    await _show(query, chat, await _card(chat, mailings, [one.after for one in changes if one.after]))


async def less(
    query: CallbackQuery, callback_data: SubscriptionPress, chat: Chat, subscriptions: Subscriptions
) -> None:
    """One step less often: said in a message of its own, the vacancies stay."""
    changes = await subscriptions.less(chat.unit, chat.visitor, callback_data.ids)
    await ack(query)
    await chat.send(rarer_screen(chat.text, changes) if changes else _unknown(chat))


async def pauses(query: CallbackQuery, callback_data: SubscriptionPress, chat: Chat) -> None:
    """For how long?"""
    await _show(query, chat, pauses_screen(chat.text, callback_data.ids))


async def paused(
    query: CallbackQuery,
    callback_data: SubscriptionPress,
    chat: Chat,
    subscriptions: Subscriptions,
    mailings: Mailings,
) -> None:
    """Nothing for a while: a week, unless another time was chosen."""
    chosen = next((pause for pause in Pause if pause[0] == callback_data.value), Pause.WEEK)
    changes = await subscriptions.pause(chat.unit, chat.visitor, callback_data.ids, chosen)
    clock = await _clock(chat, mailings)
    answer = paused_screen(chat.text, changes, clock) if changes else _unknown(chat)
    await _answer(query, callback_data, chat, answer)


async def resumed(
    query: CallbackQuery,
    callback_data: SubscriptionPress,
    chat: Chat,
    subscriptions: Subscriptions,
    mailings: Mailings,
) -> None:
    """The pause is over, or is the one that was before."""
    value = callback_data.value
    until = None
    if value.isdecimal() and int(value) < FARTHEST:
        until = dt.datetime.fromtimestamp(int(value), dt.UTC)
    changes = await subscriptions.pause_until(chat.unit, chat.visitor, callback_data.ids, until)
    if callback_data.ids:
        await _show(query, chat, await _card(chat, mailings, [one.after for one in changes if one.after]))
        return
    await chat.unit.commit()
    await _show(query, chat, await all_screen(chat, subscriptions, mailings))


async def dropped(
    query: CallbackQuery, callback_data: SubscriptionPress, chat: Chat, subscriptions: Subscriptions
) -> None:
    """No more of these."""
    changes = await subscriptions.drop(chat.unit, chat.visitor, callback_data.ids)
    answer = dropped_screen(chat.text, changes) if changes else _unknown(chat)
    await _answer(query, callback_data, chat, answer)


async def taken_back(
    query: CallbackQuery,
    callback_data: SubscriptionPress,
    chat: Chat,
    subscriptions: Subscriptions,
    mailings: Mailings,
) -> None:
    """Subscribed again, as it was."""
    key, _, code = callback_data.value.partition(".")
    timing = _timing(code)
    if timing is None or len(callback_data.ids) != 1:
        await ack(query, chat.text.plain("press-unknown"))
        return
    (former,) = callback_data.ids
    outcome = await subscriptions.take_back(chat.unit, chat.visitor, former, key, timing)
    await _show(query, chat, await _outcome(chat, mailings, outcome))


async def more(
    query: CallbackQuery, callback_data: SubscriptionPress, chat: Chat, subscriptions: Subscriptions
) -> None:
    """What else is new, in a message of its own."""
    found = await subscriptions.more(chat.unit, chat.visitor, callback_data.ids)
    await ack(query)
    await chat.send(
        news_screen(chat.text, found) if found else said_screen(chat.text, chat.text.html("news-nothing"))
    )


async def narrowed(
    query: CallbackQuery, callback_data: SubscriptionPress, chat: Chat, subscriptions: Subscriptions
) -> None:
    """What a subscription looks for, to be narrowed."""
    filters = await subscriptions.narrow(chat.unit, chat.visitor, callback_data.ids)
    await _show(query, chat, filters_screen(chat.text, filters) if filters else _unknown(chat))


async def subscribe(
    chat: Chat, subscriptions: Subscriptions, mailings: Mailings, vacancies: Vacancies
) -> Screen:
    """Subscribe to what the asker looks for now: the subscription, or why there is none."""
    filters = await vacancies.filters(chat.unit, chat.visitor)
    return await _outcome(chat, mailings, await subscriptions.subscribe(chat.unit, chat.visitor, filters))


async def all_screen(chat: Chat, subscriptions: Subscriptions, mailings: Mailings) -> Screen:
    """All of the asker's subscriptions."""
    own = await subscriptions.all(chat.unit, chat.visitor)
    agreed = await mailings.agreed(chat.unit, chat.visitor)
    return list_screen(chat.text, own, await _clock(chat, mailings), now(), agreed=agreed)


async def _outcome(chat: Chat, mailings: Mailings, outcome: Subscription | Refused) -> Screen:
    if isinstance(outcome, Subscription):
        return card_screen(chat.text, outcome, await _clock(chat, mailings), now(), new=True)
    if outcome is Refused.NO_CONSENT:
        return consent_screen(chat.text, mailings.version, subscribing=True)
    return said_screen(chat.text, chat.text.html(f"subscription-{outcome.value.replace('_', '-')}"))


async def _card(chat: Chat, mailings: Mailings, found: list[Subscription]) -> Screen:
    if len(found) != 1:
        return _unknown(chat)
    return card_screen(chat.text, found[0], await _clock(chat, mailings), now())


async def _clock(chat: Chat, mailings: Mailings) -> ZoneInfo:
    return ZoneInfo((await mailings.hours(chat.unit, chat.visitor)).zone)


def _unknown(chat: Chat) -> Screen:
    return said_screen(chat.text, chat.text.html("subscription-unknown"))


def _timing(code: str) -> Timing | None:
    try:
        return Timing.from_code(code)
    except ValueError:
        return None


async def _answer(query: CallbackQuery, press: SubscriptionPress, chat: Chat, answer: Screen) -> None:
    """In the place of an own screen; under a notification in a message of its own."""
    if press.value:
        await _show(query, chat, answer)
        return
    await ack(query)
    await chat.send(answer)


async def _show(query: CallbackQuery, chat: Chat, screen: Screen) -> None:
    await ack(query)
    await chat.show(pressed_message(query), screen)


def _press(act: SubscriptionAct) -> CallbackQueryFilter:
    return SubscriptionPress.filter(F.act == act)


def make_router() -> Router:
    """What leads where."""
    router = Router(name="subscriptions")
    router.message.register(asked, Command("subscriptions"))
    act = SubscriptionAct
    router.callback_query.register(listed, _press(act.LIST))
    router.callback_query.register(opened, _press(act.OPEN))
    router.callback_query.register(added, _press(act.ADD))
    router.callback_query.register(retimed, _press(act.RETIME))
    router.callback_query.register(less, _press(act.LESS))
    router.callback_query.register(pauses, _press(act.PAUSES))
    router.callback_query.register(paused, _press(act.PAUSE))
    router.callback_query.register(resumed, _press(act.RESUME))
    router.callback_query.register(dropped, _press(act.DROP))
    router.callback_query.register(taken_back, _press(act.TAKE_BACK))
    router.callback_query.register(more, _press(act.MORE))
    router.callback_query.register(narrowed, _press(act.NARROW))
    return router
