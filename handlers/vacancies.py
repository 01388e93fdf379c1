"""/vacancies: the list, the card, what to look for, what became of it."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Role
from bot.domain.vacancies.vacancy import VacancyKind
from bot.services.vacancies.student import HIDING_REASONS, Filters, Vacancies
from dialogs.chat import Chat, ack, pressed_message
from dialogs.events.expected import forget
from dialogs.presses import VacancyAct, VacancyPress
from dialogs.screen import Screen
from dialogs.vacancies import (
    PAY_STEPS,
    card_screen,
    filters_screen,
    hiding_screen,
    hired_screen,
    list_screen,
    town_code,
    towns_screen,
)

LONGEST_SEARCH = 100
IDS = range(2**63)  # what the database can hold
PAGES = range(10_000)


class LooksForWork(Filter):
    """Whoever publishes vacancies and has no profile asks for others with the same command."""

    async def __call__(self, event: Message, chat: Chat) -> bool:
        person, staff = chat.visitor.person, chat.visitor.staff
        publishes = staff is not None and staff.role is Role.SPECIALIST
        return not publishes or (person is not None and person.level is not None)


class Searching(Filter):
    """The person was asked for words to search by."""

    async def __call__(self, event: Message, chat: Chat, vacancies: Vacancies) -> bool:
        person = chat.visitor.person
        if person is None or person.level is None or chat.visitor.staff is not None or not event.text:
            return False
        return not event.text.startswith("/") and (await vacancies.filters(chat.unit, chat.visitor)).asking


async def vacancies_asked(message: Message, command: CommandObject, chat: Chat, vacancies: Vacancies) -> None:
    """The vacancies that fit; with words, those that the words find."""
    filters = Filters(text=_words(command.args or ""))
    await chat.send(await _list(chat, vacancies, filters, 0))


async def searched(message: Message, chat: Chat, vacancies: Vacancies) -> None:
    """Words to search by, typed after they were asked for."""
    filters = await vacancies.filters(chat.unit, chat.visitor)
    wanted = replace(filters, text=_words(message.text or ""), asking=False)
    await chat.send(await _list(chat, vacancies, wanted, 0))


async def listed(query: CallbackQuery, callback_data: VacancyPress, chat: Chat, vacancies: Vacancies) -> None:
    """A page of the list."""
    filters = replace(await vacancies.filters(chat.unit, chat.visitor), asking=False)
    await _show(query, chat, await _list(chat, vacancies, filters, callback_data.page))


async def opened(query: CallbackQuery, callback_data: VacancyPress, chat: Chat, vacancies: Vacancies) -> None:
    """The card of one vacancy."""
    await _show(query, chat, await _card(chat, vacancies, callback_data))


async def looked(query: CallbackQuery, callback_data: VacancyPress, chat: Chat, vacancies: Vacancies) -> None:
    """The card in a message of its own: a notification stays as it is."""
    await ack(query)
    await chat.send(await _card(chat, vacancies, callback_data))


async def marked(query: CallbackQuery, callback_data: VacancyPress, chat: Chat, vacancies: Vacancies) -> None:
    """Saved, taken off the saved ones, or applied for."""
    marks = {
        VacancyAct.SAVE: vacancies.save,
        VacancyAct.UNSAVE: vacancies.unsave,
        VacancyAct.APPLIED: vacancies.applied,
    }
    marks[callback_data.act](chat.unit, chat.visitor, callback_data.vacancy)
    await chat.unit.commit()  # the card is read anew
    await _show(query, chat, await _card(chat, vacancies, callback_data))


async def hiding(query: CallbackQuery, callback_data: VacancyPress, chat: Chat) -> None:
    """Not for me: why?"""
    await _show(query, chat, hiding_screen(chat.text, callback_data.vacancy, callback_data.page))


async def hidden(query: CallbackQuery, callback_data: VacancyPress, chat: Chat, vacancies: Vacancies) -> None:
    """Not shown again; on with the list."""
    vacancies.hide(chat.unit, chat.visitor, callback_data.vacancy, callback_data.value)
    await chat.unit.commit()
    filters = await vacancies.filters(chat.unit, chat.visitor)
    remark = "vacancy-hidden" if callback_data.value in HIDING_REASONS else None
    await _show(query, chat, await _list(chat, vacancies, filters, callback_data.page), remark)


async def hired_asked(query: CallbackQuery, callback_data: VacancyPress, chat: Chat) -> None:
    """Got the job: in the trade learned?"""
    await _show(query, chat, hired_screen(chat.text, callback_data.vacancy, callback_data.page))


async def hired(query: CallbackQuery, callback_data: VacancyPress, chat: Chat, vacancies: Vacancies) -> None:
    """The employment fact follows, and with it the level."""
    in_trade = callback_data.act is VacancyAct.HIRED_IN_TRADE
    await vacancies.hired(chat.unit, chat.visitor, callback_data.vacancy, in_trade=in_trade)
    await chat.unit.commit()
    await _show(query, chat, await _card(chat, vacancies, callback_data), "vacancy-hired")


async def filtering(query: CallbackQuery, chat: Chat, vacancies: Vacancies) -> None:
    """What to look for."""
    filters = await vacancies.filters(chat.unit, chat.visitor)
    await _show(query, chat, filters_screen(chat.text, filters))


async def filtered(
    query: CallbackQuery, callback_data: VacancyPress, chat: Chat, vacancies: Vacancies
) -> None:
    """One thing to look for, on or off."""
    filters = await vacancies.filters(chat.unit, chat.visitor)
    name, _, code = callback_data.value.partition("=")
    if name == "town":
        towns = ["", *await vacancies.every_town(chat.unit, chat.visitor)]
        town = next((town for town in towns if town_code(town) == code), filters.town)
        filters = replace(filters, town=town)
    else:
        filters = _switched(filters, callback_data.value)
    vacancies.keep_filters(chat.unit, chat.visitor, filters)
    await _show(query, chat, filters_screen(chat.text, filters))


async def choosing_town(query: CallbackQuery, chat: Chat, vacancies: Vacancies) -> None:
    """Where to look."""
    filters = await vacancies.filters(chat.unit, chat.visitor)
    towns = await vacancies.towns(chat.unit, chat.visitor, filters)
    await _show(query, chat, towns_screen(chat.text, towns, filters.town))


async def reset(query: CallbackQuery, chat: Chat, vacancies: Vacancies) -> None:
    """Everything that fits, again."""
    await _show(query, chat, await _list(chat, vacancies, Filters(), 0))


async def search_asked(query: CallbackQuery, chat: Chat, vacancies: Vacancies) -> None:
    """The next typed words are a search."""
    filters = await vacancies.filters(chat.unit, chat.visitor)
    vacancies.keep_filters(chat.unit, chat.visitor, replace(filters, asking=True))
    await forget(chat)
    await ack(query)
    await chat.say(chat.text.html("vacancy-search"))


async def _list(chat: Chat, vacancies: Vacancies, filters: Filters, page: int) -> Screen:
    vacancies.keep_filters(chat.unit, chat.visitor, filters)
    return list_screen(chat.text, await vacancies.listing(chat.unit, chat.visitor, filters, page))


async def _card(chat: Chat, vacancies: Vacancies, press: VacancyPress) -> Screen:
    card = await vacancies.card(chat.unit, chat.visitor, press.vacancy)
    if card is None:
        return await _list(chat, vacancies, await vacancies.filters(chat.unit, chat.visitor), press.page)
    return card_screen(chat.text, card, press.page)


async def _show(query: CallbackQuery, chat: Chat, screen: Screen, remark: str | None = None) -> None:
    await ack(query, chat.text.plain(remark) if remark else None)
    await chat.show(pressed_message(query), screen)


def _words(typed: str) -> str:
    """A search of bearable length, of whole words: half a word finds nothing."""
    words = " ".join(typed.split())
    if len(words) <= LONGEST_SEARCH:
        return words
    return words[: LONGEST_SEARCH + 1].rpartition(" ")[0] or words[:LONGEST_SEARCH]


def _switched(filters: Filters, choice: str) -> Filters:
    """A filter switched on, or off if it was on; what is not a filter changes nothing."""
    name, _, value = choice.partition("=")
    if name == "kind" and value in set(VacancyKind):
        kind = VacancyKind(value)
        return replace(filters, kind=None if filters.kind is kind else kind)
    if name == "pay" and value in map(str, PAY_STEPS):
        return replace(filters, pay_from=None if filters.pay_from == int(value) else int(value))
    if name == "no_experience":
        return replace(filters, no_experience=not filters.no_experience)
    if name == "quota":
        return replace(filters, quota=not filters.quota)
    if name == "saved":
        return replace(filters, saved=not filters.saved)
    return filters


def _press(*acts: VacancyAct) -> CallbackQueryFilter:
    """Presses of these kinds that could be ours: with an id and a page that there can be."""
    ours = F.act.in_(set(acts)) & F.vacancy.in_(IDS) & F.page.in_(PAGES)
    return VacancyPress.filter(ours)


def make_router() -> Router:
    """What leads where."""
    router = Router(name="vacancies")
    router.message.register(vacancies_asked, Command("vacancies"), LooksForWork())
    router.message.register(searched, Searching())
    act = VacancyAct
    router.callback_query.register(listed, _press(act.LIST))
    router.callback_query.register(opened, _press(act.OPEN))
    router.callback_query.register(looked, _press(act.LOOK))
    router.callback_query.register(marked, _press(act.SAVE, act.UNSAVE, act.APPLIED))
    router.callback_query.register(hiding, _press(act.HIDE))
    router.callback_query.register(hidden, _press(act.HIDDEN))
    router.callback_query.register(hired_asked, _press(act.HIRED))
    router.callback_query.register(hired, _press(act.HIRED_IN_TRADE, act.HIRED_ELSEWHERE))
    router.callback_query.register(filtering, _press(act.FILTERS))
    router.callback_query.register(filtered, _press(act.FILTER))
    router.callback_query.register(choosing_town, _press(act.TOWNS))
    router.callback_query.register(reset, _press(act.RESET))
    router.callback_query.register(search_asked, _press(act.SEARCH))
    return router
