"""/events: what fits, a month, the card, a seat and what becomes of it."""

import asyncio
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command, Filter
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram.utils.deep_linking import create_deep_link

from bot.domain.clock import now
from bot.domain.events.lifecycle import RegistrationState
from bot.domain.events.refusals import Refusal
from bot.services.events.cards import Answer, Card
from bot.services.events.student import BEST_RATING, Events
from bot.services.mailings import Mailings
from bot.services.vacancies.student import Vacancies
from dialogs.chat import Chat, ack, pressed_message
from dialogs.events.calendar_file import calendar_file
from dialogs.events.card import Look, card_screen, refused_screen, thanks_screen
from dialogs.events.certificate import certificate
from dialogs.events.expected import What, expect
from dialogs.events.lists import MINE, day_of, day_screen, list_screen, mine_screen, month_of, month_screen
from dialogs.presses import BELOW, EventAct, EventPress
from dialogs.screen import Screen
from handlers import event_arrival

CODES = r"^[a-z0-9]{0,12}$"


class GoesToEvents(Filter):
    """Staff without a profile ask for the events that they hold with the same command."""

    async def __call__(self, event: Message, chat: Chat) -> bool:
        person = chat.visitor.person
        return chat.visitor.staff is None or (person is not None and person.level is not None)


async def events_asked(message: Message, chat: Chat, events: Events) -> None:
    """The events that fit."""
    listed = await events.listed(chat.unit, chat.visitor)
    await chat.send(list_screen(chat.text, listed, now()))


async def listed(query: CallbackQuery, callback_data: EventPress, chat: Chat, events: Events) -> None:
    """A page of them."""
    found = await events.listed(chat.unit, chat.visitor, callback_data.page)
    screen = list_screen(chat.text, found, now())
    if callback_data.value == BELOW:
        await ack(query)
        await chat.send(screen)
    else:
        await _show(query, chat, screen)


async def month_shown(
    query: CallbackQuery, callback_data: EventPress, chat: Chat, events: Events, mailings: Mailings
) -> None:
    """A month at a glance."""
    today = now().astimezone(await _clock(chat, mailings)).date()
    first = month_of(callback_data.value, today)
    counts = await events.month(chat.unit, chat.visitor, first.year, first.month)
    await _show(query, chat, month_screen(chat.text, first, counts, today))


async def day_shown(query: CallbackQuery, callback_data: EventPress, chat: Chat, events: Events) -> None:
    """The events of a day; of a day that there is not, all of them."""
    day = day_of(callback_data.value)
    found = await events.listed(chat.unit, chat.visitor, callback_data.page, day)
    at = now()
    screen = day_screen(chat.text, found, day, at) if day else list_screen(chat.text, found, at)
    await _show(query, chat, screen)


async def mine_shown(query: CallbackQuery, callback_data: EventPress, chat: Chat, events: Events) -> None:
    """What the person signed up for."""
    cards = await events.mine(chat.unit, chat.visitor)
    await _show(query, chat, mine_screen(chat.text, cards, callback_data.page, now()))


async def opened(
    query: CallbackQuery, callback_data: EventPress, chat: Chat, events: Events, mailings: Mailings
) -> None:
    """The card of one event; whoever is new here gets acquainted first."""
    person = chat.visitor.person
    if person is None or person.level is None:
        await ack(query, chat.text.plain("event-profile-first"))
        return
    card = await events.card(chat.unit, chat.visitor, callback_data.event)
    await _show(query, chat, await _screen(chat, mailings, card, callback_data))


async def acted(
    query: CallbackQuery, callback_data: EventPress, chat: Chat, events: Events, mailings: Mailings
) -> None:
    """A seat: taken, waited for, confirmed, given back. The card shows what became of it."""
    acts = {
        EventAct.SIGN_UP: events.sign_up,
        EventAct.WAIT: events.wait,
        EventAct.CONFIRM: events.confirm,
        EventAct.DECLINE: events.decline,
        EventAct.CANCEL: events.cancel,
    }
    answer = await acts[callback_data.act](chat.unit, chat.visitor, callback_data.event)
    screen = await _screen(chat, mailings, answer.card, callback_data)
    await _show(query, chat, screen, _outcome(chat, answer))


async def reminded(
    query: CallbackQuery, callback_data: EventPress, chat: Chat, events: Events, mailings: Mailings
) -> None:
    """A reminder more, or one less."""
    hours = _number(callback_data.value)
    answer = await events.toggle_reminder(chat.unit, chat.visitor, callback_data.event, hours)
    press = callback_data.model_copy(update={"value": MINE})
    await _show(query, chat, await _screen(chat, mailings, answer.card, press), _refusal(chat, answer))


async def rated(
    query: CallbackQuery,
    callback_data: EventPress,
    chat: Chat,
    events: Events,
    mailings: Mailings,
    vacancies: Vacancies,
) -> None:
    """Stars; the next typed sentence is about the event."""
    rating = _number(callback_data.value)
    answer = await events.rate(chat.unit, chat.visitor, callback_data.event, rating)
    well = answer.refusal is None and 1 <= rating <= BEST_RATING
    if well:
        await vacancies.stop_asking(chat.unit, chat.visitor)
        await expect(chat, What.COMMENT, callback_data.event)
    press = callback_data.model_copy(update={"value": MINE})
    remark = chat.text.plain("event-rated") if well else _refusal(chat, answer)
    await _show(query, chat, await _screen(chat, mailings, answer.card, press, asking=well), remark)


async def explained(query: CallbackQuery, callback_data: EventPress, chat: Chat, events: Events) -> None:
    """Why the person did not come: thanks for it."""
    answer = await events.why_absent(chat.unit, chat.visitor, callback_data.event, callback_data.value)
    if answer.refusal is not None:
        await ack(query, _refusal(chat, answer))
        return
    await _show(query, chat, thanks_screen(chat.text, "event-explained"))


async def calendar_asked(query: CallbackQuery, callback_data: EventPress, chat: Chat, events: Events) -> None:
    """The event as a file for a calendar, or the file that takes it out again."""
    card = await events.card(chat.unit, chat.visitor, callback_data.event)
    if card is None:
        await _show(query, chat, refused_screen(chat.text, Refusal.GONE))
        return
    await ack(query)
    username = (await chat.bot.me()).username or ""
    address = create_deep_link(username, "start", f"{event_arrival.CARD}{card.event.code}")
    gone = card.registration is not None and card.registration.state is RegistrationState.CANCELLED
    written = await asyncio.to_thread(
        calendar_file, chat.text, card.event, card.organisation, address, now(), withdrawn=gone
    )
    withdrawn = gone or card.refusal is Refusal.CANCELLED
    name = chat.text.plain("event-calendar-file", code=card.event.code)
    caption = "event-calendar-out" if withdrawn else "event-calendar-in"
    file = BufferedInputFile(written, name)
    await chat.bot.send_document(chat.visitor.telegram_id, file, caption=chat.text.html(caption))


async def certificate_asked(
    query: CallbackQuery, callback_data: EventPress, chat: Chat, events: Events
) -> None:
    """A certificate for whoever was there to the end: by name, or by the personal code."""
    card = await events.card(chat.unit, chat.visitor, callback_data.event)
    person, at = chat.visitor.person, now()
    if card is None or person is None:
        await _show(query, chat, refused_screen(chat.text, Refusal.GONE))
        return
    if card.registration is None or card.registration.state is not RegistrationState.ATTENDED:
        await ack(query, chat.text.plain(f"event-refused-{Refusal.NOT_THERE}"))
        return
    if at < card.event.ends_at:
        await ack(query, chat.text.plain("event-certificate-later"))
        return
    await ack(query)
    made = await asyncio.to_thread(certificate, chat.text, card, person.name or person.code, at)
    file = BufferedInputFile(made, chat.text.plain("event-certificate-file"))
    await chat.bot.send_document(chat.visitor.telegram_id, file)


async def _screen(
    chat: Chat, mailings: Mailings, card: Card | None, press: EventPress, *, asking: bool = False
) -> Screen:
    if card is None:
        return refused_screen(chat.text, Refusal.GONE)
    clock = await _clock(chat, mailings)
    return card_screen(chat.text, card, Look(now(), clock, press.value, press.page, asking=asking))


async def _clock(chat: Chat, mailings: Mailings) -> ZoneInfo:
    """The clock that the person lives by."""
    return ZoneInfo((await mailings.hours(chat.unit, chat.visitor)).zone)


def _outcome(chat: Chat, answer: Answer) -> str | None:
    """What became of a press, in a word."""
    if answer.refusal is not None or answer.card is None or answer.card.registration is None:
        return _refusal(chat, answer)
    return chat.text.plain(f"event-now-{answer.card.registration.state}")


def _refusal(chat: Chat, answer: Answer) -> str | None:
    return chat.text.plain(f"event-refused-{answer.refusal}") if answer.refusal else None


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) <= len("24") else 0


async def _show(query: CallbackQuery, chat: Chat, screen: Screen, remark: str | None = None) -> None:
    await ack(query, remark)
    await chat.show(pressed_message(query), screen)


def _press(*acts: EventAct) -> CallbackQueryFilter:
    """Presses of these kinds that could be ours: with a code that there can be."""
    ours = F.act.in_(set(acts)) & F.event.regexp(CODES)
    return EventPress.filter(ours)


def make_router() -> Router:
    """What leads where."""
    router = Router(name="events")
    router.message.register(events_asked, Command("events"), GoesToEvents())
    act = EventAct
    router.callback_query.register(listed, _press(act.LIST))
    router.callback_query.register(month_shown, _press(act.MONTH))
    router.callback_query.register(day_shown, _press(act.DAY))
    router.callback_query.register(mine_shown, _press(act.MINE))
    router.callback_query.register(opened, _press(act.OPEN))
    seats = (act.SIGN_UP, act.WAIT, act.CONFIRM, act.DECLINE, act.CANCEL)
    router.callback_query.register(acted, _press(*seats))
    router.callback_query.register(reminded, _press(act.REMIND))
    router.callback_query.register(rated, _press(act.RATE))
    router.callback_query.register(explained, _press(act.WHY))
    router.callback_query.register(calendar_asked, _press(act.CALENDAR))
    router.callback_query.register(certificate_asked, _press(act.CERTIFICATE))
    router.callback_query.register(event_arrival.asked_for_code, _press(act.CHECK_IN))
    router.include_router(event_arrival.make_router())
    return router
