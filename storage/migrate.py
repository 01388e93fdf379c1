"""Brings a database to the newest schema, or back."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config

from storage.database import sqlite_address, sqlite_engine


def upgrade(url: str, revision: str = "head") -> None:
    """Apply every migration up to the revision; where there is nothing to do, nothing happens."""
    _run(url, command.upgrade, revision)


def downgrade(url: str, revision: str) -> None:
    """Take migrations back down to the revision; `base` is an empty database."""
    _run(url, command.downgrade, revision)


def _run(url: str, step: Callable[[Config, str], None], revision: str) -> None:
    address = sqlite_address(url)
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    engine = sqlite_engine(address)
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            step(config, revision)
    finally:
        engine.dispose()
