"""Employment rates of graduates, and the ratio from which a specialty's rate counts as low.

The standard, section 3: the rate of the specialty is "2 or more times lower" than the region's; a region may
set other ratios per kind of student, specialty or organisation.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from bot.domain.conditions import Model, Verdict
from bot.domain.facts import Fact, Source, Value

Ratio = Annotated[Decimal, Field(gt=0)]


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of employed graduates, 0 to 1: of the whole region, and by specialty code."""

    region: Decimal | None = None
    specialties: Mapping[str, Decimal] = field(default_factory=dict)


def _quoted(group: Any) -> Any:
    # YAML takes an unquoted 09.02 for the number 9.02, and 07 for the octal 7
    if isinstance(group, int | float):
        raise ValueError('a specialty group stands in quotes: "09" or "09.02"')  # noqa: TRY004 - a reason, not a crash
    return group


class Threshold(Model):
    """A ratio of its own for some people: those who match every dimension that is given."""

    specialty_group: Annotated[
        str | None, BeforeValidator(_quoted), Field(pattern=r"^\d{2}(\.\d{2}){0,2}$")
    ] = None
    organisation_kind: str | None = None
    category: str | None = None
    ratio: Ratio

    @model_validator(mode="after")
    def _some_dimension(self) -> "Threshold":
        if self.case == (None, None, None):
            raise ValueError("a threshold names a specialty_group, an organisation_kind or a category")
        return self

    @property
    def case(self) -> tuple[str | None, str | None, str | None]:
        return self.specialty_group, self.organisation_kind, self.category

    @property
    def specificity(self) -> tuple[int, int, bool]:
        """Sorts thresholds: more dimensions win, then the longer group, then the organisation's kind."""
        dimensions = sum(part is not None for part in self.case)
        return dimensions, len(self.specialty_group or ""), self.organisation_kind is not None

    def open_dimensions(self, values: Mapping[str, Value]) -> frozenset[str] | None:
        """The dimensions that are not known of a person whom the threshold may concern; None if it cannot.

        A person's specialty is known here: without one there is nothing to compare.
        """
        if self.specialty_group is not None:
            specialty = values["specialty"]
            if specialty != self.specialty_group and not str(specialty).startswith(
                self.specialty_group + "."
            ):
                return None
        unknown = set()
        for name, wanted in (("organisation_kind", self.organisation_kind), ("category", self.category)):
            if wanted is not None:
                value = values.get(name)
                if value is None:
                    unknown.add(f"{name}={wanted}")
                elif value != wanted:
                    return None
        return frozenset(unknown)


class EmploymentRate(Model):
    """Holds when the region's rate is at least `ratio` times the rate of the person's specialty."""

    ratio: Ratio
    thresholds: tuple[Threshold, ...] = ()

    @cached_property
    def _ranked(self) -> tuple[Threshold, ...]:
        return tuple(sorted(self.thresholds, key=lambda threshold: threshold.specificity, reverse=True))

    def judge(self, values: Mapping[str, Value], rates: Rates) -> Verdict:
        """Whether the specialty's rate is low; None when a rate, or which ratio applies, is not known."""
        rate = _rate_of(values.get("specialty"), rates)
        if rate is None or rates.region is None:
            return None
        ratios = self._possible_ratios(values)
        if rates.region >= max(ratios) * rate:
            return True
        return False if rates.region < min(ratios) * rate else None

    def evidence(self, facts: Mapping[str, Fact], rates: Rates) -> tuple[Fact, ...]:
        """The specialty, both rates and the strictest ratio that was met: for a verdict of True."""
        values = {name: fact.value for name, fact in facts.items()}
        figures = {
            "region_rate": rates.region,
            "specialty_rate": _rate_of(values["specialty"], rates),
            "ratio": max(self._possible_ratios(values)),
        }
        return facts["specialty"], *(
            Fact(name, str(figure), Source.STATISTICS) for name, figure in figures.items()
        )

    def facts(self) -> Iterator[str]:
        yield from ("specialty", "organisation_kind", "category")

    def _possible_ratios(self, values: Mapping[str, Value]) -> list[Decimal]:
        """The ratios of all thresholds that may be the most specific one for the person.

        A threshold is out of the question when a more specific one needs no more of what is not known:
        wherever the first would apply, the second applies too and wins.
        """
        if not self._ranked:
            return [self.ratio]
        needs: list[frozenset[str]] = []
        ratios: list[Decimal] = []
        for threshold in self._ranked:
            need = threshold.open_dimensions(values)
            if need is not None and not any(earlier <= need for earlier in needs):
                needs.append(need)
                ratios.append(threshold.ratio)
                if not need:
                    return ratios
        return [*ratios, self.ratio]


def _rate_of(specialty: Value | None, rates: Rates) -> Decimal | None:
    return rates.specialties.get(specialty) if isinstance(specialty, str) else None
