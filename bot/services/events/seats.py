"""Seats of an event, inside a transaction that has locked it: who may have one, who gets a free one."""

import datetime as dt

from sqlalchemy import Connection

from bot.domain.events.audience import Attendee, fits
from bot.domain.events.event import Event
from bot.domain.events.lifecycle import (
    EventState,
    EventStep,
    Registration,
    RegistrationStep,
    event_after,
    registration_after,
)
from bot.domain.events.refusals import Refusal
from bot.domain.events.seating import Seating
from bot.domain.events.times import offer
from bot.services.events.notices import tell_offers
from storage import events, registrations


def seating_of(connection: Connection, event: Event) -> Seating:
    """How many seats there are, and for whom."""
    return Seating(event.seats, events.quotas_of(connection, [event.id])[event.id])


def meant(event: Event, seating: Seating, attendee: Attendee) -> bool:
    """Whether the event is for this person."""
    ours = event.organisation_id is None or event.organisation_id == attendee.organisation_id
    return (
        attendee.region == event.region
        and ours
        and fits(event.audience, attendee)
        and seating.capacity(attendee.organisation_id) != 0
    )


def refusal_of_joining(
    event: Event,
    seating: Seating,
    attendee: Attendee,
    registration: Registration | None,
    free: int | None,
    at: dt.datetime,
) -> Refusal | None:
    """Why the person cannot have a seat now; FULL: but they may wait. None: they can."""
    step = event_after(event.state, EventStep.JOIN)
    if isinstance(step, Refusal):
        return step
    after = registration_after(registration.state if registration else None, RegistrationStep.SIGN_UP)
    if isinstance(after, Refusal):
        return after
    if at >= event.starts_at:
        return Refusal.OVER
    if at >= event.deadline_at:
        return Refusal.CLOSED
    if not meant(event, seating, attendee):
        return Refusal.NOT_FOR_YOU
    return Refusal.FULL if free == 0 else None


def pass_on(connection: Connection, event: Event, at: dt.datetime) -> int:
    """Offer the free seats of a locked event to the next in line; returns how many were offered."""
    made = offer(at, event.starts_at, event.deadline_at, event.zone)
    if event.state is not EventState.PUBLISHED or made is None:
        return 0
    taken = registrations.taken(connection, [event.id])[event.id]
    if event.seats is not None and sum(taken.values()) >= event.seats:
        return 0  # the line may be long: it is looked at when there is something to give
    waiting = registrations.waiting(connection, event.id)
    chosen = seating_of(connection, event).next_in_line(taken, waiting)
    offered = registrations.move(connection, chosen, RegistrationStep.OFFER, offered_until=made.until)
    tell_offers(connection, event, made, offered)
    return len(offered)
