"""Checking in at the door, by the code on the organiser's screen or the QR code that holds it."""

import datetime as dt
import logging

from sqlalchemy import Connection

from bot.domain.clock import now
from bot.domain.events.door import ATTEMPTS, ATTEMPTS_WITHIN, OPENS_BEFORE, CodeVerdict, judge, read_typed
from bot.domain.events.event import Event
from bot.domain.events.kinds import Attendance
from bot.domain.events.lifecycle import (
    EventState,
    EventStep,
    RegistrationStep,
    event_after,
    registration_after,
)
from bot.domain.events.refusals import Refusal
from bot.domain.people import Visitor
from bot.services.assessments import Assessments
from bot.services.events.attendance import feed
from bot.services.events.cards import Answer, cards, profile_of, visible
from storage import check_ins, events, registrations
from storage.unit_of_work import UnitOfWork

logger = logging.getLogger(__name__)

GUESSES = (Refusal.GONE, Refusal.WRONG_CODE, Refusal.CODE_EXPIRED, Refusal.OTHER_EVENT)
"""Outcomes that somebody who guesses would see; of these there may be a few."""

IN = "in"
REMEMBERED = dt.timedelta(days=1)
"""For so long a code of an event that is over is told apart from a wrong one."""


class EventCheckIn:
    """Use case of the code. Raises NoProfileError for whoever has no profile."""

    def __init__(self, assessments: Assessments) -> None:
        self._assessments = assessments

    async def check_in(self, unit: UnitOfWork, visitor: Visitor, typed: str, code: str = "") -> Answer:
        """Check in by six digits, or by a QR code's text; without an event's code at whichever is open now.

        Without a card when it is not known which event was meant.
        """
        person, at = profile_of(visitor), now()
        scanned, digits = read_typed(typed)

        def decide(connection: Connection) -> Answer:
            guessed = check_ins.count(connection, person.id, GUESSES, at - ATTEMPTS_WITHIN)
            refusal: Refusal | None = Refusal.TOO_MANY
            event = None
            if guessed < ATTEMPTS:
                refusal, event = self._enter(connection, person.id, scanned or code, digits, at)
            check_ins.add(connection, person.id, refusal or IN, at)
            attendee = registrations.attendee(connection, person.id)
            shown = visible(connection, event, attendee, person.id)
            return Answer(refusal, cards(connection, person.id, attendee, [shown], at)[0] if shown else None)

        answer = await unit.decide(decide)
        if answer.refusal is Refusal.TOO_MANY:
            logger.warning("check-in: too many wrong codes from one account")
        return answer

    def _enter(
        self, connection: Connection, person_id: int, code: str, digits: str, at: dt.datetime
    ) -> tuple[Refusal | None, Event | None]:
        """Why not, and which event it is about."""
        near = _near(connection, person_id, at)
        event = events.by_code(connection, code) if code else _of_digits(near, digits, at)
        if event is None or event.state is EventState.DRAFT:
            return Refusal.GONE if code else Refusal.WRONG_CODE, None
        step = event_after(event.state, EventStep.CHECK_IN)
        if isinstance(step, Refusal):
            return step, event
        if event.attendance is Attendance.STAFF:
            return Refusal.STAFF_ONLY, event
        refusal = _refusal_of_code(event, digits, at)
        if refusal is Refusal.WRONG_CODE and any(_opens(other, digits, at) for other in near):
            refusal = Refusal.OTHER_EVENT
        return refusal or self._come(connection, event, person_id, at), event

    def _come(self, connection: Connection, event: Event, person_id: int, at: dt.datetime) -> Refusal | None:
        events.lock_by_id(connection, event.id)
        registration = registrations.of_person(connection, event.id, person_id)
        step = RegistrationStep.CHECK_IN
        after = registration_after(registration.state if registration else None, step)
        if isinstance(after, Refusal):
            return after
        assert registration is not None, "there is no way from none through the door"
        registrations.move(
            connection, [registration.id], step, came_at=at, came_by="code", offered_until=None
        )
        feed(connection, self._assessments, [person_id], at)
        return None


def _near(connection: Connection, person_id: int, at: dt.datetime) -> list[Event]:
    """Events of the person's college and region whose door is open, or was not long ago."""
    attendee = registrations.attendee(connection, person_id)
    if attendee.region is None or attendee.organisation_id is None:
        return []
    ends_after, starts_before = at - REMEMBERED, at + OPENS_BEFORE
    return events.published(connection, attendee.region, attendee.organisation_id, ends_after, starts_before)


def _of_digits(near: list[Event], digits: str, at: dt.datetime) -> Event | None:
    """The event that these digits open, else one that they opened before."""
    known = [event for event in near if _refusal_of_code(event, digits, at) is not Refusal.WRONG_CODE]
    return min(known, key=lambda event: not _opens(event, digits, at), default=None)


def _opens(event: Event, digits: str, at: dt.datetime) -> bool:
    return _refusal_of_code(event, digits, at) is None


def _refusal_of_code(event: Event, digits: str, at: dt.datetime) -> Refusal | None:
    if at < event.starts_at - OPENS_BEFORE:
        return Refusal.NOT_YET
    match judge(event.secret, digits, min(at, event.ends_at), rotating=event.rotating_code):
        case CodeVerdict.WRONG:
            return Refusal.WRONG_CODE
        case CodeVerdict.EXPIRED:
            return Refusal.CODE_EXPIRED
    return Refusal.CODE_EXPIRED if at > event.ends_at else None
