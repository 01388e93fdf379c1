"""Vacancies on their way into the database: what is new, what has changed, what another source has."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from storage.dialects import alone
from storage.tables import vacancies, vacancy_specialties, vacancy_words

CLOSED_AFTER_MISSES = 2


class VacancyRow(NamedTuple):
    """A vacancy ready to be kept: its columns, the specialties it fits and why, the stems it is found by."""

    columns: Mapping[str, Any]
    specialties: Mapping[str, str]
    stems: frozenset[str]


class Kept(NamedTuple):
    """What became of a batch."""

    new: int = 0
    changed: int = 0
    same: int = 0
    doubles: int = 0  # the same vacancy is there from another source

    def plus(self, other: "Kept") -> "Kept":
        return Kept(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


class _Sorted(NamedTuple):
    new: list[VacancyRow]
    changed: list[tuple[int, VacancyRow]]
    seen: list[int]
    doubles: int

    @property
    def counts(self) -> Kept:
        return Kept(len(self.new), len(self.changed), len(self.seen), self.doubles)


def keep(connection: Connection, rows: Sequence[VacancyRow], at: dt.datetime) -> Kept:
    """Add what is new, renew what has changed, leave out what another source has already."""
    alone(connection, vacancies)  # two sources that bring the same vacancy at once: one is to see the other's
    batch = _sorted(connection, rows)
    _add(connection, batch.new, at)
    for vacancy_id, row in batch.changed:
        # what is changed may fit others now: it is put before the subscriptions again
        values = {**row.columns, "seen_at": at, "missed": 0, "closed_at": None, "matched_at": None}
        connection.execute(update(vacancies).where(vacancies.c.id == vacancy_id).values(values))
    _index(connection, batch.changed)
    if batch.seen:
        seen = update(vacancies).where(vacancies.c.id.in_(batch.seen))
        connection.execute(seen.values(seen_at=at, missed=0))
    return batch.counts


def compare(connection: Connection, rows: Sequence[VacancyRow]) -> Kept:
    """What `keep` would say of the batch. Writes nothing."""
    return _sorted(connection, rows).counts


def as_held(connection: Connection, rows: Sequence[VacancyRow]) -> list[VacancyRow]:
    """The same rows; those that say what is held already have the held one's `modified_at`.

    A table has no dates of its own: without this, handing it in again would change every row of it.
    """
    ids = [row.columns["source_id"] for row in rows]
    statement = select(vacancies).where(vacancies.c.source_id.in_(ids))
    held = {(row["source"], row["source_id"]): row for row in connection.execute(statement).mappings()}
    settled = []
    for row in rows:
        known = held.get((row.columns["source"], row.columns["source_id"]))
        same = known is not None and all(
            known[name] == value for name, value in row.columns.items() if name != "modified_at"
        )
        columns = {**row.columns, "modified_at": known["modified_at"]} if known and same else row.columns
        settled.append(row._replace(columns=columns))
    return settled


def close_missed(
    connection: Connection, source: str, region: str | None, began_at: dt.datetime, at: dt.datetime
) -> int:
    """After a full pass: what it did not see is missed once more, and closed at the second time.

    Without a region the pass was over the whole source.
    """
    ours = (vacancies.c.source == source) & vacancies.c.closed_at.is_(None)
    if region is not None:
        ours &= vacancies.c.region == region
    missed = update(vacancies).where(ours, vacancies.c.seen_at < began_at)
    connection.execute(missed.values(missed=vacancies.c.missed + 1))
    closing = update(vacancies).where(ours, vacancies.c.missed >= CLOSED_AFTER_MISSES)
    return connection.execute(closing.values(closed_at=at)).rowcount


def _sorted(connection: Connection, rows: Sequence[VacancyRow]) -> _Sorted:
    known = _known(connection, rows)
    elsewhere = _open_elsewhere(connection, rows)
    batch = _Sorted([], [], [], 0)
    for row in _last_of_each(rows):
        held = known.get((row.columns["source"], row.columns["source_id"]))
        if (held is None or held.closed_at is not None) and row.columns["identity"] in elsewhere:
            batch = batch._replace(doubles=batch.doubles + 1)
        elif held is None:
            batch.new.append(row)
        elif held.modified_at != row.columns["modified_at"] or held.closed_at is not None:
            batch.changed.append((held.id, row))
        else:
            batch.seen.append(held.id)
    return batch


def _last_of_each(rows: Sequence[VacancyRow]) -> list[VacancyRow]:
    """A page may hold a record twice, as it was and as it was changed meanwhile: the later one counts."""
    last = {(row.columns["source"], row.columns["source_id"]): row for row in rows}
    return list(last.values())


def _known(connection: Connection, rows: Sequence[VacancyRow]) -> dict[tuple[str, str], Any]:
    ids = [row.columns["source_id"] for row in rows]
    statement = select(
        vacancies.c.id,
        vacancies.c.source,
        vacancies.c.source_id,
        vacancies.c.modified_at,
        vacancies.c.closed_at,
    ).where(vacancies.c.source_id.in_(ids))
    return {(held.source, held.source_id): held for held in connection.execute(statement)}


def _open_elsewhere(connection: Connection, rows: Sequence[VacancyRow]) -> set[str]:
    """Identities that are open from another source than the batch's."""
    sources = {row.columns["source"] for row in rows}
    statement = select(vacancies.c.identity).where(
        vacancies.c.identity.in_([row.columns["identity"] for row in rows]),
        vacancies.c.source.not_in(sources),
        vacancies.c.closed_at.is_(None),
    )
    return set(connection.execute(statement).scalars())


def _add(connection: Connection, rows: Sequence[VacancyRow], at: dt.datetime) -> None:
    if not rows:
        return
    values = [{**row.columns, "seen_at": at, "missed": 0} for row in rows]
    statement = insert(vacancies).returning(vacancies.c.id, sort_by_parameter_order=True)
    ids = connection.execute(statement, values).scalars().all()
    _index(connection, list(zip(ids, rows, strict=True)))


def _index(connection: Connection, rows: Sequence[tuple[int, VacancyRow]]) -> None:
    """What a vacancy is found by: specialties and words, as they are now."""
    if not rows:
        return
    ids = [vacancy_id for vacancy_id, _ in rows]
    for table in (vacancy_specialties, vacancy_words):
        connection.execute(delete(table).where(table.c.vacancy_id.in_(ids)))
    fitting = [
        {"vacancy_id": vacancy_id, "specialty": specialty, "because": because}
        for vacancy_id, row in rows
        for specialty, because in row.specialties.items()
    ]
    words = [{"vacancy_id": vacancy_id, "stem": stem} for vacancy_id, row in rows for stem in row.stems]
    if fitting:
        connection.execute(insert(vacancy_specialties), fitting)
    if words:
        connection.execute(insert(vacancy_words), words)
