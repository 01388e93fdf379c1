"""The rules file: which specialties a vacancy fits, by the words of its name.

The shipped file may be extended by a centre's own: `VacancyRules.extended`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from bot.domain.conditions import Model
from bot.domain.questionnaire.problems import Problem, refuse
from bot.domain.vacancies.words import Language

RuleCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Prefix = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}(\.[0-9]{2}){0,2}$")]
ProfessionPrefix = Annotated[str, StringConstraints(pattern=r"^[0-9]{2,6}$")]

Term = Annotated[str, StringConstraints(min_length=1, max_length=80)]
"""A word, or several that must all be there, in whatever order and form."""


def prefixes(specialty: str) -> tuple[str, ...]:
    """The beginnings under which rules may mean a specialty: 23.02.07 is 23, 23.02 and 23.02.07."""
    parts = specialty.split(".")
    return tuple(".".join(parts[:length]) for length in range(1, len(parts) + 1))


class VacancyRule(Model):
    """Words in the name (and in the duties, if given), or beginnings of profession codes: what they mean."""

    code: RuleCode
    specialties: tuple[Prefix, ...] = Field(min_length=1)
    any_of: tuple[Term, ...] = Field((), alias="any")
    all_of: tuple[Term | tuple[Term, ...], ...] = Field((), alias="all")
    none_of: tuple[Term, ...] = Field((), alias="none")
    duty: tuple[Term, ...] = ()
    professions: tuple[ProfessionPrefix, ...] = ()

    @cached_property
    def groups(self) -> tuple[tuple[Term, ...], ...]:
        """Of each group one term must be in the name; the first is `any`, if there is one."""
        wanted = tuple((part,) if isinstance(part, str) else part for part in self.all_of)
        return ((self.any_of,) if self.any_of else ()) + wanted

    def covers(self, specialty: str) -> bool:
        return not set(prefixes(specialty)).isdisjoint(self.specialties)


class VacancyRules(Model):
    """The whole file, checked: every term says something, every rule can hold."""

    version: str = Field(min_length=1, max_length=60)
    language: Language = Language()
    rules: tuple[VacancyRule, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        refuse("VacancyRules", _problems(self))
        return self

    def extended(self, own: VacancyRules) -> VacancyRules:
        """With a centre's own rules: one with a known code replaces it, the others are heard first."""
        replaced = {rule.code for rule in own.rules}
        kept = tuple(rule for rule in self.rules if rule.code not in replaced)
        return VacancyRules(
            version=f"{self.version}+{own.version}",
            language=self.language.extended(own.language),
            rules=own.rules + kept,
        )

    @cached_property
    def digest(self) -> str:
        """Twelve hexadecimal digits that change with the content: what was stored under others is stale."""
        content = self.model_dump_json(by_alias=True)
        return hashlib.sha256(content.encode()).hexdigest()[:12]


def _problems(rules: VacancyRules) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, rule in enumerate(rules.rules):
        if rule.code in seen:
            yield Problem(f"another rule has the code {rule.code}", "rules", index, "code")
        seen.add(rule.code)
        for problem in (*_shape_problems(rule), *_term_problems(rule, rules.language)):
            yield Problem(problem.reason, "rules", index, *problem.location)


def _shape_problems(rule: VacancyRule) -> Iterator[Problem]:
    if not rule.groups:
        if not rule.professions:
            yield Problem("a rule has words (any, all) or professions", "code")
        for part, terms in (("none", rule.none_of), ("duty", rule.duty)):
            if terms:
                yield Problem("this narrows words, and there are none", part)
    for index, wanted in enumerate(rule.all_of):
        if not wanted:
            yield Problem("the list is empty", "all", index)
    for index, specialty in enumerate(rule.specialties):
        others = rule.specialties[:index] + rule.specialties[index + 1 :]
        if specialty in rule.specialties[:index] or set(prefixes(specialty)[:-1]) & set(others):
            yield Problem(f"{specialty} is meant already", "specialties", index)


def _term_problems(rule: VacancyRule, language: Language) -> Iterator[Problem]:
    """Terms that say nothing, say the same twice, or are always forbidden by `none`."""
    forbidden = [language.stems(term) for term in rule.none_of]
    for place, terms in _term_lists(rule):
        stems = [language.stems(term) for term in terms]
        narrowed = place[0] in ("any", "all")
        for index, own in enumerate(stems):
            location = (*place, index) if len(place) == 1 or len(terms) > 1 else place
            if not own:
                yield Problem(f"{terms[index]} says nothing: its words are skipped", *location)
            elif own in stems[:index]:
                yield Problem(f"{terms[index]} is here twice", *location)
            elif narrowed and any(none and none <= own for none in forbidden):
                yield Problem(f"{terms[index]} is forbidden by none", *location)


def _term_lists(rule: VacancyRule) -> Iterable[tuple[tuple[str | int, ...], tuple[Term, ...]]]:
    yield ("any",), rule.any_of
    yield ("none",), rule.none_of
    yield ("duty",), rule.duty
    for index, part in enumerate(rule.all_of):
        yield ("all", index), (part,) if isinstance(part, str) else part
