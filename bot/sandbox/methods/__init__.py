"""The methods of the Bot API that the sandbox speaks."""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox.methods import account, editing, sending
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

Method = Callable[[World, Parameters], object]


def _camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


_FUNCTIONS: tuple[Method, ...] = (
    sending.send_message,
    sending.send_photo,
    sending.send_document,
    sending.send_media_group,
    sending.send_chat_action,
    editing.edit_message_text,
    editing.edit_message_caption,
    editing.edit_message_media,
    editing.edit_message_reply_markup,
    editing.delete_message,
    editing.delete_messages,
    account.get_me,
    account.answer_callback_query,
    account.get_file,
    account.set_my_commands,
    account.get_my_commands,
    account.delete_my_commands,
    account.set_my_description,
    account.get_my_description,
    account.set_my_short_description,
    account.get_my_short_description,
    account.set_my_name,
    account.get_my_name,
    account.set_chat_menu_button,
    account.get_chat_menu_button,
    account.set_webhook,
    account.delete_webhook,
    account.get_webhook_info,
)

# Telegram takes method names in any case.
METHODS: dict[str, Method] = {_camel_case(function.__name__).lower(): function for function in _FUNCTIONS}
