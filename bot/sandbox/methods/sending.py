"""Methods that send: messages, photos, documents, albums, chat actions."""

from __future__ import annotations

from bot.sandbox.chat import Chat, Kind, Payload
from bot.sandbox.errors import bad_request
from bot.sandbox.markup import reply_markup
from bot.sandbox.methods.media import album_content, document_content, photo_content
from bot.sandbox.methods.texts import text_content
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def send_message(world: World, parameters: Parameters) -> object:
    chat = world.writable_chat(parameters)
    return _send(world, chat, text_content(parameters), parameters)


def send_photo(world: World, parameters: Parameters) -> object:
    chat = world.writable_chat(parameters)
    return _send(world, chat, photo_content(world.files, parameters), parameters)


def send_document(world: World, parameters: Parameters) -> object:
    chat = world.writable_chat(parameters)
    return _send(world, chat, document_content(world.files, parameters), parameters)


def send_media_group(world: World, parameters: Parameters) -> object:
    chat = world.writable_chat(parameters)
    contents = album_content(world.files, parameters)
    options = _options(chat, parameters)
    world.flood.pass_message(chat.person.id)
    album = {"media_group_id": str(next(world.message_ids)), **options}
    return [world.post(chat, {**content, **album}, from_bot=True).payload for content in contents]


def send_chat_action(world: World, parameters: Parameters) -> object:
    chat = world.writable_chat(parameters)
    action = parameters.string("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.record(Kind.ACTION, by_bot=True, detail={"action": action})
    return True


def _send(world: World, chat: Chat, content: Payload, parameters: Parameters) -> Payload:
    markup = reply_markup(parameters)
    options = _options(chat, parameters)
    world.flood.pass_message(chat.person.id)
    return world.post(chat, {**content, **options}, markup, from_bot=True).payload


def _options(chat: Chat, parameters: Parameters) -> Payload:
    options: Payload = {}
    if parameters.flag("protect_content"):
        options["has_protected_content"] = True
    reply = parameters.mapping("reply_parameters")
    if reply:
        answered = chat.messages.get(Parameters(reply).integer("message_id"))
        if answered:
            inner = {key: value for key, value in answered.payload.items() if key != "reply_to_message"}
            options["reply_to_message"] = inner
        elif not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
    return options
