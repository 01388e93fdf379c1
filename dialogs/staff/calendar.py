"""aiogram_dialog's calendar in the asker's language, with days to come only."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from aiogram.types import CallbackQuery, InlineKeyboardButton
from aiogram_dialog import DialogManager, DialogProtocol, ShowMode
from aiogram_dialog.api.internal import RawKeyboard
from aiogram_dialog.widgets.kbd import Calendar, CalendarScope
from aiogram_dialog.widgets.kbd.calendar_kbd import (
    CALLBACK_PREFIX_MONTH,
    CALLBACK_PREFIX_YEAR,
    CalendarDaysView,
    CalendarMonthView,
    CalendarScopeView,
    CalendarUserConfig,
    CalendarYearsView,
)
from aiogram_dialog.widgets.text import Text
from babel.dates import format_date

from dialogs.staff.windows import chat_of

NOWHERE = "none"
"""What the cells carry that are no days: Telegram takes no button without data."""

BLANK = "·"
SECONDS_DIGITS = 12
"""Days are counted in seconds since 1970: more digits than this are no date."""


class _Date(Text):
    """A date in a pattern of CLDR; with `today`, in brackets if it is today."""

    def __init__(self, pattern: str, *, today: bool = False) -> None:
        super().__init__()
        self._pattern = pattern
        self._today = today

    async def _render_text(self, data: Mapping[str, Any], manager: DialogManager) -> str:
        language = chat_of(manager).text.language
        shown = format_date(data["date"], self._pattern, locale=language)
        shown = shown[:1].upper() + shown[1:]
        # by the project's clock: the widget's own idea of today is the machine's
        return f"[{shown}]" if self._today and data["date"] == data["data"]["today"].date() else shown


class StartDays(Calendar):
    """Days that something can start on; `today` and `last_day` come from the window's getter."""

    def _init_views(self) -> dict[CalendarScope, CalendarScopeView]:
        return {
            CalendarScope.DAYS: CalendarDaysView(
                self._item_callback_data,
                date_text=_Date("d", today=True),
                today_text=_Date("d", today=True),
                weekday_text=_Date("cccccc"),
                header_text=_Date("LLLL y"),
                prev_month_text=_Date("← LLL"),
                next_month_text=_Date("LLL →"),
                zoom_out_text=_Date("LLLL"),
            ),
            CalendarScope.MONTHS: CalendarMonthView(
                self._item_callback_data,
                month_text=_Date("LLLL"),
                this_month_text=_Date("LLLL"),
                header_text=_Date("y"),
                prev_year_text=_Date("← y"),
                next_year_text=_Date("y →"),
                zoom_out_text=_Date("y"),
            ),
            CalendarScope.YEARS: CalendarYearsView(self._item_callback_data),
        }

    async def _process_item_callback(
        self, callback: CallbackQuery, data: str, dialog: DialogProtocol, manager: DialogManager
    ) -> bool:
        if data in self._handlers or data.startswith((CALLBACK_PREFIX_MONTH, CALLBACK_PREFIX_YEAR)):
            return await super()._process_item_callback(callback, data, dialog, manager)
        if data.isascii() and data.isdecimal() and len(data) < SECONDS_DIGITS:
            return await super()._process_item_callback(callback, data, dialog, manager)
        manager.show_mode = ShowMode.NO_UPDATE
        return True  # a cell that is no day, or a forged one

    async def _get_user_config(self, data: dict[str, Any], manager: DialogManager) -> CalendarUserConfig:
        today: dt.datetime = data["today"]
        return CalendarUserConfig(
            timezone=today.tzinfo,  # type: ignore[arg-type]  # narrower than what it is handed to
            min_date=today.date(),
            max_date=data["last_day"],
        )

    async def _render_keyboard(self, data: dict[str, Any], manager: DialogManager) -> RawKeyboard:
        if self.get_offset(manager) is None:
            self.set_offset(data["today"].date(), manager)
        rows = await super()._render_keyboard(data, manager)
        return [[self._filled(button) for button in row] for row in rows if _says_something(row)]

    def _filled(self, button: Any) -> InlineKeyboardButton:
        filled: InlineKeyboardButton = button
        if filled.callback_data:
            return filled
        text = filled.text.strip() or BLANK
        return InlineKeyboardButton(text=text, callback_data=self._item_callback_data(NOWHERE))


def _says_something(row: Sequence[Any]) -> bool:
    """False for a week that is past: it has neither days to press nor words."""
    return any(button.text.strip() for button in row)
