"""What the windows of staff share: the text comes ready from a getter, in the asker's language."""

import operator
from typing import Any

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Cancel, ScrollingGroup, Select
from aiogram_dialog.widgets.kbd.select import OnItemClick
from aiogram_dialog.widgets.text import Format

from dialogs.chat import Chat

MESSAGE = Format("{message}")
"""The message of a window: HTML, rendered and escaped by the getter."""

PER_PAGE = 10


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
