"""Vacancies: found for a person, marked by people; how far the sources have been read."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, and_, func, literal, select

from storage.dialects import insert as upsert
from storage.tables import (
    source_progress,
    vacancies,
    vacancy_marks,
    vacancy_specialties,
    vacancy_views,
    vacancy_words,
)


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
    town: str | None = None


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


def towns(connection: Connection, look: Look, limit: int) -> list[str]:
    """The towns where most of what a look finds is, whatever town it looks for now; most first."""
    look = look._replace(town=None)
    statement = (
        select(vacancies.c.town)
        .select_from(_joined(look, _fits(look)))
        .where(*_wanted(look), vacancies.c.town.is_not(None))
        .group_by(vacancies.c.town)
        .order_by(func.count().desc(), vacancies.c.town)
        .limit(limit)
    )
    return list(connection.execute(statement).scalars())


def open_towns(connection: Connection, region: str) -> list[str]:
    """Every town of a region in which a vacancy is open."""
    statement = select(vacancies.c.town).where(
        vacancies.c.region == region, vacancies.c.closed_at.is_(None), vacancies.c.town.is_not(None)
    )
    return list(connection.execute(statement.distinct().order_by(vacancies.c.town)).scalars())


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


def mark_shown(connection: Connection, person_id: int, ids: Collection[int], at: dt.datetime) -> None:
    """The person saw these in a list; the first time counts."""
    _mark_once(connection, person_id, ids, vacancy_marks.c.shown_at, at)


def mark_opened(connection: Connection, person_id: int, vacancy_id: int, at: dt.datetime) -> None:
    """The person opened the card; the first time counts."""
    _mark_once(connection, person_id, [vacancy_id], vacancy_marks.c.opened_at, at)


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


def _mark_once(
    connection: Connection, person_id: int, ids: Collection[int], column: Column[Any], at: dt.datetime
) -> None:
    known = select(literal(person_id), vacancies.c.id, literal(at, vacancy_marks.c.shown_at.type))
    statement = upsert(vacancy_marks).from_select(
        ["person_id", "vacancy_id", column.name], known.where(vacancies.c.id.in_(ids))
    )
    keys = [vacancy_marks.c.person_id, vacancy_marks.c.vacancy_id]
    connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_={column.name: at}, where=column.is_(None))
    )


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
    if look.town:
        wanted.append(vacancies.c.town == look.town)
    for stem in sorted(look.stems):
        holding = select(vacancy_words.c.vacancy_id).where(vacancy_words.c.stem == stem)
        wanted.append(vacancies.c.id.in_(holding))
    return wanted
