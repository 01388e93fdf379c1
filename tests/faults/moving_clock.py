"""The bot with a clock that can be moved: `python -m tests.faults.moving_clock INSTANT`.

At SIGUSR1 it is that instant (ISO 8601), and time goes on from there.
"""

import asyncio
import datetime as dt
import signal
import sys

from bot.app import serve
from bot.config import Settings
from bot.domain.clock import now, shift
from bot.logs import set_up_logs


async def main(instant: dt.datetime) -> None:
    settings = Settings.load()
    set_up_logs(settings.log_level, settings.log_format)
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, lambda: shift(instant - now()))
    await serve(settings)


if __name__ == "__main__":
    asyncio.run(main(dt.datetime.fromisoformat(sys.argv[1])))
