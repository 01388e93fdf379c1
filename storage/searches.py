"""Saved searches: kept once for all who look for the same, and put before new vacancies in sets."""

import datetime as dt
from dataclasses import asdict
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)

from bot.domain.vacancies.search import ANY, WORD, Search
from storage.dialects import insert
from storage.tables import (
    search_keys,
    search_matches,
    search_stems,
    searches,
    subscriptions,
    vacancies,
    vacancy_specialties,
    vacancy_words,
)

_MOMENT = dt.timedelta(microseconds=1)
_PARTS = tuple(Search.__dataclass_fields__)


class Matched(NamedTuple):
    """What became of a portion of vacancies."""

    vacancies: int
    matches: int


def keep(connection: Connection, search: Search) -> int:
    """The id of a search, which is added if nobody has it yet."""
    statement = insert(searches).values(key=search.key, **asdict(search))
    added = connection.execute(
        statement.on_conflict_do_nothing().returning(searches.c.id)
    ).scalar_one_or_none()
    if added is None:
        known = select(searches.c.id).where(searches.c.key == search.key)
        return int(connection.execute(known).scalar_one())
    entries = [{"region": search.region, "key": entry, "search_id": added} for entry in search.entries]
    connection.execute(insert(search_keys), entries)
    if search.stems:
        connection.execute(
            insert(search_stems), [{"search_id": added, "stem": stem} for stem in search.stems]
        )
    return int(added)


def search_of(row: Any) -> Search:
    """A search from a row that has its columns."""
    values = {name: getattr(row, name) for name in _PARTS}
    return Search(**{**values, "stems": tuple(values["stems"])})


def by_key(connection: Connection, key: str) -> Row[Any] | None:
    """A search by its key; None if nobody has had it for long."""
    return connection.execute(select(searches).where(searches.c.key == key)).one_or_none()


def still_fits() -> ColumnElement[bool]:
    """What of a search a vacancy may lose by a change, in a statement that has both tables."""
    return (
        (searches.c.region == vacancies.c.region)
        & vacancies.c.closed_at.is_(None)
        & or_(searches.c.kind.is_(None), searches.c.kind == vacancies.c.kind)
        & or_(
            searches.c.pay_from.is_(None),
            func.coalesce(vacancies.c.pay_to, vacancies.c.pay_from) >= searches.c.pay_from,
        )
        & or_(~searches.c.no_experience, func.coalesce(vacancies.c.experience_years, 0) == 0)
        & or_(~searches.c.quota, vacancies.c.quota)
        & or_(searches.c.town.is_(None), searches.c.town == vacancies.c.town)
    )


def match(connection: Connection, at: dt.datetime, limit: int) -> Matched:
    """Put the next vacancies, up to so many, before all searches.

    What was found before keeps its instant: a vacancy that was only changed is no news.
    """
    portion = select(vacancies.c.id).where(vacancies.c.matched_at.is_(None))
    portion = portion.order_by(vacancies.c.id).limit(limit).with_for_update(skip_locked=True)
    ids = connection.execute(portion).scalars().all()
    if not ids:
        return Matched(0, 0)
    latest = connection.execute(select(func.max(search_matches.c.at))).scalar_one_or_none()
    # later than all before it, whatever the clock does: who was told of those hears of these
    instant = max(at, latest + _MOMENT) if latest else at
    matches = connection.execute(_match, {"ids": ids, "at": instant}).rowcount
    marking = update(vacancies).where(vacancies.c.id.in_(ids))
    connection.execute(marking.values(matched_at=instant))
    return Matched(len(ids), matches)


def forget(connection: Connection, before: dt.datetime, limit: int) -> dict[str, int]:
    """Drop matches made before that instant, and searches that nobody has, so many of each at most."""
    old = select(search_matches.c.search_id, search_matches.c.vacancy_id).where(search_matches.c.at < before)
    pairs = connection.execute(old.order_by(search_matches.c.at).limit(limit)).all()
    dropping = delete(search_matches).where(
        search_matches.c.search_id == bindparam("search"), search_matches.c.vacancy_id == bindparam("vacancy")
    )
    if pairs:
        connection.execute(dropping, [{"search": search, "vacancy": vacancy} for search, vacancy in pairs])
    unused = select(searches.c.id).where(~exists().where(subscriptions.c.search_id == searches.c.id))
    dropped = delete(searches).where(searches.c.id.in_(unused.order_by(searches.c.id).limit(limit)))
    return {"matches": len(pairs), "searches": connection.execute(dropped).rowcount}


def _entries(found_by: Any, entry: ColumnElement[str]) -> Select[Any]:
    """What the vacancies of the portion may be found by, for one kind of entries."""
    among = (
        vacancies if found_by is None else vacancies.join(found_by, found_by.c.vacancy_id == vacancies.c.id)
    )
    portion = vacancies.c.id.in_(bindparam("ids", expanding=True)) & vacancies.c.closed_at.is_(None)
    columns = (vacancies.c.id, vacancies.c.region, entry.label("entry"))
    return select(*columns).select_from(among).where(portion)


def _all_words() -> ColumnElement[bool]:
    """No stem of the search is missing in the vacancy."""
    held = vacancy_words.alias("held")
    there = exists().where(held.c.stem == search_stems.c.stem, held.c.vacancy_id == vacancies.c.id)
    there = there.correlate(search_stems, vacancies)
    missing = exists().where(search_stems.c.search_id == searches.c.id, ~there)
    return ~missing.correlate(searches, vacancies)


# first all entries of the portion, then the searches by region and entry: the other way round SQLite would
# go through every search of a region for every vacancy
_entered = union_all(
    _entries(vacancy_specialties, vacancy_specialties.c.specialty),
    _entries(vacancy_words, literal(WORD) + vacancy_words.c.stem),
    _entries(None, literal(ANY)),
).subquery("entered")
_found = (
    select(searches.c.id, vacancies.c.id, bindparam("at", type_=search_matches.c.at.type))
    .select_from(
        _entered.join(
            search_keys, (search_keys.c.region == _entered.c.region) & (search_keys.c.key == _entered.c.entry)
        )
        .join(searches, searches.c.id == search_keys.c.search_id)
        .join(vacancies, vacancies.c.id == _entered.c.id)
    )
    .where(still_fits(), _all_words())
)
_match = (
    insert(search_matches).from_select(["search_id", "vacancy_id", "at"], _found).on_conflict_do_nothing()
)
