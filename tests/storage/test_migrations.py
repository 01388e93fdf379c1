"""Migrations: each step up and down, and people's rows live through them."""

import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.migrate import downgrade, upgrade
from storage.tables import metadata
from tests.databases import plain_engine


def revisions() -> list[str]:
    """Every revision, the oldest first."""
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


@pytest.fixture
def engine(empty: str) -> Iterator[sa.Engine]:
    engine = plain_engine(empty)
    yield engine
    engine.dispose()


def schema(engine: sa.Engine) -> dict[str, Any]:
    """All that there is: tables with columns, keys and indexes."""
    inspector = sa.inspect(engine)
    found: dict[str, list[Any]] = defaultdict(list)
    for look in (
        inspector.get_multi_columns,
        inspector.get_multi_pk_constraint,
        inspector.get_multi_foreign_keys,
        inspector.get_multi_unique_constraints,
        inspector.get_multi_indexes,
    ):
        for (_, table), described in look().items():
            found[table].append(_plain(described))
    found.pop("alembic_version", None)
    return dict(found)


def _plain(described: Any) -> Any:
    """With the text of expressions in their place: two expressions are never equal."""
    if isinstance(described, dict):
        return {name: _plain(value) for name, value in described.items()}
    if isinstance(described, list):
        return [_plain(value) for value in described]
    return str(described)


def test_every_step_goes_up_down_and_up_again(empty: str, engine: sa.Engine) -> None:
    before: dict[str, Any] = {}
    for revision, previous in zip(revisions(), ["base", *revisions()], strict=False):
        upgrade(empty, revision)
        reached = schema(engine)
        assert reached != before
        fill(engine)
        downgrade(empty, previous)
        assert schema(engine) == before, f"{revision} leaves something behind on its way down"
        upgrade(empty, revision)
        assert schema(engine) == reached
        before = reached


def test_migrations_and_tables_describe_the_same_schema(empty: str, engine: sa.Engine) -> None:
    upgrade(empty)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_there_is_one_line_of_revisions() -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


@pytest.mark.parametrize("revision", revisions())
def test_rows_of_an_older_revision_live_on(empty: str, engine: sa.Engine, revision: str) -> None:
    upgrade(empty, revision)
    before = fill(engine)
    upgrade(empty)
    now = rows(engine)
    for table, kept in before.items():
        assert len(now[table]) == len(kept), table
        for old, new in zip(kept, now[table], strict=True):
            assert {**new, **old} == new, f"{table} has changed under way"


def test_an_upgrade_with_nothing_to_do_does_nothing(empty: str, engine: sa.Engine) -> None:
    upgrade(empty)
    before = fill(engine)
    upgrade(empty)
    assert rows(engine) == before


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    upgrade(f"sqlite+aiosqlite:///{tmp_path}/data/deep/bot.db")
    assert (tmp_path / "data" / "deep" / "bot.db").is_file()


def test_two_processes_that_start_at_once_migrate_once(empty: str, engine: sa.Engine) -> None:
    together = threading.Barrier(4)

    def start(_number: int) -> None:
        together.wait(30)
        upgrade(empty)

    with ThreadPoolExecutor(4) as processes:
        list(processes.map(start, range(4)))
    with engine.connect() as connection:
        held = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    assert held == revisions()[-1:]


def fill(engine: sa.Engine) -> dict[str, list[dict[str, Any]]]:
    """A row in every table that has none, whatever tables there are."""
    found = sa.MetaData()
    found.reflect(engine)
    with engine.begin() as connection:
        for table in found.sorted_tables:
            if connection.execute(sa.select(table)).first() is None:
                connection.execute(table.insert(), {c.name: sample(c) for c in table.columns})
    return rows(engine)


def sample(column: sa.Column[Any]) -> object:
    if column.foreign_keys:
        return sample(next(iter(column.foreign_keys)).column)
    kinds: list[tuple[type[sa.types.TypeEngine[Any]], object]] = [
        (sa.JSON, {"ключ": [1, "два"]}),
        (sa.Boolean, True),
        (sa.Float, 0.5),
        (sa.Integer, 7),
        (sa.DateTime, dt.datetime(2026, 11, 5, tzinfo=dt.UTC).replace(tzinfo=None)),
        (sa.String, "ёж"),
    ]
    return next(value for kind, value in kinds if isinstance(column.type, kind))


def rows(engine: sa.Engine) -> dict[str, list[dict[str, Any]]]:
    found = sa.MetaData()
    found.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(table.select()).mappings()]
            for table in found.sorted_tables
            if table.name != "alembic_version"
        }
