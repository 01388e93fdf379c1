"""When a subscription has its turn: how often, at what time, when it rests. Local time in, instants out."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.quiet import DAY, zone_named

LIMIT = 10
"""Subscriptions of one person."""

USUAL_MINUTE = 18 * 60
"""Of the day: lessons are over, the evening is not."""

_WEEK = 7


class Frequency(StrEnum):
    """How often. The codes are stored, and stand in buttons by their first letter."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class Pause(StrEnum):
    """How long not to write."""

    WEEK = "week"
    MONTH = "month"
    THREE_MONTHS = "three_months"
    SEPTEMBER = "september"


_DAYS = {Pause.WEEK: 7, Pause.MONTH: 30, Pause.THREE_MONTHS: 91}
_RARER = {Frequency.AT_ONCE: Frequency.DAILY, Frequency.DAILY: Frequency.WEEKLY}


@dataclass(frozen=True, slots=True)
class Timing:
    """`weekday` (0 is Monday) counts for weekly ones, `minute` of the local day for all but those at once.

    Raises ValueError for a day or a time that there is not.
    """

    frequency: Frequency = Frequency.DAILY
    weekday: int = 0
    minute: int = USUAL_MINUTE

    def __post_init__(self) -> None:
        if not (0 <= self.weekday < _WEEK and 0 <= self.minute < DAY):
            raise ValueError("no such day or time")

    @property
    def rarer(self) -> "Timing | None":
        """One step less often; None if there is none."""
        frequency = _RARER.get(self.frequency)
        return replace(self, frequency=frequency) if frequency else None

    @property
    def code(self) -> str:
        """Short, for a button: d.0.1080."""
        return f"{self.frequency[0]}.{self.weekday}.{self.minute}"

    @classmethod
    def from_code(cls, code: str) -> "Timing":
        """Raises ValueError for anything that is not a code."""
        letter, weekday, minute = code.split(".")
        frequencies = {frequency[0]: frequency for frequency in Frequency}
        if letter not in frequencies or not (weekday + minute).isdecimal():
            raise ValueError("not a timing")
        return cls(frequencies[letter], int(weekday), int(minute))


def next_occurrence(timing: Timing, zone: str, after: dt.datetime) -> dt.datetime | None:
    """The first turn later than `after`, in UTC; None for a subscription that has its turn at once.

    A time that the clock leaves out comes as much later as the clock is put forward; of one that it shows
    twice the first counts. So every local day has one turn at most.
    """
    if timing.frequency is Frequency.AT_ONCE:
        return None
    clock = zone_named(zone)
    time = dt.time(timing.minute // 60, timing.minute % 60)
    # the day before too: where a whole day is left out, its turn comes on the next
    day = after.astimezone(clock).date() - dt.timedelta(days=1)
    while True:
        if timing.frequency is Frequency.DAILY or day.weekday() == timing.weekday:
            turn = dt.datetime.combine(day, time, clock).astimezone(dt.UTC)
            if turn > after:
                return turn
        day += dt.timedelta(days=1)


def paused_until(pause: Pause, zone: str, at: dt.datetime) -> dt.datetime:
    """The beginning of the first day after a pause that begins now."""
    clock = zone_named(zone)
    today = at.astimezone(clock).date()
    if pause is Pause.SEPTEMBER:
        day = dt.date(today.year, 9, 1)
        day = day if day > today else day.replace(year=today.year + 1)
    else:
        day = today + dt.timedelta(days=_DAYS[pause])
    return dt.datetime.combine(day, dt.time(), clock).astimezone(dt.UTC)
