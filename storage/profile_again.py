"""Who may be asked whether their answers still hold."""

import datetime as dt
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Connection, ScalarSelect, Select, exists, func, select

from bot.domain.campaigns import MAILINGS
from bot.domain.facts import Source
from bot.domain.notices import NoticeKind
from bot.domain.profile_again import PROFILE_AGAIN, TEMPORARY
from storage.consents import in_force
from storage.tables import assessments, facts, groups, outbox, persons


class Answered(NamedTuple):
    """Someone with a finished profile: when they answered last, and when what may have changed since."""

    person_id: int
    telegram_id: int
    answered_at: dt.datetime
    temporary_at: dt.datetime | None
    graduation_year: int | None


def uninvited(
    connection: Connection, answered_before: dt.datetime, invited_before: dt.datetime, after: int, limit: int
) -> list[Answered]:
    """Those who answered before one instant and were not invited since the other, by id, beyond `after`."""
    invited = exists().where(
        outbox.c.person_id == persons.c.id,
        outbox.c.kind == NoticeKind.PROFILE_AGAIN,
        outbox.c.due_at > invited_before,
    )
    statement = _askable().where(
        persons.c.id > after, persons.c.blocked_at.is_(None), ~invited, _answered_at() <= answered_before
    )
    return [Answered(*row) for row in connection.execute(statement.order_by(persons.c.id).limit(limit))]


def askable(connection: Connection, person_ids: Collection[int]) -> dict[int, Answered]:
    """Those of these people who may still be asked."""
    rows = connection.execute(_askable().where(persons.c.id.in_(person_ids)).order_by(persons.c.id))
    return {row.id: Answered(*row) for row in rows}


def _askable() -> Select[*tuple[Any, ...]]:
    """Whoever has a finished profile, does not work in the trade learned, and has not said no to it."""
    override = (
        select(assessments.c.override)
        .where(assessments.c.person_id == persons.c.id)
        .order_by(assessments.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    temporary = select(func.min(facts.c.at)).where(
        facts.c.person_id == persons.c.id, facts.c.source == Source.ANSWER, facts.c.name.in_(TEMPORARY)
    )
    return (
        select(
            persons.c.id,
            persons.c.telegram_id,
            _answered_at().label("answered_at"),
            temporary.scalar_subquery().label("temporary_at"),
            groups.c.graduation_year,
        )
        .outerjoin(groups, groups.c.id == persons.c.group_id)
        .where(
            persons.c.level.is_not(None),
            override.is_(None),
            in_force(persons.c.id, PROFILE_AGAIN).is_not(False),
            in_force(persons.c.id, MAILINGS).is_not(False),
            _answered_at().is_not(None),
        )
    )


def _answered_at() -> ScalarSelect[dt.datetime]:
    latest = select(func.max(facts.c.at)).where(
        facts.c.person_id == persons.c.id, facts.c.source == Source.ANSWER
    )
    return latest.scalar_subquery()
