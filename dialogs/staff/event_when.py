"""When an event begins: a day from the calendar and an hour, or as typed, by the clock of the place."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group, Select, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.domain.campaign_times import LATEST, TimeProblem, at, checked, read_start
from bot.domain.clock import now
from bot.domain.quiet import zone_named
from dialogs.staff.calendar import StartDays
from dialogs.staff.windows import ANSWERS, MESSAGE, chat_of

HOURS = range(8, 20)
"""To choose from on a day; any other time can be typed."""

Chosen = Callable[[DialogManager, dt.datetime], Awaitable[None]]
Back = Callable[[DialogManager], Awaitable[None]]


class WhenWindows:
    """The two windows that ask for a beginning; what follows differs. `back` leaves the first of them.

    The dialog's data have the zone (an IANA name) under "zone".
    """

    def __init__(self, day: State, hour: State, chosen: Chosen, back: Back) -> None:
        self._day, self._hour = day, hour
        self._chosen, self._back = chosen, back

    def windows(self) -> tuple[Window, Window]:
        hours = Select(
            Format("{item[0]}"),
            id="hours",
            item_id_getter=lambda item: item[1],
            items="hours",
            on_click=self._hour_chosen,
        )
        return (
            Window(
                MESSAGE,
                MessageInput(self._written),
                StartDays(id="days", on_click=self._day_chosen),  # type: ignore[arg-type]  # called as the calendar calls it
                Button(Format("{back}"), id="back_from_day", on_click=self._left),
                state=self._day,
                getter=_day_data,
            ),
            Window(
                MESSAGE,
                MessageInput(self._written),
                Group(hours, width=4),
                SwitchTo(Format("{back}"), id="back_to_day", state=self._day, on_click=_forget),
                state=self._hour,
                getter=_hour_data,
            ),
        )

    async def _day_chosen(self, _: CallbackQuery, __: Any, manager: DialogManager, day: dt.date) -> None:
        here = _here(manager)
        if here.date() <= day <= (here + LATEST).date():
            manager.dialog_data["day"] = day.isoformat()
            manager.dialog_data.pop("refused", None)
            await manager.switch_to(self._hour)

    async def _hour_chosen(self, query: CallbackQuery, _: Any, manager: DialogManager, hour: str) -> None:
        if hour not in map(str, HOURS) or "day" not in manager.dialog_data:
            return
        start = checked(at(_day(manager), dt.time(int(hour)), zone_of(manager)), now())
        if isinstance(start, TimeProblem):  # the window was open for long
            await ANSWERS.say(query, chat_of(manager).text.plain(f"campaign-time-{start}"))
            return
        await self._take(manager, start)

    async def _written(self, message: Message, _: MessageInput, manager: DialogManager) -> None:
        day = manager.dialog_data.get("day")
        known = dt.date.fromisoformat(day) if day else None
        start = read_start(message.text or "", now(), zone_of(manager), known)
        if isinstance(start, TimeProblem):
            manager.dialog_data["refused"] = chat_of(manager).text.html(f"campaign-time-{start}")
            return
        await self._take(manager, start)

    async def _take(self, manager: DialogManager, start: dt.datetime) -> None:
        manager.dialog_data.pop("day", None)
        manager.dialog_data.pop("refused", None)
        await self._chosen(manager, start)

    async def _left(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        manager.dialog_data.pop("refused", None)
        await self._back(manager)


def zone_of(manager: DialogManager) -> ZoneInfo:
    """The clock by which times are typed and shown in this dialog."""
    return zone_named(str(manager.dialog_data["zone"]))


def with_refusal(manager: DialogManager, message: str) -> str:
    """What was wrong with the last words stands above the question, so that its buttons stay below."""
    refused = manager.dialog_data.get("refused")
    return f"{refused}\n\n{message}" if refused else message


async def _forget(_: CallbackQuery, __: Any, manager: DialogManager) -> None:
    manager.dialog_data.pop("refused", None)


async def _day_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text, here = chat_of(dialog_manager).text, _here(dialog_manager)
    dialog_manager.dialog_data.pop("day", None)
    return {
        "message": with_refusal(dialog_manager, text.html("event-ask-when")),
        "today": here,
        "last_day": (here + LATEST).date(),
        "back": text.plain("button-back"),
    }


async def _hour_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text, day = chat_of(dialog_manager).text, _day(dialog_manager)
    left = [hour for hour in HOURS if at(day, dt.time(hour), zone_of(dialog_manager)) > now()]
    asked = text.html("event-ask-hour", day=text.date(day))
    return {
        "message": with_refusal(dialog_manager, asked),
        "hours": [[f"{hour}:00", str(hour)] for hour in left],
        "back": text.plain("button-back"),
    }


def _here(manager: DialogManager) -> dt.datetime:
    return now().astimezone(zone_of(manager))


def _day(manager: DialogManager) -> dt.date:
    day = manager.dialog_data.get("day")
    return dt.date.fromisoformat(day) if day else _here(manager).date()
