"""What a person does in the chat, turned into the updates that Telegram would send."""

from __future__ import annotations

from bot.sandbox.chat import Chat, Kind, Message, Payload, Standing
from bot.sandbox.entities import FormattedText, finished
from bot.sandbox.errors import bad_request
from bot.sandbox.images import image_size
from bot.sandbox.markup import inline_buttons, keyboard_texts
from bot.sandbox.parameters import Parameters, Upload
from bot.sandbox.world import CallbackQuery, World

# The smallest picture there is, for photos whose look does not matter.
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060f80f0001"
    "0401005fe5c34b0000000049454e44ae426082"
)


def say(world: World, chat: Chat, parameters: Parameters) -> Message:
    """A message of any kind that people send to a bot."""
    kind = parameters.string("kind", "text")
    content = _content(world, chat, kind, parameters)
    if chat.standing is not Standing.ACTIVE:
        set_standing(world, chat, Standing.ACTIVE)
    message = world.post(chat, content, from_bot=False)
    world.updates.put(chat.person.id, "message", message.payload)
    return message


def _content(world: World, chat: Chat, kind: str, parameters: Parameters) -> Payload:
    if kind == "text":
        return _text(parameters)
    if kind == "forward":
        origin = {"type": "hidden_user", "sender_user_name": parameters.string("from", "Кто-то")}
        return {**_text(parameters), "forward_origin": {**origin, "date": int(world.now())}}
    if kind == "contact":
        return {"contact": _contact(chat, parameters)}
    if kind == "location":
        place = {name: parameters.number(name) for name in ("latitude", "longitude")}
        return {"location": place}
    return _file_content(world, kind, parameters)


def _text(parameters: Parameters) -> Payload:
    formatted = finished(FormattedText(parameters.string("text"), []))
    if not formatted.text:
        raise bad_request("message text is empty")
    content: Payload = {"text": formatted.text}
    if formatted.entities:
        content["entities"] = formatted.entities
    return content


def _contact(chat: Chat, parameters: Parameters) -> Payload:
    person = chat.person
    contact: Payload = {
        "phone_number": parameters.string("phone_number", "+79990000000"),
        "first_name": parameters.string("first_name", person.first_name),
    }
    # A contact of somebody else carries no user id of the sender.
    return contact if parameters.flag("of_another") else {**contact, "user_id": person.id}


def _file_content(world: World, kind: str, parameters: Parameters) -> Payload:
    upload = parameters.uploads.get("file")
    caption = {"caption": parameters.string("caption")} if parameters.string("caption") else {}
    if kind == "photo":
        file = world.files.add(upload or Upload("photo.png", "image/png", _PIXEL), "photos")
        return {"photo": file.photo_sizes(), **caption}
    if kind == "document":
        if upload is None:
            raise bad_request("there is no file in the request")
        return {"document": world.files.add(upload).document(), **caption}
    if kind == "sticker":
        file = world.files.add(Upload("sticker.webp", "image/webp", _PIXEL), "stickers")
        return {"sticker": _sticker(file.reference(), parameters.string("emoji", "👍"))}
    if kind == "voice":
        file = world.files.add(upload or Upload("voice.oga", "audio/ogg", b"OggS"), "voice")
        seconds = parameters.integer("duration", 3)
        return {"voice": {**file.reference(), "duration": seconds, "mime_type": "audio/ogg"}}
    raise bad_request(f"people do not send '{kind}'")


def _sticker(reference: Payload, emoji: str) -> Payload:
    width, height = image_size(_PIXEL) or (1, 1)
    shape = {"type": "regular", "width": width, "height": height, "is_animated": False, "is_video": False}
    return {**reference, **shape, "emoji": emoji}


def tap(world: World, chat: Chat, text: str) -> Message:
    """A button of the reply keyboard: a client sends its text."""
    if not any(text in row for row in keyboard_texts(chat.reply_markup)):
        raise bad_request(f"there is no reply keyboard button '{text}'")
    return say(world, chat, Parameters({"text": text}))


def edit_own(world: World, chat: Chat, message_id: int, parameters: Parameters) -> Message:
    message = chat.messages.get(message_id)
    if message is None or message.from_bot:
        raise bad_request("message to edit not found")
    kept = {key: value for key, value in message.payload.items() if key != "entities"}
    chat.replace(message, {**kept, "edit_date": int(world.now()), **_text(parameters)}, None)
    world.updates.put(chat.person.id, "edited_message", message.payload)
    return message


def press(world: World, chat: Chat, parameters: Parameters) -> tuple[CallbackQuery, Message]:
    """A press of an inline button, found by its text or by its data.

    `forged` is what a modified client can do: send data that no button has.
    """
    message, data = _pressed(chat, parameters)
    query = CallbackQuery(
        f"{chat.person.id}{len(world.queries) + 1:09d}", chat.person.id, world.now.stopwatch()
    )
    world.queries[query.id] = query
    labels = {button.get("callback_data"): button["text"] for button in inline_buttons(message.inline_markup)}
    label = labels.get(data, f"forged: {data}")
    chat.record(Kind.PRESSED, by_bot=False, message_id=message.id, detail={"text": label})
    callback: Payload = {
        "id": query.id,
        "from": chat.person.as_user(),
        "message": message.payload,
        "chat_instance": str(-chat.person.id),
        "data": data,
    }
    world.updates.put(chat.person.id, "callback_query", callback)
    return query, message


def _pressed(chat: Chat, parameters: Parameters) -> tuple[Message, str]:
    text, data = parameters.string("text"), parameters.string("data")
    if text:
        found = chat.newest_with_button(text)
        if found is None:
            raise bad_request(f"there is no button '{text}'")
        return found
    number = parameters.integer("message_id") or _newest_of_bot(chat)
    message = chat.messages.get(number)
    if message is None or not message.from_bot:
        raise bad_request("there is no such message to press a button of")
    if parameters.flag("forged"):
        return message, data
    if all(button.get("callback_data") != data for button in inline_buttons(message.inline_markup)):
        raise bad_request(f"there is no button with data '{data}'")
    return message, data


def _newest_of_bot(chat: Chat) -> int:
    return next((message.id for message in reversed(chat.messages.values()) if message.from_bot), 0)


def set_standing(world: World, chat: Chat, standing: Standing) -> None:
    """Block, unblock, or lose the account; the bot hears of the first two."""
    before, chat.standing = chat.standing, standing
    chat.record(Kind.STANDING, by_bot=False, detail={"standing": standing.value})
    was_blocked, is_blocked = before is Standing.BLOCKED, standing is Standing.BLOCKED
    if was_blocked == is_blocked:
        return
    member: Payload = {
        "chat": chat.person.as_chat(),
        "from": chat.person.as_user(),
        "date": int(world.now()),
        "old_chat_member": _member(world, blocked=was_blocked),
        "new_chat_member": _member(world, blocked=is_blocked),
    }
    world.updates.put(chat.person.id, "my_chat_member", member)


def _member(world: World, *, blocked: bool) -> Payload:
    if blocked:
        return {"user": world.bot_user(), "status": "kicked", "until_date": 0}
    return {"user": world.bot_user(), "status": "member"}
