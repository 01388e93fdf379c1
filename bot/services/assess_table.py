"""Assesses a table of people without a database: from a file to a level and its reasons for everyone."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from bot.domain.conditions import Condition, FactCondition, NotCondition
from bot.domain.risk.assessment import Assessment, assess
from bot.domain.risk.criteria import Criteria
from bot.domain.risk.rates import Rates
from bot.sources.table_people import STANDARD_COLUMNS, People
from bot.sources.tables import Table

Assessed = tuple[str, Assessment]

OUTPUT_COLUMNS = ("id", "level", "factors", "override", "unknown")


def people_of(table: Table, criteria: Criteria) -> People:
    """The people of a table, with the columns that the criteria ask for. Raises TableError for its header."""
    return People(table, extra_facts(criteria))


def assess_people(people: People, criteria: Criteria, rates: Rates) -> Iterator[Assessed]:
    """Everyone's id and assessment, one by one. The people are checked before: `People.check`."""
    for person, facts in people:
        yield person, assess(criteria, facts, rates)


def extra_facts(criteria: Criteria) -> dict[str, frozenset[type]]:
    """Facts that criteria look at beyond the standard's columns, with the types they are compared with."""
    extra: dict[str, frozenset[type]] = {}
    for criterion in criteria.criteria:
        for comparison in _comparisons(criterion.holds) if criterion.holds else ():
            if comparison.fact not in STANDARD_COLUMNS:
                extra[comparison.fact] = extra.get(comparison.fact, frozenset()) | _types(comparison)
    return extra


def write_csv(assessed: Iterable[Assessed], stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(OUTPUT_COLUMNS)
    for person, assessment in assessed:
        writer.writerow(
            (
                person,
                assessment.level.value,
                ";".join(assessment.factors),
                assessment.override or "",
                ";".join(assessment.unknown),
            )
        )


def write_json(assessed: Iterable[Assessed], stream: TextIO) -> None:
    """A list of objects, written as they come."""
    separator = "[\n"
    for person, assessment in assessed:
        stream.write(separator + json.dumps(_as_object(person, assessment), ensure_ascii=False))
        separator = ",\n"
    stream.write("\n]\n" if separator != "[\n" else "[]\n")


def _as_object(person: str, assessment: Assessment) -> Mapping[str, str | tuple[str, ...]]:
    return {
        "id": person,
        "level": assessment.level.value,
        "factors": assessment.factors,
        "override": assessment.override or "",
        "unknown": assessment.unknown,
    }


def _comparisons(condition: Condition) -> Iterator[FactCondition]:
    if isinstance(condition, FactCondition):
        yield condition
    elif isinstance(condition, NotCondition):
        yield from _comparisons(condition.part)
    else:
        for part in condition.parts:
            yield from _comparisons(part)


def _types(comparison: FactCondition) -> frozenset[type]:
    if comparison.at_least is not None or comparison.at_most is not None:
        return frozenset({int})
    options = comparison.one_of or (comparison.equals,)
    return frozenset({type(option) for option in options if option is not None} or {str})
