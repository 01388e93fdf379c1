"""/student: find a person, look at the card and the history, enter a fact that staff know."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.services.student_desk import COMMENT_LENGTH, FOUND_AT_MOST, STAFF_FACTS, Found, StudentDesk
from dialogs.staff.states import StudentStates
from dialogs.staff.student_card import card_text, history_text, yes_or_no
from dialogs.staff.windows import MESSAGE, chat_of, choice, close_button
from locales.text import Text

YES, NO, UNKNOWN = "yes", "no", "unknown"
VALUES = {YES: True, NO: False, UNKNOWN: None}


async def open_people(manager: DialogManager, found: list[Found]) -> None:
    """Open the only person found, or the list to choose from.

    A dialog's state holds codes and no names: whoever erases their data is not left behind here.
    """
    state = StudentStates.card if len(found) == 1 else StudentStates.found
    codes = [hit.code for hit in found]
    start_data = {"codes": codes[:FOUND_AT_MOST], "more": len(codes) > FOUND_AT_MOST, "code": codes[0]}
    await manager.start(state, start_data, StartMode.RESET_STACK)


def student_dialog() -> Dialog:
    """The dialog of `/student`."""
    return Dialog(
        Window(
            MESSAGE, choice("found", _chosen), close_button(), state=StudentStates.found, getter=_found_data
        ),
        Window(
            MESSAGE,
            SwitchTo(Format("{enter}"), id="enter", state=StudentStates.fact),
            SwitchTo(Format("{history}"), id="history", state=StudentStates.history),
            close_button(),
            state=StudentStates.card,
            getter=_card_data,
        ),
        Window(MESSAGE, _back_to_card(), state=StudentStates.history, getter=_history_data),
        *_windows_of_entering(),
    )


def _back_to_card() -> SwitchTo:
    return SwitchTo(Format("{back}"), id="back_to_card", state=StudentStates.card)


def _windows_of_entering() -> tuple[Window, ...]:
    return (
        Window(
            MESSAGE,
            choice("facts", _fact_chosen),
            _back_to_card(),
            state=StudentStates.fact,
            getter=_facts_data,
        ),
        Window(
            MESSAGE,
            choice("values", _value_chosen),
            SwitchTo(Format("{back}"), id="back_to_facts", state=StudentStates.fact),
            state=StudentStates.value,
            getter=_values_data,
        ),
        Window(
            MESSAGE,
            MessageInput(_comment_written),
            SwitchTo(Format("{back}"), id="back_to_values", state=StudentStates.value),
            state=StudentStates.comment,
            getter=_comment_data,
        ),
        Window(
            MESSAGE,
            Button(Format("{save}"), id="save", on_click=_confirmed),
            SwitchTo(Format("{back}"), id="back_to_comment", state=StudentStates.comment),
            state=StudentStates.confirm,
            getter=_confirm_data,
        ),
    )


def _hit_title(hit: Found) -> str:
    return " · ".join(part for part in (hit.name, hit.group, hit.code) if part)


def _code(manager: DialogManager) -> str:
    start_data = manager.start_data if isinstance(manager.start_data, dict) else {}
    return str(manager.dialog_data.get("code") or start_data.get("code"))


async def _found_data(dialog_manager: DialogManager, student_desk: StudentDesk, **_: Any) -> dict[str, Any]:
    chat = chat_of(dialog_manager)
    start_data = dialog_manager.start_data
    assert isinstance(start_data, dict)
    found = await student_desk.listed(chat.unit, chat.visitor, start_data["codes"])
    key = "student-found-many" if start_data["more"] else "student-found"
    return {
        "message": chat.text.html(key, count=len(found)),
        "found": [[_hit_title(hit), hit.code] for hit in found],
        "close": chat.text.plain("button-close"),
    }


async def _chosen(_: CallbackQuery, __: Any, manager: DialogManager, code: str) -> None:
    manager.dialog_data["code"] = code
    await manager.switch_to(StudentStates.card)


async def _card_data(dialog_manager: DialogManager, student_desk: StudentDesk, **_: Any) -> dict[str, Any]:
    chat = chat_of(dialog_manager)
    card = await student_desk.card(chat.unit, chat.visitor, _code(dialog_manager))
    return {
        "message": card_text(chat.text, card, student_desk.criteria),
        "enter": chat.text.plain("button-enter-fact"),
        "history": chat.text.plain("button-history"),
        "close": chat.text.plain("button-close"),
    }


async def _history_data(dialog_manager: DialogManager, student_desk: StudentDesk, **_: Any) -> dict[str, Any]:
    chat = chat_of(dialog_manager)
    card = await student_desk.card(chat.unit, chat.visitor, _code(dialog_manager))
    message = history_text(chat.text, card, student_desk.criteria)
    return {"message": message, "back": chat.text.plain("button-back")}


async def _facts_data(dialog_manager: DialogManager, student_desk: StudentDesk, **_: Any) -> dict[str, Any]:
    chat = chat_of(dialog_manager)
    card = await student_desk.card(chat.unit, chat.visitor, _code(dialog_manager))
    facts = [
        [f"{chat.text.plain(f'fact-{name}')}: {yes_or_no(chat.text, card.facts.get(name))}", name]
        for name in STAFF_FACTS
    ]
    message = chat.text.html("student-choose-fact", code=card.person.code)
    return {"message": message, "facts": facts, "back": chat.text.plain("button-back")}


async def _fact_chosen(_: CallbackQuery, __: Any, manager: DialogManager, name: str) -> None:
    manager.dialog_data["fact"] = name
    await manager.switch_to(StudentStates.value)


async def _values_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    return {
        "message": text.html("student-choose-value", fact=_fact_name(dialog_manager, text)),
        "values": [[text.plain(f"value-{value}"), value] for value in VALUES],
        "back": text.plain("button-back"),
    }


async def _value_chosen(_: CallbackQuery, __: Any, manager: DialogManager, value: str) -> None:
    manager.dialog_data["value"] = value
    await manager.switch_to(StudentStates.comment)


async def _comment_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    fact = _fact_name(dialog_manager, text)
    return {"message": text.html("student-comment", fact=fact), "back": text.plain("button-back")}


async def _comment_written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    chat = chat_of(manager)
    comment = (message.text or "").strip()
    if not comment:
        await message.reply(chat.text.html("student-comment-text-only"), allow_sending_without_reply=True)
        manager.show_mode = ShowMode.NO_UPDATE
        return
    manager.dialog_data["comment"] = comment[:COMMENT_LENGTH]
    await manager.switch_to(StudentStates.confirm)


async def _confirm_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    entered = dialog_manager.dialog_data
    message = text.html(
        "student-confirm",
        code=_code(dialog_manager),
        fact=_fact_name(dialog_manager, text),
        value=text.plain(f"value-{entered['value']}"),
        comment=entered["comment"],
    )
    return {"message": message, "save": text.plain("button-save"), "back": text.plain("button-back")}


async def _confirmed(_: CallbackQuery, __: Any, manager: DialogManager) -> None:
    chat = chat_of(manager)
    desk: StudentDesk = manager.middleware_data["student_desk"]
    entered = manager.dialog_data
    await desk.enter(
        chat.unit,
        chat.visitor,
        _code(manager),
        str(entered.get("fact")),
        value=VALUES.get(str(entered.get("value"))),
        comment=str(entered.pop("comment", "")),
    )
    await chat.unit.commit()  # the card that is shown next is read from the database
    await manager.switch_to(StudentStates.card)


def _fact_name(manager: DialogManager, text: Text) -> str:
    return text.plain(f"fact-{manager.dialog_data['fact']}")
