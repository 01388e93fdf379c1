"""Faults on demand: what a test asks to go wrong with the next calls of a method."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.errors import ApiError
from bot.sandbox.parameters import Parameters


@dataclass(slots=True)
class Fault:
    """Strikes `times` calls of a method.

    `performed` says that the call takes effect before the fault strikes: a message that arrived although
    its sender was told otherwise.
    """

    method: str
    times: int = 1
    status: int | None = None
    description: str = "Internal Server Error"
    retry_after: int | None = None
    delay: float = 0.0  # seconds
    reset: bool = False
    performed: bool = False

    @classmethod
    def of(cls, parameters: Parameters) -> Fault:
        return cls(
            method=parameters.string("method"),
            times=parameters.integer("times", 1),
            status=parameters.integer("status") or None,
            description=parameters.string("description", "Internal Server Error"),
            retry_after=parameters.integer("retry_after") or None,
            delay=parameters.number("delay"),
            reset=parameters.flag("reset"),
            performed=parameters.flag("performed"),
        )

    def error(self) -> ApiError | None:
        return ApiError(self.status, self.description, self.retry_after) if self.status else None


class Faults:
    def __init__(self) -> None:
        self._waiting: dict[str, list[Fault]] = {}

    def add(self, fault: Fault) -> None:
        self._waiting.setdefault(fault.method.lower(), []).append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str) -> Fault | None:
        faults = self._waiting.get(method.lower())
        if not faults:
            return None
        fault = faults[0]
        fault.times -= 1
        if fault.times <= 0:
            faults.pop(0)
        return fault
