"""Events for a student: found, signed up for, waited for, cancelled, rated."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from bot.domain.clock import now
from bot.domain.events.audience import Attendee
from bot.domain.events.event import Event
from bot.domain.events.lifecycle import (
    SEATED,
    EventStep,
    Registration,
    RegistrationState,
    RegistrationStep,
    event_after,
    registration_after,
)
from bot.domain.events.refusals import Refusal
from bot.domain.events.times import REMINDER_HOURS
from bot.domain.people import Visitor
from bot.services.events.cards import Answer, Card, cards, fitting, profile_of, visible
from bot.services.events.seats import pass_on, refusal_of_joining, seating_of
from storage import events, registrations
from storage.unit_of_work import UnitOfWork

PAGE = 5
"""Events in one list: a screen of a small phone."""

PAST_SHOWN = dt.timedelta(days=90)
"""How long an event that one has been to can be rated."""

BEST_RATING = 5
LONGEST_COMMENT = 300
ABSENCE_REASONS = ("time", "far", "forgot", "other")


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of events; `more`: there is another after it."""

    cards: list[Card]
    page: int
    more: bool
    total: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks what of a locked event, and when."""

    event: Event
    attendee: Attendee
    person_id: int
    registration: Registration | None
    at: dt.datetime

    @property
    def state(self) -> RegistrationState | None:
        return self.registration.state if self.registration else None


Decision = Callable[[Connection, Asked], Refusal | None]


class Events:
    """Use cases of `/events`. Each raises NoProfileError for whoever has no profile.

    An event that is not for the asker is one that there is not.
    """

    async def listed(
        self, unit: UnitOfWork, visitor: Visitor, page: int = 0, day: dt.date | None = None
    ) -> Listed:
        """A page of the events to come that fit, the next first; those of one day, if one is given."""
        person, at = profile_of(visitor), now()

        def look(connection: Connection) -> Listed:
            attendee = registrations.attendee(connection, person.id)
            found = [
                one for one in _coming(connection, attendee, at) if day in (None, one.local_start.date())
            ]
            start = min(max(page, 0), max(len(found) - 1, 0) // PAGE) * PAGE
            shown = cards(connection, person.id, attendee, found[start : start + PAGE], at)
            return Listed(shown, start // PAGE, start + PAGE < len(found), len(found))

        return await unit.read(look)

    async def month(self, unit: UnitOfWork, visitor: Visitor, year: int, month: int) -> dict[dt.date, int]:
        """How many events to come that fit begin on each day of a month, by the clock of where they are."""
        person, at = profile_of(visitor), now()

        def look(connection: Connection) -> dict[dt.date, int]:
            attendee = registrations.attendee(connection, person.id)
            days = (event.local_start.date() for event in _coming(connection, attendee, at))
            return dict(Counter(day for day in days if (day.year, day.month) == (year, month)))

        return await unit.read(look)

    async def mine(self, unit: UnitOfWork, visitor: Visitor) -> list[Card]:
        """What the asker signed up for: what comes, the next first, then where they were, the last first."""
        person, at = profile_of(visitor), now()

        def look(connection: Connection) -> list[Card]:
            attendee = registrations.attendee(connection, person.id)
            own = registrations.own(connection, person.id, at - PAST_SHOWN)
            found = events.several(connection, [one.event_id for one in own])
            coming = [found[one.event_id] for one in own if found[one.event_id].ends_at > at]
            attended = [one for one in own if one.state is RegistrationState.ATTENDED]
            past = [found[one.event_id] for one in attended if found[one.event_id].ends_at <= at]
            return cards(connection, person.id, attendee, [*coming, *reversed(past)], at)

        return await unit.read(look)

    async def card(self, unit: UnitOfWork, visitor: Visitor, code: str) -> Card | None:
        """One event; None if there is none, or it is neither meant for the asker nor signed up for."""
        person, at = profile_of(visitor), now()

        def look(connection: Connection) -> Card | None:
            attendee = registrations.attendee(connection, person.id)
            event = visible(connection, events.by_code(connection, code), attendee, person.id)
            return cards(connection, person.id, attendee, [event], at)[0] if event else None

        return await unit.read(look)

    async def sign_up(self, unit: UnitOfWork, visitor: Visitor, code: str) -> Answer:
        """Take a seat. FULL: there is none, but a waiting list."""
        return await self._decide(unit, visitor, code, partial(_join, wait=False))

    async def wait(self, unit: UnitOfWork, visitor: Visitor, code: str) -> Answer:
        """Join the waiting list, or take a seat if there is one."""
        return await self._decide(unit, visitor, code, partial(_join, wait=True))

    async def confirm(self, unit: UnitOfWork, visitor: Visitor, code: str) -> Answer:
        """Take the seat that is offered, or say again that one will come."""
        return await self._decide(unit, visitor, code, _confirm)

    async def decline(self, unit: UnitOfWork, visitor: Visitor, code: str) -> Answer:
        """Leave the offered seat to the next in line."""
        return await self._decide(unit, visitor, code, partial(_leave, step=RegistrationStep.DECLINE))

    async def cancel(self, unit: UnitOfWork, visitor: Visitor, code: str) -> Answer:
        """The asker cannot come, or waits no longer; the seat goes to the next in line at once."""
        return await self._decide(unit, visitor, code, partial(_leave, step=RegistrationStep.CANCEL))

    async def toggle_reminder(self, unit: UnitOfWork, visitor: Visitor, code: str, hours: int) -> Answer:
        """Be reminded so many hours before, or no more; hours that cannot be chosen change nothing."""
        return await self._decide(unit, visitor, code, partial(_toggle, hours=hours))

    async def rate(
        self, unit: UnitOfWork, visitor: Visitor, code: str, rating: int, comment: str | None = None
    ) -> Answer:
        """Rate an event that one has been to, 1 to 5; a rating that there is not changes nothing."""
        said = {"rating": rating} if 1 <= rating <= BEST_RATING else {}
        return await self._decide(unit, visitor, code, partial(_say, said={**said, **_sentence(comment)}))

    async def comment(self, unit: UnitOfWork, visitor: Visitor, code: str, comment: str) -> Answer:
        """Say a sentence about an event that one has been to."""
        return await self._decide(unit, visitor, code, partial(_say, said=_sentence(comment)))

    async def why_absent(self, unit: UnitOfWork, visitor: Visitor, code: str, reason: str) -> Answer:
        """Why the asker did not come; a reason that there is not changes nothing."""
        return await self._decide(unit, visitor, code, partial(_explain, reason=reason))

    async def _decide(self, unit: UnitOfWork, visitor: Visitor, code: str, decision: Decision) -> Answer:
        person = profile_of(visitor)

        def decide(connection: Connection) -> Refusal | None:
            locked = events.lock(connection, code)
            attendee = registrations.attendee(connection, person.id)
            event = visible(connection, locked, attendee, person.id)
            if event is None:
                return Refusal.GONE
            registration = registrations.of_person(connection, event.id, person.id)
            return decision(connection, Asked(event, attendee, person.id, registration, now()))

        refusal = await unit.decide(decide)
        return Answer(refusal, await self.card(unit, visitor, code))


def _coming(connection: Connection, attendee: Attendee, at: dt.datetime) -> list[Event]:
    if attendee.region is None or attendee.organisation_id is None:
        return []
    published = events.published(connection, attendee.region, attendee.organisation_id, at)
    return fitting(connection, attendee, published)


def _join(connection: Connection, asked: Asked, *, wait: bool) -> Refusal | None:
    event, organisation = asked.event, asked.attendee.organisation_id
    seating = seating_of(connection, event)
    free = seating.free(registrations.taken(connection, [event.id])[event.id], organisation)
    others_first = bool(free and seating.before(organisation, registrations.waiting(connection, event.id)))
    if others_first:
        free = 0  # nobody jumps the line
    refusal = refusal_of_joining(event, seating, asked.attendee, asked.registration, free, asked.at)
    if refusal and not (wait and refusal is Refusal.FULL):
        return refusal
    step = RegistrationStep.WAIT if refusal else RegistrationStep.SIGN_UP
    after = registration_after(asked.state, step)
    if isinstance(after, Refusal):
        return after
    registrations.add(connection, event.id, asked.person_id, after, asked.at, REMINDER_HOURS)
    if others_first:
        pass_on(connection, event, asked.at)
    return None


def _confirm(connection: Connection, asked: Asked) -> Refusal | None:
    after = _after(asked, EventStep.JOIN, RegistrationStep.CONFIRM)
    if isinstance(after, Refusal):
        return after
    assert asked.registration is not None, "there is no way from none to confirmed"
    until = asked.registration.offered_until
    late = asked.state is RegistrationState.OFFERED and until is not None and until <= asked.at
    waiting = registrations.waiting(connection, asked.event.id)
    if late and seating_of(connection, asked.event).before(asked.attendee.organisation_id, waiting):
        registrations.move(connection, [asked.registration.id], RegistrationStep.LAPSE)
        pass_on(connection, asked.event, asked.at)
        return Refusal.OFFER_GONE
    registrations.move(connection, [asked.registration.id], RegistrationStep.CONFIRM, offered_until=None)
    return None


def _leave(connection: Connection, asked: Asked, *, step: RegistrationStep) -> Refusal | None:
    after = _after(asked, EventStep.LEAVE, step)
    if isinstance(after, Refusal):
        return after
    assert asked.registration is not None, "there is no way from none to cancelled"
    registrations.move(connection, [asked.registration.id], step, offered_until=None)
    if asked.state in SEATED:
        pass_on(connection, asked.event, asked.at)
    return None


def _after(asked: Asked, event_step: EventStep, step: RegistrationStep) -> RegistrationState | Refusal:
    allowed = event_after(asked.event.state, event_step)
    if isinstance(allowed, Refusal):
        return allowed
    if asked.at >= asked.event.starts_at:
        return Refusal.OVER
    return registration_after(asked.state, step)


def _toggle(connection: Connection, asked: Asked, *, hours: int) -> Refusal | None:
    if asked.registration is None or asked.state is RegistrationState.CANCELLED:
        return Refusal.NOT_REGISTERED
    if hours in REMINDER_HOURS:
        chosen = {*asked.registration.remind} ^ {hours}
        registrations.change(connection, asked.registration.id, remind=sorted(chosen, reverse=True))
    return None


def _say(connection: Connection, asked: Asked, *, said: Mapping[str, int | str]) -> Refusal | None:
    allowed = event_after(asked.event.state, EventStep.RATE)
    after = (
        allowed if isinstance(allowed, Refusal) else registration_after(asked.state, RegistrationStep.RATE)
    )
    if isinstance(after, Refusal):
        return after
    assert asked.registration is not None, "there is no way from none to attended"
    if said:
        registrations.change(connection, asked.registration.id, **said)
    return None


def _explain(connection: Connection, asked: Asked, *, reason: str) -> Refusal | None:
    if asked.registration is None or asked.state is not RegistrationState.ABSENT:
        return Refusal.NOT_REGISTERED
    if reason in ABSENCE_REASONS:
        registrations.change(connection, asked.registration.id, comment=reason)
    return None


def _sentence(comment: str | None) -> dict[str, str]:
    cleaned = " ".join((comment or "").replace("\x00", "").split())
    return {"comment": cleaned[:LONGEST_COMMENT]} if cleaned else {}
