"""What happens to events by itself: offers pass on, people are reminded, what is over is closed.

Each may stop at any moment and be run again: what is done is told from the rows.
"""

import datetime as dt
from collections import Counter
from functools import partial

from sqlalchemy import Connection

from bot.domain.clock import now
from bot.domain.events.event import Event
from bot.domain.events.lifecycle import EXPECTED, RegistrationState, RegistrationStep
from bot.domain.events.times import REMINDER_HOURS, reminder_at, reminder_expires
from bot.domain.quiet import RegionZones
from bot.services.assessments import Assessments
from bot.services.events.closing import close
from bot.services.events.notices import reminder
from bot.services.events.seats import pass_on
from storage import check_ins, events, outbox, registrations
from storage.database import Database
from storage.notification_settings import quiet_hours
from storage.registrations import Recipient

LOOK_AHEAD = dt.timedelta(hours=2)
"""Reminders are queued so long before they are due."""

EARLIEST = dt.timedelta(hours=max(REMINDER_HOURS) + 24)
"""Before an event: a reminder that would wake people comes up to a day earlier."""

LATE = dt.timedelta(hours=3)
"""A reminder that nobody queued in time is not sent later than that: people were told of a change since."""

PORTION = 250
"""People whose reminders are queued in one transaction."""

CLOSED_AFTER = dt.timedelta(days=1)
ATTEMPTS_KEPT = dt.timedelta(days=30)


async def pass_offers_on(database: Database) -> Counter[str]:
    """Seats that were offered and not taken in time go to the next in line."""
    done: Counter[str] = Counter()
    while lapsed := await database.read(partial(registrations.lapsed, at=now(), limit=PORTION)):
        for event_id in dict.fromkeys(one.event_id for one in lapsed):
            done.update(await database.write(partial(_pass_on, event_id=event_id)))
    return done


async def queue_reminders(database: Database, zones: RegionZones) -> Counter[str]:
    """Queue the reminders that are due within the next hours; those that are queued stay as they are."""
    at = now()
    done: Counter[str] = Counter()
    for event in await database.read(partial(events.starting, after=at, before=at + EARLIEST + LOOK_AHEAD)):
        look = partial(registrations.recipients, event_ids=[event.id], states=EXPECTED)
        expected = await database.read(look)
        for start in range(0, len(expected), PORTION):
            queue = partial(
                _remind, event=event, people=expected[start : start + PORTION], at=at, zones=zones
            )
            done["reminders"] += await database.write(queue)
    return done


async def close_past_events(database: Database, assessments: Assessments) -> Counter[str]:
    """Close events that were over a day ago; forget old attempts at their doors."""
    done: Counter[str] = Counter()
    for event_id in await database.read(partial(events.over, before=now() - CLOSED_AFTER)):
        done.update(await database.write(partial(_close, assessments=assessments, event_id=event_id)))
    done["attempts"] = await database.write(partial(check_ins.forget, before=now() - ATTEMPTS_KEPT))
    return done


def _pass_on(connection: Connection, event_id: int) -> Counter[str]:
    at = now()
    event = events.lock_by_id(connection, event_id)
    assert event is not None, "an event that people have signed up for is not removed"
    offered = registrations.recipients(connection, [event_id], [RegistrationState.OFFERED])
    late = [one.registration for one in offered]
    ids = [one.id for one in late if one.offered_until is not None and one.offered_until <= at]
    lapsed = registrations.move(connection, ids, RegistrationStep.LAPSE, offered_until=None)
    return Counter(lapsed=len(lapsed), offered=pass_on(connection, event, at))


def _remind(
    connection: Connection, event: Event, people: list[Recipient], at: dt.datetime, zones: RegionZones
) -> int:
    hours = quiet_hours(connection, [one.person_id for one in people], zones)
    notices = []
    for one in people:
        if one.person_id not in hours:  # erased a moment ago
            continue
        for before in one.registration.remind:
            due_at = reminder_at(event.starts_at, before, hours[one.person_id])
            timely = max(at - LATE, one.registration.at) <= due_at <= at + LOOK_AHEAD
            if timely and reminder_expires(event.starts_at, before) > at:
                notices.append(reminder(event, one, before, due_at))
    return outbox.queue(connection, notices)


def _close(connection: Connection, assessments: Assessments, event_id: int) -> Counter[str]:
    event = events.lock_by_id(connection, event_id)
    if event is None or event.id not in events.over(connection, now() - CLOSED_AFTER):
        return Counter()  # moved, cancelled or closed a moment ago
    return Counter(closed=1) + close(connection, assessments, event, now(), by_itself=True)
