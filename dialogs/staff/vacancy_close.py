"""/vacancy_close: what the own organisation published, with what became of it, and the way to close it."""

import operator
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, StartMode, Window
from aiogram_dialog.widgets.kbd import Button, Group, Select, SwitchTo
from aiogram_dialog.widgets.text import Format
from sqlalchemy import RowMapping

from bot.domain.access import AccessDenied
from bot.services.vacancies.desk import Followed, VacancyDesk
from dialogs.staff.states import VacancyCloseStates
from dialogs.staff.vacancy_preview import followed_text
from dialogs.staff.windows import MESSAGE, chat_of, choice, close_button
from dialogs.vacancies import WIDEST_LINE
from locales.text import Text


async def open_published(manager: DialogManager, vacancy_id: int | None = None) -> None:
    """Open the list, or one of them."""
    state = VacancyCloseStates.listed if vacancy_id is None else VacancyCloseStates.card
    await manager.start(state, {"vacancy": vacancy_id}, StartMode.RESET_STACK)


def vacancy_close_dialog() -> Dialog:
    """The dialog of `/vacancy_close`."""
    # the page's number stands in the button: a second tap shows the same page again
    pages = Select(
        Format("{item[0]}"),
        id="pages",
        item_id_getter=operator.itemgetter(1),
        items="pages",
        on_click=_page_chosen,
    )
    return Dialog(
        Window(
            MESSAGE,
            choice("published", _chosen),
            Group(pages, width=2),
            close_button(),
            state=VacancyCloseStates.listed,
            getter=_list_data,
        ),
        Window(
            MESSAGE,
            SwitchTo(Format("{shut}"), id="shut", state=VacancyCloseStates.sure, when="open"),
            SwitchTo(Format("{back}"), id="back_to_list", state=VacancyCloseStates.listed),
            state=VacancyCloseStates.card,
            getter=_card_data,
        ),
        Window(
            MESSAGE,
            Button(Format("{sure}"), id="sure", on_click=_shut),
            SwitchTo(Format("{back}"), id="back_to_card", state=VacancyCloseStates.card),
            state=VacancyCloseStates.sure,
            getter=_sure_data,
        ),
    )


def _vacancy_id(manager: DialogManager) -> int:
    start_data = manager.start_data if isinstance(manager.start_data, dict) else {}
    return int(manager.dialog_data.get("vacancy") or start_data.get("vacancy") or 0)


async def _list_data(dialog_manager: DialogManager, vacancy_desk: VacancyDesk, **_: Any) -> dict[str, Any]:
    chat = chat_of(dialog_manager)
    page = int(dialog_manager.dialog_data.get("page", 0))
    found = await vacancy_desk.published(chat.unit, chat.visitor, page)
    pages = []
    if found.page > 0:
        pages.append([chat.text.plain("button-previous"), str(found.page - 1)])
    if found.page + 1 < found.pages:
        pages.append([chat.text.plain("button-next"), str(found.page + 1)])
    return {
        "message": chat.text.render("vacancies_published.j2", total=found.total),
        "published": [[_line(chat.text, row), str(row["id"])] for row in found.rows],
        "pages": pages,
        "close": chat.text.plain("button-vacancy-done"),  # "close" is what is done to a vacancy here
    }


def _line(text: Text, row: RowMapping) -> str:
    line = f"{row['name']} · {row['employer']}"
    shown = text.plain("vacancy-line-closed", name=line) if row["closed_at"] else line
    return shown if len(shown) <= WIDEST_LINE else f"{shown[: WIDEST_LINE - 1].rstrip()}…"


async def _page_chosen(_: CallbackQuery, __: Any, manager: DialogManager, page: str) -> None:
    manager.dialog_data["page"] = int(page) if page.isdecimal() and len(page) < 6 else 0


async def _chosen(_: CallbackQuery, __: Any, manager: DialogManager, vacancy_id: str) -> None:
    manager.dialog_data["vacancy"] = int(vacancy_id) if vacancy_id.isdecimal() and len(vacancy_id) < 19 else 0
    await manager.switch_to(VacancyCloseStates.card)


async def _followed(manager: DialogManager, desk: VacancyDesk) -> Followed:
    chat = chat_of(manager)
    followed = await desk.followed(chat.unit, chat.visitor, _vacancy_id(manager))
    if followed is None:  # a forged press, or the specialist has moved to another college
        raise AccessDenied
    return followed


async def _card_data(dialog_manager: DialogManager, vacancy_desk: VacancyDesk, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    followed = await _followed(dialog_manager, vacancy_desk)
    return {
        "message": followed_text(text, followed),
        "open": followed.row["closed_at"] is None,
        "shut": text.plain("button-vacancy-shut"),
        "back": text.plain("button-vacancy-list"),
    }


async def _sure_data(dialog_manager: DialogManager, vacancy_desk: VacancyDesk, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    followed = await _followed(dialog_manager, vacancy_desk)
    return {
        "message": text.html("vacancy-sure", name=followed.row["name"]),
        "sure": text.plain("button-vacancy-shut-sure"),
        "back": text.plain("button-back"),
    }


async def _shut(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    chat = chat_of(manager)
    desk: VacancyDesk = manager.middleware_data["vacancy_desk"]
    await desk.close(chat.unit, chat.visitor, _vacancy_id(manager))
    await manager.switch_to(VacancyCloseStates.card)
