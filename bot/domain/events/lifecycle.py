"""What may happen to an event and to a registration: one table each, every cell of which is filled.

An event that is full, or has been moved, is a published one: both follow from what is stored.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.events.refusals import Refusal


class EventState(StrEnum):
    """The codes are stored."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    HELD = "held"


class EventStep(StrEnum):
    """What somebody wants to do to an event, or at it."""

    CHANGE = "change"
    PUBLISH = "publish"
    CANCEL = "cancel"
    HOLD = "hold"
    JOIN = "join"  # sign up, wait, confirm an offer
    LEAVE = "leave"
    CHECK_IN = "check_in"
    MARK = "mark"  # staff say who came
    RATE = "rate"


_STEPS: Mapping[EventStep, tuple[EventState | Refusal, ...]] = {
    # in the order of the states: draft, published, cancelled, held
    EventStep.CHANGE: (EventState.DRAFT, EventState.PUBLISHED, Refusal.CANCELLED, Refusal.OVER),
    EventStep.PUBLISH: (EventState.PUBLISHED, Refusal.PUBLISHED, Refusal.CANCELLED, Refusal.OVER),
    EventStep.CANCEL: (Refusal.NOT_PUBLISHED, EventState.CANCELLED, Refusal.CANCELLED, Refusal.OVER),
    EventStep.HOLD: (Refusal.NOT_PUBLISHED, EventState.HELD, Refusal.CANCELLED, Refusal.OVER),
    EventStep.JOIN: (Refusal.GONE, EventState.PUBLISHED, Refusal.CANCELLED, Refusal.OVER),
    EventStep.LEAVE: (Refusal.GONE, EventState.PUBLISHED, Refusal.CANCELLED, Refusal.OVER),
    EventStep.CHECK_IN: (Refusal.GONE, EventState.PUBLISHED, Refusal.CANCELLED, Refusal.OVER),
    EventStep.MARK: (Refusal.NOT_PUBLISHED, EventState.PUBLISHED, Refusal.CANCELLED, EventState.HELD),
    EventStep.RATE: (Refusal.GONE, EventState.PUBLISHED, Refusal.CANCELLED, EventState.HELD),
}


def event_after(state: EventState, step: EventStep) -> EventState | Refusal:
    """The event's state after a step, or why there is no such step."""
    return _STEPS[step][list(EventState).index(state)]


class RegistrationState(StrEnum):
    """The codes are stored."""

    REGISTERED = "registered"
    WAITING = "waiting"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    ABSENT = "absent"


class RegistrationStep(StrEnum):
    """What becomes of a person's registration."""

    SIGN_UP = "sign_up"
    WAIT = "wait"
    OFFER = "offer"  # a seat has become free
    CONFIRM = "confirm"
    DECLINE = "decline"
    LAPSE = "lapse"  # nobody answered the offer in time
    CANCEL = "cancel"
    CHECK_IN = "check_in"
    ADMIT = "admit"  # by staff, whoever it is
    MISS = "miss"
    RATE = "rate"


_REGISTERED: Final = RegistrationState.REGISTERED
_WAITING: Final = RegistrationState.WAITING
_OFFERED: Final = RegistrationState.OFFERED
_CONFIRMED: Final = RegistrationState.CONFIRMED
_CANCELLED: Final = RegistrationState.CANCELLED
_ATTENDED: Final = RegistrationState.ATTENDED
_ABSENT: Final = RegistrationState.ABSENT
_No = Refusal

_Cell = RegistrationState | Refusal
# a column for each: none, registered, waiting, offered, confirmed, cancelled, attended, absent
_TABLE: Mapping[RegistrationStep, tuple[_Cell, ...]] = {
    RegistrationStep.SIGN_UP: (
        _REGISTERED,
        _No.ALREADY,
        _No.ALREADY_WAITING,
        _No.OFFERED,
        _No.ALREADY,
        _REGISTERED,
        _No.ALREADY_IN,
        _No.OVER,
    ),
    RegistrationStep.WAIT: (
        _WAITING,
        _No.ALREADY,
        _No.ALREADY_WAITING,
        _No.OFFERED,
        _No.ALREADY,
        _WAITING,
        _No.ALREADY_IN,
        _No.OVER,
    ),
    RegistrationStep.OFFER: (
        _No.NOT_REGISTERED,
        _No.ALREADY,
        _OFFERED,
        _No.OFFERED,
        _No.ALREADY,
        _No.NOT_REGISTERED,
        _No.ALREADY_IN,
        _No.OVER,
    ),
    RegistrationStep.CONFIRM: (
        _No.NOT_REGISTERED,
        _CONFIRMED,
        _No.NO_SEAT,
        _CONFIRMED,
        _No.ALREADY,
        _No.OFFER_GONE,
        _No.ALREADY_IN,
        _No.OVER,
    ),
    RegistrationStep.DECLINE: (
        _No.NOT_REGISTERED,
        _No.ALREADY,
        _No.ALREADY_WAITING,
        _CANCELLED,
        _No.ALREADY,
        _No.OFFER_GONE,
        _No.ALREADY_IN,
        _No.OVER,
    ),
    RegistrationStep.LAPSE: (
        _No.NOT_REGISTERED,
        _No.ALREADY,
        _No.ALREADY_WAITING,
        _CANCELLED,
        _No.ALREADY,
        _No.OFFER_GONE,
        _No.ALREADY_IN,
        _No.OVER,
    ),
    RegistrationStep.CANCEL: (
        _No.NOT_REGISTERED,
        _CANCELLED,
        _CANCELLED,
        _CANCELLED,
        _CANCELLED,
        _No.NOT_REGISTERED,
        _No.ALREADY_IN,
        _No.OVER,
    ),
    RegistrationStep.CHECK_IN: (
        _No.NOT_REGISTERED,
        _ATTENDED,
        _No.NO_SEAT,
        _ATTENDED,
        _ATTENDED,
        _No.NOT_REGISTERED,
        _No.ALREADY_IN,
        _No.NO_SEAT,
    ),
    RegistrationStep.ADMIT: (
        _ATTENDED,
        _ATTENDED,
        _ATTENDED,
        _ATTENDED,
        _ATTENDED,
        _ATTENDED,
        _No.ALREADY_IN,
        _ATTENDED,
    ),
    RegistrationStep.MISS: (
        _No.NOT_REGISTERED,
        _ABSENT,
        _No.NO_SEAT,
        _ABSENT,
        _ABSENT,
        _No.NOT_REGISTERED,
        _ABSENT,
        _No.ALREADY,
    ),
    RegistrationStep.RATE: (
        _No.NOT_REGISTERED,
        _No.NOT_THERE,
        _No.NOT_THERE,
        _No.NOT_THERE,
        _No.NOT_THERE,
        _No.NOT_REGISTERED,
        _ATTENDED,
        _No.NOT_THERE,
    ),
}
_COLUMNS: tuple[RegistrationState | None, ...] = (None, *RegistrationState)

SEATED = (_REGISTERED, _OFFERED, _CONFIRMED, _ATTENDED)
"""Who has a seat. One that is offered is kept for whoever is asked."""

EXPECTED = (_REGISTERED, _CONFIRMED)
"""Who is going to come, as far as is known."""


def registration_after(
    state: RegistrationState | None, step: RegistrationStep
) -> RegistrationState | Refusal:
    """A registration's state after a step (None: there is none yet), or why there is no such step."""
    return _TABLE[step][_COLUMNS.index(state)]


def sources(step: RegistrationStep) -> tuple[RegistrationState, ...]:
    """The states that a step is possible from, other than from none."""
    return tuple(
        one for one in RegistrationState if isinstance(registration_after(one, step), RegistrationState)
    )


@dataclass(frozen=True, slots=True)
class Registration:
    """A person's registration as it is stored. `remind`: hours before the beginning."""

    id: int
    event_id: int
    person_id: int
    state: RegistrationState
    at: dt.datetime
    offered_until: dt.datetime | None
    remind: tuple[int, ...]
    came_at: dt.datetime | None
    came_by: str | None
    rating: int | None
    comment: str | None
