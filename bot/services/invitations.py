"""Staff accounts: an administrator makes a one-time link, whoever opens it becomes staff."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, RowMapping

from bot.domain.access import AccessDenied, administrator
from bot.domain.clock import now
from bot.domain.people import Role, Visitor
from storage import organisations, people, staff
from storage.unit_of_work import UnitOfWork

VALID_FOR = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Linked:
    """What the new member of staff may do, and where."""

    role: Role
    organisation: str | None


class Invitations:
    """Makes and redeems invitations."""

    async def invite(self, unit: UnitOfWork, visitor: Visitor, role: Role, organisation: str | None) -> str:
        """A secret for a link, valid once and for a week. Raises AccessDenied for all but administrators.

        `organisation` is a college's code: a specialist works for one, a coordinator for none.
        """
        invited_by = administrator(visitor)
        organisation_id = None
        if role is Role.SPECIALIST:
            found = await unit.read(partial(organisations.organisation_by_code, code=organisation or ""))
            if found is None:
                raise AccessDenied
            organisation_id = int(found["id"])
        secret = secrets.token_urlsafe(18)
        unit.add(
            partial(
                staff.add_invitation,
                token_digest=_digest(secret),
                role=role,
                organisation_id=organisation_id,
                invited_by=invited_by,
                created_at=now(),
                expires_at=now() + VALID_FOR,
            )
        )
        unit.add(
            partial(people.add_audit, actor=f"admin:{invited_by}", action="invited", subject=None, at=now())
        )
        return secret

    async def redeem(self, unit: UnitOfWork, visitor: Visitor, secret: str) -> Linked | None:
        """Make the asker staff; None if the link is unknown, too old or used. Two cannot use one link.

        Who took it may open it again: the first answer may have been lost on the way.
        """
        digest, telegram_id = _digest(secret), visitor.telegram_id

        def use(connection: Connection) -> Linked | None:
            invitation = staff.use_invitation(connection, digest, telegram_id, now())
            if invitation is None:
                taken = staff.taken_invitation(connection, digest, telegram_id)
                return _linked(connection, taken) if taken else None
            role, organisation_id = invitation["role"], invitation["organisation_id"]
            staff.link(connection, telegram_id, role, organisation_id, visitor.language, now())
            people.add_audit(connection, f"telegram:{telegram_id}", "linked", None, now())
            return _linked(connection, invitation)

        return await unit.decide(use)


def _linked(connection: Connection, invitation: RowMapping) -> Linked:
    organisation_id = invitation["organisation_id"]
    name = organisations.organisation_name(connection, organisation_id) if organisation_id else None
    return Linked(Role(invitation["role"]), name)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
