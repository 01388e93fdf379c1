"""What can be wrong with an answer of the source as a whole."""

from enum import StrEnum


class Fault(StrEnum):
    """By name, so that logs and screens can tell them apart."""

    TIMEOUT = "timeout"
    CONNECTION = "connection"
    SERVER_ERROR = "server_error"
    TOO_MANY_REQUESTS = "too_many_requests"
    REFUSED = "refused"
    NOT_JSON = "not_json"
    TRUNCATED = "truncated"
    WRONG_SHAPE = "wrong_shape"
    TOO_LARGE = "too_large"
    WHOLE_COUNTRY = "whole_country"
    WINDOW_IGNORED = "window_ignored"


MALFORMED = frozenset({Fault.NOT_JSON, Fault.TRUNCATED, Fault.WRONG_SHAPE, Fault.TOO_LARGE})
"""The server is there, one answer of it cannot be used."""

TRANSIENT = frozenset(
    {Fault.TIMEOUT, Fault.CONNECTION, Fault.SERVER_ERROR, Fault.TOO_MANY_REQUESTS}
    # a gateway's page of excuses, or half an answer, is gone a moment later as a rule
    | (MALFORMED - {Fault.TOO_LARGE})
)
"""Worth another attempt."""


class SourceError(Exception):
    """The source gave no answer that can be used. `retry_after`: seconds that it asked to be left alone."""

    def __init__(self, fault: Fault, detail: str = "", retry_after: float | None = None) -> None:
        self.fault = fault
        self.detail = detail
        self.retry_after = retry_after
        super().__init__(f"{fault.value}: {detail}" if detail else fault.value)
