"""Who came to an event is known from then on, and the level follows, in the same transaction."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection

from bot.domain.events.kinds import facts_of_attendance
from bot.domain.facts import Fact, Source
from bot.services.assessments import Assessments, Cause
from storage import registrations, risk


def feed(
    connection: Connection, assessments: Assessments, person_ids: Collection[int], at: dt.datetime
) -> None:
    """Make the facts of these people what their attendance says now, and assess them anew.

    It is reckoned from all events that they have been to: what staff put right is put right here too.
    """
    for person_id, attended in registrations.attended(connection, person_ids).items():
        known = facts_of_attendance(attended)
        facts = [Fact(name, value, Source.ATTENDANCE) for name, value in known.items()]
        risk.replace_facts(connection, person_id, Source.ATTENDANCE, facts, at)
        assessments.reassess_within(connection, person_id, Cause.ATTENDANCE)
