"""When people are told of an event: reminders, offers of a seat, changes. Instants in UTC."""

import datetime as dt
from dataclasses import replace
from typing import NamedTuple

from bot.domain.quiet import QuietHours, next_allowed, zone_named

REMINDER_HOURS = (24, 2)
"""Before the beginning: what can be chosen, and what everyone has who chose nothing."""

OFFER_LASTS = dt.timedelta(hours=3)
OFFER_ENDS_BEFORE = dt.timedelta(hours=1)
"""Before the beginning of the event: whoever confirms has to get there."""

OFFER_AT_LEAST = dt.timedelta(minutes=15)
"""In less time nobody can be expected to answer."""

LATE = dt.timedelta(hours=3)
"""A message about a change that would come later than so long before the beginning does not wait."""

_NIGHT_ENDS, _NIGHT_BEGINS = 9, 21
_QUARTER = dt.timedelta(minutes=15)
_TOO_LATE_FOR_ANOTHER = dt.timedelta(hours=1)


class Offer(NamedTuple):
    """A seat for the next in line: when they are told, and until when they may take it."""

    told_at: dt.datetime
    until: dt.datetime


def offer(instant: dt.datetime, starts_at: dt.datetime, deadline_at: dt.datetime, zone: str) -> Offer | None:
    """The offer of a seat that is free from `instant` on; None if it is too late for one.

    Nobody is woken by it: at night it is told in the morning, unless that would leave too little time.
    """
    latest = min(starts_at - OFFER_ENDS_BEFORE, deadline_at)
    morning = _morning(instant, zone)
    told_at = morning if morning + OFFER_LASTS <= latest else instant
    until = min(told_at + OFFER_LASTS, latest)
    if until < told_at + OFFER_AT_LEAST:
        until = told_at + OFFER_AT_LEAST  # a short way and a quick thumb may still do
    return Offer(told_at, until) if until <= min(starts_at, deadline_at) else None


def reminder_at(starts_at: dt.datetime, hours: int, quiet: QuietHours) -> dt.datetime:
    """When to remind: so many hours before, but not in quiet hours.

    Days off do not count: whoever goes somewhere on a Sunday wants to be reminded. What would fall into
    quiet hours comes after them if that is in time, else before them.
    """
    allowed = replace(quiet, days_off=0, holidays_off=False)
    target = starts_at - dt.timedelta(hours=hours)
    later = next_allowed(target, allowed)
    if later <= max(target, starts_at - OFFER_LASTS):
        return later
    earlier = target
    while next_allowed(earlier, allowed) != earlier and earlier > target - dt.timedelta(days=1):
        earlier -= _QUARTER
    return earlier


def reminder_expires(starts_at: dt.datetime, hours: int) -> dt.datetime:
    """After that the reminder is not sent any more: another one is near, or the event."""
    nearer = max((one for one in REMINDER_HOURS if one < hours), default=0)
    return starts_at - dt.timedelta(hours=nearer) - (_TOO_LATE_FOR_ANOTHER if nearer else dt.timedelta())


def cannot_wait(instant: dt.datetime, starts_at: dt.datetime, quiet: QuietHours, zone: str) -> bool:
    """Whether news of an event is told at once, quiet hours or not: it is today, or they end too late."""
    there = zone_named(zone)
    if starts_at.astimezone(there).date() <= instant.astimezone(there).date():
        return True
    return next_allowed(instant, quiet) > starts_at - LATE


def _morning(instant: dt.datetime, zone: str) -> dt.datetime:
    """The instant itself by day, the next morning by night, on the clock of the zone."""
    local = instant.astimezone(zone_named(zone))
    if _NIGHT_ENDS <= local.hour < _NIGHT_BEGINS:
        return instant
    day = local.date() + dt.timedelta(days=local.hour >= _NIGHT_BEGINS)
    return dt.datetime.combine(day, dt.time(_NIGHT_ENDS), local.tzinfo).astimezone(dt.UTC)
