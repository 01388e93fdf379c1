"""A table of vacancies sent into the chat: what it would do, then done; a kind word if it is none."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, FSInputFile
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode, Window
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.text import Format
from aiohttp import ClientError

from bot.services.vacancies.tables import Account, VacancyTables
from dialogs.staff.states import VacancyTableStates
from dialogs.staff.vacancy_preview import account_text
from dialogs.staff.windows import ANSWERS, MESSAGE, chat_of, close_button

EXAMPLE = Path(__file__).parents[2] / "bot" / "standard" / "vacancy_table_example.csv"


class NotFetchedError(Exception):
    """Telegram does not hand the file over."""


@asynccontextmanager
async def fetched(bot: Bot, file_id: str) -> AsyncIterator[Path]:
    """The file as Telegram has it, for as long as the context lasts. Raises NotFetchedError."""
    with tempfile.TemporaryDirectory(prefix="marshrut-table-") as folder:
        file = Path(folder) / "table"
        try:
            await bot.download(file_id, destination=file)
        except (TelegramBadRequest, ClientError, TimeoutError):
            raise NotFetchedError from None
        yield file


async def open_account(manager: DialogManager, file_id: str, account: Account) -> None:
    """Show what a table would do, or why it is none. The state keeps counts and rows' numbers only."""
    state = VacancyTableStates.refused if account.unusable else VacancyTableStates.report
    await manager.start(state, {"file": file_id, "account": _plain(account)}, StartMode.RESET_STACK)


def vacancy_table_dialog() -> Dialog:
    """The dialog of a table that was sent."""
    example = Button(Format("{example}"), id="example", on_click=_example)
    return Dialog(
        Window(
            MESSAGE,
            Button(Format("{apply}"), id="apply", on_click=_apply, when="useful"),
            close_button(),
            state=VacancyTableStates.report,
            getter=_report_data,
        ),
        Window(MESSAGE, close_button(), state=VacancyTableStates.done, getter=_done_data),
        Window(MESSAGE, example, close_button(), state=VacancyTableStates.refused, getter=_refused_data),
    )


def _plain(account: Account) -> dict[str, Any]:
    return {
        **account.kept._asdict(),
        "bad": account.bad,
        "shown": [list(asdict(bad).values()) for bad in account.shown],
        "unusable": account.unusable.value if account.unusable else None,
        "row": account.row,
    }


def _account(manager: DialogManager) -> dict[str, Any]:
    assert isinstance(manager.start_data, dict)
    account: dict[str, Any] = manager.dialog_data.get("account") or manager.start_data["account"]
    return account


async def _report_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text, account = chat_of(dialog_manager).text, _account(dialog_manager)
    useful = account["new"] + account["changed"]
    return {
        "message": account_text(text, account, applied=False),
        "useful": useful > 0,
        "apply": text.plain("button-table-apply", count=useful),
        "close": text.plain("button-close"),
    }


async def _apply(query: CallbackQuery, __: Button, manager: DialogManager) -> None:
    chat = chat_of(manager)
    tables: VacancyTables = manager.middleware_data["vacancy_tables"]
    assert isinstance(manager.start_data, dict)
    await ANSWERS.before_slow_work(query)  # what follows may take longer than Telegram waits
    try:
        async with fetched(chat.bot, str(manager.start_data["file"])) as file:
            account = await tables.apply(chat.unit, chat.visitor, file)
    except NotFetchedError:
        await chat.say(chat.text.html("vacancy-table-gone"))
        manager.show_mode = ShowMode.NO_UPDATE
        return
    manager.dialog_data["account"] = _plain(account)
    state = VacancyTableStates.refused if account.unusable else VacancyTableStates.done
    await manager.switch_to(state)


async def _done_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    return {
        "message": account_text(text, _account(dialog_manager), applied=True),
        "close": text.plain("button-close"),
    }


async def _refused_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text, account = chat_of(dialog_manager).text, _account(dialog_manager)
    told = text.html(f"vacancy-table-{account['unusable'].replace('_', '-')}")
    return {
        "message": text.render("vacancy_table_refused.j2", told=told, row=account["row"]),
        "example": text.plain("button-table-example"),
        "close": text.plain("button-close"),
    }


async def _example(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    chat = chat_of(manager)
    name = chat.text.plain("vacancy-table-file-name")
    caption = chat.text.html("vacancy-table-caption")
    await chat.bot.send_document(chat.visitor.telegram_id, FSInputFile(EXAMPLE, name), caption=caption)
    manager.show_mode = ShowMode.NO_UPDATE
