"""When a subscription has its turn: every zone, every clock change, once a local day."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.subscriptions import Frequency, Pause, Timing, next_occurrence, paused_until

ZONES = (
    "Europe/Moscow",
    "Asia/Kamchatka",
    "Europe/Kaliningrad",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # its clock is put forward by half an hour
    "Africa/Casablanca",
    "America/Havana",  # at midnight
    "Pacific/Apia",  # left a whole day out
)
INSTANTS = st.integers(1_230_768_000, 2_051_222_400).map(  # the years 2009 to 2034
    lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC)
)
TIMINGS = st.builds(
    Timing,
    st.sampled_from([Frequency.DAILY, Frequency.WEEKLY]),
    st.integers(0, 6),
    st.integers(0, 24 * 60 - 1),
)
BERLIN = "Europe/Berlin"


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[misc,arg-type]  # numbers of a date


def turn(timing: Timing, zone: str, after: dt.datetime) -> dt.datetime:
    found = next_occurrence(timing, zone, after)
    assert found is not None
    return found


def shows(timing: Timing, zone: str, instant: dt.datetime) -> bool:
    local = instant.astimezone(ZoneInfo(zone))
    right_day = timing.frequency is Frequency.DAILY or local.weekday() == timing.weekday
    return right_day and local.hour * 60 + local.minute == timing.minute


def changes_clock(zone: str, around: dt.datetime) -> bool:
    """Whether the clock of the zone is changed within two days."""
    hours = [around + dt.timedelta(hours=hours) for hours in range(-48, 49)]
    offsets = {hour.astimezone(ZoneInfo(zone)).utcoffset() for hour in hours}
    return len(offsets) > 1


@given(TIMINGS, st.sampled_from(ZONES), INSTANTS)
def test_it_is_later_and_not_by_more_than_its_rhythm(timing: Timing, zone: str, after: dt.datetime) -> None:
    found = turn(timing, zone, after)
    longest = 2 if timing.frequency is Frequency.DAILY else 8
    assert after < found <= after + dt.timedelta(days=longest, hours=2)


@given(TIMINGS, st.sampled_from(ZONES), INSTANTS)
def test_the_clock_shows_the_time_that_was_chosen(timing: Timing, zone: str, after: dt.datetime) -> None:
    found = turn(timing, zone, after)
    assume(not changes_clock(zone, found))
    assert shows(timing, zone, found)


@given(TIMINGS, st.sampled_from(ZONES), INSTANTS)
def test_nothing_is_left_out_and_nothing_twice(timing: Timing, zone: str, after: dt.datetime) -> None:
    found = turn(timing, zone, after)
    between = after + (found - after) / 2
    assert turn(timing, zone, between) == found
    following = turn(timing, zone, found)
    days = (following.astimezone(ZoneInfo(zone)).date() - found.astimezone(ZoneInfo(zone)).date()).days
    assert days >= 1, "one turn a local day"
    if not (changes_clock(zone, found) or changes_clock(zone, following)):
        assert days == (1 if timing.frequency is Frequency.DAILY else 7)


def test_a_time_that_the_clock_leaves_out_comes_later() -> None:
    timing = Timing(minute=2 * 60 + 30)
    assert turn(timing, BERLIN, utc(2026, 3, 28, 12)) == utc(2026, 3, 29, 1, 30)
    assert turn(timing, BERLIN, utc(2026, 3, 29, 1, 30)) == utc(2026, 3, 30, 0, 30)


def test_a_time_that_the_clock_shows_twice_counts_once() -> None:
    timing = Timing(minute=2 * 60 + 30)
    first = utc(2026, 10, 25, 0, 30)
    assert turn(timing, BERLIN, utc(2026, 10, 24, 12)) == first
    assert turn(timing, BERLIN, first) == utc(2026, 10, 26, 1, 30)
    assert turn(timing, BERLIN, utc(2026, 10, 25, 1, 0)) == utc(2026, 10, 26, 1, 30), "between the two"


def test_midnight() -> None:
    timing = Timing(Frequency.WEEKLY, 0, 0)
    assert turn(timing, "Asia/Kamchatka", utc(2026, 11, 22, 11, 59)) == utc(2026, 11, 22, 12)
    assert turn(timing, "Asia/Kamchatka", utc(2026, 11, 22, 12)) == utc(2026, 11, 29, 12)


def test_at_once_has_no_turn() -> None:
    assert next_occurrence(Timing(Frequency.AT_ONCE), "Europe/Moscow", utc(2026, 11, 22)) is None


@pytest.mark.parametrize(
    ("at", "pause", "until"),
    [
        (utc(2026, 11, 22, 21), Pause.WEEK, utc(2026, 11, 29, 21)),
        (utc(2026, 11, 22, 20, 59), Pause.WEEK, utc(2026, 11, 28, 21)),
        (utc(2026, 11, 22, 12), Pause.MONTH, utc(2026, 12, 21, 21)),
        (utc(2026, 11, 22, 12), Pause.THREE_MONTHS, utc(2027, 2, 20, 21)),
        (utc(2026, 8, 31, 12), Pause.SEPTEMBER, utc(2026, 8, 31, 21)),
        (utc(2026, 8, 31, 21), Pause.SEPTEMBER, utc(2027, 8, 31, 21)),
    ],
)
def test_a_pause_ends_when_a_day_begins(at: dt.datetime, pause: Pause, until: dt.datetime) -> None:
    assert paused_until(pause, "Europe/Moscow", at) == until


@given(st.builds(Timing, st.sampled_from(Frequency), st.integers(0, 6), st.integers(0, 1439)))
def test_a_timing_goes_into_a_button_and_out_of_it(timing: Timing) -> None:
    assert Timing.from_code(timing.code) == timing
    assert len(timing.code) <= 8


@pytest.mark.parametrize("code", ["", "d", "d.0", "d.0.0.0", "x.0.0", "d.7.0", "d.0.1440", "d.-1.0", "d.a.0"])
def test_what_is_no_timing_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"unpack|no such day|not a timing"):
        Timing.from_code(code)


def test_less_and_less() -> None:
    at_once = Timing(Frequency.AT_ONCE, 3, 600)
    daily = at_once.rarer
    assert daily == Timing(Frequency.DAILY, 3, 600)
    assert daily.rarer == Timing(Frequency.WEEKLY, 3, 600)
    assert daily.rarer.rarer is None
