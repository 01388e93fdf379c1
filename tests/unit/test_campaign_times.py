"""When a campaign starts, as people type it."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.campaign_times import LATEST, TimeProblem, at, checked, read_start

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = dt.datetime(2027, 3, 15, 9, 0, tzinfo=dt.UTC)  # noon in Moscow


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        ("15:00", local(2027, 3, 15, 15)),
        ("16.03 15.30", local(2027, 3, 16, 15, 30)),
        ("16.03 9:05", local(2027, 3, 16, 9, 5)),
        ("16.03.2027 15:00", local(2027, 3, 16, 15)),
        ("16.03.27, 15:00", local(2027, 3, 16, 15)),
        ("16/3 в 15:00", local(2027, 3, 16, 15)),
        ("  16.03   15:00 ", local(2027, 3, 16, 15)),
        ("14.03 15:00", local(2028, 3, 14, 15)),  # this year's is past: the next one
        ("01.01 00:00", local(2028, 1, 1)),
    ],
)
def test_what_people_type(typed: str, start: dt.datetime) -> None:
    assert read_start(typed, NOW, MOSCOW) == start


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("завтра", TimeProblem.UNREADABLE),
        ("", TimeProblem.UNREADABLE),
        ("16.03", TimeProblem.UNREADABLE),
        ("16.03 15:00 и ещё", TimeProblem.UNREADABLE),
        ("١٥:٠٠", TimeProblem.UNREADABLE),
        ("25:00", TimeProblem.NO_SUCH_TIME),
        ("15:60", TimeProblem.NO_SUCH_TIME),
        ("31.02 15:00", TimeProblem.NO_SUCH_TIME),
        ("29.02 15:00", TimeProblem.NO_SUCH_TIME),
        ("00.03 15:00", TimeProblem.NO_SUCH_TIME),
        ("12:00", TimeProblem.PAST),
        ("15.03.2026 15:00", TimeProblem.PAST),
        ("16.03.2029 15:00", TimeProblem.TOO_FAR),
    ],
)
def test_what_is_no_start(typed: str, problem: TimeProblem) -> None:
    assert read_start(typed, NOW, MOSCOW) is problem


def test_a_time_of_a_chosen_day() -> None:
    assert read_start("10:00", NOW, MOSCOW, dt.date(2027, 4, 1)) == local(2027, 4, 1, 10)
    assert read_start("10:00", NOW, MOSCOW, dt.date(2027, 3, 15)) is TimeProblem.PAST
    assert read_start("16.03 10:00", NOW, MOSCOW, dt.date(2027, 4, 1)) == local(2027, 3, 16, 10)


def test_a_time_that_the_clock_leaves_out_is_an_hour_later() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = at(dt.date(2027, 3, 28), dt.time(2, 30), berlin)
    assert start.astimezone(berlin).time() == dt.time(3, 30)


@given(st.integers(-1000, 1000), st.integers(-2, 2))
def test_a_start_lies_ahead_and_not_too_far(days: int, seconds: int) -> None:
    start = NOW + dt.timedelta(days=days, seconds=seconds)
    found = checked(start, NOW)
    assert (found == start) == (NOW < start <= NOW + LATEST)


@given(st.text(max_size=30))
def test_anything_can_be_typed(typed: str) -> None:
    read_start(typed, NOW, MOSCOW)
