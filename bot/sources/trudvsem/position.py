"""Where a pass over a region stands: enough to go on after a crash."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

_FLOOR = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""Nothing in the source was modified earlier."""

_NARROWEST = dt.timedelta(seconds=2)
"""The source tells seconds: what is narrower cannot be divided."""


class PositionError(ValueError):
    """What was stored is no position."""


@dataclass(frozen=True, slots=True)
class Position:
    """The page to read next.

    The windows of time that are still to be read follow each other: `starts[0]` to `starts[1]` is the one
    being read, the last has no end. None: from the beginning. No windows: the pass is done. Old windows come
    first, so what is modified meanwhile moves to a window that is yet to be read.

    `page` counts from 0 and `received` the records in the window being read. `started_at` is when the pass
    began: the next may ask for what was modified since. `complete` is False once something was left out; then
    what the pass did not meet may still be there.
    """

    starts: tuple[dt.datetime | None, ...]
    started_at: dt.datetime
    page: int = 0
    received: int = 0
    complete: bool = True

    @classmethod
    def begin(cls, since: dt.datetime | None, now: dt.datetime) -> Position:
        """The beginning of a pass over what was modified since an instant, or over everything."""
        return cls((since,), now)

    @property
    def finished(self) -> bool:
        return not self.starts

    @property
    def window(self) -> tuple[dt.datetime | None, dt.datetime | None]:
        """Of a pass that is not finished: the ends of the window being read, None where it is open."""
        return self.starts[0], self.starts[1] if len(self.starts) > 1 else None

    def next_page(self, received: int) -> Position:
        return replace(self, page=self.page + 1, received=self.received + received)

    def next_window(self) -> Position:
        return replace(self, starts=self.starts[1:], page=0, received=0)

    def with_a_hole(self) -> Position:
        """The same place, and something before it was left out."""
        return replace(self, complete=False)

    def narrowed(self, now: dt.datetime) -> Position | None:
        """From the beginning of the first half of the window; None if it cannot be divided."""
        start, end = self.window
        start, end = start or _FLOOR, end or now
        if end - start < _NARROWEST:
            return None
        middle = (start + (end - start) / 2).replace(microsecond=0)
        return replace(self, starts=(start, max(middle, start), *self.starts[1:]), page=0, received=0)

    def to_json(self) -> dict[str, Any]:
        """For a JSON column; `from_json` reads it."""
        return {
            "starts": [start.isoformat() if start else None for start in self.starts],
            "started_at": self.started_at.isoformat(),
            "page": self.page,
            "received": self.received,
            "complete": self.complete,
        }

    @classmethod
    def from_json(cls, raw: Any) -> Position:
        """Raises PositionError."""
        try:
            starts = tuple(_instant(start) if start is not None else None for start in raw["starts"])
            started_at = _instant(raw["started_at"])
            page, received, complete = raw["page"], raw["received"], raw["complete"]
        except (TypeError, KeyError, ValueError):
            raise PositionError("not a position") from None
        counts = all(type(count) is int and count >= 0 for count in (page, received))
        ascending = all(_follows(*pair) for pair in pairwise(starts))
        if not counts or type(complete) is not bool or not ascending:
            raise PositionError("not a position")
        return cls(starts, started_at, page, received, complete)


def _instant(raw: str) -> dt.datetime:
    instant = dt.datetime.fromisoformat(raw)
    if instant.tzinfo is None:
        raise PositionError("expected an instant with its offset")
    return instant


def _follows(start: dt.datetime | None, end: dt.datetime | None) -> bool:
    return end is not None and (start is None or start <= end)
