"""The sandbox's clock: time can be let pass, so that nobody waits a day for what comes tomorrow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

LONGEST_LEAP = 366 * 24 * 3600.0  # seconds

Follow = Callable[[float], None]


@dataclass(slots=True)
class Clock:
    """`stopwatch` is what really passes: what lasts seconds is measured with it, whatever time it is.

    `follow` is told by how many seconds the clock leaps, for the bot's own; without it the clock cannot be
    moved, since the bot would live in another time. `zone` is an IANA name, None: where the browser is.
    """

    stopwatch: Callable[[], float]
    follow: Follow | None = None
    zone: str | None = None
    ahead: float = 0.0  # seconds

    def __call__(self) -> float:
        """Seconds since 1970, as messages carry them."""
        return self.stopwatch() + self.ahead

    def leap(self, seconds: float) -> None:
        """Let so much time pass. Raises ValueError if it is none, too much, or the clock cannot be moved."""
        if self.follow is None or not 0 < seconds <= LONGEST_LEAP:
            raise ValueError("the clock cannot be moved so")
        self.ahead += seconds
        self.follow(seconds)

    def until(self, time: dt.time) -> float:
        """Seconds from now until it is that time of day."""
        now = dt.datetime.fromtimestamp(self(), ZoneInfo(self.zone or "UTC"))
        then = dt.datetime.combine(now.date(), time, now.tzinfo)
        if then <= now:
            then += dt.timedelta(days=1)  # on the clock, whatever happens to it in the night
        return then.timestamp() - now.timestamp()
