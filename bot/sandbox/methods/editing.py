"""Methods that change or delete what was sent."""

from __future__ import annotations

from bot.sandbox.chat import Chat, Message, Payload
from bot.sandbox.errors import bad_request
from bot.sandbox.markup import Markup, inline_markup
from bot.sandbox.methods.media import media_content
from bot.sandbox.methods.texts import caption_content, text_content
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

DELETABLE_SECONDS = 48 * 3600

# What an edit replaces as a whole; the rest of a message (who, where, when) stays.
_CONTENT = frozenset(
    [
        "text",
        "entities",
        "link_preview_options",
        "caption",
        "caption_entities",
        "show_caption_above_media",
        "photo",
        "document",
        "reply_markup",
        "edit_date",
    ]
)
_MEDIA = frozenset({"photo", "document"})


def edit_message_text(world: World, parameters: Parameters) -> object:
    chat, message = _editable(world, parameters)
    content = text_content(parameters)
    if "text" not in message.payload:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, chat, message, content, inline_markup(parameters))


def edit_message_caption(world: World, parameters: Parameters) -> object:
    chat, message = _editable(world, parameters)
    content = caption_content(parameters)
    if _MEDIA.isdisjoint(message.payload):
        raise bad_request("there is no caption in the message to edit")
    media = {key: message.payload[key] for key in _MEDIA if key in message.payload}
    return _edit(world, chat, message, {**media, **content}, inline_markup(parameters))


def edit_message_media(world: World, parameters: Parameters) -> object:
    chat, message = _editable(world, parameters)
    content = media_content(world.files, parameters.mapping("media"), parameters)
    return _edit(world, chat, message, content, inline_markup(parameters))


def edit_message_reply_markup(world: World, parameters: Parameters) -> object:
    chat, message = _editable(world, parameters)
    kept = _CONTENT - {"reply_markup", "edit_date"}
    content = {key: value for key, value in message.payload.items() if key in kept}
    return _edit(world, chat, message, content, inline_markup(parameters))


def delete_message(world: World, parameters: Parameters) -> object:
    chat = world.chat(parameters)
    message = chat.messages.get(parameters.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if not _deletable(world, message):
        raise bad_request("message can't be deleted for everyone")
    chat.remove(message.id)
    return True


def delete_messages(world: World, parameters: Parameters) -> object:
    """Messages that cannot be found are skipped, says the Bot API."""
    chat = world.chat(parameters)
    numbers = parameters.sequence("message_ids") or []
    if not 0 < len(numbers) <= 100:
        raise bad_request("MESSAGE_IDS_INVALID")
    for number in numbers:
        message = chat.messages.get(number) if isinstance(number, int) else None
        if message and _deletable(world, message):
            chat.remove(message.id)
    return True


def _deletable(world: World, message: Message) -> bool:
    sent_at = message.payload["date"]
    return isinstance(sent_at, int) and world.now() - sent_at <= DELETABLE_SECONDS


def _editable(world: World, parameters: Parameters) -> tuple[Chat, Message]:
    if parameters.string("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = world.chat(parameters)
    message = chat.messages.get(parameters.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    # A reply keyboard belongs to the chat by now: Telegram edits no message that brought one.
    if not message.from_bot or (message.markup and not message.inline_markup):
        raise bad_request("message can't be edited")
    return chat, message


def _edit(world: World, chat: Chat, message: Message, content: Payload, markup: Markup | None) -> Payload:
    if markup:
        content = {**content, "reply_markup": markup}
    before = {key: value for key, value in message.payload.items() if key in _CONTENT - {"edit_date"}}
    if content == before:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    kept = {key: value for key, value in message.payload.items() if key not in _CONTENT}
    chat.replace(message, {**kept, "edit_date": int(world.now()), **content}, markup)
    return message.payload
