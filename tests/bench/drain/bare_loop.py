"""Anchor: bare aiogram that only sends, one after another: `python -m tests.bench.drain.bare_loop URL N`."""

import asyncio
import sys

from tests.bench.echo_bot import anchor_bot
from tests.mailing import BODY, FIRST_ACCOUNT

TEXT = f"{BODY}\n\n<i>— Координатор центров карьеры региона</i>"
"""What the campaign's recipients get."""


async def main(url: str, messages: int) -> None:
    bot = anchor_bot(url)
    for number in range(messages):
        await bot.send_message(FIRST_ACCOUNT + number, TEXT, parse_mode="HTML")
    await asyncio.Event().wait()  # to be looked at, until SIGTERM


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
