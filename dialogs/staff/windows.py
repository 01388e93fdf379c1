"""What the windows of staff share: the text comes ready from a getter, in the asker's language."""

import operator
from typing import Any

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Cancel, Column, Select
from aiogram_dialog.widgets.kbd.select import OnItemClick
from aiogram_dialog.widgets.text import Format

from dialogs.chat import Chat

MESSAGE = Format("{message}")
"""The message of a window: HTML, rendered and escaped by the getter."""


def chat_of(manager: DialogManager) -> Chat:
    """The conversation of the update at hand."""
    chat: Chat = manager.middleware_data["chat"]
    return chat


def close_button() -> Cancel:
    return Cancel(Format("{close}"), id="close")


def choice(name: str, on_click: OnItemClick[Any, str]) -> Column:
    """One button per item; items are (title, value) pairs under `name` in the getter's data."""
    return Column(
        Select(
            Format("{item[0]}"),
            id=name,
            item_id_getter=operator.itemgetter(1),
            items=name,
            on_click=on_click,
        )
    )
