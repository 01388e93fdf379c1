"""When a campaign starts: now, soon, on a day from the calendar, or as typed; then off it goes."""

import datetime as dt
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group, Select, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.domain.campaign_times import EVENING, LATEST, MORNING, TimeProblem, at, checked, read_start
from bot.domain.clock import now
from bot.services.campaigns.desk import CampaignDesk
from bot.services.campaigns.drafts import Campaigns, Draft
from dialogs.campaigns import progress_screen
from dialogs.staff.calendar import StartDays
from dialogs.staff.states import CampaignStates
from dialogs.staff.windows import ANSWERS, MESSAGE, chat_of

HOURS = (9, 10, 12, 14, 16, 18)
"""To choose from on a day; any other can be typed."""


def start_windows() -> tuple[Window, ...]:
    """The windows of the dialog that follow the preview."""
    return _when_window(), _day_window(), _hour_window(), _confirm_window()


def campaign_of(manager: DialogManager) -> int:
    """The id of the draft that the dialog is about."""
    start_data = manager.start_data if isinstance(manager.start_data, dict) else {}
    return int(start_data.get("campaign", 0))


async def draft_of(manager: DialogManager) -> Draft:
    """The draft as it stands. Raises NoDraftError."""
    chat = chat_of(manager)
    return await _campaigns(manager).draft(chat.unit, chat.visitor, campaign_of(manager))


def _campaigns(manager: DialogManager) -> Campaigns:
    campaigns: Campaigns = manager.middleware_data["campaigns"]
    return campaigns


def _when_window() -> Window:
    return Window(
        MESSAGE,
        MessageInput(_start_written),
        Button(Format("{now}"), id="now", on_click=_now),
        Button(Format("{today}"), id="today", on_click=_today, when="before_evening"),
        Button(Format("{tomorrow}"), id="tomorrow", on_click=_tomorrow),
        SwitchTo(Format("{day}"), id="on_to_day", state=CampaignStates.day),
        SwitchTo(Format("{back}"), id="back_to_preview", state=CampaignStates.preview),
        state=CampaignStates.when,
        getter=_when_data,
    )


async def _when_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    dialog_manager.dialog_data.pop("day", None)
    return {
        "message": text.html("campaign-when"),
        "now": text.plain("button-campaign-now"),
        "today": text.plain("button-campaign-today", time=f"{EVENING:%H:%M}"),
        "tomorrow": text.plain("button-campaign-tomorrow", time=f"{MORNING:%H:%M}"),
        "before_evening": _here(dialog_manager).time() < EVENING,
        "day": text.plain("button-campaign-day"),
        "back": text.plain("button-back"),
    }


async def _now(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["starts_at"] = None
    await manager.switch_to(CampaignStates.confirm)


async def _today(query: CallbackQuery, _: Button, manager: DialogManager) -> None:
    await _chosen(query, manager, _here(manager).date(), EVENING)


async def _tomorrow(query: CallbackQuery, _: Button, manager: DialogManager) -> None:
    await _chosen(query, manager, _here(manager).date() + dt.timedelta(days=1), MORNING)


async def _start_written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    text = chat_of(manager).text
    day = manager.dialog_data.get("day")
    start = read_start(
        message.text or "", now(), _campaigns(manager).zone, dt.date.fromisoformat(day) if day else None
    )
    if isinstance(start, TimeProblem):
        await message.reply(text.html(f"campaign-time-{start}"), allow_sending_without_reply=True)
        manager.show_mode = ShowMode.NO_UPDATE
        return
    manager.dialog_data["starts_at"] = start.isoformat()
    await manager.switch_to(CampaignStates.confirm)


def _day_window() -> Window:
    return Window(
        MESSAGE,
        StartDays(id="days", on_click=_day_chosen),  # type: ignore[arg-type]  # called as the calendar calls it
        SwitchTo(Format("{back}"), id="back_to_when", state=CampaignStates.when),
        state=CampaignStates.day,
        getter=_day_data,
    )


async def _day_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    here = _here(dialog_manager)
    return {
        "message": text.html("campaign-day"),
        "today": here,
        "last_day": (here + LATEST).date(),
        "back": text.plain("button-back"),
    }


async def _day_chosen(_: CallbackQuery, __: Any, manager: DialogManager, day: dt.date) -> None:
    here = _here(manager)
    if here.date() <= day <= (here + LATEST).date():
        manager.dialog_data["day"] = day.isoformat()
        await manager.switch_to(CampaignStates.hour)


def _hour_window() -> Window:
    hours = Select(
        Format("{item[0]}"),
        id="hours",
        item_id_getter=lambda item: item[1],
        items="hours",
        on_click=_hour_chosen,
    )
    return Window(
        MESSAGE,
        MessageInput(_start_written),
        Group(hours, width=3),
        SwitchTo(Format("{back}"), id="back_to_day", state=CampaignStates.day),
        state=CampaignStates.hour,
        getter=_hour_data,
    )


async def _hour_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    day = _day(dialog_manager)
    zone = _campaigns(dialog_manager).zone
    left = [hour for hour in HOURS if at(day, dt.time(hour), zone) > now()]
    return {
        "message": text.html("campaign-hour", day=text.date(day)),
        "hours": [[f"{hour}:00", str(hour)] for hour in left],
        "back": text.plain("button-back"),
    }


async def _hour_chosen(query: CallbackQuery, _: Any, manager: DialogManager, hour: str) -> None:
    if hour in map(str, HOURS):
        await _chosen(query, manager, _day(manager), dt.time(int(hour)))


async def _chosen(query: CallbackQuery, manager: DialogManager, day: dt.date, time: dt.time) -> None:
    start = checked(at(day, time, _campaigns(manager).zone), now())
    if isinstance(start, TimeProblem):  # the window was open for long
        await ANSWERS.say(query, chat_of(manager).text.plain(f"campaign-time-{start}"))
        return
    manager.dialog_data["starts_at"] = start.isoformat()
    await manager.switch_to(CampaignStates.confirm)


def _confirm_window() -> Window:
    return Window(
        MESSAGE,
        Button(Format("{send}"), id="send", on_click=_confirmed, when="reach"),
        SwitchTo(Format("{back}"), id="back_to_start", state=CampaignStates.when),
        state=CampaignStates.confirm,
        getter=_confirm_data,
    )


async def _confirm_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    draft = await draft_of(dialog_manager)
    start = _starts_at(dialog_manager)
    when = text.moment(start) if start else text.plain("campaign-now")
    lines = [text.html("campaign-reach", count=draft.reach), text.html("campaign-confirm", when=when)]
    if draft.organisation is not None:
        lines.append(text.html("campaign-quiet"))
    return {
        "message": "\n\n".join(lines),
        "reach": draft.reach,
        "send": text.plain("button-campaign-schedule" if start else "button-campaign-send"),
        "back": text.plain("button-back"),
    }


async def _confirmed(query: CallbackQuery, _: Button, manager: DialogManager) -> None:
    chat = chat_of(manager)
    campaign_id = campaign_of(manager)
    start = checked(moment, now()) if (moment := _starts_at(manager)) else now()
    if isinstance(start, TimeProblem):
        await ANSWERS.say(query, chat.text.plain(f"campaign-time-{start}"))
        await manager.switch_to(CampaignStates.when)
        return
    if not await _campaigns(manager).send(chat.unit, chat.visitor, campaign_id, start):
        await ANSWERS.say(query, chat.text.plain("campaign-nobody"))
        return
    await manager.done()
    desk: CampaignDesk = manager.middleware_data["campaign_desk"]
    progress = await desk.look(chat.unit, chat.visitor, campaign_id)
    message_id = await chat.send(progress_screen(chat.text, progress))
    desk.shown_in(chat.unit, chat.visitor, campaign_id, message_id)


def _here(manager: DialogManager) -> dt.datetime:
    """Now, by the clock of the centre."""
    return now().astimezone(_campaigns(manager).zone)


def _day(manager: DialogManager) -> dt.date:
    return dt.date.fromisoformat(str(manager.dialog_data["day"]))


def _starts_at(manager: DialogManager) -> dt.datetime | None:
    """The start that was chosen; None for at once."""
    chosen = manager.dialog_data.get("starts_at")
    return dt.datetime.fromisoformat(chosen) if chosen else None
