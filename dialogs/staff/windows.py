"""What the windows of staff share: the text comes ready from a getter, in the asker's language."""

import operator
from typing import Any

from aiogram import Bot
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.manager.message_manager import MessageManager
from aiogram_dialog.widgets.kbd import Cancel, ScrollingGroup, Select
from aiogram_dialog.widgets.kbd.select import OnItemClick
from aiogram_dialog.widgets.text import Format

from dialogs.chat import Chat, ack

MESSAGE = Format("{message}")
"""The message of a window: HTML, rendered and escaped by the getter."""

PER_PAGE = 10


class Answers(MessageManager):
    """Answers every press once: after its handler, or before slow work if the handler says so."""

    def __init__(self) -> None:
        super().__init__()
        self._answered: set[str] = set()

    async def before_slow_work(self, query: CallbackQuery) -> None:
        """Telegram shows that the press arrived, and does not call it too old in the end."""
        await self.say(query, None)

    async def say(self, query: CallbackQuery, words: str | None) -> None:
        """A word on the press itself, beside what the window shows."""
        await ack(query, words)
        self._answered.add(query.id)

    async def answer_callback(self, bot: Bot, callback_query: CallbackQuery) -> None:
        if callback_query.id in self._answered:
            self._answered.discard(callback_query.id)
        else:
            await super().answer_callback(bot, callback_query)


ANSWERS = Answers()
"""Of all the staff's dialogs."""


def chat_of(manager: DialogManager) -> Chat:
    """The conversation of the update at hand."""
    chat: Chat = manager.middleware_data["chat"]
    return chat


def close_button() -> Cancel:
    return Cancel(Format("{close}"), id="close")


def choice(name: str, on_click: OnItemClick[Any, str]) -> ScrollingGroup:
    """One button per item, in pages; items are (title, value) pairs under `name` in the getter's data."""
    items = Select(
        Format("{item[0]}"),
        id=name,
        item_id_getter=operator.itemgetter(1),
        items=name,
        on_click=on_click,
    )
    return ScrollingGroup(items, id=f"{name}_pages", width=1, height=PER_PAGE, hide_on_single_page=True)
