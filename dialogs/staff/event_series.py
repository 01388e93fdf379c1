"""The same event every week: drafts at the same time by the clock there, announced together."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Group, Select, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.services.events.desk import EventDesk
from dialogs.events.words import short
from dialogs.staff.event_shown import card_of, code_of
from dialogs.staff.states import EventDeskStates
from dialogs.staff.windows import ANSWERS, MESSAGE, chat_of

TIMES = (1, 2, 3, 4, 6, 8, 12, 16)
"""How many weeks to repeat for."""


def series_windows() -> tuple[Window, Window]:
    """For how many weeks, then what was made of it."""
    times = Select(
        Format("{item[0]}"),
        id="times",
        item_id_getter=lambda item: item[1],
        items="times",
        on_click=_repeated,
    )
    return (
        Window(
            MESSAGE,
            Group(times, width=4),
            SwitchTo(Format("{back}"), id="back_from_weeks", state=EventDeskStates.card),
            state=EventDeskStates.weeks,
            getter=_weeks_data,
        ),
        Window(
            MESSAGE,
            Button(Format("{publish}"), id="publish_all", on_click=_publish_all, when="any"),
            SwitchTo(Format("{back}"), id="back_from_series", state=EventDeskStates.listed),
            state=EventDeskStates.repeated,
            getter=_repeated_data,
        ),
    )


async def _weeks_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text, card = chat_of(dialog_manager).text, await card_of(dialog_manager)
    return {
        "message": text.html("event-desk-weeks", title=card.event.title, when=short(text, card.event)),
        "times": [[str(times), str(times)] for times in TIMES],
        "back": text.plain("button-back"),
    }


async def _repeated(_: CallbackQuery, __: Any, manager: DialogManager, times: str) -> None:
    if times not in map(str, TIMES):
        return
    chat = chat_of(manager)
    done = await _desk(manager).repeat_weekly(chat.unit, chat.visitor, code_of(manager), int(times))
    manager.dialog_data["series"] = [one.code for one in done if one.well]
    await manager.switch_to(EventDeskStates.repeated)


async def _repeated_data(dialog_manager: DialogManager, event_desk: EventDesk, **_: Any) -> dict[str, Any]:
    chat = chat_of(dialog_manager)
    codes = dialog_manager.dialog_data.get("series", [])
    events = [(await event_desk.card(chat.unit, chat.visitor, code)).event for code in codes]
    return {
        "message": chat.text.render("event_series.j2", days=[short(chat.text, event) for event in events]),
        "any": bool(events),
        "publish": chat.text.plain("button-event-desk-publish-all", count=len(events)),
        "back": chat.text.plain("button-event-desk-list"),
    }


async def _publish_all(query: CallbackQuery, _: Button, manager: DialogManager) -> None:
    chat, desk = chat_of(manager), _desk(manager)
    published = 0
    for code in manager.dialog_data.get("series", []):
        published += (await desk.publish(chat.unit, chat.visitor, code)).well
    await ANSWERS.say(query, chat.text.plain("event-desk-series-published", count=published))
    await manager.switch_to(EventDeskStates.listed)


def _desk(manager: DialogManager) -> EventDesk:
    desk: EventDesk = manager.middleware_data["event_desk"]
    return desk
