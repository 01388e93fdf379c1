"""Plain makers of messages: the text is the word in `values`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from bot.delivery.letters import Letter
from bot.delivery.taking_up import TakingUp
from bot.domain.notices import NoticeKind
from bot.domain.quiet import QuietHours
from storage.outbox import Taken

Loading = Callable[[Connection, Sequence[Taken]], Mapping[int, Any]]


class Plain:
    """Says the word of the row; `load` may be given another way to go."""

    def __init__(self, load: Loading | None = None) -> None:
        self._load = load
        self.loaded: list[list[str]] = []

    def load(self, connection: Connection, taken: Sequence[Taken]) -> Mapping[int, Any]:
        self.loaded.append([str(row.values["word"]) for row in taken])
        if self._load is not None:
            return self._load(connection, taken)
        return {row.id: row.values["word"] for row in taken}

    def compose(self, taken: Taken, loaded: Any) -> Letter:
        return Letter(str(loaded))


def nobody_sleeps(connection: Connection, people: Collection[int]) -> dict[int, QuietHours]:
    return {}


def taking_up(
    quiet_hours: Callable[[Connection, Collection[int]], Mapping[int, QuietHours]] = nobody_sleeps,
    composers: Mapping[NoticeKind, Any] | None = None,
) -> TakingUp:
    """All kinds say their word, other than those given."""
    return TakingUp({**{kind: Plain() for kind in NoticeKind}, **(composers or {})}, quiet_hours)
