"""The code at the door: six digits, one for the whole event or a new one every half a minute.

A code is an HMAC of the event's secret, so nothing needs to be stored or kept in step.
"""

import datetime as dt
import hmac
from enum import StrEnum

OPENS_BEFORE = dt.timedelta(minutes=30)
"""Before the beginning; the door closes at the end."""

STEP_SECONDS = 30

EXPIRED_STEPS = 20
"""Codes of the last ten minutes are told apart from wrong ones."""

ATTEMPTS = 5
ATTEMPTS_WITHIN = dt.timedelta(minutes=10)

_DIGITS = 6


class CodeVerdict(StrEnum):
    RIGHT = "right"
    EXPIRED = "expired"
    WRONG = "wrong"


def code_at(secret: str, instant: dt.datetime, *, rotating: bool) -> str:
    """The six digits that are shown at that moment."""
    return _code(secret, _step(instant) if rotating else None)


def changes_at(instant: dt.datetime) -> dt.datetime:
    """When the next code of a rotating one follows, in UTC."""
    return dt.datetime.fromtimestamp((_step(instant) + 1) * STEP_SECONDS, dt.UTC)


def judge(secret: str, typed: str, instant: dt.datetime, *, rotating: bool) -> CodeVerdict:
    """Whether typed digits are the code. The one before counts still: people need time to type."""
    if not rotating:
        return CodeVerdict.RIGHT if _same(typed, _code(secret, None)) else CodeVerdict.WRONG
    now = _step(instant)
    ages = [age for age in range(EXPIRED_STEPS) if _same(typed, _code(secret, now - age))]
    if not ages:
        return CodeVerdict.WRONG
    return CodeVerdict.RIGHT if ages[0] <= 1 else CodeVerdict.EXPIRED


def token(event_code: str, digits: str) -> str:
    """What a QR code holds: which event, and its code."""
    return f"{event_code}-{digits}"


def read_typed(typed: str) -> tuple[str, str]:
    """The event's code, empty when it is not told, and the digits, of what was typed or scanned."""
    event_code, _, rest = typed.strip().rpartition("-") if typed.count("-") == 1 else ("", "", typed)
    digits = "".join(letter for letter in rest if not letter.isspace() and letter != "-")
    if event_code.isdecimal():  # "123-456"
        return "", event_code + digits
    return event_code.lower(), digits


def _step(instant: dt.datetime) -> int:
    return int(instant.timestamp()) // STEP_SECONDS


def _code(secret: str, step: int | None) -> str:
    digest = hmac.digest(secret.encode(), b"door" if step is None else str(step).encode(), "sha256")
    return f"{int.from_bytes(digest[:8], 'big') % 10**_DIGITS:0{_DIGITS}}"


def _same(typed: str, code: str) -> bool:
    return hmac.compare_digest(typed.encode(), code.encode())
