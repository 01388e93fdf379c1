"""Reply markup: inline keyboards and reply keyboards, refused where Telegram refuses them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request
from bot.sandbox.parameters import Parameters

Markup = dict[str, object]

MAXIMUM_BUTTONS = 100
MAXIMUM_DATA_BYTES = 64
_ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "copy_text",
    "pay",
    "callback_game",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
)
_URL_SCHEMES = frozenset({"http", "https", "tg", "ton", "tonsite"})


def reply_markup(parameters: Parameters) -> Markup | None:
    """The checked markup of a message to send: inline or of the reply kind."""
    markup = parameters.mapping("reply_markup")
    if not markup:
        return None
    if "inline_keyboard" in markup:
        return _inline(markup)
    if "keyboard" in markup:
        return {**markup, "keyboard": [_reply_row(row) for row in _rows(markup["keyboard"])]}
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    raise bad_request("object expected as reply markup")


def inline_markup(parameters: Parameters) -> Markup | None:
    """The checked markup of a message to edit, where only an inline keyboard is allowed."""
    markup = parameters.mapping("reply_markup")
    if not markup:
        return None
    if "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return _inline(markup)


def inline_buttons(markup: Markup | None) -> Iterator[dict[str, object]]:
    for row in _rows((markup or {}).get("inline_keyboard", [])):
        for button in row:
            if isinstance(button, dict):
                yield button


def keyboard_texts(markup: Markup | None) -> list[list[str]]:
    return [
        [str(button["text"]) for button in row if isinstance(button, dict)]
        for row in _rows((markup or {}).get("keyboard", []))
    ]


def _rows(keyboard: object) -> list[list[object]]:
    if not isinstance(keyboard, list) or not all(isinstance(row, list) for row in keyboard):
        raise bad_request('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
    return keyboard


def _inline(markup: Markup) -> Markup | None:
    rows = [row for row in _rows(markup["inline_keyboard"]) if row]
    if sum(map(len, rows)) > MAXIMUM_BUTTONS:
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check_inline_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_inline_button(button: object) -> None:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    if not str(button.get("text") or "").strip():
        raise bad_request("inline keyboard button text can't be empty")
    actions = [action for action in _ACTIONS if button.get(action) is not None]
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if actions[0] == "callback_data":
        size = len(str(button["callback_data"]).encode())
        if not 0 < size <= MAXIMUM_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif actions[0] == "url":
        _check_url(str(button["url"]))


def _check_url(url: str) -> None:
    wrong = bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if not url or any(character.isspace() for character in url):
        raise wrong
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host = parts.hostname or ""
    except ValueError:
        raise wrong from None
    if parts.scheme.lower() not in _URL_SCHEMES:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if parts.scheme.lower() in {"http", "https"} and "." not in host.strip("."):
        raise wrong


def _reply_row(row: list[object]) -> list[dict[str, object]]:
    """Buttons of a reply keyboard may be plain strings."""
    buttons = [button if isinstance(button, dict) else {"text": button} for button in row]
    if not all(str(button.get("text") or "").strip() for button in buttons):
        raise bad_request("keyboard button text must be non-empty")
    return buttons
