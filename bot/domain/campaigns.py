"""A campaign: one text to many people. Who is meant, what may happen to it, what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Self

from bot.domain.risk.assessment import Level
from bot.domain.risk.factors import REQUESTS

LONGEST_BODY = 3_500
"""UTF-16 units, as Telegram counts; with the signature a message stays under Telegram's 4096."""

MAILINGS = "mailings"
"""The consent to be written to; whoever takes it back is sent nothing."""

CAMPAIGNS = "campaigns"
"""What "do not send me such messages" takes back, and no more. Until then it is given."""

MOST_CHOSEN = 50
"""Values of one dimension."""

_LARGEST_ID = 2**63 - 1


class CampaignState(StrEnum):
    """The codes are stored."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


NEXT: Mapping[CampaignState, frozenset[CampaignState]] = {
    CampaignState.DRAFT: frozenset({CampaignState.SCHEDULED}),
    CampaignState.SCHEDULED: frozenset({CampaignState.RUNNING, CampaignState.CANCELLED}),
    CampaignState.RUNNING: frozenset({CampaignState.PAUSED, CampaignState.CANCELLED, CampaignState.DONE}),
    CampaignState.PAUSED: frozenset({CampaignState.RUNNING, CampaignState.CANCELLED}),
    CampaignState.DONE: frozenset(),
    CampaignState.CANCELLED: frozenset(),
}
"""What a campaign may become."""


def before(state: CampaignState) -> tuple[CampaignState, ...]:
    """The states that lead to this one."""
    return tuple(former for former, later in NEXT.items() if state in later)


class Dimension(StrEnum):
    """What people are chosen by. The codes are the names of the segment's fields, and stored."""

    GROUP = "groups"
    SPECIALTY = "specialties"
    YEAR = "years"
    LEVEL = "levels"
    REQUEST = "requests"
    FACTOR = "factors"


_NUMBERS = frozenset({Dimension.GROUP, Dimension.YEAR})
_KNOWN = {Dimension.LEVEL: frozenset(Level), Dimension.REQUEST: frozenset(REQUESTS)}


@dataclass(frozen=True, slots=True)
class Segment:
    """Who is meant: somebody who matches every dimension that has values, by any one of its values.

    Groups are ids, factors the codes of criteria. An empty segment is everybody.
    """

    groups: tuple[int, ...] = ()
    specialties: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    levels: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()

    def values(self, dimension: Dimension) -> tuple[Any, ...]:
        chosen: tuple[Any, ...] = getattr(self, dimension.value)
        return chosen

    def narrowed(self) -> Iterator[tuple[Dimension, tuple[Any, ...]]]:
        """The dimensions that have values."""
        return ((one, chosen) for one in Dimension if (chosen := self.values(one)))

    def toggled(self, dimension: Dimension, written: str) -> Self:
        """With a value that was not there, or without one that was. Raises ValueError for what is none."""
        value = _read(dimension, written)
        held = self.values(dimension)
        chosen = tuple(one for one in held if one != value) if value in held else (*held, value)
        if len(chosen) > MOST_CHOSEN:
            raise ValueError(f"more than {MOST_CHOSEN} values")
        return replace(self, **{dimension.value: chosen})

    def without(self, dimension: Dimension) -> Self:
        """Not narrowed in this dimension."""
        return replace(self, **{dimension.value: ()})

    def to_json(self) -> dict[str, list[Any]]:
        return {dimension.value: list(chosen) for dimension, chosen in self.narrowed()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(**{one.name: tuple(stored.get(one.name, ())) for one in fields(cls)})


def _read(dimension: Dimension, written: str) -> int | str:
    if dimension in _NUMBERS:
        if not (written.isascii() and written.isdecimal() and 0 < int(written) <= _LARGEST_ID):
            raise ValueError("not a number that there can be")
        return int(written)
    if not 0 < len(written) <= 40 or written not in _KNOWN.get(dimension, (written,)):
        raise ValueError("not a value of this dimension")
    return written


def length(body: str) -> int:
    """How long Telegram takes a text to be."""
    return len(body.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a campaign's messages so far. `left` are on their way, or wait."""

    total: int
    sent: int
    blocked: int
    failed: int
    uncertain: int
    dropped: int
    left: int

    @property
    def settled(self) -> int:
        return self.total - self.left

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100; never 100 while something is left."""
        return self.settled * 100 // self.total if self.total else 0


_LEFT = ("waiting", "sending", "held")


def report(total: int, counts: Mapping[str, int]) -> Report:
    """From the number of messages and how many stand in each state of the outbox.

    Whoever has erased their data since has no message any more: it counts as dropped.
    """
    left = sum(counts.get(state, 0) for state in _LEFT)
    ended = {state: counts.get(state, 0) for state in ("sent", "blocked", "failed", "uncertain")}
    return Report(total=total, **ended, dropped=max(total - left - sum(ended.values()), 0), left=left)


def bar(percent: int, width: int) -> int:
    """How many of the bar's cells are full: the first with the first percent, the last with the last."""
    return min(width if percent >= 100 else -(-percent * width // 100), width - (percent < 100))
