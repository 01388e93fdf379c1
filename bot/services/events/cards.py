"""An event as a student sees it: what it is, how many seats are left, where they stand."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.domain.events.audience import Attendee
from bot.domain.events.event import Event
from bot.domain.events.lifecycle import EventState, Registration, RegistrationState
from bot.domain.events.refusals import Refusal
from bot.domain.events.seating import Seating
from bot.domain.people import Person, Visitor
from bot.services.events.seats import meant, refusal_of_joining
from bot.services.profiling import NoProfileError
from storage import events, registrations


@dataclass(frozen=True, slots=True)
class Card:
    """An event for one person. No organisation: the region's.

    `seats_left` are seats that this person could have; None: any number.
    `place_in_line` is set while they wait, from 1. `refusal` says why they cannot sign up now: FULL means
    that they can wait.
    """

    event: Event
    organisation: str | None
    seats_left: int | None
    waiting: int
    registration: Registration | None
    place_in_line: int | None
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a press: why not, if it was refused, and the event as it stands now, if there is one."""

    refusal: Refusal | None
    card: Card | None


def profile_of(visitor: Visitor) -> Person:
    """The asker's profile, finished or not. Raises NoProfileError."""
    if visitor.person is None:
        raise NoProfileError
    return visitor.person


def fitting(connection: Connection, attendee: Attendee, listed: Sequence[Event]) -> list[Event]:
    """Those of these events that are meant for the person."""
    quotas = events.quotas_of(connection, [event.id for event in listed])
    return [event for event in listed if meant(event, Seating(event.seats, quotas[event.id]), attendee)]


def visible(connection: Connection, event: Event | None, attendee: Attendee, person_id: int) -> Event | None:
    """The event, if the person may see it: it is meant for them, or they have signed up for it."""
    if event is None or event.state is EventState.DRAFT:
        return None
    known = fitting(connection, attendee, [event]) or registrations.of_person(connection, event.id, person_id)
    return event if known else None


def cards(
    connection: Connection, person_id: int, attendee: Attendee, listed: Sequence[Event], at: dt.datetime
) -> list[Card]:
    """The events as the person sees them, in the given order."""
    ids = [event.id for event in listed]
    quotas = events.quotas_of(connection, ids)
    taken = registrations.taken(connection, ids)
    counts = registrations.counts(connection, ids)
    own = registrations.of_events(connection, person_id, ids)
    of = {event.organisation_id for event in listed if event.organisation_id is not None}
    names = events.organisation_names(connection, of)
    made = []
    for event in listed:
        seating = Seating(event.seats, quotas[event.id])
        free = seating.free(taken[event.id], attendee.organisation_id)
        registration = own.get(event.id)
        made.append(
            Card(
                event=event,
                organisation=names.get(event.organisation_id or 0),
                seats_left=free,
                waiting=counts[event.id].get(RegistrationState.WAITING, 0),
                registration=registration,
                place_in_line=_place(connection, seating, attendee, registration),
                refusal=refusal_of_joining(event, seating, attendee, registration, free, at),
            )
        )
    return made


def _place(
    connection: Connection, seating: Seating, attendee: Attendee, registration: Registration | None
) -> int | None:
    if registration is None or registration.state is not RegistrationState.WAITING:
        return None
    return registrations.ahead(connection, registration, attendee.organisation_id, list(seating.quotas)) + 1
