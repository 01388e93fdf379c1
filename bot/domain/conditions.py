"""The condition language that questions (`show_if`) and risk criteria (`holds`) share.

A condition is data: `{fact: resume, is: false}`, `{fact: requests, has: first_job}`,
`{all: [...]}`, `{any: [...]}`, `{not: ...}`. It is judged over named values, and what is not known stays not
known (Kleene's three-valued logic): a part known to be false makes `all` false, a part known to be true makes
`any` true, whatever the unknown parts are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    Tag,
    model_validator,
)

from bot.domain.facts import Value

Verdict = bool | None
"""True, False, or None: not known."""

Plain = StrictBool | StrictInt | StrictStr


class Model(BaseModel):
    """A piece of a definition file: unknown keys are mistakes, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class FactCondition(Model):
    """Compares one fact; exactly one comparison is given."""

    fact: str
    equals: Plain | None = Field(None, alias="is")
    one_of: tuple[Plain, ...] | None = Field(None, alias="in")
    has: str | None = None
    at_least: int | None = None
    at_most: int | None = None

    @model_validator(mode="after")
    def _one_comparison(self) -> Self:
        given = (self.equals, self.one_of, self.has, self.at_least, self.at_most)
        if sum(comparison is not None for comparison in given) != 1:
            raise ValueError("a fact is compared by exactly one of: is, in, has, at_least, at_most")
        return self

    def judge(self, values: Mapping[str, Value]) -> Verdict:
        value = values.get(self.fact)
        if value is None:
            return None
        if self.equals is not None:
            return _same(value, self.equals)
        if self.one_of is not None:
            return any(_same(value, option) for option in self.one_of)
        if self.has is not None:
            return isinstance(value, tuple) and self.has in value
        if isinstance(value, bool) or not isinstance(value, int):
            return None
        return value >= self.at_least if self.at_least is not None else value <= (self.at_most or 0)

    def facts(self) -> Iterator[str]:
        yield self.fact


class AllCondition(Model):
    """Holds when every part holds."""

    parts: tuple[Condition, ...] = Field(alias="all", min_length=1)

    def judge(self, values: Mapping[str, Value]) -> Verdict:
        return _conjunction(part.judge(values) for part in self.parts)

    def facts(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.facts()


class AnyCondition(Model):
    """Holds when at least one part holds."""

    parts: tuple[Condition, ...] = Field(alias="any", min_length=1)

    def judge(self, values: Mapping[str, Value]) -> Verdict:
        return _negation(_conjunction(_negation(part.judge(values)) for part in self.parts))

    def facts(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.facts()


class NotCondition(Model):
    """Holds when its part does not."""

    part: Condition = Field(alias="not")

    def judge(self, values: Mapping[str, Value]) -> Verdict:
        return _negation(self.part.judge(values))

    def facts(self) -> Iterator[str]:
        yield from self.part.facts()


def _kind(raw: Any) -> str | None:
    """The kind of a condition in a file, so that a mistake in it is reported once, not four times."""
    if isinstance(raw, FactCondition | AllCondition | AnyCondition | NotCondition):
        return {FactCondition: "fact", AllCondition: "all", AnyCondition: "any", NotCondition: "not"}[
            type(raw)
        ]
    if isinstance(raw, dict):
        return next((kind for kind in ("fact", "all", "any", "not") if kind in raw), None)
    return None


Condition = Annotated[
    Annotated[FactCondition, Tag("fact")]
    | Annotated[AllCondition, Tag("all")]
    | Annotated[AnyCondition, Tag("any")]
    | Annotated[NotCondition, Tag("not")],
    Discriminator(
        _kind,
        custom_error_type="condition",
        custom_error_message="a condition starts with one of: fact, all, any, not",
    ),
]

for _model in (AllCondition, AnyCondition, NotCondition):
    _model.model_rebuild()


def _same(value: Value, expected: Plain) -> bool:
    # True == 1 in Python; in an answer it is not
    return value == expected and isinstance(value, bool) == isinstance(expected, bool)


def _negation(verdict: Verdict) -> Verdict:
    return None if verdict is None else not verdict


def _conjunction(verdicts: Iterable[Verdict]) -> Verdict:
    known = True
    for verdict in verdicts:
        if verdict is False:
            return False
        if verdict is None:
            known = False
    return True if known else None
