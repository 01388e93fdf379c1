"""Which specialties a vacancy fits, and why.

What a vacancy fits is a set of beginnings of specialty codes, as the rules name them: "10", "09.02",
"23.02.07". Beginnings outlive a directory: a centre that imports its own codes needs no other rules. A
vacancy fits a specialty when one of `prefixes(specialty)` is in the set, so a join by equality finds it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.vacancies.rules import Term, VacancyRule, VacancyRules, prefixes
from bot.domain.vacancies.vacancy import Vacancy

Stems = frozenset[str]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a vacancy fits: the rule's words that are in its name, or the beginning of its profession code."""

    rule: str
    words: tuple[str, ...] = ()
    profession: str | None = None


def fits(rules: VacancyRules, vacancy: Vacancy) -> frozenset[str]:
    """Beginnings of the codes of the specialties that the vacancy fits, none within another."""
    found = {prefix for rule, _ in _found(rules, vacancy) for prefix in rule.specialties}
    return frozenset(prefix for prefix in found if found.isdisjoint(prefixes(prefix)[:-1]))


def fitting(rules: VacancyRules, vacancy: Vacancy, specialty: str) -> Reason | None:
    """Why the vacancy fits this specialty (a whole code); None if it does not."""
    return next((reason for rule, reason in _found(rules, vacancy) if rule.covers(specialty)), None)


def _found(rules: VacancyRules, vacancy: Vacancy) -> list[tuple[VacancyRule, Reason]]:
    """By the words of the name. A profession code, often wrong, speaks only where the name says nothing."""
    index = _index(rules)
    found = list(index.by_words(vacancy))
    if not found and vacancy.profession_code:
        found = list(index.by_profession(vacancy.profession_code))
    return found


@lru_cache(maxsize=8)
def _index_of(key: _Key) -> _Index:
    return _Index(key.rules)


def _index(rules: VacancyRules) -> _Index:
    return _index_of(_Key(rules))


class _Key:
    """Rules by identity: to compare hundreds of rules costs more than to judge a vacancy by them."""

    def __init__(self, rules: VacancyRules) -> None:
        self.rules = rules

    def __hash__(self) -> int:
        return id(self.rules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.rules is other.rules


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: VacancyRule
    groups: tuple[tuple[tuple[Stems, Term], ...], ...]
    none_of: tuple[Stems, ...]
    duty: tuple[Stems, ...]


class _Index:
    """Rules by one word of each of their terms: a name is judged by the few that share a word with it."""

    def __init__(self, rules: VacancyRules) -> None:
        self._language = rules.language
        self._compiled = [_compile(rules, rule) for rule in rules.rules]
        self._by_stem: dict[str, list[tuple[Stems, int]]] = {}
        self._by_profession: dict[str, list[int]] = {}
        first = [(stems, place) for place, rule in enumerate(self._compiled) for stems, _ in _first(rule)]
        frequency = Counter(stem for stems, _ in first for stem in stems)
        for stems, place in first:
            rarest = min(stems, key=lambda stem: (frequency[stem], stem))
            self._by_stem.setdefault(rarest, []).append((stems, place))
        for place, rule in enumerate(rules.rules):
            for profession in rule.professions:
                self._by_profession.setdefault(profession, []).append(place)

    def by_words(self, vacancy: Vacancy) -> Iterator[tuple[VacancyRule, Reason]]:
        name = self._language.stems(vacancy.name)
        places = {place for stem in name for stems, place in self._by_stem.get(stem, ()) if stems <= name}
        for place in sorted(places):
            compiled = self._compiled[place]
            words = _judge(compiled, name)
            if words and (not compiled.duty or self._in_duty(compiled, vacancy)):
                yield compiled.rule, Reason(compiled.rule.code, words=words)

    def by_profession(self, code: str) -> Iterator[tuple[VacancyRule, Reason]]:
        beginnings = [code[:length] for length in range(len(code), 1, -1)]
        places = {place: own for own in reversed(beginnings) for place in self._by_profession.get(own, ())}
        for place in sorted(places):
            rule = self._compiled[place].rule
            yield rule, Reason(rule.code, profession=places[place])

    def _in_duty(self, compiled: _Compiled, vacancy: Vacancy) -> bool:
        text = self._language.stems(f"{vacancy.duty or ''} {vacancy.requirements or ''}")
        return any(stems <= text for stems in compiled.duty)


def _compile(rules: VacancyRules, rule: VacancyRule) -> _Compiled:
    stems = rules.language.stems
    return _Compiled(
        rule,
        tuple(tuple((stems(term), term) for term in group) for group in rule.groups),
        tuple(stems(term) for term in rule.none_of),
        tuple(stems(term) for term in rule.duty),
    )


def _first(compiled: _Compiled) -> tuple[tuple[Stems, Term], ...]:
    return compiled.groups[0] if compiled.groups else ()


def _judge(compiled: _Compiled, name: Stems) -> tuple[str, ...]:
    """The terms that were found, one of each group; nothing if the rule does not hold."""
    if any(stems <= name for stems in compiled.none_of):
        return ()
    words = []
    for group in compiled.groups:
        found = next((term for stems, term in group if stems <= name), None)
        if found is None:
            return ()
        words.append(found)
    return tuple(words)
