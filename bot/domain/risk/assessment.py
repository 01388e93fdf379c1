"""The assessment: facts about a person in, the level of risk and its reasons out (standard, section 3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.domain.conditions import Verdict
from bot.domain.facts import Fact, Value
from bot.domain.risk.criteria import Criteria, Criterion
from bot.domain.risk.rates import EmploymentRate, Rates

Override = Literal["employed_in_field"]


class Level(StrEnum):
    """The standard knows two levels and no third."""

    HIGH = "high"
    NOT_HIGH = "not_high"


@dataclass(frozen=True, slots=True)
class Finding:
    """A factor that holds, with the known facts that it was judged by."""

    code: str
    evidence: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules say of one person.

    `unknown` are the factors that could not be judged; they do not count. `override` says that the level is
    not high because the person is employed in the trade learned. `mask` has a bit for every factor that
    holds, at its place in `Criteria.codes`: bits 0 to 13 are the standard's, for ever.
    """

    level: Level
    findings: tuple[Finding, ...]
    unknown: tuple[str, ...]
    override: Override | None
    version: str
    mask: int

    @property
    def factors(self) -> tuple[str, ...]:
        return tuple(finding.code for finding in self.findings)


def assess(criteria: Criteria, facts: Mapping[str, Fact], rates: Rates) -> Assessment:
    """Judge every factor by what is known. What is not known never raises the level."""
    values = {name: fact.value for name, fact in facts.items()}
    findings: list[Finding] = []
    unknown: list[str] = []
    mask = 0
    for place, criterion in enumerate(criteria.ordered):
        verdict = _judge(criterion, values, rates)
        if verdict:
            findings.append(Finding(criterion.code, _evidence(criterion, facts, rates)))
            mask |= 1 << place
        elif verdict is None:
            unknown.append(criterion.code)
    override: Override | None = "employed_in_field" if values.get("employment") == "in_field" else None
    level = Level.HIGH if findings and override is None else Level.NOT_HIGH
    return Assessment(level, tuple(findings), tuple(unknown), override, criteria.version, mask)


def _judge(criterion: Criterion, values: Mapping[str, Value], rates: Rates) -> Verdict:
    rule = criterion.rule
    return rule.judge(values, rates) if isinstance(rule, EmploymentRate) else rule.judge(values)


def _evidence(criterion: Criterion, facts: Mapping[str, Fact], rates: Rates) -> tuple[Fact, ...]:
    rule = criterion.rule
    if isinstance(rule, EmploymentRate):
        return rule.evidence(facts, rates)
    return tuple(facts[name] for name in criterion.fact_names if name in facts)
