"""Where SQLite and PostgreSQL differ."""

from sqlalchemy.dialects.sqlite import insert

__all__ = ["insert"]
