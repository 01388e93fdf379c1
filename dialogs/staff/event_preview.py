"""The event as a student will see it; then it is announced, saved, changed, or thrown away."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, StartMode, Window
from aiogram_dialog.widgets.kbd import Button, Group, Select, SwitchTo
from aiogram_dialog.widgets.text import Format
from markupsafe import Markup

from bot.domain.clock import now
from bot.domain.events.refusals import Refusal
from bot.domain.quiet import zone_named
from bot.services.colleges import Colleges
from bot.services.events.draft import Part
from bot.services.events.planning import EventPlanning
from dialogs.events.card import Look, card_screen
from dialogs.events.words import until
from dialogs.screen import fit
from dialogs.staff.event_audience import audience_lines
from dialogs.staff.event_plan import accepted, code_of, desk_of, draft_of, go_to, parts_for
from dialogs.staff.event_when import with_refusal
from dialogs.staff.states import EventDeskStates, EventNewStates
from dialogs.staff.windows import ANSWERS, MESSAGE, chat_of, close_button


def preview_windows() -> tuple[Window, ...]:
    """The windows of the dialog from the preview on."""
    parts = Select(
        Format("{item[0]}"),
        id="parts",
        item_id_getter=lambda item: item[1],
        items="parts",
        on_click=_part_chosen,
    )
    return (
        Window(
            MESSAGE,
            Button(Format("{publish}"), id="publish", on_click=_publish, when="draft"),
            Button(Format("{save}"), id="save", on_click=_save, when="announced"),
            SwitchTo(Format("{change}"), id="change", state=EventNewStates.change),
            Button(Format("{leave}"), id="leave", on_click=_leave),
            Button(Format("{drop}"), id="drop", on_click=_drop, when="draft"),
            state=EventNewStates.preview,
            getter=_preview_data,
        ),
        Window(
            MESSAGE,
            Group(parts, width=2),
            SwitchTo(Format("{back}"), id="back_from_change", state=EventNewStates.preview),
            state=EventNewStates.change,
            getter=_change_data,
        ),
        Window(
            MESSAGE,
            Button(Format("{open}"), id="open", on_click=_open),
            close_button(),
            state=EventNewStates.done,
            getter=_done_data,
        ),
    )


async def _preview_data(
    dialog_manager: DialogManager, event_planning: EventPlanning, colleges: Colleges, **_: Any
) -> dict[str, Any]:
    chat, plan = chat_of(dialog_manager), draft_of(dialog_manager).plan()
    text = chat.text
    preview = await event_planning.preview(chat.unit, chat.visitor, code_of(dialog_manager), plan)
    event = preview.card.event
    look = Look(at=now(), clock=zone_named(event.zone))
    names = await event_planning.colleges(chat.unit, chat.visitor) if plan.quotas else {}
    message = text.render(
        "event_preview.j2",
        card=Markup(card_screen(text, preview.card, look).text),  # noqa: S704 - escaped there
        lines=await audience_lines(chat, event_planning, colleges, plan.audience),
        quotas=[(names.get(college, ""), seats) for college, seats in plan.quotas.items()],
        plan=plan,
        deadline=until(text, plan.deadline_at, event, now()) if plan.deadline_at < plan.starts_at else "",
        reach=preview.reach,
    )
    announced = bool(dialog_manager.dialog_data.get("announced"))
    return {
        "message": fit(with_refusal(dialog_manager, message)),
        "draft": not announced,
        "announced": announced,
        "publish": text.plain("button-publish"),
        "save": text.plain("button-event-desk-save"),
        "change": text.plain("button-vacancy-change"),
        "leave": text.plain("button-event-desk-unchanged" if announced else "button-event-desk-draft"),
        "drop": text.plain("button-event-desk-discard"),
    }


async def _publish(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    chat = chat_of(manager)
    manager.dialog_data.pop("refused", None)
    done = await desk_of(manager).publish(chat.unit, chat.visitor, code_of(manager))
    if done.refusal is Refusal.PUBLISHED or await accepted(manager, done):
        manager.dialog_data["told"] = None
        await manager.switch_to(EventNewStates.done)


async def _save(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """People who have signed up are told of another time or place, once for all that was changed."""
    chat, plan = chat_of(manager), draft_of(manager).plan()
    manager.dialog_data.pop("refused", None)
    done = await desk_of(manager).change(chat.unit, chat.visitor, code_of(manager), plan)
    if await accepted(manager, done):
        manager.dialog_data["told"] = done.told
        await manager.switch_to(EventNewStates.done)


async def _leave(query: CallbackQuery, _: Button, manager: DialogManager) -> None:
    announced = manager.dialog_data.get("announced")
    if not announced:
        await ANSWERS.say(query, chat_of(manager).text.plain("event-new-draft-kept"))
    await _to_card(manager)


async def _drop(query: CallbackQuery, _: Button, manager: DialogManager) -> None:
    chat = chat_of(manager)
    await desk_of(manager).discard(chat.unit, chat.visitor, code_of(manager))
    await ANSWERS.say(query, chat.text.plain("event-desk-discarded"))
    await manager.done()


async def _open(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _to_card(manager)


async def _to_card(manager: DialogManager) -> None:
    await manager.start(EventDeskStates.card, {"event": code_of(manager)}, StartMode.RESET_STACK)


async def _done_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    told = dialog_manager.dialog_data.get("told")
    saved = text.html("event-new-saved", count=told) if told is not None else text.html("event-new-published")
    return {
        "message": saved,
        "open": text.plain("button-event-desk-open"),
        "close": text.plain("button-close"),
    }


async def _change_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    parts = parts_for(dialog_manager, draft_of(dialog_manager))
    return {
        "message": text.html("vacancy-change"),
        "parts": [[text.plain(f"event-part-{part.value}"), part.value] for part in parts],
        "back": text.plain("button-back"),
    }


async def _part_chosen(_: CallbackQuery, __: Any, manager: DialogManager, part: str) -> None:
    if part in set(Part):
        manager.dialog_data["changing"] = True
        manager.dialog_data.pop("refused", None)
        await go_to(manager, Part(part))
