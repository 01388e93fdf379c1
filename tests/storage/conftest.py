"""A real database for each test, of either kind."""

import datetime as dt
from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import Connection

from bot.domain import clock
from storage.database import Database
from tests.databases import plain_engine
from tests.storage.event_centre import EventCentre, go_to


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    yield database
    await database.close()


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    """One transaction of the database's own kind."""
    engine = plain_engine(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
async def another(url: str) -> AsyncIterator[Database]:
    """The same database as another process has it open."""
    another = Database(url)
    yield another
    await another.close()


@pytest.fixture
async def centre(database: Database, monkeypatch: pytest.MonkeyPatch) -> EventCentre:
    """A region with staff, at nine in the morning in Moscow on a working day; time goes back afterwards."""
    monkeypatch.setattr(clock, "_shifted", clock._shifted)
    go_to(dt.datetime(2027, 3, 9, 6, tzinfo=dt.UTC))
    return await EventCentre(database).found()
