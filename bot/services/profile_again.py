"""Inviting people to look whether their answers still hold, and what follows when they do."""

import datetime as dt
from functools import partial

from sqlalchemy import Connection

from bot.domain.clock import now
from bot.domain.facts import Source
from bot.domain.notices import NoticeKind
from bot.domain.people import Visitor
from bot.domain.profile_again import (
    APART,
    HOUR,
    PROFILE_AGAIN,
    SENT_WITHIN,
    TEMPORARY_HOLD,
    ask_again_at,
)
from bot.domain.questionnaire import answer_facts
from bot.domain.quiet import RegionZones, next_allowed
from bot.domain.recurring import Daily
from bot.services.assessments import Assessments, Cause
from bot.services.profiling import NoProfileError, Profiling
from storage import outbox, people, profile_again, risk
from storage.database import Database
from storage.notification_settings import quiet_hours
from storage.outbox import Notice
from storage.profile_again import Answered
from storage.unit_of_work import UnitOfWork

BATCH = 500
"""People looked at in one transaction: who answers a question meanwhile does not wait long."""


class ProfileAgain:
    """What an invited person can do. Each raises NoProfileError for anyone without a profile."""

    def __init__(self, profiling: Profiling, assessments: Assessments, consent_version: str) -> None:
        self._profiling = profiling
        self._assessments = assessments
        self._consent_version = consent_version

    async def still_so(self, unit: UnitOfWork, visitor: Visitor) -> bool:
        """The answers hold: they count as given today. False if the questionnaire is not finished."""
        turn = await self._profiling.current(unit, visitor)
        if visitor.person is None or not turn.session.completed:
            return False
        facts = answer_facts(turn.definition, turn.session)
        replace = partial(risk.replace_facts, person_id=visitor.person.id, source=Source.ANSWER, known=facts)
        unit.add(partial(replace, at=now()))
        self._assessments.reassess(unit, visitor.person.id, Cause.PROFILING)
        return True

    def invite(self, unit: UnitOfWork, visitor: Visitor, *, wanted: bool) -> None:
        """Whether the person wants such invitations; those that are queued follow it too."""
        if visitor.person is None:
            raise NoProfileError
        decision = partial(people.add_consent, person_id=visitor.person.id, purpose=PROFILE_AGAIN)
        unit.add(partial(decision, version=self._consent_version, given=wanted, at=now()))


async def invite_again(database: Database, zones: RegionZones) -> dict[str, int]:
    """Queue an invitation for everyone whose answers are due for a look; run twice it queues nothing more."""
    invited, after = 0, -1
    while True:
        batch, last = await database.write(partial(_invite_batch, zones=zones, after=after))
        invited += batch
        if last is None:
            return {"invited": invited}
        after = last


def due(answered: Answered, at: dt.datetime) -> bool:
    """Whether it is time to ask this person."""
    asked = ask_again_at(answered.answered_at, answered.temporary_at, answered.graduation_year, at.date())
    return asked <= at


def _invite_batch(connection: Connection, zones: RegionZones, after: int) -> tuple[int, int | None]:
    """How many were invited, and the last person looked at; None when there is nobody beyond."""
    at = now()
    found = profile_again.uninvited(connection, at - TEMPORARY_HOLD, at - APART, after, BATCH)
    if not found:
        return 0, None
    ready = [answered for answered in found if due(answered, at)]
    hours = quiet_hours(connection, [answered.person_id for answered in ready], zones)
    notices = []
    for answered in ready:
        theirs = hours[answered.person_id]
        due_at = next_allowed(Daily(HOUR, theirs.zone).after(at), theirs)
        notices.append(
            Notice(
                key=f"{PROFILE_AGAIN}:{answered.person_id}:{answered.answered_at.date()}",
                kind=NoticeKind.PROFILE_AGAIN,
                telegram_id=answered.telegram_id,
                person_id=answered.person_id,
                due_at=due_at,
                expires_at=due_at + SENT_WITHIN,
            )
        )
    return outbox.queue(connection, notices), found[-1].person_id
