"""Limits of the sandbox: buttons, floods, pictures, commands."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import ApiError
from bot.sandbox.flood import FloodGate, FloodLimits
from bot.sandbox.images import image_size
from bot.sandbox.markup import reply_markup
from bot.sandbox.parameters import Parameters
from bot.sandbox.profile import Profile


def inline(*buttons: dict[str, object]) -> Parameters:
    return Parameters({"reply_markup": {"inline_keyboard": [list(buttons)]}})


def refusal_of_button(**button: object) -> str:
    with pytest.raises(ApiError) as raised:
        reply_markup(inline(button))
    return raised.value.description.removeprefix("Bad Request: ")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_callback_data_holds_1_to_64_bytes(data: str) -> None:
    parameters = inline({"text": "x", "callback_data": data})
    if 1 <= len(data.encode()) <= 64:
        assert reply_markup(parameters)
    else:
        with pytest.raises(ApiError, match="BUTTON_DATA_INVALID"):
            reply_markup(parameters)


def test_cyrillic_counts_two_bytes_a_letter() -> None:
    assert reply_markup(inline({"text": "x", "callback_data": "я" * 32}))
    assert refusal_of_button(text="x", callback_data="я" * 33) == "BUTTON_DATA_INVALID"


@pytest.mark.parametrize(
    "url", ["", "example", "http://", "https://a b.ru", "javascript:alert(1)", "file:///etc"]
)
def test_a_wrong_address_of_a_button(url: str) -> None:
    assert f"inline keyboard button URL '{url}' is invalid" in refusal_of_button(text="x", url=url)


@pytest.mark.parametrize(
    "url", ["https://example.ru/x?y=1", "example.ru", "tg://user?id=1", "http://1.2.3.4:80/"]
)
def test_a_right_address_of_a_button(url: str) -> None:
    assert reply_markup(inline({"text": "x", "url": url}))


def test_a_button_needs_a_text_and_something_to_do() -> None:
    assert refusal_of_button(text="", callback_data="x") == "inline keyboard button text can't be empty"
    assert "Text buttons are unallowed in the inline keyboard" in refusal_of_button(text="x")


def test_a_hundred_buttons_and_no_more() -> None:
    button: dict[str, object] = {"text": "x", "callback_data": "x"}
    assert reply_markup(inline(*[button] * 100))
    with pytest.raises(ApiError, match="reply markup is too long"):
        reply_markup(inline(*[button] * 101))


class Clock:
    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


def test_one_message_a_second_to_a_chat() -> None:
    clock = Clock()
    gate = FloodGate(FloodLimits(), clock)
    gate.pass_message(1)
    gate.pass_message(2)
    with pytest.raises(ApiError) as raised:
        gate.pass_message(1)
    assert (raised.value.code, raised.value.retry_after) == (429, 1)
    clock.time += 1
    gate.pass_message(1)


def test_thirty_messages_a_second_to_all() -> None:
    clock = Clock()
    gate = FloodGate(FloodLimits(), clock)
    for chat_id in range(30):
        gate.pass_message(chat_id)
    with pytest.raises(ApiError, match="Too Many Requests: retry after 1"):
        gate.pass_message(30)
    clock.time += 1
    gate.pass_message(30)


@pytest.mark.parametrize(
    ("header", "size"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 8 + struct.pack(">II", 640, 480), (640, 480)),
        (b"GIF89a" + struct.pack("<HH", 3, 4), (3, 4)),
        (b"\xff\xd8\xff\xe0\x00\x04xx\xff\xc0\x00\x11\x08" + struct.pack(">HH", 20, 10) + b"\x03", (10, 20)),
        (b"\xff\xd8\xff\xda", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"%PDF-1.7", None),
    ],
)
def test_the_size_of_a_picture(header: bytes, size: tuple[int, int] | None) -> None:
    assert image_size(header) == size


def test_the_narrowest_scope_of_commands_wins() -> None:
    profile = Profile()

    def offer(command: str, scope: tuple[str, int], language: str = "") -> None:
        listed = [{"command": command, "description": "x"}]
        profile.set_commands(scope, Parameters({"commands": listed, "language_code": language}))

    offer("any", ("default", 0))
    offer("russian", ("default", 0), "ru")
    offer("private", ("all_private_chats", 0))
    offer("staff", ("chat", 7))

    def seen_by(person_id: int, language: str) -> str:
        return profile.commands_seen_by(person_id, language)[0]["command"]

    assert seen_by(7, "ru") == "staff"
    assert seen_by(8, "ru") == "private"
    profile.commands.pop((("all_private_chats", 0), ""))
    assert seen_by(8, "ru") == "russian"
    assert seen_by(8, "en") == "any"
