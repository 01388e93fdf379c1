"""What a test reads from the bot's database, and changes there by the back door."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Table, func, select, update

from bot.app import App
from storage.tables import inbox, invitations, metadata, persons

Row = dict[str, Any]


async def rows(app: App, table: Table, **where: object) -> list[Row]:
    """The rows of a table whose columns have these values."""
    statement = select(table).where(*(table.c[name] == value for name, value in where.items()))

    def read(connection: Connection) -> list[Row]:
        return [dict(row) for row in connection.execute(statement).mappings()]

    return await app.database.read(read)


async def person_row(app: App, telegram_id: int) -> Row:
    """The person of a Telegram account, who must be there."""
    (row,) = await rows(app, persons, telegram_id=telegram_id)
    return row


async def undone(app: App, telegram_id: int) -> int:
    """Updates of one account that still wait in the inbox."""
    waiting = select(func.count()).where(inbox.c.lane == telegram_id, inbox.c.done_at.is_(None))
    return await app.database.read(lambda connection: int(connection.execute(waiting).scalar_one()))


OWN_LIFE = ("inbox", "jobs", "leases")


async def everything(app: App, *, without: tuple[str, ...] = OWN_LIFE) -> dict[str, list[Row]]:
    """All rows of all tables, without those that grow or change whatever a person does."""
    tables = [table for table in metadata.sorted_tables if table.name not in without]
    return {table.name: await rows(app, table) for table in tables}


async def expire_invitations(app: App) -> None:
    """Every invitation is a minute too old."""
    past = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)
    await app.database.write(
        lambda connection: connection.execute(update(invitations).values(expires_at=past))
    )
