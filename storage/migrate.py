"""Brings a database to the newest schema, or back."""

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from storage.database import run_alone


def upgrade(url: str, revision: str = "head") -> None:
    """Apply every migration up to the revision; where there is nothing to do, nothing happens.

    Raises DatabaseUrlError, Unavailable.
    """
    _run(url, command.upgrade, revision)


def downgrade(url: str, revision: str) -> None:
    """Take migrations back down to the revision; `base` is an empty database."""
    _run(url, command.downgrade, revision)


def _run(url: str, step: Callable[[Config, str], None], revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")

    def migrate(connection: Connection) -> None:
        config.attributes["connection"] = connection
        step(config, revision)

    run_alone(url, migrate)
