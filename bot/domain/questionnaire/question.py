"""One question of a questionnaire, as it stands in a definition file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictBool, StrictInt, StrictStr, StringConstraints, model_validator

from bot.domain.conditions import Condition, Model, Plain
from bot.domain.questionnaire.problems import Problem, refuse

PrivacyMode = Literal["standard", "pseudonymous"]
DirectoryName = Literal["organisations", "groups", "specialties"]

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,24}$")]
"""Short, because a button carries a question's and an option's id in 64 bytes of callback data."""

FactName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
ButtonTexts = dict[
    Language, Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
]
Texts = dict[Language, Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]]

FALLBACK_LANGUAGE = "ru"


def in_language(texts: dict[str, str], language: str) -> str:
    """The text in a language, or in Russian, which every text of a valid definition has."""
    return texts.get(language) or texts[FALLBACK_LANGUAGE]


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    DIRECTORY = "directory"


WITH_OPTIONS = frozenset({Kind.SINGLE, Kind.MULTIPLE})
_LIMIT_TYPES: dict[Kind, type] = {Kind.NUMBER: int, Kind.TEXT: int, Kind.DATE: str}


def _own_id(data: dict[str, Any]) -> Any:
    return data.get("id", "")  # a missing id is reported on its own


class Option(Model):
    """One button of a question."""

    id: Identifier
    text: ButtonTexts
    value: Plain = Field(default_factory=_own_id)
    """What the question's fact becomes; a `multiple` question's fact is a tuple of these."""

    sets: dict[FactName, Plain] = Field(default_factory=dict)
    """Further facts that choosing this option makes known."""

    alone: StrictBool = False
    """In a `multiple` question: chosen with nothing else."""


class Question(Model):
    """One question. `optional` may be skipped; `sensitive` waits for a consent of its own."""

    id: Identifier
    kind: Kind
    fact: FactName | None = Field(default_factory=_own_id)
    section: Identifier
    sensitive: StrictBool = False
    privacy: tuple[PrivacyMode, ...] = Field(("standard", "pseudonymous"), min_length=1)
    optional: StrictBool = Field(default_factory=lambda data: data["sensitive"])
    title: ButtonTexts
    """A word or two that name the question on the review."""

    text: Texts
    help: Texts
    options: tuple[Option, ...] = Field((), max_length=10)
    otherwise: dict[FactName, Plain] = Field(default_factory=dict)
    """Facts known from an answer in which no chosen option sets them."""

    resets: tuple[Identifier, ...] = ()
    """Later questions whose answers a changed answer here takes back."""

    directory: DirectoryName | None = None
    minimum: StrictInt | StrictStr | None = None
    maximum: StrictInt | StrictStr | None = None
    pattern: str | None = None
    show_if: Condition | None = None
    """Over facts that earlier questions set; while it is not known, the question is not shown."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        refuse("Question", _problems(self))
        return self

    def option(self, option_id: str) -> Option | None:
        """The option with this id."""
        return self._options_by_id.get(option_id)

    def facts(self) -> frozenset[str]:
        """Names of every fact that an answer to this question may make known."""
        names = {name for option in self.options for name in option.sets} | set(self.otherwise)
        return frozenset(names | {self.fact} if self.fact else names)

    @cached_property
    def _options_by_id(self) -> dict[str, Option]:
        return {option.id: option for option in self.options}


def _problems(question: Question) -> Iterator[Problem]:
    yield from _option_problems(question)
    yield from _limit_problems(question)
    if (question.directory is not None) != (question.kind is Kind.DIRECTORY):
        yield Problem("a directory belongs to a question of kind directory, and to no other", "directory")
    if question.sensitive and not question.optional:
        yield Problem("a sensitive question can always be skipped", "optional")


def _option_problems(question: Question) -> Iterator[Problem]:
    if bool(question.options) != (question.kind in WITH_OPTIONS):
        yield Problem("single and multiple questions have 1 to 10 options, other kinds have none", "options")
    if question.otherwise and not question.options:
        yield Problem("otherwise belongs to a question with options", "otherwise")
    yield from repeated((option.id for option in question.options), "options")
    multiple = question.kind is Kind.MULTIPLE
    for index, option in enumerate(question.options):
        if multiple and not isinstance(option.value, str):
            yield Problem("a value in a multiple question is a text", "options", index, "value")
        if option.alone and not multiple:
            yield Problem("alone has a meaning in a multiple question only", "options", index, "alone")


def _limit_problems(question: Question) -> Iterator[Problem]:
    expected = _LIMIT_TYPES.get(question.kind)
    for name in ("minimum", "maximum"):
        limit = getattr(question, name)
        if limit is None:
            continue
        if expected is None:
            yield Problem("limits belong to number, text and date questions", name)
        elif not (_is_iso_date(limit) if expected is str else isinstance(limit, expected)):
            yield Problem("a limit is a whole number, or for a date YYYY-MM-DD", name)
    if _above(question.minimum, question.maximum):
        yield Problem("the minimum is above the maximum", "minimum")
    if question.pattern is not None:
        yield from _pattern_problems(question.kind, question.pattern)


def _pattern_problems(kind: Kind, pattern: str) -> Iterator[Problem]:
    if kind is not Kind.TEXT:
        yield Problem("a pattern belongs to a text question", "pattern")
    try:
        re.compile(pattern)
    except re.error as error:
        yield Problem(f"not a regular expression: {error}", "pattern")


def _above(minimum: int | str | None, maximum: int | str | None) -> bool:
    if isinstance(minimum, str) and isinstance(maximum, str):
        return minimum > maximum  # ISO dates sort as text
    return isinstance(minimum, int) and isinstance(maximum, int) and minimum > maximum


def _is_iso_date(text: object) -> bool:
    if not isinstance(text, str):
        return False
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def repeated(ids: Iterable[str], *place: str) -> Iterator[Problem]:
    """A problem for every id that stood there before."""
    seen: set[str] = set()
    for index, identifier in enumerate(ids):
        if identifier in seen:
            yield Problem(f"the id {identifier} is used twice", *place, index, "id")
        seen.add(identifier)
