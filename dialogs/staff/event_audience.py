"""Whom an event is for: lines of the audience with their values; a coordinator's seats per college."""

from dataclasses import replace
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group, Select, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.domain.access import AccessDenied
from bot.domain.campaigns import Dimension
from bot.domain.clock import now
from bot.domain.events.audience import Audience
from bot.services.colleges import Colleges
from bot.services.events.draft import DraftError, Part, seats_of
from bot.services.events.planning import LINES, EventPlanning
from dialogs.chat import Chat
from dialogs.staff.event_plan import draft_of, go_back, go_on, keep
from dialogs.staff.event_when import with_refusal
from dialogs.staff.event_words import shortened
from dialogs.staff.states import EventNewStates
from dialogs.staff.windows import MESSAGE, chat_of, choice
from locales.text import Text

SHOWN_VALUES = 4


def audience_windows() -> tuple[Window, ...]:
    """The windows of the dialog that narrow an event."""
    lines = Select(
        Format("{item[0]}"),
        id="lines",
        item_id_getter=lambda item: item[1],
        items="lines",
        on_click=_line_chosen,
    )
    return (
        Window(
            MESSAGE,
            Group(lines, width=2),
            Button(Format("{everybody}"), id="everybody", on_click=_everybody, when="narrowed"),
            Button(Format("{on}"), id="on", on_click=_on),
            Button(Format("{back}"), id="back_from_audience", on_click=_back),
            state=EventNewStates.audience,
            getter=_audience_data,
        ),
        Window(
            MESSAGE,
            choice("options", _toggled),
            SwitchTo(Format("{on}"), id="back_to_audience", state=EventNewStates.audience),
            state=EventNewStates.values,
            getter=_values_data,
        ),
        *_quota_windows(),
    )


def _quota_windows() -> tuple[Window, Window]:
    return (
        Window(
            MESSAGE,
            choice("colleges", _college_chosen),
            Button(Format("{on}"), id="on_from_quotas", on_click=_on_from_quotas),
            Button(Format("{back}"), id="back_from_quotas", on_click=_back_from_quotas),
            state=EventNewStates.colleges,
            getter=_colleges_data,
        ),
        Window(
            MESSAGE,
            MessageInput(_quota_written),
            Button(Format("{none}"), id="no_quota", on_click=_no_quota),
            SwitchTo(Format("{back}"), id="back_to_quotas", state=EventNewStates.colleges),
            state=EventNewStates.quota,
            getter=_quota_data,
        ),
    )


async def audience_lines(
    chat: Chat, planning: EventPlanning, colleges: Colleges, audience: Audience
) -> list[tuple[str, str, int]]:
    """For each line that narrows: what it is called, the first values, how many more there are."""
    told = []
    for line in LINES:
        chosen = [str(value) for value in getattr(audience, line)]
        if chosen:
            names = await planning.options(chat.unit, chat.visitor, line)
            titles = [_title(chat.text, colleges, line, value, names.get(value)) for value in chosen]
            name = chat.text.plain(f"campaign-dimension-{line}")
            told.append((name, ", ".join(titles[:SHOWN_VALUES]), max(len(titles) - SHOWN_VALUES, 0)))
    return told


def _title(text: Text, colleges: Colleges, line: Dimension, value: str, name: str | None) -> str:
    if line is Dimension.REQUEST:
        return text.plain(f"campaign-request-{value}")
    if line is Dimension.SPECIALTY:
        entry = colleges.specialties.get(value)
        return entry.title if entry else value
    return name or value


async def _audience_data(
    dialog_manager: DialogManager, event_planning: EventPlanning, colleges: Colleges, **_: Any
) -> dict[str, Any]:
    chat = chat_of(dialog_manager)
    audience = draft_of(dialog_manager).audience
    told = await audience_lines(chat, event_planning, colleges, audience)
    buttons = []
    for line in LINES:
        if await event_planning.options(chat.unit, chat.visitor, line):
            title = chat.text.plain(f"campaign-dimension-{line}")
            chosen = getattr(audience, line)
            shown = chat.text.plain("option-ticked", option=title) if chosen else title
            buttons.append([shown, line.value])
    return {
        "message": chat.text.render("event_audience.j2", lines=told),
        "lines": buttons,
        "narrowed": not audience.open,
        "everybody": chat.text.plain("button-event-desk-everybody"),
        "on": chat.text.plain("button-event-desk-for-all" if audience.open else "button-event-desk-chosen"),
        "back": chat.text.plain("button-back"),
    }


async def _line_chosen(_: CallbackQuery, __: Any, manager: DialogManager, line: str) -> None:
    if line in LINES:
        manager.dialog_data["line"] = line
        await manager.switch_to(EventNewStates.values)


async def _everybody(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    keep(manager, replace(draft_of(manager), audience=Audience()))


async def _on(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await go_on(manager, Part.AUDIENCE)


async def _back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await go_back(manager, Part.AUDIENCE)


async def _values_data(
    dialog_manager: DialogManager, event_planning: EventPlanning, colleges: Colleges, **_: Any
) -> dict[str, Any]:
    chat = chat_of(dialog_manager)
    line = Dimension(str(dialog_manager.dialog_data["line"]))
    chosen = {str(value) for value in getattr(draft_of(dialog_manager).audience, line)}
    options = []
    for value, name in (await event_planning.options(chat.unit, chat.visitor, line)).items():
        title = shortened(_title(chat.text, colleges, line, value, name))
        shown = chat.text.plain("option-ticked", option=title) if value in chosen else title
        options.append([shown, value])
    asked = chat.text.html("campaign-choose", dimension=chat.text.plain(f"campaign-dimension-{line}"))
    on = chat.text.plain("button-event-desk-chosen" if chosen else "button-back")
    return {"message": asked, "options": options, "on": on}


async def _toggled(_: CallbackQuery, __: Any, manager: DialogManager, value: str) -> None:
    chat, line = chat_of(manager), Dimension(str(manager.dialog_data["line"]))
    planning: EventPlanning = manager.middleware_data["event_planning"]
    if value not in await planning.options(chat.unit, chat.visitor, line):
        raise AccessDenied  # forged
    draft = draft_of(manager)
    held: tuple[Any, ...] = getattr(draft.audience, line)
    kept = int(value) if line in (Dimension.GROUP, Dimension.YEAR) else value
    changed = tuple(one for one in held if one != kept) if kept in held else (*held, kept)
    keep(manager, replace(draft, audience=replace(draft.audience, **{line.value: changed})))


async def _colleges_data(
    dialog_manager: DialogManager, event_planning: EventPlanning, **_: Any
) -> dict[str, Any]:
    chat, draft = chat_of(dialog_manager), draft_of(dialog_manager)
    known = await event_planning.colleges(chat.unit, chat.visitor)
    shown = []
    for college, name in known.items():
        seats = draft.quotas.get(college)
        title = chat.text.plain("event-quota-line", college=name, seats=seats) if seats is not None else name
        shown.append([shortened(title), str(college)])
    asked = chat.text.html("event-ask-quotas", count=sum(draft.quotas.values()))
    return {
        "message": with_refusal(dialog_manager, asked),
        "colleges": shown,
        "on": chat.text.plain("button-event-desk-chosen" if draft.quotas else "button-event-desk-common"),
        "back": chat.text.plain("button-back"),
    }


async def _college_chosen(_: CallbackQuery, __: Any, manager: DialogManager, college: str) -> None:
    if college.isdecimal() and len(college) < 19:
        manager.dialog_data["college"] = int(college)
        manager.dialog_data.pop("refused", None)
        await manager.switch_to(EventNewStates.quota)


async def _college(manager: DialogManager) -> tuple[int, str]:
    """The college that is asked about. Raises AccessDenied if there is none."""
    chat = chat_of(manager)
    planning: EventPlanning = manager.middleware_data["event_planning"]
    college = int(manager.dialog_data["college"])
    known = await planning.colleges(chat.unit, chat.visitor)
    if college not in known:
        raise AccessDenied
    return college, known[college]


async def _quota_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    _id, name = await _college(dialog_manager)
    return {
        "message": with_refusal(dialog_manager, text.html("event-ask-quota", college=name)),
        "none": text.plain("button-event-desk-no-quota"),
        "back": text.plain("button-back"),
    }


async def _quota_written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    college, _name = await _college(manager)
    draft = draft_of(manager)
    manager.dialog_data.pop("refused", None)
    try:
        quotas = {**draft.quotas, college: seats_of(message.text or "")}
        keep(manager, replace(draft, quotas=quotas).checked(Part.QUOTAS, now()))
    except DraftError as error:
        manager.dialog_data["refused"] = chat_of(manager).text.html(f"event-new-refused-{error.part.value}")
        return
    await manager.switch_to(EventNewStates.colleges)


async def _no_quota(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    college, _name = await _college(manager)
    draft = draft_of(manager)
    quotas = {one: seats for one, seats in draft.quotas.items() if one != college}
    keep(manager, replace(draft, quotas=quotas))
    manager.dialog_data.pop("refused", None)
    await manager.switch_to(EventNewStates.colleges)


async def _on_from_quotas(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await go_on(manager, Part.QUOTAS)


async def _back_from_quotas(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await go_back(manager, Part.QUOTAS)
