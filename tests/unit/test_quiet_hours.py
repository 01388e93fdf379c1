"""When people may be written to: by the clock of where they live, whatever that clock does."""

import csv
import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import STANDARD
from bot.domain.quiet import EVERY_DAY, QuietHours, next_allowed, public_holidays
from bot.sources.region_zones import read_region_zones

ZONES = (
    "Asia/Kamchatka",
    "Europe/Kaliningrad",
    "Europe/Berlin",  # summer time
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Asia/Beirut",  # midnight is left out
    "America/Havana",  # and shown twice
    "Pacific/Apia",
    "Asia/Kathmandu",
)
MINUTE = dt.timedelta(minutes=1)

minutes = st.integers(0, 1439)
instants = st.datetimes(
    dt.datetime(2025, 1, 1),  # noqa: DTZ001 - made aware below
    dt.datetime(2027, 12, 1),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)
all_hours = st.builds(
    QuietHours, st.sampled_from(ZONES), minutes, minutes, st.integers(0, EVERY_DAY), st.booleans()
)


def allowed(instant: dt.datetime, hours: QuietHours) -> bool:
    """The same, said plainly."""
    local = instant.astimezone(ZoneInfo(hours.zone))
    at = local.hour * 60 + local.minute
    start, end = hours.quiet_from, hours.quiet_to
    quiet = start <= at < end if start <= end else not end <= at < start
    weekday_off = hours.days_off != EVERY_DAY and bool(hours.days_off & 1 << local.weekday())
    holiday = hours.holidays_off and local.date() in public_holidays(local.year)
    return not (quiet or weekday_off or holiday)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


@given(instants, all_hours)
def test_it_is_allowed_then_and_not_before(instant: dt.datetime, hours: QuietHours) -> None:
    found = next_allowed(instant, hours)
    assert found >= instant
    assert found.tzinfo is dt.UTC
    assert allowed(found, hours)
    if found > instant:
        assert not allowed(instant, hours)
        assert not allowed(found - dt.timedelta(microseconds=1), hours)


@settings(max_examples=30)
@given(instants, all_hours)
def test_nothing_allowed_is_passed_over(instant: dt.datetime, hours: QuietHours) -> None:
    found = next_allowed(instant, hours)
    moment = instant
    while moment < found:
        assert not allowed(moment, hours)
        moment += 7 * MINUTE


@given(instants, all_hours)
def test_asking_again_changes_nothing(instant: dt.datetime, hours: QuietHours) -> None:
    found = next_allowed(instant, hours)
    assert next_allowed(found, hours) == found


@given(instants, instants, all_hours)
def test_who_asks_later_is_not_answered_sooner(
    one: dt.datetime, other: dt.datetime, hours: QuietHours
) -> None:
    earlier, later = sorted((one, other))
    assert next_allowed(earlier, hours) <= next_allowed(later, hours)


@given(instants, minutes, st.sampled_from(ZONES))
def test_no_hours_and_no_days_are_never_in_the_way(instant: dt.datetime, minute: int, zone: str) -> None:
    assert next_allowed(instant, QuietHours(zone, minute, minute, 0, holidays_off=False)) == instant


@pytest.mark.parametrize(
    ("zone", "instant", "expected"),
    [
        ("Europe/Moscow", "2026-11-05T20:59:59+03:00", "2026-11-05T20:59:59+03:00"),
        ("Europe/Moscow", "2026-11-05T21:00:00+03:00", "2026-11-06T09:00:00+03:00"),
        ("Europe/Moscow", "2026-11-06T00:30:00+03:00", "2026-11-06T09:00:00+03:00"),
        # one instant: evening in Kamchatka, morning in Kaliningrad
        ("Asia/Kamchatka", "2026-11-05T10:00:00+00:00", "2026-11-06T09:00:00+12:00"),
        ("Europe/Kaliningrad", "2026-11-05T10:00:00+00:00", "2026-11-05T12:00:00+02:00"),
        # Saturday evening: Sunday is off, Monday night is quiet
        ("Europe/Moscow", "2026-11-07T22:00:00+03:00", "2026-11-09T09:00:00+03:00"),
        # 31 December is a day off that was moved, then the holidays, then a Saturday
        ("Europe/Moscow", "2026-12-30T21:30:00+03:00", "2027-01-09T09:00:00+03:00"),
        ("Europe/Moscow", "2026-11-04T12:00:00+03:00", "2026-11-05T09:00:00+03:00"),
        # 8 March 2026 is a Sunday: the Monday is off instead
        ("Europe/Moscow", "2026-03-07T21:00:00+03:00", "2026-03-10T09:00:00+03:00"),
    ],
)
def test_everyones_hours(zone: str, instant: str, expected: str) -> None:
    assert next_allowed(utc(instant), QuietHours(zone)) == utc(expected)


@pytest.mark.parametrize(
    ("quiet", "instant", "expected"),
    [
        # Berlin, 29 March 2026: from 02:00 the clock goes to 03:00; 02:30 is never shown
        (("01:00", "02:30"), "2026-03-29T00:30:00+00:00", "2026-03-29T01:00:00+00:00"),
        (("21:00", "09:00"), "2026-03-28T21:00:00+00:00", "2026-03-29T07:00:00+00:00"),
        # 25 October 2026: from 03:00 it goes back to 02:00; 02:30 is shown twice
        (("01:00", "02:30"), "2026-10-24T23:30:00+00:00", "2026-10-25T00:30:00+00:00"),
        (("01:00", "02:30"), "2026-10-25T01:10:00+00:00", "2026-10-25T01:30:00+00:00"),
        # quiet from 02:30 on: half an hour of it, then it is 02:00 again
        (("02:30", "09:00"), "2026-10-25T00:40:00+00:00", "2026-10-25T01:00:00+00:00"),
        (("21:00", "09:00"), "2026-10-24T20:00:00+00:00", "2026-10-25T08:00:00+00:00"),
    ],
)
def test_a_clock_that_is_put_forward_or_back(quiet: tuple[str, str], instant: str, expected: str) -> None:
    start, end = (int(time[:2]) * 60 + int(time[3:]) for time in quiet)
    hours = QuietHours("Europe/Berlin", start, end, 0, holidays_off=False)
    assert next_allowed(utc(instant), hours) == utc(expected)


def test_seven_days_off_are_none() -> None:
    noon = utc("2026-11-05T12:00:00+03:00")
    assert next_allowed(noon, QuietHours("Europe/Moscow", days_off=EVERY_DAY)) == noon


@pytest.mark.parametrize(
    "wrong",
    [{"quiet_from": 1440}, {"quiet_to": -1}, {"days_off": 128}, {"zone": "Mars/Olympus"}, {"zone": ""}],
)
def test_hours_that_no_clock_shows_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"minutes|week|zone"):
        QuietHours(**{"zone": "Europe/Moscow", **wrong})  # type: ignore[arg-type]


def test_every_region_has_a_zone_of_its_own() -> None:
    zones = read_region_zones(STANDARD / "region_zones.csv", "Europe/Moscow")
    with Path(STANDARD / "regions.csv").open(encoding="utf-8", newline="") as file:
        assert list(zones.by_region) == [row["code"] for row in csv.DictReader(file)]
    offsets = {
        code: utc("2026-07-01T00:00:00+00:00").astimezone(ZoneInfo(zone)).utcoffset()
        for code, zone in zones.by_region.items()
    }
    assert set(offsets.values()) == {dt.timedelta(hours=hours) for hours in range(2, 13)}
    assert offsets["4100000000000"] == dt.timedelta(hours=12)
    assert offsets["3900000000000"] == dt.timedelta(hours=2)
    assert zones.zone("7000000000000") == "Asia/Tomsk"
    assert zones.zone(None) == zones.zone("0000000000000") == "Europe/Moscow"
