"""When a person may be written to: not in quiet hours, not on days off, by the clock of where they live."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = 24 * 60
"""Minutes."""

EVERY_DAY = 0b111_1111
SUNDAY = 1 << 6
QUIET_FROM, QUIET_TO = 21 * 60, 9 * 60
"""What everyone has who chose nothing."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When not to write. `zone` is an IANA name.

    `quiet_from` and `quiet_to` are minutes from midnight; the hours may span midnight, and there are none
    when both are the same. Bit 0 of `days_off` is Monday. Raises ValueError for what no clock shows.
    """

    zone: str
    quiet_from: int = QUIET_FROM
    quiet_to: int = QUIET_TO
    days_off: int = SUNDAY
    holidays_off: bool = True

    def __post_init__(self) -> None:
        if not (0 <= self.quiet_from < DAY and 0 <= self.quiet_to < DAY):
            raise ValueError("minutes from midnight are 0 to 1439")
        if not 0 <= self.days_off <= EVERY_DAY:
            raise ValueError("a week has seven days")
        zone_named(self.zone)

    def quiet(self, minute: int) -> bool:
        """Whether a minute of the day is in the quiet hours."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= minute < self.quiet_to
        return minute >= self.quiet_from or minute < self.quiet_to

    def off(self, day: dt.date) -> bool:
        """Whether a day is off. Who never has a working day is taken to mean that any day will do."""
        if self.days_off != EVERY_DAY and self.days_off >> day.weekday() & 1:
            return True
        return self.holidays_off and day in public_holidays(day.year)


@dataclass(frozen=True, slots=True)
class RegionZones:
    """The usual zone of every region (13 digits), and the one of people whose region is not known."""

    default: str
    by_region: Mapping[str, str]

    def zone(self, region: str | None) -> str:
        return self.by_region.get(region or "", self.default)


def next_allowed(instant: dt.datetime, hours: QuietHours) -> dt.datetime:
    """The first moment from `instant` on when the person may be written to, in UTC.

    It goes from one change of the local clock's reading to the next, and stops wherever the clock itself
    is put forward or back, so hours that are left out or shown twice are what they read.
    """
    zone = zone_named(hours.zone)
    moment = instant.astimezone(dt.UTC)
    while (rest := _rest(moment.astimezone(zone), hours)) is not None:
        moment = _as_clock_runs(moment, moment + rest, zone)
    return moment


@lru_cache(maxsize=100)
def zone_named(name: str) -> ZoneInfo:
    """The IANA time zone. Raises ValueError if there is none of that name.

    Kept here, since ZoneInfo itself keeps eight, and Russia has more.
    """
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        raise ValueError("not a time zone") from None


@lru_cache(maxsize=16)
def public_holidays(year: int) -> frozenset[dt.date]:
    """Russia's public holidays, with the days off that the government moved.

    Those are decreed a year ahead: for later years the holidays alone are known.
    """
    from holidays import country_holidays  # loaded when it is needed: it takes a twentieth of a second

    return frozenset(country_holidays("RU", years=year))


def _rest(local: dt.datetime, hours: QuietHours) -> dt.timedelta | None:
    """How long the reason not to write now goes on, if the clock runs evenly; None if there is none."""
    passed = dt.timedelta(
        hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond
    )
    if hours.off(local.date()):
        return dt.timedelta(days=1) - passed
    if hours.quiet(local.hour * 60 + local.minute):
        end = dt.timedelta(minutes=hours.quiet_to)
        return end - passed if passed < end else end + dt.timedelta(days=1) - passed
    return None


def _as_clock_runs(start: dt.datetime, end: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """`end`, or the moment before it when the clock of the zone is put forward or back."""
    before = start.astimezone(zone).utcoffset()
    if end.astimezone(zone).utcoffset() == before:
        return end
    same, changed = start, end  # clocks are changed on whole seconds
    while changed - same > dt.timedelta(seconds=1):
        middle = same + (changed - same) / 2
        if middle.astimezone(zone).utcoffset() == before:
            same = middle
        else:
            changed = middle
    return changed.replace(microsecond=0)
