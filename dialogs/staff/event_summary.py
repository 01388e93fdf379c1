"""What came of an event, in figures and in people's words."""

from typing import Any

from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.services.events.door import EventDoor
from dialogs.screen import fit
from dialogs.staff.event_shown import card_of
from dialogs.staff.states import EventDeskStates
from dialogs.staff.windows import MESSAGE, chat_of

COMMENTS_SHOWN = 10
LONGEST_COMMENT = 300


def summary_window() -> Window:
    """Sums, and sentences without names."""
    return Window(
        MESSAGE,
        SwitchTo(Format("{people}"), id="people_from_summary", state=EventDeskStates.people),
        SwitchTo(Format("{back}"), id="back_from_summary", state=EventDeskStates.card),
        state=EventDeskStates.summary,
        getter=_summary_data,
    )


async def _summary_data(dialog_manager: DialogManager, event_door: EventDoor, **_: Any) -> dict[str, Any]:
    chat, card = chat_of(dialog_manager), await card_of(dialog_manager)
    summary = await event_door.summary(chat.unit, chat.visitor, card.event.code)
    comments = [" ".join(comment.split())[:LONGEST_COMMENT] for comment in summary.comments[-COMMENTS_SHOWN:]]
    message = chat.text.render(
        "event_summary.j2",
        title=card.event.title,
        summary=summary,
        rating=f"{summary.rating:.1f}".replace(".", ",") if summary.rating is not None else "",
        regional=card.event.organisation_id is None,
        comments=comments,
        more=len(summary.comments) - len(comments),
    )
    return {
        "message": fit(message),
        "people": chat.text.plain("button-event-desk-people"),
        "back": chat.text.plain("button-event-desk-card"),
    }
