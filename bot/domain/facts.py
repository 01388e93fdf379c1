"""Facts about a person: what the risk rules and the questionnaire's conditions look at.

A fact is known from a source. The same fact may be known from several sources at once (a student's answer
and a paper shown to staff): all are kept, and the strongest one counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Value = bool | int | str | tuple[str, ...]


class Source(StrEnum):
    """Where a fact comes from, weakest first."""

    ANSWER = "answer"
    ROSTER = "roster"
    ATTENDANCE = "attendance"
    STATISTICS = "statistics"
    STAFF = "staff"


STRENGTH = {source: rank for rank, source in enumerate(Source)}


@dataclass(frozen=True, slots=True)
class Fact:
    """One known value of a named fact, with the place it comes from."""

    name: str
    value: Value
    source: Source


def settle(facts: Iterable[Fact]) -> dict[str, Fact]:
    """For every name, the fact of the strongest source. The order of the input does not matter."""
    settled: dict[str, Fact] = {}
    for fact in facts:
        held = settled.get(fact.name)
        if held is None or STRENGTH[fact.source] > STRENGTH[held.source]:
            settled[fact.name] = fact
    return settled


def values(facts: Mapping[str, Fact]) -> dict[str, Value]:
    """The bare values, as conditions want them."""
    return {name: fact.value for name, fact in facts.items()}
