"""The clock of the project, moved by a test and put back after it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain import clock


def pass_time(**by: float) -> None:
    """It is later now, or earlier."""
    clock.shift(dt.timedelta(**by))


def be_at(moment: str) -> dt.datetime:
    """It is that moment now; with an offset from UTC."""
    wanted = dt.datetime.fromisoformat(moment).astimezone(dt.UTC)
    clock.shift(wanted - clock.now())
    return wanted


@contextmanager
def put_back() -> Iterator[None]:
    before = clock._shifted
    try:
        yield
    finally:
        clock.shift(before - clock._shifted)
