"""How an event's day and time are said, by the clock on the wall there."""

import datetime as dt
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.domain.events.event import Event
from locales.text import Text

_NO_BREAK = "\u00a0"


def day(text: Text, day: dt.date, today: dt.date) -> str:
    """Thursday, 5 November; another year than this one is named."""
    return _formatted(text, day, "EEEE, d MMMM" if day.year == today.year else "EEEE, d MMMM y")


def short(text: Text, event: Event) -> str:
    """Thu, 5 November, 15:00."""
    local = event.local_start
    return f"{_formatted(text, local.date(), 'EEE, d MMMM')}, {local:%H:%M}"


def shortest(text: Text, event: Event, *, same_day: bool) -> str:
    """5 Nov, or 15:00 among the events of one day: for a button."""
    local = event.local_start
    return f"{local:%H:%M}" if same_day else _formatted(text, local.date(), "d MMM")


def when(text: Text, event: Event, today: dt.date) -> str:
    """The day and from when until when; of an event past midnight both days."""
    start, end = event.local_start, event.local_end
    first = day(text, start.date(), today)
    if start.date() == end.date():
        return f"{first}, {start:%H:%M}–{end:%H:%M}"
    return f"{first}, {start:%H:%M} – {day(text, end.date(), today)}, {end:%H:%M}"


def until(text: Text, instant: dt.datetime, event: Event, at: dt.datetime) -> str:
    """A time there; on another day than today with the day."""
    local = instant.astimezone(event.local_start.tzinfo)
    if local.date() == at.astimezone(local.tzinfo).date():
        return f"{local:%H:%M}"
    return f"{_formatted(text, local.date(), 'd MMMM')}, {local:%H:%M}"


def month(text: Text, first: dt.date) -> str:
    """November 2026."""
    return _formatted(text, first, "LLLL y").capitalize()


def other_clock(event: Event, reader: ZoneInfo) -> str | None:
    """UTC+12, where the clock is not the one that the reader lives by."""
    offset = event.local_start.utcoffset() or dt.timedelta()
    if offset == event.starts_at.astimezone(reader).utcoffset():
        return None
    hours, seconds = divmod(abs(offset).seconds, 3600)
    sign = "-" if offset < dt.timedelta() else "+"
    return f"UTC{sign}{hours}" + (f":{seconds // 60:02}" if seconds else "")


def _formatted(text: Text, day: dt.date, pattern: str) -> str:
    """Only behind the comma after the weekday may the line be broken."""
    return (
        format_date(day, pattern, locale=text.language).replace(" ", _NO_BREAK).replace(f",{_NO_BREAK}", ", ")
    )
