"""Consents as conditions of other statements: what a person decided last is what counts."""

from typing import Any

from sqlalchemy import ColumnElement, select

from storage.tables import consents


def in_force(person_id: ColumnElement[Any], purpose: str) -> ColumnElement[bool]:
    """Whether the person has agreed to a purpose and not taken it back. Null: never asked."""
    latest = (
        select(consents.c.given)
        .where(consents.c.person_id == person_id, consents.c.purpose == purpose)
        .order_by(consents.c.id.desc())
        .limit(1)
    )
    return latest.scalar_subquery()
