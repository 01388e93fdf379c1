"""Real SQLite files, each test its own, made once and copied."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from storage.database import Database, sqlite_address, sqlite_engine
from storage.migrate import upgrade


def url_of(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database at the newest revision, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "bot.db"
    upgrade(url_of(file))
    return file


@pytest.fixture
def url(migrated: Path, tmp_path: Path) -> str:
    return url_of(Path(shutil.copy(migrated, tmp_path / "bot.db")))


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    yield database
    await database.close()


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    """One transaction of the database's own kind."""
    engine = sqlite_engine(sqlite_address(url))
    with engine.begin() as connection:
        yield connection
    engine.dispose()
