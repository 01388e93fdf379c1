"""Telegram's limits on sending: about one message a second to a chat, thirty a second to all."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import too_many_requests


@dataclass(frozen=True, slots=True)
class FloodLimits:
    """How many messages one second may carry."""

    per_chat: int = 1
    overall: int = 30


class FloodGate:
    def __init__(self, limits: FloodLimits | None, now: Callable[[], float]) -> None:
        self._limits = limits
        self._now = now
        self._overall: deque[float] = deque()
        self._by_chat: dict[int, deque[float]] = {}

    def pass_message(self, chat_id: int) -> None:
        """Count a message, or refuse it uncounted."""
        if self._limits is None:
            return
        now = self._now()
        of_chat = self._by_chat.setdefault(chat_id, deque())
        _check(of_chat, self._limits.per_chat, now)
        _check(self._overall, self._limits.overall, now)
        of_chat.append(now)
        self._overall.append(now)


def _check(sent: deque[float], limit: int, now: float) -> None:
    while sent and sent[0] <= now - 1:
        sent.popleft()
    if len(sent) >= limit:
        raise too_many_requests(max(1, math.ceil(sent[0] + 1 - now)))
