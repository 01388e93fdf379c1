"""The criteria file: which factors there are, when they hold, and the steps that help.

A centre's own file replaces the shipped one. It keeps the standard's fourteen factors and may add its own.
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from bot.domain.conditions import Condition, Model, Plain
from bot.domain.risk.factors import REQUESTS, STANDARD_FACTORS
from bot.domain.risk.rates import EmploymentRate

# codes go into callback data (64 bytes at most) and are joined by ";" in tables
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Place = tuple[int | str, ...]

TITLE_LENGTH = 40
"""Characters that a button shows on a phone."""

TEXT_LENGTH = 700
"""Characters that fit on one screen without scrolling."""


class Title(Model):
    """A line in every language."""

    ru: str = Field(min_length=1, max_length=TITLE_LENGTH)
    en: str = Field(min_length=1, max_length=TITLE_LENGTH)


class Text(Model):
    """A short message in every language, plain text."""

    ru: str = Field(min_length=1, max_length=TEXT_LENGTH)
    en: str = Field(min_length=1, max_length=TEXT_LENGTH)


class FactorTitle(Model):
    """A factor's name for staff, in every language. Students never see it."""

    ru: str = Field(min_length=1, max_length=120)
    en: str = Field(min_length=1, max_length=120)


class Step(Model):
    """One thing that a person can do today. `done_sets`: the facts that "I have done this" makes known."""

    title: Title
    text: Text
    link: str | None = Field(None, pattern=r"^https://[^\s/]+\.\S+$")
    done_sets: Mapping[str, Plain] = {}
    unless: Condition | None = None


class Criterion(Model):
    """One factor: a condition over facts, or a comparison of employment rates."""

    code: Code
    title: FactorTitle
    holds: Condition | None = None
    employment_rate: EmploymentRate | None = None
    steps: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        if (self.holds is None) == (self.employment_rate is None):
            raise ValueError("a criterion has either `holds` or `employment_rate`")
        return self

    @cached_property
    def rule(self) -> Condition | EmploymentRate:
        rule = self.holds or self.employment_rate
        assert rule is not None
        return rule

    @cached_property
    def fact_names(self) -> tuple[str, ...]:
        """What the criterion looks at, each name once, in the order of the file."""
        return tuple(dict.fromkeys(self.rule.facts()))


class Criteria(Model):
    """The whole file, checked: every step that is named exists, every factor of the standard is there."""

    version: str = Field(min_length=1)
    criteria: tuple[Criterion, ...]
    requests: Mapping[str, tuple[str, ...]] = {}
    steps: Mapping[Code, Step]
    fallback: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problems = [
            InitErrorDetails(
                type=PydanticCustomError("criteria", "{why}", {"why": why}), loc=place, input=None
            )
            for place, why in _problems(self)
        ]
        if problems:
            raise ValidationError.from_exception_data("Criteria", problems)
        return self

    @cached_property
    def ordered(self) -> tuple[Criterion, ...]:
        """The standard's factors in its order, then the centre's own in the order of the file."""
        rank = {code: place for place, code in enumerate(STANDARD_FACTORS)}
        return tuple(sorted(self.criteria, key=lambda criterion: rank.get(criterion.code, len(rank))))

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of all factors: bit n of `Assessment.mask` stands for the n-th."""
        return tuple(criterion.code for criterion in self.ordered)

    @cached_property
    def steps_by_factor(self) -> dict[str, tuple[str, ...]]:
        return {criterion.code: criterion.steps for criterion in self.criteria}

    @cached_property
    def digest(self) -> str:
        """Twelve hexadecimal digits that change whenever the file's content does."""
        content = self.model_dump_json(by_alias=True)
        return hashlib.sha256(content.encode()).hexdigest()[:12]


def _problems(criteria: Criteria) -> Iterator[tuple[Place, str]]:
    yield from _missing_or_repeated_codes(criteria)
    for number, criterion in enumerate(criteria.criteria):
        if criterion.employment_rate is not None:
            yield from _equal_thresholds(criterion.employment_rate, ("criteria", number, "employment_rate"))
    for request in criteria.requests:
        if request not in REQUESTS:
            yield ("requests", request), f"no such request; there are: {', '.join(REQUESTS)}"
    for place, step in _steps_named(criteria):
        if step not in criteria.steps:
            yield place, f"no step is called `{step}`"


def _missing_or_repeated_codes(criteria: Criteria) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for number, criterion in enumerate(criteria.criteria):
        if criterion.code in seen:
            yield ("criteria", number, "code"), f"`{criterion.code}` stands twice"
        seen.add(criterion.code)
    for code in STANDARD_FACTORS:
        if code not in seen:
            yield ("criteria",), f"the standard's factor `{code}` is missing"


def _equal_thresholds(rule: EmploymentRate, place: Place) -> Iterator[tuple[Place, str]]:
    seen = set()
    for number, threshold in enumerate(rule.thresholds):
        if threshold.case in seen:
            yield (*place, "thresholds", number), "another threshold concerns exactly the same people"
        seen.add(threshold.case)


def _steps_named(criteria: Criteria) -> Iterator[tuple[Place, str]]:
    for number, criterion in enumerate(criteria.criteria):
        for position, step in enumerate(criterion.steps):
            yield ("criteria", number, "steps", position), step
    for request, steps in criteria.requests.items():
        for position, step in enumerate(steps):
            yield ("requests", request, position), step
    for position, step in enumerate(criteria.fallback):
        yield ("fallback", position), step
