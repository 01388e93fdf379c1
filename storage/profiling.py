"""Profiling sessions and the questionnaires they began with."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from storage.dialects import insert
from storage.tables import profiling_sessions, questionnaires

_session = insert(profiling_sessions).values(
    person_id=bindparam("person_id"),
    questionnaire=bindparam("questionnaire"),
    state=bindparam("state", type_=profiling_sessions.c.state.type),
    screen=bindparam("screen"),
    updated_at=bindparam("updated_at", type_=profiling_sessions.c.updated_at.type),
)
_save = _session.on_conflict_do_update(
    index_elements=[profiling_sessions.c.person_id],
    set_={name: _session.excluded[name] for name in ("questionnaire", "state", "screen", "updated_at")},
)


def save_session(
    connection: Connection,
    person_id: int,
    questionnaire: str,
    state: Mapping[str, Any],
    screen: int | None,
    at: dt.datetime,
) -> None:
    """Keep a session; `screen` is the message in which the person sees it."""
    connection.execute(
        _save,
        {
            "person_id": person_id,
            "questionnaire": questionnaire,
            "state": state,
            "screen": screen,
            "updated_at": at,
        },
    )


def keep_questionnaire(connection: Connection, digest: str, version: str, body: str) -> None:
    """Keep a questionnaire for the profiles that begin with it."""
    connection.execute(
        insert(questionnaires).values(digest=digest, version=version, body=body).on_conflict_do_nothing()
    )


def questionnaire_body(connection: Connection, digest: str) -> str:
    """The questionnaire that a session began with; the foreign key keeps it there."""
    return str(
        connection.execute(
            select(questionnaires.c.body).where(questionnaires.c.digest == digest)
        ).scalar_one()
    )
