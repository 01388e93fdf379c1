"""Databases of both kinds, each test its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.databases import KINDS, Databases, PostgresqlServer, SqliteFiles, postgresql_server


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("migrated"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    with postgresql_server() as server:
        yield server


@pytest.fixture(params=KINDS)
def databases(request: pytest.FixtureRequest) -> Databases:
    """Whatever uses it runs on every kind of database."""
    kind = "sqlite_files" if request.param == "sqlite" else "postgresql"
    return request.getfixturevalue(kind)  # type: ignore[no-any-return]


@pytest.fixture
def new_database(databases: Databases, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Makes migrated databases; gives their addresses."""
    made: list[str] = []

    def make() -> str:
        folder = tmp_path / f"database-{len(made)}"
        folder.mkdir()
        made.append(databases.migrated(folder))
        return made[-1]

    yield make
    for url in made:
        databases.drop(url)


@pytest.fixture
def url(new_database: Callable[[], str]) -> str:
    return new_database()


@pytest.fixture
def empty(databases: Databases, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    url = databases.empty(tmp_path)
    yield url
    databases.drop(url)


@pytest.fixture
def postgresql_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of PostgreSQL, for what is its own."""
    if "postgresql" not in KINDS:
        pytest.skip("TEST_DATABASES leaves it out")
    server: PostgresqlServer = request.getfixturevalue("postgresql")
    url = server.migrated(tmp_path)
    yield url
    server.drop(url)
