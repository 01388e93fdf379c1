"""What a person sees at once: one message with its buttons."""

from collections.abc import Iterable
from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

Row = list[InlineKeyboardButton]

LONGEST_MESSAGE = 4000
"""Telegram takes 4096; the rest is for an ellipsis and for certainty."""


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


def fit(html: str) -> str:
    """A message that Telegram takes: lines beyond the limit are left out. A tag never spans lines here."""
    parts = in_parts(html)
    return parts[0] if len(parts) == 1 else f"{parts[0]}\n…"


def in_parts(html: str) -> list[str]:
    """A long text as several messages, divided between lines."""
    parts: list[str] = []
    room = 0
    for line in html.split("\n"):
        length = _length(line) + 1
        if parts and length <= room:
            parts[-1] += "\n" + line
        else:
            parts.append(line)
            room = LONGEST_MESSAGE
        room -= length
    return [part for part in parts if part.strip()] or [""]


def _length(text: str) -> int:
    """Telegram counts in UTF-16; tags do not count there, here they do: the safe side."""
    return len(text.encode("utf-16-le")) // 2
