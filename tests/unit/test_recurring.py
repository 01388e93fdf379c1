"""When something that recurs is due next, and when people are asked anew."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.profile_again import ask_again_at, last_year_ends
from bot.domain.recurring import Daily, Every
from tests.unit.test_quiet_hours import ZONES, instants, utc

times = st.times().map(lambda time: time.replace(second=0, microsecond=0))


@given(instants, times, st.sampled_from(ZONES))
def test_every_day_has_its_time_once(instant: dt.datetime, time: dt.time, zone: str) -> None:
    found = Daily(time, zone).after(instant)
    assert instant < found <= instant + dt.timedelta(hours=26)  # a day is left out where the date line moves
    local = found.astimezone(ZoneInfo(zone))
    left_out = local.replace(tzinfo=None) != dt.datetime.combine(local.date(), time)
    assert not left_out or local.utcoffset() != (local - dt.timedelta(hours=3)).utcoffset()


@pytest.mark.parametrize(
    ("zone", "instant", "expected"),
    [
        ("Europe/Moscow", "2026-11-05T09:59:59+03:00", "2026-11-05T10:00:00+03:00"),
        ("Europe/Moscow", "2026-11-05T10:00:00+03:00", "2026-11-06T10:00:00+03:00"),
        ("Asia/Kamchatka", "2026-11-05T23:30:00+00:00", "2026-11-06T22:00:00+00:00"),
        ("Europe/Berlin", "2026-03-28T10:00:00+01:00", "2026-03-29T10:00:00+02:00"),
    ],
)
def test_ten_in_the_morning(zone: str, instant: str, expected: str) -> None:
    assert Daily(dt.time(10), zone).after(utc(instant)) == utc(expected)


def test_so_long_after_the_last_time() -> None:
    assert Every(dt.timedelta(hours=1)).after(utc("2026-11-05T12:30:00+03:00")) == utc(
        "2026-11-05T10:30+00:00"
    )


@pytest.mark.parametrize(
    ("graduation_year", "temporary_days_ago", "expected"),
    [
        (2027, 0, 60),  # the last year: work is found and lost
        (2028, 0, 90),
        (2026, 0, 90),
        (None, 0, 90),
        (2027, None, 90),
        (2027, 50, 10),  # the fact is older than the last answer
    ],
)
def test_when_people_are_asked_again(
    graduation_year: int | None, temporary_days_ago: int | None, expected: int
) -> None:
    answered = utc("2026-11-05T12:00:00+03:00")
    temporary = None if temporary_days_ago is None else answered - dt.timedelta(days=temporary_days_ago)
    asked = ask_again_at(answered, temporary, graduation_year, dt.date(2026, 12, 1))
    assert asked == answered + dt.timedelta(days=expected)


@pytest.mark.parametrize(("day", "year"), [((2026, 8, 31), 2026), ((2026, 9, 1), 2027), ((2027, 1, 1), 2027)])
def test_a_school_year_ends_in_summer(day: tuple[int, int, int], year: int) -> None:
    assert last_year_ends(dt.date(*day)) == year
