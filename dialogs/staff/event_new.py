"""/event_new: from the last events or one question after another, a look at it, announced."""

import datetime as dt
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group, Select
from aiogram_dialog.widgets.text import Format

from bot.domain.access import AccessDenied
from bot.domain.campaign_times import TimeProblem, read_start
from bot.domain.clock import now
from bot.services.events.desk import DeskCard, EventDesk
from bot.services.events.draft import CHOICES, ONLY_CHOSEN, SKIPPABLE, Draft, DraftError, Part
from bot.services.events.planning import EventPlanning
from dialogs.chat import Chat
from dialogs.staff.event_audience import audience_windows
from dialogs.staff.event_plan import announced, desk_of, draft_of, go_back, go_on, go_to, keep, part_of
from dialogs.staff.event_preview import preview_windows
from dialogs.staff.event_when import WhenWindows, with_refusal, zone_of
from dialogs.staff.event_words import answer_title, shortened
from dialogs.staff.states import EventNewStates
from dialogs.staff.windows import MESSAGE, chat_of, choice, close_button

BACK = "<"


async def begin_event(manager: DialogManager, chat: Chat, desk: EventDesk, planning: EventPlanning) -> None:
    """Plan a new event: from one of the last, or from nothing. Raises AccessDenied."""
    zone = await desk.zone(chat.unit, chat.visitor)
    known = bool(await planning.templates(chat.unit, chat.visitor))
    state = EventNewStates.start if known else EventNewStates.question
    await manager.start(state, {"data": {"zone": zone}}, StartMode.RESET_STACK)


async def begin_from(manager: DialogManager, card: DeskCard, *, changing: bool) -> None:
    """Change an event, or plan another one like it."""
    plan = card.plan
    draft = Draft.of_plan(plan)
    data: dict[str, Any] = {"zone": plan.zone, "draft": draft.to_json()}
    if changing:
        data |= {"event": card.event.code, "announced": announced(card.event.state)}
        await manager.start(EventNewStates.preview, {"data": data}, StartMode.RESET_STACK)
        return
    data |= _another(draft)
    await manager.start(EventNewStates.day, {"data": data}, StartMode.RESET_STACK)


def event_new_dialog() -> Dialog:
    """The dialog of `/event_new`."""
    answers = Select(
        Format("{item[0]}"),
        id="answers",
        item_id_getter=lambda item: item[1],
        items="answers",
        on_click=_chosen,
    )
    when = WhenWindows(EventNewStates.day, EventNewStates.hour, _begins, _back_from_when)
    return Dialog(
        Window(
            MESSAGE,
            Button(Format("{new}"), id="new", on_click=_from_nothing),
            choice("templates", _template_chosen),
            close_button(),
            state=EventNewStates.start,
            getter=_start_data,
        ),
        Window(
            MESSAGE,
            Group(answers, width=2),
            MessageInput(_written),
            close_button(),
            state=EventNewStates.question,
            getter=_question_data,
        ),
        *when.windows(),
        *audience_windows(),
        *preview_windows(),
        on_start=_remember,
    )


async def _remember(start_data: Any, manager: DialogManager) -> None:
    manager.dialog_data.update(start_data["data"])


async def _start_data(
    dialog_manager: DialogManager, event_planning: EventPlanning, **_: Any
) -> dict[str, Any]:
    chat = chat_of(dialog_manager)
    templates = await event_planning.templates(chat.unit, chat.visitor)
    return {
        "message": with_refusal(dialog_manager, chat.text.html("event-new-start")),
        "new": chat.text.plain("button-event-desk-from-nothing"),
        "templates": [[shortened(event.title), event.code] for event in templates],
        "close": chat.text.plain("button-close"),
    }


async def _from_nothing(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.pop("refused", None)
    manager.dialog_data["draft"] = {}
    await go_to(manager, Part.KIND)


async def _template_chosen(_: CallbackQuery, __: Any, manager: DialogManager, code: str) -> None:
    """The same as then; only when is asked."""
    chat = chat_of(manager)
    card = await desk_of(manager).card(chat.unit, chat.visitor, code)
    draft = Draft.of_plan(card.plan)
    keep(manager, draft)
    manager.dialog_data.update(_another(draft), zone=card.event.zone)
    await go_to(manager, Part.WHEN)


def _another(draft: Draft) -> dict[str, Any]:
    """What the dialog has to know to plan another event like this one."""
    plain = {**draft.to_json(), "starts_at": None}
    return {"draft": plain, "part": Part.WHEN.value, "changing": True, "copied": True}


async def _begins(manager: DialogManager, start: dt.datetime) -> None:
    plain = {**draft_of(manager).to_json(), "starts_at": start.isoformat()}
    manager.dialog_data["draft"] = plain
    manager.dialog_data.pop("copied", None)
    await go_on(manager, Part.WHEN)


async def _back_from_when(manager: DialogManager) -> None:
    if manager.dialog_data.pop("copied", False):
        manager.dialog_data.pop("changing", None)
        await manager.switch_to(EventNewStates.start)
        return
    await go_back(manager, Part.WHEN)


async def _question_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text, part = chat_of(dialog_manager).text, part_of(dialog_manager)
    # the part stands in every button: a second tap must not answer the next question
    answers = [[answer_title(text, part, value), f"{part}={value}"] for value in CHOICES.get(part, ())]
    if part in SKIPPABLE:
        skipped = "button-event-desk-any-seats" if part is Part.SEATS else "button-skip"
        answers.append([text.plain(skipped), f"{part}="])
    if part is not Part.KIND or dialog_manager.dialog_data.get("changing"):
        answers.append([text.plain("button-back"), f"{part}{BACK}"])
    return {
        "message": with_refusal(dialog_manager, text.html(f"event-ask-{part.value}")),
        "answers": answers,
        "close": text.plain("button-event-desk-give-up"),
    }


async def _chosen(_: CallbackQuery, __: Any, manager: DialogManager, answer: str) -> None:
    part = part_of(manager)
    if answer == f"{part}{BACK}":
        await go_back(manager, part)
        return
    named, _equals, value = answer.partition("=")
    if named != part:
        return
    try:
        keep(manager, draft_of(manager).chosen(part, value, now()))
    except DraftError as error:
        _refuse(manager, error.part)
        return
    await go_on(manager, part)


async def _written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    text, part = chat_of(manager).text, part_of(manager)
    if message.text is None:
        manager.dialog_data["refused"] = text.html("refused-text-expected")
        return
    if part in ONLY_CHOSEN:
        manager.dialog_data["refused"] = text.html("refused-button-expected")
        return
    try:
        keep(manager, _with(manager, part, message.text))
    except DraftError as error:
        _refuse(manager, error.part)
        return
    await go_on(manager, part)


def _with(manager: DialogManager, part: Part, words: str) -> Draft:
    """The draft with typed words. Raises DraftError."""
    draft = draft_of(manager)
    if part is not Part.DEADLINE:
        return draft.written(part, words, now())
    read = read_start(words, now(), zone_of(manager))
    if isinstance(read, TimeProblem):
        raise DraftError(part)
    return draft.until(read)


def _refuse(manager: DialogManager, part: Part) -> None:
    if part in ONLY_CHOSEN:
        raise AccessDenied  # forged: no button says so
    manager.dialog_data["refused"] = chat_of(manager).text.html(f"event-new-refused-{part.value}")
