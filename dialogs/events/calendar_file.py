"""An event as a file for the phone's calendar (RFC 5545, 5546)."""

import datetime as dt

from bot.domain.events.event import Event
from bot.domain.events.lifecycle import EventState
from locales.text import Text

PRODUCT = "-//Marshrut//Events//RU"
NEAR = dt.timedelta(days=366)
"""So much of the zone's rules is told, before and after the event."""


def calendar_file(
    text: Text, event: Event, organiser: str | None, address: str, at: dt.datetime, *, withdrawn: bool
) -> bytes:
    """The event to put into a calendar; or, cancelled or `withdrawn`, to take out of it.

    A calendar knows an event by its UID and takes the file with the highest SEQUENCE, of equal ones the one
    made last (`at`). `address` leads back to the card. Takes its time at first: not for the event loop.
    """
    from icalendar import Calendar
    from icalendar import Event as Entry
    from icalendar.prop import vCalAddress

    gone = withdrawn or event.state is EventState.CANCELLED
    by = vCalAddress(address)
    by.params["CN"] = organiser or text.plain("event-organiser-region")
    uid = f"{event.code}@marshrut"
    entry = Entry.new(
        uid=uid,
        sequence=event.version,
        stamp=at.replace(microsecond=0),
        start=event.local_start,
        end=event.local_end,
        summary=event.title,
        location=event.place,
        description=_description(text, event, address),
        url=address,
        organizer=by,
    )
    entry.add("status", "CANCELLED" if gone else "CONFIRMED")
    method = "CANCEL" if gone else "PUBLISH"
    calendar = Calendar.new(prodid=PRODUCT, method=method, uid=uid, subcomponents=[entry])
    calendar.add_missing_timezones(event.local_start.date() - NEAR, event.local_end.date() + NEAR)
    written: bytes = calendar.to_ical()
    return written


def _description(text: Text, event: Event, address: str) -> str:
    parts = (
        text.plain(f"event-kind-{event.kind}"),
        event.employer,
        event.description,
        event.map_link,
        address,
    )
    return "\n".join(part for part in parts if part)
