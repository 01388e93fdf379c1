"""A chat as plain text, in the order of events: for golden files and for failures of tests."""

from __future__ import annotations

from collections.abc import Iterator

from bot.sandbox.chat import Change, Chat, Kind, Payload
from bot.sandbox.entities import to_html
from bot.sandbox.markup import keyboard_texts

_ATTACHMENTS = ("photo", "document", "sticker", "voice", "contact", "location")


def transcript(chat: Chat) -> str:
    """Lines of the bot begin with «‹», of the person with «›»; the bot's formatting is shown as HTML."""
    lines: list[str] = []
    for change in chat.changes:
        lines.extend(_lines(chat, change))
    return "\n".join(lines) + "\n"


def _lines(chat: Chat, change: Change) -> Iterator[str]:
    sign = "‹" if change.by_bot else "›"
    detail = change.detail
    if change.kind in {Kind.SENT, Kind.EDITED}:
        edited = "(edited) " if change.kind is Kind.EDITED else ""
        yield from _indented(f"{sign} {edited}", _body(detail))
        yield from _keyboards(chat, change)
    elif change.kind is Kind.PRESSED:
        yield f"› [{detail['text']}]"
    elif change.kind is Kind.ANSWERED and detail.get("text"):
        yield from _indented("‹ (alert) " if detail.get("show_alert") else "‹ (toast) ", str(detail["text"]))
    elif change.kind is Kind.DELETED:
        yield "‹ (deleted a message)"
    elif change.kind is Kind.STANDING and detail["standing"] != "active":
        yield f"› ({detail['standing']})"


def _indented(prefix: str, text: str) -> Iterator[str]:
    first, *others = text.split("\n")
    yield prefix + first
    yield from (f"  {line}".rstrip() for line in others)


def _body(payload: Payload) -> str:
    parts = [_attachment(name, payload[name]) for name in _ATTACHMENTS if name in payload]
    for text_name, entities_name in (("text", "entities"), ("caption", "caption_entities")):
        if text_name in payload:
            entities = payload.get(entities_name, [])
            parts.append(to_html(str(payload[text_name]), entities if isinstance(entities, list) else []))
    return "\n".join(parts)


def _attachment(name: str, content: object) -> str:
    file_name = content.get("file_name") if isinstance(content, dict) else None
    return f"({name} {file_name})" if file_name else f"({name})"


def _keyboards(chat: Chat, change: Change) -> Iterator[str]:
    inline = change.detail.get("reply_markup")
    if isinstance(inline, dict):
        for row in inline["inline_keyboard"]:
            yield "  " + " ".join(_button(button) for button in row)
    message = chat.messages.get(change.message_id or 0)
    if change.kind is Kind.SENT and message and not message.inline_markup:
        for texts in keyboard_texts(message.markup):
            yield "  " + " ".join(f"⌨[{text}]" for text in texts)


def _button(button: dict[str, object]) -> str:
    return f"[{button['text']} → {button['url']}]" if "url" in button else f"[{button['text']}]"
