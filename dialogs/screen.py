"""What a person sees at once: one message with its buttons."""

from collections.abc import Iterable
from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

Row = list[InlineKeyboardButton]


@dataclass(frozen=True, slots=True)
class Screen:
    """A message in HTML with its inline keyboard."""

    text: str
    keyboard: InlineKeyboardMarkup


def screen(text: str, rows: Iterable[Row]) -> Screen:
    """A screen from rows of buttons; empty rows are left out."""
    return Screen(text, InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row]))


def button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data)


def link(text: str, url: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, url=url)


def in_rows(buttons: list[InlineKeyboardButton], width: int) -> list[Row]:
    """Buttons in rows of that many."""
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]
