"""Staff accounts and the one-time invitations that make them."""

import datetime as dt

from sqlalchemy import Connection, RowMapping, select, update

from storage.dialects import insert
from storage.tables import invitations, staff


def add_invitation(
    connection: Connection,
    token_digest: str,
    role: str,
    organisation_id: int | None,
    invited_by: int,
    created_at: dt.datetime,
    expires_at: dt.datetime,
) -> None:
    values = {
        "token_digest": token_digest,
        "role": role,
        "organisation_id": organisation_id,
        "invited_by": invited_by,
        "created_at": created_at,
        "expires_at": expires_at,
    }
    connection.execute(insert(invitations).values(values))


def use_invitation(
    connection: Connection, token_digest: str, telegram_id: int, at: dt.datetime
) -> RowMapping | None:
    """Take an invitation, once and for all; None if it is unknown, too old or taken."""
    statement = (
        update(invitations)
        .where(
            invitations.c.token_digest == token_digest,
            invitations.c.used_at.is_(None),
            invitations.c.expires_at > at,
        )
        .values(used_at=at, used_by=telegram_id)
        .returning(invitations.c.role, invitations.c.organisation_id)
    )
    return connection.execute(statement).mappings().one_or_none()


def taken_invitation(connection: Connection, token_digest: str, telegram_id: int) -> RowMapping | None:
    """The invitation that this account took before."""
    statement = select(invitations.c.role, invitations.c.organisation_id).where(
        invitations.c.token_digest == token_digest, invitations.c.used_by == telegram_id
    )
    return connection.execute(statement).mappings().one_or_none()


def link(
    connection: Connection,
    telegram_id: int,
    role: str,
    organisation_id: int | None,
    language: str,
    at: dt.datetime,
) -> None:
    """Make a Telegram account staff, or give it another role."""
    changed = {"role": role, "organisation_id": organisation_id, "linked_at": at}
    statement = insert(staff).values(telegram_id=telegram_id, language=language, **changed)
    connection.execute(statement.on_conflict_do_update(index_elements=[staff.c.telegram_id], set_=changed))
