"""What people are told of an event they have to do with: rows for the outbox.

A notice is made from the event when it is sent; what it holds is which version of it is meant. So whoever is
told of a new time is never told of the old one after it: see dialogs.notices.events.
"""

import datetime as dt
from typing import Any

from sqlalchemy import Connection

from bot.domain.events.event import Event
from bot.domain.events.lifecycle import RegistrationState
from bot.domain.events.times import Offer, cannot_wait, reminder_expires
from bot.domain.notices import NoticeKind
from bot.domain.quiet import RegionZones
from storage import outbox, registrations
from storage.notification_settings import quiet_hours
from storage.outbox import Notice
from storage.registrations import Recipient

CONCERNED = (
    RegistrationState.REGISTERED,
    RegistrationState.WAITING,
    RegistrationState.OFFERED,
    RegistrationState.CONFIRMED,
)
"""Who is told when an event changes."""

NEWS_KEPT = dt.timedelta(days=1)
QUESTION_AFTER = dt.timedelta(days=1)
QUESTION_KEPT = dt.timedelta(days=14)

_THAT_CANNOT_WAIT = {
    NoticeKind.EVENT_CHANGE: NoticeKind.EVENT_CHANGE_NOW,
    NoticeKind.EVENT_CANCELLED: NoticeKind.EVENT_CANCELLED_NOW,
}


def tell_news(
    connection: Connection,
    event: Event,
    kind: NoticeKind,
    at: dt.datetime,
    zones: RegionZones,
    former_start: dt.datetime | None = None,
) -> int:
    """Tell all who are concerned of a change (or that there will be no event); returns how many they are.

    What was to begin today, or begins today now, is told at once; else people's quiet hours are kept.
    """
    concerned = registrations.recipients(connection, [event.id], CONCERNED)
    hours = quiet_hours(connection, [one.person_id for one in concerned], zones)
    begins = min(event.starts_at, former_start or event.starts_at)
    notices = []
    for one in concerned:
        urgent = cannot_wait(at, begins, hours[one.person_id], event.zone)
        news = _notice(event, _THAT_CANNOT_WAIT[kind] if urgent else kind, "news", one, at)
        notices.append(news._replace(expires_at=max(event.ends_at, at + NEWS_KEPT)))
    return outbox.queue(connection, notices)


def tell_offers(connection: Connection, event: Event, made: Offer, chosen: list[int]) -> int:
    """Tell those whose registrations were chosen that there is a seat for them."""
    offered = registrations.recipients(connection, [event.id], [RegistrationState.OFFERED])
    what = f"offer-{int(made.until.timestamp())}"  # the same person may be asked again, later
    notices = [
        _notice(event, NoticeKind.EVENT_OFFER, what, one, made.told_at)._replace(expires_at=made.until)
        for one in offered
        if one.registration.id in chosen
    ]
    return outbox.queue(connection, notices)


def reminder(event: Event, one: Recipient, hours: int, due_at: dt.datetime) -> Notice:
    """A reminder so many hours before."""
    made = _notice(event, NoticeKind.EVENT_REMINDER, f"remind-{hours}", one, due_at, hours=hours)
    return made._replace(expires_at=reminder_expires(event.starts_at, hours))


def question(event: Event, one: Recipient, at: dt.datetime) -> Notice:
    """A question to somebody who did not come, a day later."""
    due_at = max(at, event.ends_at + QUESTION_AFTER)
    made = _notice(event, NoticeKind.EVENT_ABSENCE, "absence", one, due_at)
    return made._replace(expires_at=due_at + QUESTION_KEPT)


def _notice(
    event: Event, kind: NoticeKind, what: str, one: Recipient, due_at: dt.datetime, **values: Any
) -> Notice:
    return Notice(
        key=f"event:{event.id}:{event.version}:{what}:{one.person_id}",
        kind=kind,
        telegram_id=one.telegram_id,
        due_at=due_at,
        expires_at=event.ends_at,
        values={"event": event.id, "version": event.version, **values},
        person_id=one.person_id,
    )
