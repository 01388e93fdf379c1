"""Facts with their sources, employment statistics, and the history of assessments."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from bot.domain.facts import Fact, Source, Value
from storage.dialects import insert as upsert
from storage.tables import assessments, facts, statistics

WHOLE_REGION = "*"


class StaffEntry(NamedTuple):
    """A fact that staff entered, with the words it was entered with."""

    value: Value
    comment: str | None
    at: dt.datetime


def facts_of(connection: Connection, person_id: int) -> list[Fact]:
    """Every stored fact of a person, from every source."""
    rows = connection.execute(
        select(facts.c.name, facts.c.value, facts.c.source).where(facts.c.person_id == person_id)
    )
    return [Fact(row.name, _value(row.value), Source(row.source)) for row in rows]


def staff_entries(connection: Connection, person_id: int) -> dict[str, StaffEntry]:
    """What staff entered about a person, by fact."""
    rows = connection.execute(
        select(facts.c.name, facts.c.value, facts.c.comment, facts.c.at).where(
            facts.c.person_id == person_id, facts.c.source == Source.STAFF
        )
    )
    return {row.name: StaffEntry(_value(row.value), row.comment, row.at) for row in rows}


def replace_facts(
    connection: Connection, person_id: int, source: Source, known: Sequence[Fact], at: dt.datetime
) -> None:
    """What is known from that source is this, and nothing else."""
    connection.execute(delete(facts).where(facts.c.person_id == person_id, facts.c.source == source))
    if known:
        connection.execute(insert(facts), [_row(person_id, fact, at) for fact in known])


def set_fact(
    connection: Connection,
    person_id: int,
    fact: Fact,
    at: dt.datetime,
    *,
    comment: str | None = None,
    set_by: int | None = None,
) -> None:
    """Set or correct one fact of one source."""
    row = {**_row(person_id, fact, at), "comment": comment, "set_by": set_by}
    statement = upsert(facts).values(row)
    keys = [facts.c.person_id, facts.c.name, facts.c.source]
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=keys, set_={name: row[name] for name in ("value", "comment", "set_by", "at")}
        )
    )


def clear_fact(connection: Connection, person_id: int, name: str, source: Source) -> None:
    """That source does not know the fact any more."""
    connection.execute(
        delete(facts).where(facts.c.person_id == person_id, facts.c.name == name, facts.c.source == source)
    )


def add_assessment(connection: Connection, values: dict[str, Any]) -> None:
    connection.execute(insert(assessments).values(values))


def assessments_of(connection: Connection, person_id: int, limit: int) -> list[RowMapping]:
    """The latest assessments, newest first."""
    statement = select(assessments).where(assessments.c.person_id == person_id)
    return list(connection.execute(statement.order_by(assessments.c.id.desc()).limit(limit)).mappings())


def forget_evidence(connection: Connection, person_id: int, names: Collection[str]) -> None:
    """Take findings out of the history that rest on these facts as the person answered them."""
    rows = connection.execute(
        select(assessments.c.id, assessments.c.findings).where(assessments.c.person_id == person_id)
    ).all()
    for row in rows:
        kept = [finding for finding in row.findings if not _rests_on(finding, names)]
        if kept != row.findings:
            connection.execute(update(assessments).where(assessments.c.id == row.id).values(findings=kept))


def _rests_on(finding: dict[str, Any], names: Collection[str]) -> bool:
    return any(name in names and source == Source.ANSWER for name, _, source in finding["evidence"])


def save_statistics(connection: Connection, rows: Iterable[dict[str, Any]]) -> int:
    """Set rates of employment (region, year, specialty, rate as text); returns how many rows."""
    listed = list(rows)
    if listed:
        statement = upsert(statistics)
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=[statistics.c.region, statistics.c.year, statistics.c.specialty],
                set_={"rate": statement.excluded.rate},
            ),
            listed,
        )
    return len(listed)


def rates_of(connection: Connection, region: str, specialty: str | None) -> dict[str, Decimal]:
    """The region's rate (`*`) and the specialty's, of the latest year that has the region's."""
    latest = (
        select(func.max(statistics.c.year))
        .where(statistics.c.region == region, statistics.c.specialty == WHOLE_REGION)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(statistics.c.specialty, statistics.c.rate).where(
            statistics.c.region == region,
            statistics.c.year == latest,
            statistics.c.specialty.in_([WHOLE_REGION, specialty or WHOLE_REGION]),
        )
    )
    return {row.specialty: Decimal(row.rate) for row in rows}


def _row(person_id: int, fact: Fact, at: dt.datetime) -> dict[str, Any]:
    value = list(fact.value) if isinstance(fact.value, tuple) else fact.value
    return {"person_id": person_id, "name": fact.name, "source": fact.source, "value": value, "at": at}


def _value(stored: Any) -> Value:
    return tuple(stored) if isinstance(stored, list) else stored
