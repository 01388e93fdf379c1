"""Vacancies: kept as they come from the sources, found for a person, marked by people."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.tables import (
    source_progress,
    vacancies,
    vacancy_marks,
    vacancy_specialties,
    vacancy_views,
    vacancy_words,
)

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


class Look(NamedTuple):
    """What a person looks for; None and False do not narrow."""

    region: str
    person_id: int
    specialty: str | None = None
    stems: frozenset[str] = frozenset()
    kind: str | None = None
    pay_from: int | None = None
    no_experience: bool = False
    quota: bool = False
    schedules: tuple[str, ...] = ()
    saved: bool = False


def keep(connection: Connection, rows: Sequence[VacancyRow], at: dt.datetime) -> Kept:
    """Add what is new, renew what has changed, leave out what another source has already."""
    known = _known(connection, rows)
    elsewhere = _open_elsewhere(connection, rows)
    new: list[VacancyRow] = []
    changed: list[tuple[int, VacancyRow]] = []
    seen: list[int] = []
    doubles = 0
    for row in _last_of_each(rows):
        held = known.get((row.columns["source"], row.columns["source_id"]))
        if (held is None or held.closed_at is not None) and row.columns["identity"] in elsewhere:
            doubles += 1
        elif held is None:
            new.append(row)
        elif held.modified_at != row.columns["modified_at"] or held.closed_at is not None:
            changed.append((held.id, row))
        else:
            seen.append(held.id)
    _add(connection, new, at)
    for vacancy_id, row in changed:
        values = {**row.columns, "seen_at": at, "missed": 0, "closed_at": None}
        connection.execute(update(vacancies).where(vacancies.c.id == vacancy_id).values(values))
    _index(connection, changed)
    if seen:
        connection.execute(update(vacancies).where(vacancies.c.id.in_(seen)).values(seen_at=at, missed=0))
    return Kept(len(new), len(changed), len(seen), doubles)


def close_missed(
    connection: Connection, source: str, region: str, began_at: dt.datetime, at: dt.datetime
) -> int:
    """After a full pass: what it did not see is missed once more, and closed at the second time."""
    ours = (vacancies.c.source == source) & (vacancies.c.region == region) & vacancies.c.closed_at.is_(None)
    missed = update(vacancies).where(ours, vacancies.c.seen_at < began_at)
    connection.execute(missed.values(missed=vacancies.c.missed + 1))
    closing = update(vacancies).where(ours, vacancies.c.missed >= CLOSED_AFTER_MISSES)
    return connection.execute(closing.values(closed_at=at)).rowcount


def found(connection: Connection, look: Look, offset: int, limit: int) -> list[RowMapping]:
    """Vacancies for a person, the most fitting first; `because` is the word that makes it fit."""
    fits = _fits(look)
    statement = (
        select(vacancies, fits.c.because, vacancy_marks.c.saved_at, vacancy_marks.c.applied_at)
        .select_from(_joined(look, fits))
        .where(*_wanted(look))
        .order_by(
            func.coalesce(vacancies.c.schedule, "").in_(look.schedules).desc(),
            (func.coalesce(vacancies.c.experience_years, 0) == 0).desc(),
            vacancies.c.modified_at.desc(),
            vacancies.c.id,
        )
        .offset(offset)
        .limit(limit)
    )
    return list(connection.execute(statement).mappings())


def count_found(connection: Connection, look: Look) -> int:
    """How many vacancies a look finds."""
    statement = select(func.count()).select_from(_joined(look, _fits(look))).where(*_wanted(look))
    return int(connection.execute(statement).scalar_one())


def vacancy(connection: Connection, vacancy_id: int, person_id: int) -> RowMapping | None:
    """One vacancy, closed ones too, with the person's marks."""
    statement = (
        select(
            vacancies,
            vacancy_marks.c.saved_at,
            vacancy_marks.c.hidden_at,
            vacancy_marks.c.applied_at,
            vacancy_marks.c.hired_at,
        )
        .outerjoin(vacancy_marks, _theirs(person_id))
        .where(vacancies.c.id == vacancy_id)
    )
    return connection.execute(statement).mappings().one_or_none()


def because(connection: Connection, vacancy_id: int, specialty: str) -> str | None:
    """The word that makes a vacancy fit a specialty; None if it does not."""
    statement = select(func.max(vacancy_specialties.c.because)).where(
        vacancy_specialties.c.vacancy_id == vacancy_id,
        vacancy_specialties.c.specialty.in_(_beginnings(specialty)),
    )
    return connection.execute(statement).scalar_one_or_none()


def mark(connection: Connection, person_id: int, vacancy_id: int, marks: Mapping[str, Any]) -> None:
    """Set a person's marks on a vacancy; others stay as they are. An unknown vacancy gets none."""
    known = select(vacancies.c.id).where(vacancies.c.id == vacancy_id)
    if connection.execute(known).first() is None:
        return
    statement = upsert(vacancy_marks).values(person_id=person_id, vacancy_id=vacancy_id, **marks)
    keys = [vacancy_marks.c.person_id, vacancy_marks.c.vacancy_id]
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=dict(marks)))


def view(connection: Connection, person_id: int) -> dict[str, Any]:
    """What the person looked for last."""
    statement = select(vacancy_views.c.filters).where(vacancy_views.c.person_id == person_id)
    return dict(connection.execute(statement).scalar_one_or_none() or {})


def save_view(connection: Connection, person_id: int, filters: Mapping[str, Any]) -> None:
    statement = upsert(vacancy_views).values(person_id=person_id, filters=dict(filters))
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[vacancy_views.c.person_id], set_={"filters": dict(filters)}
        )
    )


def progress(connection: Connection, source: str, region: str) -> RowMapping | None:
    """How far a source has been read for a region."""
    ours = (source_progress.c.source == source) & (source_progress.c.region == region)
    return connection.execute(select(source_progress).where(ours)).mappings().one_or_none()


def save_progress(connection: Connection, source: str, region: str, changed: Mapping[str, Any]) -> None:
    """Keep how far a source has been read; what is not named stays."""
    statement = upsert(source_progress).values(source=source, region=region, **changed)
    keys = [source_progress.c.source, source_progress.c.region]
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=dict(changed)))


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


def _theirs(person_id: int) -> ColumnElement[bool]:
    return and_(vacancy_marks.c.vacancy_id == vacancies.c.id, vacancy_marks.c.person_id == person_id)


def _fits(look: Look) -> Any:
    """The specialties of vacancies that are the person's: by the code or by the beginning of it."""
    return (
        select(vacancy_specialties.c.vacancy_id, func.max(vacancy_specialties.c.because).label("because"))
        .where(vacancy_specialties.c.specialty.in_(_beginnings(look.specialty or "")))
        .group_by(vacancy_specialties.c.vacancy_id)
        .subquery("fits")
    )


def _beginnings(code: str) -> list[str]:
    """What the table may know a specialty by: 09, 09.02, 09.02.07."""
    return [code[:length] for length in (2, 5, 8) if len(code) >= length] or [""]


def _joined(look: Look, fits: Any) -> Any:
    # words find whatever holds them; without words only what fits the specialty is shown
    by_words = bool(look.stems) or look.specialty is None or look.saved
    return vacancies.join(fits, fits.c.vacancy_id == vacancies.c.id, isouter=by_words).outerjoin(
        vacancy_marks, _theirs(look.person_id)
    )


def _wanted(look: Look) -> list[ColumnElement[bool]]:
    wanted = [
        vacancies.c.region == look.region,
        vacancies.c.closed_at.is_(None),
        vacancy_marks.c.hidden_at.is_(None),
    ]
    if look.kind:
        wanted.append(vacancies.c.kind == look.kind)
    if look.pay_from:
        wanted.append(func.coalesce(vacancies.c.pay_to, vacancies.c.pay_from) >= look.pay_from)
    if look.no_experience:
        wanted.append(func.coalesce(vacancies.c.experience_years, 0) == 0)
    if look.quota:
        wanted.append(vacancies.c.quota)
    if look.saved:
        wanted.append(vacancy_marks.c.saved_at.is_not(None))
    for stem in sorted(look.stems):
        holding = select(vacancy_words.c.vacancy_id).where(vacancy_words.c.stem == stem)
        wanted.append(vacancies.c.id.in_(holding))
    return wanted
