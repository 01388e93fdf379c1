"""/events of staff: what is planned, announced and past, and one event with all that is done about it."""

import datetime as dt
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, StartMode, Window
from aiogram_dialog.widgets.kbd import Button, Group, Select, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.domain.clock import now
from bot.domain.events.lifecycle import EventState
from bot.domain.events.refusals import Refusal
from bot.services.events.desk import DeskCard, DeskList, EventDesk
from bot.services.events.notices import CONCERNED
from bot.services.events.planning import EventPlanning
from bot.services.events.plans import Done
from dialogs.events.words import when
from dialogs.staff.event_door import door_window
from dialogs.staff.event_new import begin_event, begin_from
from dialogs.staff.event_people import people_window
from dialogs.staff.event_series import series_windows
from dialogs.staff.event_shown import card_data, card_of, code_of
from dialogs.staff.event_summary import summary_window
from dialogs.staff.event_when import WhenWindows
from dialogs.staff.event_words import line
from dialogs.staff.states import EventDeskStates
from dialogs.staff.windows import ANSWERS, MESSAGE, chat_of, choice, close_button
from locales.text import Text

CANCEL, HOLD, DISCARD = "cancel", "hold", "discard"


async def open_events(manager: DialogManager) -> None:
    """Open the list of the asker's events."""
    await manager.start(EventDeskStates.listed, {}, StartMode.RESET_STACK)


def event_desk_dialog() -> Dialog:
    """The dialog of `/events` for staff."""
    when_to = WhenWindows(EventDeskStates.day, EventDeskStates.hour, _another_time, _back_to_card)
    return Dialog(
        _list_window(),
        _card_window(),
        *when_to.windows(),
        Window(
            MESSAGE,
            Button(Format("{move}"), id="move_sure", on_click=_move),
            SwitchTo(Format("{back}"), id="back_to_days", state=EventDeskStates.day),
            state=EventDeskStates.moving,
            getter=_moving_data,
        ),
        Window(
            MESSAGE,
            Button(Format("{sure}"), id="sure", on_click=_sure),
            SwitchTo(Format("{back}"), id="back_from_sure", state=EventDeskStates.card),
            state=EventDeskStates.sure,
            getter=_sure_data,
        ),
        people_window(),
        door_window(),
        summary_window(),
        *series_windows(),
        on_start=_remember,
    )


async def _remember(start_data: Any, manager: DialogManager) -> None:
    manager.dialog_data.update(start_data or {})


def _list_window() -> Window:
    # the page's number stands in the button: a second tap shows the same page again
    pages = Select(
        Format("{item[0]}"),
        id="pages",
        item_id_getter=lambda item: item[1],
        items="pages",
        on_click=_page_chosen,
    )
    return Window(
        MESSAGE,
        choice("events", _chosen),
        Group(pages, width=2),
        Button(Format("{other}"), id="other", on_click=_other),
        Button(Format("{new}"), id="new", on_click=_new),
        close_button(),
        state=EventDeskStates.listed,
        getter=_list_data,
    )


async def _list_data(dialog_manager: DialogManager, event_desk: EventDesk, **_: Any) -> dict[str, Any]:
    chat, data = chat_of(dialog_manager), dialog_manager.dialog_data
    past = bool(data.get("past"))
    found = await event_desk.listed(chat.unit, chat.visitor, past=past, page=int(data.get("page", 0)))
    pages = []
    if found.page > 0:
        pages.append([chat.text.plain("button-previous"), str(found.page - 1)])
    if found.more:
        pages.append([chat.text.plain("button-next"), str(found.page + 1)])
    return {
        "message": _list_text(chat.text, found, past=past),
        "events": [[line(chat.text, card), card.event.code] for card in found.cards],
        "pages": pages,
        "other": chat.text.plain("button-event-desk-coming" if past else "button-event-desk-past"),
        "new": chat.text.plain("button-event-desk-new"),
        "close": chat.text.plain("button-close"),
    }


def _list_text(text: Text, found: DeskList, *, past: bool) -> str:
    if past:
        return text.html("event-desk-past" if found.cards else "event-desk-past-none")
    return text.html("event-desk-coming" if found.cards else "event-desk-coming-none")


async def _page_chosen(_: CallbackQuery, __: Any, manager: DialogManager, page: str) -> None:
    manager.dialog_data["page"] = int(page) if page.isdecimal() and len(page) < 6 else 0


async def _chosen(_: CallbackQuery, __: Any, manager: DialogManager, code: str) -> None:
    manager.dialog_data["event"] = code
    await manager.switch_to(EventDeskStates.card)


async def _other(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.update(past=not manager.dialog_data.get("past"), page=0)


async def _new(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    planning: EventPlanning = manager.middleware_data["event_planning"]
    desk: EventDesk = manager.middleware_data["event_desk"]
    await begin_event(manager, chat_of(manager), desk, planning)


def _card_window() -> Window:
    return Window(
        MESSAGE,
        Button(Format("{publish}"), id="publish", on_click=_publish, when="draft"),
        Group(
            SwitchTo(Format("{people}"), id="people", state=EventDeskStates.people, when="was_announced"),
            SwitchTo(Format("{door}"), id="door", state=EventDeskStates.door, when="published"),
            SwitchTo(Format("{summary}"), id="summary", state=EventDeskStates.summary, when="over"),
            Button(Format("{change}"), id="change", on_click=_change, when="changeable"),
            SwitchTo(Format("{move}"), id="move", state=EventDeskStates.day, when="published"),
            Button(Format("{copy}"), id="copy", on_click=_copy),
            SwitchTo(Format("{repeat}"), id="repeat", state=EventDeskStates.weeks),
            width=2,
        ),
        Button(Format("{hold}"), id="hold", on_click=_ask, when="begun"),
        Button(Format("{cancel}"), id="cancel", on_click=_ask, when="published"),
        Button(Format("{discard}"), id="discard", on_click=_ask, when="draft"),
        SwitchTo(Format("{back}"), id="back_to_list", state=EventDeskStates.listed),
        state=EventDeskStates.card,
        getter=_card_data,
    )


async def _card_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    card = await card_of(dialog_manager)
    event = card.event
    dialog_manager.dialog_data["zone"] = event.zone
    published = event.state is EventState.PUBLISHED
    shown = await card_data(dialog_manager, card)
    return {
        **shown,
        "draft": event.state is EventState.DRAFT,
        "published": published,
        "changeable": event.state in (EventState.DRAFT, EventState.PUBLISHED),
        "was_announced": event.state is not EventState.DRAFT,
        "begun": published and now() >= event.starts_at,
        "over": event.state is EventState.HELD or (published and now() >= event.starts_at),
    }


async def _publish(query: CallbackQuery, _: Button, manager: DialogManager) -> None:
    chat, desk = chat_of(manager), _desk(manager)
    await _say(query, manager, await desk.publish(chat.unit, chat.visitor, code_of(manager)))


async def _change(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await begin_from(manager, await card_of(manager), changing=True)


async def _copy(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await begin_from(manager, await card_of(manager), changing=False)


async def _ask(_: CallbackQuery, button: Button, manager: DialogManager) -> None:
    manager.dialog_data["step"] = button.widget_id
    await manager.switch_to(EventDeskStates.sure)


async def _sure_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text, card = chat_of(dialog_manager).text, await card_of(dialog_manager)
    step = str(dialog_manager.dialog_data["step"])
    return {
        "message": text.html(f"event-desk-sure-{step}", title=card.event.title, count=_concerned(card)),
        "sure": text.plain(f"button-event-desk-sure-{step}"),
        "back": text.plain("button-back"),
    }


async def _sure(query: CallbackQuery, _: Button, manager: DialogManager) -> None:
    chat, desk, code = chat_of(manager), _desk(manager), code_of(manager)
    steps = {CANCEL: desk.cancel, HOLD: desk.hold, DISCARD: desk.discard}
    step = str(manager.dialog_data["step"])
    done = await steps[step](chat.unit, chat.visitor, code)
    await _say(query, manager, done)
    gone = step == DISCARD and done.well
    await manager.switch_to(EventDeskStates.listed if gone else EventDeskStates.card)


async def _another_time(manager: DialogManager, start: dt.datetime) -> None:
    manager.dialog_data["starts_at"] = start.isoformat()
    await manager.switch_to(EventDeskStates.moving)


async def _back_to_card(manager: DialogManager) -> None:
    await manager.switch_to(EventDeskStates.card)


async def _moving_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text, card = chat_of(dialog_manager).text, await card_of(dialog_manager)
    start = dt.datetime.fromisoformat(str(dialog_manager.dialog_data["starts_at"]))
    local = start.astimezone(card.event.local_start.tzinfo)
    moment = f"{text.date(local.date())}, {local:%H:%M}"
    before = when(text, card.event, local.date())
    return {
        "message": text.html("event-desk-moving", before=before, when=moment, count=_concerned(card)),
        "move": text.plain("button-event-desk-move-sure"),
        "back": text.plain("button-back"),
    }


async def _move(query: CallbackQuery, _: Button, manager: DialogManager) -> None:
    chat, start = chat_of(manager), dt.datetime.fromisoformat(str(manager.dialog_data["starts_at"]))
    done = await _desk(manager).move(chat.unit, chat.visitor, code_of(manager), start)
    await _say(query, manager, done)
    await manager.switch_to(EventDeskStates.card)


async def _say(query: CallbackQuery, manager: DialogManager, done: Done) -> None:
    """What became of it, on the press itself; the card below says how it stands now."""
    text = chat_of(manager).text
    if done.problems:
        said = text.plain(f"event-problem-{done.problems[0]}")
    elif done.refusal and done.refusal is not Refusal.PUBLISHED:
        said = text.plain(f"event-desk-refused-{done.refusal}")
    else:
        said = text.plain("event-desk-told", count=done.told)
    await ANSWERS.say(query, said)


def _desk(manager: DialogManager) -> EventDesk:
    desk: EventDesk = manager.middleware_data["event_desk"]
    return desk


def _concerned(card: DeskCard) -> int:
    """Whom a change is told: who has a seat, or waits for one."""
    return sum(card.counts.get(state, 0) for state in CONCERNED)
