"""Anchor (b): a bare aiogram bot that says back what it is told. `python -m tests.bench.echo_bot URL`."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from bot.sandbox.server import DEFAULT_TOKEN


async def echo(message: Message) -> None:
    await message.answer(message.text or "")


def anchor_bot(url: str) -> Bot:
    return Bot(DEFAULT_TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))


async def main(url: str) -> None:
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    await dispatcher.start_polling(anchor_bot(url))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
