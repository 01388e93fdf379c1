"""An event as staff see it: how it stands, how many come, and the way for students to it."""

from typing import Any

from aiogram.utils.deep_linking import create_deep_link
from aiogram_dialog import DialogManager

from bot.domain.clock import now
from bot.domain.events.lifecycle import RegistrationState
from bot.services.events.desk import DeskCard, EventDesk
from bot.services.events.planning import EventPlanning
from dialogs.chat import Chat
from dialogs.events.words import until, when
from dialogs.screen import fit
from dialogs.staff.event_when import with_refusal
from dialogs.staff.event_words import taken
from dialogs.staff.windows import chat_of

EVENT = "e_"
"""How the parameter of a link to an event begins."""

CARD_BUTTONS = (
    "publish",
    "people",
    "door",
    "summary",
    "change",
    "move",
    "copy",
    "repeat",
    "hold",
    "cancel",
    "discard",
)


def code_of(manager: DialogManager) -> str:
    """The code of the event that the dialog is about."""
    return str(manager.dialog_data.get("event", ""))


async def card_of(manager: DialogManager) -> DeskCard:
    """The event as it stands. Raises AccessDenied."""
    chat = chat_of(manager)
    desk: EventDesk = manager.middleware_data["event_desk"]
    return await desk.card(chat.unit, chat.visitor, code_of(manager))


async def link_to(chat: Chat, parameter: str) -> str:
    """A link that opens the bot with this parameter."""
    return create_deep_link((await chat.bot.me()).username or "", "start", parameter)


async def card_data(manager: DialogManager, card: DeskCard) -> dict[str, Any]:
    """The words of the card's window."""
    chat, event = chat_of(manager), card.event
    text, at = chat.text, now()
    planning: EventPlanning = manager.middleware_data["event_planning"]
    names = await planning.colleges(chat.unit, chat.visitor) if card.quotas else {}
    message = text.render(
        "event_desk_card.j2",
        event=event,
        when=when(text, event, at.astimezone(event.local_start.tzinfo).date()),
        deadline=until(text, event.deadline_at, event, at)
        if at < event.deadline_at < event.starts_at
        else "",
        taken=taken(card),
        counts={state.value: card.counts.get(state, 0) for state in RegistrationState},
        quotas=[(names.get(college, ""), seats) for college, seats in card.quotas.items()],
        link=await link_to(chat, f"{EVENT}{event.code}"),
    )
    said = {name: text.plain(f"button-event-desk-{name}") for name in CARD_BUTTONS}
    return {
        **said,
        "message": fit(with_refusal(manager, message)),
        "back": text.plain("button-event-desk-list"),
    }
