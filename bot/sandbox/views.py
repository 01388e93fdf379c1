"""The chat as a scripted person sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.entities import to_html


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    file_id: str
    name: str
    mime_type: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class ChatMessage:
    id: int
    from_bot: bool
    text: str  # the text, or the caption
    html: str  # the same with its formatting, as HTML of the Bot API
    buttons: list[list[Button]] = field(default_factory=list)
    reply_keyboard: list[list[str]] = field(default_factory=list)
    document: Document | None = None
    photo: str | None = None  # file_id
    edited: bool = False
    revision: int = 0
    payload: Mapping[str, Any] = field(default_factory=dict, repr=False)  # as the bot has it

    @classmethod
    def of(cls, view: Mapping[str, Any]) -> ChatMessage:
        payload = view["payload"]
        text = payload.get("text", payload.get("caption", ""))
        photo, document = payload.get("photo"), payload.get("document")
        return cls(
            id=view["id"],
            from_bot=view["from_bot"],
            text=text,
            html=to_html(text, payload.get("entities", payload.get("caption_entities", []))),
            buttons=[
                [Button(button["text"], button.get("callback_data"), button.get("url")) for button in row]
                for row in view["buttons"]
            ],
            reply_keyboard=view["reply_keyboard"],
            document=_document(document) if document else None,
            photo=photo[-1]["file_id"] if photo else None,
            edited="edit_date" in payload,
            revision=view["revision"],
            payload=payload,
        )

    @property
    def button_texts(self) -> list[str]:
        return [button.text for row in self.buttons for button in row]


def _document(payload: Mapping[str, Any]) -> Document:
    return Document(payload["file_id"], payload["file_name"], payload["mime_type"], payload["file_size"])


@dataclass(frozen=True, slots=True)
class Answer:
    """How the bot answered a press."""

    text: str
    show_alert: bool
    url: str


@dataclass(frozen=True, slots=True)
class Screen:
    """The visible chat at one revision."""

    revision: int
    messages: list[ChatMessage]

    @property
    def last(self) -> ChatMessage:
        """The newest message of the bot."""
        for message in reversed(self.messages):
            if message.from_bot:
                return message
        raise LookupError("the bot has not written yet")

    @property
    def text(self) -> str:
        return self.last.text

    @property
    def buttons(self) -> list[str]:
        return self.last.button_texts


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API, getUpdates excepted unless it was refused."""

    method: str
    chat_id: int | None
    ok: bool
    description: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    update_id: int  # the highest acknowledged, 0 for none
    pending: int
