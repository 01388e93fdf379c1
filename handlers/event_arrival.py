"""Coming to an event: by a link to its card, by the code at the door, and a sentence about it afterwards."""

import re
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart, Filter
from aiogram.types import CallbackQuery, Message

from bot.domain.clock import now
from bot.domain.events.refusals import Refusal
from bot.services.consents import Consents
from bot.services.events.cards import Answer
from bot.services.events.check_in import EventCheckIn
from bot.services.events.student import Events
from bot.services.mailings import Mailings
from bot.services.profiling import Profiling
from bot.services.vacancies.student import Vacancies
from dialogs.chat import Chat, ack
from dialogs.events.card import Look, card_screen, refused_screen, thanks_screen, waiting_screen
from dialogs.events.expected import Expected, What, expect, expected, forget
from dialogs.events.lists import MINE
from dialogs.presses import EventPress
from dialogs.profiling.consent import welcome_screen

CARD, CHECK_IN = "e_", "c_"
"""How the parameters of links begin."""

_CODE = re.compile(r"[a-z0-9]{1,12}")
_SIX_DIGITS = re.compile(r"\s*(\d\s*[- ]?\s*){6}")
_AGAIN = (Refusal.WRONG_CODE, Refusal.CODE_EXPIRED, Refusal.OTHER_EVENT, Refusal.NOT_YET)
"""After these another code may be typed."""


class ComesToEvents(Filter):
    """Not staff: their first screen is another."""

    async def __call__(self, event: Message, chat: Chat) -> bool:
        visitor = chat.visitor
        return visitor.person is not None or (visitor.staff is None and not visitor.administrator)


class Typing(Filter):
    """The code at the door, asked for or not, or a sentence about an event that was asked for."""

    async def __call__(self, event: Message, chat: Chat) -> bool | dict[str, Any]:
        person = chat.visitor.person
        if person is None or person.level is None or chat.visitor.staff is not None or not event.text:
            return False
        if event.text.startswith("/"):
            return False
        wanted = await expected(chat)
        if _SIX_DIGITS.fullmatch(event.text):
            of = wanted.event if wanted and wanted.what is What.CODE else ""
            return {"wanted": Expected(What.CODE, of)}
        if wanted is None or (wanted.what is What.CODE and not any(map(str.isdigit, event.text))):
            return False
        return {"wanted": wanted}


async def linked(
    message: Message,
    command: CommandObject,
    chat: Chat,
    events: Events,
    mailings: Mailings,
    consents: Consents,
) -> None:
    """A link to a card. To whoever is new here the event waits under a button."""
    code = _code(command.args or "", CARD)
    if await _greeted(chat, consents, code):
        return
    card = await events.card(chat.unit, chat.visitor, code)
    if card is None:
        await chat.send(refused_screen(chat.text, Refusal.GONE))
        return
    await chat.send(card_screen(chat.text, card, Look(now(), await _clock(chat, mailings))))


async def scanned(
    message: Message,
    command: CommandObject,
    chat: Chat,
    event_check_in: EventCheckIn,
    mailings: Mailings,
    consents: Consents,
) -> None:
    """The QR code at the door."""
    token = (command.args or "").removeprefix(CHECK_IN)
    if await _greeted(chat, consents, _code(token.partition("-")[0], "")):
        return
    answer = await event_check_in.check_in(chat.unit, chat.visitor, token)
    await forget(chat)
    await _came(chat, mailings, answer)


async def asked_for_code(
    query: CallbackQuery, callback_data: EventPress, chat: Chat, profiling: Profiling, vacancies: Vacancies
) -> None:
    """I am here: the next digits are the code at the door."""
    await profiling.stop_changing(chat.unit, chat.visitor)
    await vacancies.stop_asking(chat.unit, chat.visitor)
    await expect(chat, What.CODE, callback_data.event)
    await ack(query)
    await chat.say(chat.text.html("event-code-asked"))


async def typed(
    message: Message,
    wanted: Expected,
    chat: Chat,
    events: Events,
    event_check_in: EventCheckIn,
    mailings: Mailings,
) -> None:
    """What was asked for."""
    words = message.text or ""
    if wanted.what is What.COMMENT:
        await forget(chat)
        answer = await events.comment(chat.unit, chat.visitor, wanted.event, words)
        refused = answer.refusal
        await chat.send(
            refused_screen(chat.text, refused) if refused else thanks_screen(chat.text, "event-commented")
        )
        return
    if not _SIX_DIGITS.fullmatch(words):
        await chat.say(chat.text.html("event-code-digits"))
        return
    answer = await event_check_in.check_in(chat.unit, chat.visitor, words, wanted.event)
    if answer.refusal not in _AGAIN:
        await forget(chat)
    await _came(chat, mailings, answer)


async def _came(chat: Chat, mailings: Mailings, answer: Answer) -> None:
    """At the door: let in, or why not."""
    refusal, card = answer.refusal, answer.card
    if card is None or refusal in _AGAIN:
        await chat.send(refused_screen(chat.text, refusal or Refusal.GONE))
        return
    remark = chat.text.plain(f"event-refused-{refusal}" if refusal else "event-came")
    look = Look(now(), await _clock(chat, mailings), MINE, remark=remark)
    await chat.send(card_screen(chat.text, card, look))


async def _greeted(chat: Chat, consents: Consents, code: str) -> bool:
    """Whoever is new here gets acquainted first; the event stays in the chat, since nothing is stored yet."""
    await forget(chat)
    person = chat.visitor.person
    if person is not None and person.level is not None:
        return False
    await chat.send(waiting_screen(chat.text, code, half_way=person is not None))
    if person is None:
        await chat.send(welcome_screen(chat.text, "", None, consents.version))
    return True


async def _clock(chat: Chat, mailings: Mailings) -> ZoneInfo:
    return ZoneInfo((await mailings.hours(chat.unit, chat.visitor)).zone)


def _code(parameter: str, prefix: str) -> str:
    """An event's code out of a link; nothing for what can be none."""
    code = parameter.removeprefix(prefix).lower()
    return code if _CODE.fullmatch(code) else ""


def make_router() -> Router:
    """What leads where."""
    router = Router(name="event_arrival")
    come = ComesToEvents()
    router.message.register(linked, CommandStart(deep_link=True, magic=F.args.startswith(CARD)), come)
    router.message.register(scanned, CommandStart(deep_link=True, magic=F.args.startswith(CHECK_IN)), come)
    router.message.register(typed, Typing())
    return router
