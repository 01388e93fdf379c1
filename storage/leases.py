"""Leases: of several processes one does the work, and a former holder is recognised by its token."""

import datetime as dt
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from storage.dialects import insert
from storage.tables import leases

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Lease(NamedTuple):
    """`token` grows with every new holder. `paused_until` outlives its holder."""

    token: int
    paused_until: dt.datetime | None


CLOCKS_DIFFER = dt.timedelta(minutes=1)
"""What runs out later than this after any lease would was taken before the clock was put back."""


def acquire(
    connection: Connection, name: str, holder: str, at: dt.datetime, until: dt.datetime
) -> Lease | None:
    """Take a lease that nobody holds, or whose holder has let it run out; None while another holds it."""
    new = insert(leases).values(name=name, holder="", token=0, expires_at=_EPOCH)
    connection.execute(new.on_conflict_do_nothing())
    free = (leases.c.expires_at <= at) | (leases.c.expires_at > until + CLOCKS_DIFFER)
    taking = update(leases).where(leases.c.name == name, free)
    taking = taking.values(holder=holder, token=leases.c.token + 1, expires_at=until)
    row = connection.execute(taking.returning(leases.c.token, leases.c.paused_until)).one_or_none()
    return Lease(*row) if row else None


def renew(connection: Connection, name: str, token: int, until: dt.datetime) -> Lease | None:
    """Hold on to a lease; None if another has taken it meanwhile."""
    ours = update(leases).where(leases.c.name == name, leases.c.token == token).values(expires_at=until)
    row = connection.execute(ours.returning(leases.c.token, leases.c.paused_until)).one_or_none()
    return Lease(*row) if row else None


def release(connection: Connection, name: str, token: int) -> None:
    """Let go: the next process need not wait until the lease runs out."""
    ours = (leases.c.name == name) & (leases.c.token == token)
    connection.execute(update(leases).where(ours).values(expires_at=_EPOCH))


def pause(connection: Connection, name: str, until: dt.datetime) -> None:
    """Nothing is done under this lease until then, whoever holds it. A longer pause stays."""
    shorter = leases.c.paused_until.is_(None) | (leases.c.paused_until < until)
    connection.execute(update(leases).where(leases.c.name == name, shorter).values(paused_until=until))


def paused_until(connection: Connection, name: str) -> dt.datetime | None:
    """Until when nothing may be done under a lease."""
    statement = select(leases.c.paused_until).where(leases.c.name == name)
    return connection.execute(statement).scalar_one_or_none()
