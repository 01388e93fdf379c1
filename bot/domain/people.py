"""The people of the product: those served, and staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """Staff roles. An administrator is named in the settings, the others are linked by an invitation."""

    COORDINATOR = "coordinator"
    SPECIALIST = "specialist"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone served by a career centre. `code` is what staff and papers say instead of a name.

    `blocked`: they do not let the bot in; whoever writes to it is back.
    """

    id: int
    telegram_id: int
    code: str
    language: str
    name: str | None = None
    organisation_id: int | None = None
    level: str | None = None
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Staff of one organisation (specialist) or of the region (coordinator: no organisation).

    `blocked`: messages are held back, since the account did not let the bot in.
    """

    id: int
    role: Role
    organisation_id: int | None
    language: str
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class SavedProfiling:
    """A stored profiling session: the digest of its questionnaire, its state, the message that shows it."""

    questionnaire: str
    state: Mapping[str, Any]
    screen: int | None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who writes to the bot: perhaps a person with a profile, perhaps staff, perhaps nobody known yet."""

    telegram_id: int
    language: str
    person: Person | None = None
    profiling: SavedProfiling | None = None
    staff: StaffMember | None = None
    administrator: bool = False

    @property
    def blocked(self) -> bool:
        """Whether messages are held back since the account did not let the bot in."""
        return any(known is not None and known.blocked for known in (self.person, self.staff))
