"""Who an event is meant for."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Attendee:
    """What is known of a person who may come. Each of it may be unknown."""

    organisation_id: int | None = None
    region: str | None = None
    group_id: int | None = None
    specialty: str | None = None
    year: int | None = None
    requests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is meant: somebody who matches every line that has values, by any one of its values.

    Specialties are beginnings of codes ("09", "09.02"), groups are ids, years those of graduation.
    """

    specialties: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def open(self) -> bool:
        """Whether everybody is meant."""
        return not (self.specialties or self.requests or self.groups or self.years)

    def to_json(self) -> dict[str, list[Any]]:
        lines = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {name: list(chosen) for name, chosen in lines if chosen}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(**{one.name: tuple(stored.get(one.name, ())) for one in fields(cls)})


def fits(audience: Audience, attendee: Attendee) -> bool:
    """Whether the person is meant. What is not known of them does not match."""
    specialty = attendee.specialty or ""
    return (
        (not audience.specialties or specialty.startswith(audience.specialties))
        and (not audience.requests or not set(audience.requests).isdisjoint(attendee.requests))
        and (not audience.groups or attendee.group_id in audience.groups)
        and (not audience.years or attendee.year in audience.years)
    )
