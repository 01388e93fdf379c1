"""When a campaign starts: what staff typed or chose, by the clock of their centre."""

import datetime as dt
import re
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.questionnaire.reading import clean

EVENING = dt.time(18)
MORNING = dt.time(10)
LATEST = dt.timedelta(days=366)
"""How far ahead a start may be."""

_TIME = r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})"
_DAY = r"(?P<day>[0-9]{1,2})[./-](?P<month>[0-9]{1,2})(?:[./-](?P<year>[0-9]{4}|[0-9]{2}))?"
_ONLY_TIME = re.compile(_TIME.replace("[:.]", ":"))  # 16.03 alone is a day
_DAY_AND_TIME = re.compile(rf"{_DAY},?\s+(?:\D{{1,2}}\s+)?{_TIME}")


class TimeProblem(StrEnum):
    """Why a start cannot be taken."""

    UNREADABLE = "unreadable"
    NO_SUCH_TIME = "no-such-time"
    PAST = "past"
    TOO_FAR = "too-far"


def read_start(
    typed: str, now: dt.datetime, zone: ZoneInfo, day: dt.date | None = None
) -> dt.datetime | TimeProblem:
    """A start in UTC from "14.03 15:00", "14.03.2027 15:00", or a time of `day` (today, if none is given).

    A day without a year is the next one of that date.
    """
    words = clean(typed)
    here = now.astimezone(zone)
    if found := _ONLY_TIME.fullmatch(words):
        date: dt.date | None = day or here.date()
    elif found := _DAY_AND_TIME.fullmatch(words):
        date = _date(found, here.date())
    else:
        return TimeProblem.UNREADABLE
    hour, minute = int(found["hour"]), int(found["minute"])
    if date is None or hour > 23 or minute > 59:
        return TimeProblem.NO_SUCH_TIME
    return checked(at(date, dt.time(hour, minute), zone), now)


def checked(start: dt.datetime, now: dt.datetime) -> dt.datetime | TimeProblem:
    """The start, unless it is past or more than a year ahead."""
    if start <= now:
        return TimeProblem.PAST
    return TimeProblem.TOO_FAR if start > now + LATEST else start


def at(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """That moment in UTC. A time that the clock leaves out is an hour later by the clock."""
    return dt.datetime.combine(day, time, zone).astimezone(dt.UTC)


def _date(found: re.Match[str], today: dt.date) -> dt.date | None:
    year = int(found["year"] or today.year)
    try:
        date = dt.date(year + 2000 if year < 100 else year, int(found["month"]), int(found["day"]))
        return date if found["year"] or date >= today else date.replace(year=today.year + 1)
    except ValueError:
        return None
