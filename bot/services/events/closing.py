"""The end of an event, inside a transaction that has locked it: who came, who did not, what follows."""

import datetime as dt
from collections import Counter

from sqlalchemy import Connection

from bot.domain.events.event import Event
from bot.domain.events.kinds import Attendance
from bot.domain.events.lifecycle import EXPECTED, EventState, RegistrationState, RegistrationStep
from bot.services.assessments import Assessments
from bot.services.events.attendance import feed
from bot.services.events.notices import question
from storage import events, outbox, registrations
from storage.registrations import Recipient


def close(
    connection: Connection, assessments: Assessments, event: Event, at: dt.datetime, *, by_itself: bool
) -> Counter[str]:
    """Close a locked event. `by_itself`: nobody of the staff did it.

    Then nobody counts as absent if nobody was marked as present: the door was not kept.
    """
    expected = registrations.recipients(connection, [event.id], EXPECTED)
    here = registrations.counts(connection, [event.id])[event.id].get(RegistrationState.ATTENDED, 0)
    _send_home(connection, event)
    events.change(connection, event.id, {"state": EventState.HELD})
    if event.attendance is Attendance.SIGNED_UP:
        came = {"came_at": event.starts_at, "came_by": Attendance.SIGNED_UP.value}
        ids = [one.registration.id for one in expected]
        registrations.move(connection, ids, RegistrationStep.ADMIT, **came)
        feed(connection, assessments, [one.person_id for one in expected], at)
        return Counter(attended=len(expected))
    if by_itself and not here:
        return Counter()
    registrations.move(connection, [one.registration.id for one in expected], RegistrationStep.MISS)
    return Counter(absent=len(expected), asked=_ask(connection, event, expected, at))


def _send_home(connection: Connection, event: Event) -> None:
    """Whoever waited to the end, or was asked and did not answer, had no seat."""
    waiting = registrations.recipients(connection, [event.id], [RegistrationState.WAITING])
    offered = registrations.recipients(connection, [event.id], [RegistrationState.OFFERED])
    registrations.move(connection, [one.registration.id for one in waiting], RegistrationStep.CANCEL)
    registrations.move(connection, [one.registration.id for one in offered], RegistrationStep.LAPSE)


def _ask(connection: Connection, event: Event, absent: list[Recipient], at: dt.datetime) -> int:
    """A kind question to those who did not come for the second time in a row; a third time asks nothing."""
    outcomes = registrations.latest_outcomes(connection, [one.person_id for one in absent])
    second = [one for one in absent if _missed_in_a_row(outcomes[one.person_id]) == 2]
    return outbox.queue(connection, [question(event, one, at) for one in second])


def _missed_in_a_row(outcomes: list[RegistrationState]) -> int:
    """How many of the latest events were missed, up to one that was not."""
    came = RegistrationState.ATTENDED
    return outcomes.index(came) if came in outcomes else len(outcomes)
