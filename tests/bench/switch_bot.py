"""Anchor (c): two aiogram_dialog windows, a switch to and fro. `python -m tests.bench.switch_bot URL`.

Memory storage; the windows look like a question with three options.
"""

import asyncio
import sys

from aiogram import Dispatcher
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.kbd import Column, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from tests.bench.echo_bot import anchor_bot


class Questions(StatesGroup):
    first = State()
    second = State()


async def numbers(dialog_manager: DialogManager, **_: object) -> dict[str, int]:
    return {"number": 1 if dialog_manager.current_context().state == Questions.first else 2, "total": 2}


def question(state: State, other: State, text: str) -> Window:
    options = [
        SwitchTo(Const(option), id=f"option_{number}", state=other)
        for number, option in enumerate(("Да, по специальности", "Да, но не по специальности", "Пока нет"))
    ]
    return Window(Format("{number} из {total}\n\n" + text), Column(*options), state=state, getter=numbers)


async def start(message: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(Questions.first, mode=StartMode.RESET_STACK)


async def main(url: str) -> None:
    dispatcher = Dispatcher()
    dispatcher.message.register(start, CommandStart())
    dispatcher.include_router(
        Dialog(
            question(Questions.first, Questions.second, "Вы сейчас работаете?"),
            question(Questions.second, Questions.first, "Приходилось ли вам работать за время учёбы?"),
        )
    )
    setup_dialogs(dispatcher)
    await dispatcher.start_polling(anchor_bot(url))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
