"""/vacancy_new: one question after another, a look at it as students see it, published."""

import secrets
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.services.vacancies.desk import VacancyDesk
from bot.services.vacancies.draft import CHOICES, SKIPPABLE, Draft, DraftError, Part
from dialogs.staff.states import VacancyNewStates
from dialogs.staff.vacancy_preview import preview_text
from dialogs.staff.windows import MESSAGE, chat_of, choice, close_button
from locales.text import Text

PARTS = tuple(Part)
BACK = "<"
LONGEST_QUERY = 60
"""Characters of a search that are said back."""


async def begin_vacancy(manager: DialogManager) -> None:
    """Begin a new one. The token is what makes a second tap on "publish" harmless."""
    start_data = {"token": secrets.token_urlsafe(16)}
    await manager.start(VacancyNewStates.question, start_data, StartMode.RESET_STACK)


def vacancy_new_dialog() -> Dialog:
    """The dialog of `/vacancy_new`."""
    return Dialog(
        Window(
            MESSAGE,
            choice("answers", _chosen),
            MessageInput(_written),
            close_button(),
            state=VacancyNewStates.question,
            getter=_question_data,
        ),
        Window(
            MESSAGE,
            Button(Format("{publish}"), id="publish", on_click=_publish),
            SwitchTo(Format("{change}"), id="change", state=VacancyNewStates.change),
            SwitchTo(Format("{specialties}"), id="specialties", state=VacancyNewStates.specialties),
            close_button(),
            state=VacancyNewStates.preview,
            getter=_preview_data,
        ),
        *_windows_of_changing(),
        Window(
            MESSAGE,
            SwitchTo(Format("{back}"), id="again", state=VacancyNewStates.preview, when="double"),
            close_button(),
            state=VacancyNewStates.published,
            getter=_published_data,
        ),
    )


def _windows_of_changing() -> tuple[Window, ...]:
    return (
        Window(
            MESSAGE,
            choice("parts", _part_chosen),
            _back_to_preview("back_from_change"),
            state=VacancyNewStates.change,
            getter=_change_data,
        ),
        Window(
            MESSAGE,
            choice("codes", _specialty_chosen),
            MessageInput(_specialty_written),
            Button(Format("{rules}"), id="rules", on_click=_left_to_rules, when="chosen"),
            _back_to_preview("back_from_specialties"),
            state=VacancyNewStates.specialties,
            getter=_specialties_data,
        ),
    )


def _back_to_preview(name: str) -> SwitchTo:
    return SwitchTo(Format("{back}"), id=name, state=VacancyNewStates.preview, on_click=_forget)


async def _forget(_: CallbackQuery, __: Any, manager: DialogManager) -> None:
    """What was wrong with some words is of no interest elsewhere."""
    manager.dialog_data.pop("refused", None)


def _draft(manager: DialogManager) -> Draft:
    return Draft.from_json(manager.dialog_data.get("draft", {}))


def _keep(manager: DialogManager, draft: Draft) -> None:
    manager.dialog_data["draft"] = draft.to_json()


def _part(manager: DialogManager) -> Part:
    return Part(manager.dialog_data.get("part", Part.NAME))


async def _question_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text, part = chat_of(dialog_manager).text, _part(dialog_manager)
    # the part stands in every button: a second tap must not answer the next question
    answers = [[_title(text, part, value), f"{part}={value}"] for value in CHOICES.get(part, ())]
    if part in SKIPPABLE:
        answers.append([text.plain("button-skip"), f"{part}="])
    if part is not PARTS[0] or dialog_manager.dialog_data.get("changing"):
        answers.append([text.plain("button-back"), f"{part}{BACK}"])
    return {
        "message": _with_refusal(dialog_manager, text.html(f"vacancy-ask-{part.value}")),
        "answers": answers,
        "close": text.plain("button-vacancy-drop"),
    }


def _with_refusal(manager: DialogManager, message: str) -> str:
    """What was wrong with the last words stands above the question, so that its buttons stay below."""
    refused = manager.dialog_data.get("refused")
    return f"{refused}\n\n{message}" if refused else message


def _title(text: Text, part: Part, value: str) -> str:
    if part is Part.EXPERIENCE:
        years = int(value)
        return (
            text.plain("vacancy-experience", years=years)
            if years
            else text.plain("vacancy-fits-no-experience")
        )
    if part is Part.QUOTA:
        return text.plain(f"value-{value}")
    if part is Part.KIND:
        return text.plain(f"vacancy-kind-{value}")
    return text.plain(f"vacancy-schedule-{value}")


async def _chosen(_: CallbackQuery, __: Any, manager: DialogManager, answer: str) -> None:
    part = _part(manager)
    if answer == f"{part}{BACK}":
        await _go_on(manager, PARTS.index(part) - 1)
        return
    named, _equals, value = answer.partition("=")
    if named != part:
        return
    try:
        _keep(manager, _draft(manager).chosen(part, value))
    except DraftError:
        return
    await _go_on(manager, PARTS.index(part) + 1)


async def _written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    chat, part = chat_of(manager), _part(manager)
    if message.text is None:
        manager.dialog_data["refused"] = chat.text.html("refused-text-expected")
        return
    if part in CHOICES:
        manager.dialog_data["refused"] = chat.text.html("refused-button-expected")
        return
    try:
        _keep(manager, _draft(manager).written(part, message.text))
    except DraftError as error:
        manager.dialog_data["refused"] = chat.text.html(f"vacancy-refused-{error.part.value}")
        return
    await _go_on(manager, PARTS.index(part) + 1)


async def _go_on(manager: DialogManager, place: int) -> None:
    """To that question; when one was changed, or all are answered, to the preview."""
    manager.dialog_data.pop("refused", None)
    if manager.dialog_data.pop("changing", False) or place >= len(PARTS):
        await manager.switch_to(VacancyNewStates.preview)
    else:
        manager.dialog_data["part"] = PARTS[max(0, place)].value


async def _preview_data(dialog_manager: DialogManager, vacancy_desk: VacancyDesk, **_: Any) -> dict[str, Any]:
    chat = chat_of(dialog_manager)
    preview = await vacancy_desk.preview(chat.unit, chat.visitor, _draft(dialog_manager))
    return {
        "message": preview_text(chat.text, preview),
        "publish": chat.text.plain("button-publish"),
        "change": chat.text.plain("button-vacancy-change"),
        "specialties": chat.text.plain("button-vacancy-specialties"),
        "close": chat.text.plain("button-vacancy-drop"),
    }


async def _publish(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    chat = chat_of(manager)
    desk: VacancyDesk = manager.middleware_data["vacancy_desk"]
    assert isinstance(manager.start_data, dict)
    token = str(manager.start_data["token"])
    published = await desk.publish(chat.unit, chat.visitor, _draft(manager), token)
    manager.dialog_data["published"] = published
    await manager.switch_to(VacancyNewStates.published)


async def _published_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    vacancy_id = dialog_manager.dialog_data.get("published")
    told = (
        text.html("vacancy-published", number=str(vacancy_id)) if vacancy_id else text.html("vacancy-double")
    )
    return {
        "message": told,
        "double": vacancy_id is None,
        "back": text.plain("button-back"),
        "close": text.plain("button-close"),
    }


async def _change_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    return {
        "message": text.html("vacancy-change"),
        "parts": [[text.plain(f"vacancy-part-{part.value}"), part.value] for part in PARTS],
        "back": text.plain("button-back"),
    }


async def _part_chosen(_: CallbackQuery, __: Any, manager: DialogManager, part: str) -> None:
    if part in PARTS:
        manager.dialog_data.update(part=part, changing=True)
        await manager.switch_to(VacancyNewStates.question)


async def _specialties_data(
    dialog_manager: DialogManager, vacancy_desk: VacancyDesk, **_: Any
) -> dict[str, Any]:
    chat = chat_of(dialog_manager)
    chosen = _draft(dialog_manager).specialties
    codes = [*chosen, *dialog_manager.dialog_data.get("searched", [])]
    listed = await vacancy_desk.specialties(chat.unit, chat.visitor, codes)
    ticked = {entry.value: entry.value in chosen for entry in listed}
    return {
        "message": _with_refusal(dialog_manager, chat.text.html("vacancy-specialties")),
        "codes": [
            [
                chat.text.plain(
                    "option-ticked" if ticked[one.value] else "option-unticked", option=one.title
                ),
                one.value,
            ]
            for one in listed
        ],
        "chosen": bool(chosen),
        "rules": chat.text.plain("button-vacancy-rules"),
        "back": chat.text.plain("button-vacancy-preview"),
    }


async def _specialty_chosen(_: CallbackQuery, __: Any, manager: DialogManager, code: str) -> None:
    draft = _draft(manager)
    others = tuple(one for one in draft.specialties if one != code)
    kept = others if code in draft.specialties else (*others, code)
    manager.dialog_data.pop("refused", None)
    manager.dialog_data["draft"] = {**draft.to_json(), "specialties": list(kept)}


async def _specialty_written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    desk: VacancyDesk = manager.middleware_data["vacancy_desk"]
    query = (message.text or "")[:LONGEST_QUERY]
    found = desk.find_specialties(query)
    manager.dialog_data.pop("refused", None)
    if found:
        manager.dialog_data["searched"] = found
        return
    text = chat_of(manager).text
    manager.dialog_data["refused"] = text.html("vacancy-specialty-not-found", query=query)


async def _left_to_rules(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["draft"] = {**_draft(manager).to_json(), "specialties": []}
