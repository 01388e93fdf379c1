"""When people may be written to: what they chose, what is usual in their region, what is usual at all."""

import pytest
from sqlalchemy import Connection

from bot.domain.quiet import QuietHours, RegionZones
from storage.notification_settings import NotificationSettings, quiet_hours, save, settings_of
from storage.organisations import GroupRow, save_group
from tests.storage.centre import TRANSPORT, enrol, found_colleges

EAST = "4100000000000"
ZONES = RegionZones("Europe/Moscow", {EAST: "Asia/Kamchatka"})


@pytest.fixture(autouse=True)
def people(connection: Connection) -> None:
    found_colleges(connection)
    eastern = GroupRow("kam", "Колледж моря", None, EAST, "С-1", "26.02.03", 2027, "kam1")
    save_group(connection, eastern)
    enrol(connection, 1, group=TRANSPORT)
    enrol(connection, 2, group=eastern)
    enrol(connection, 3, group=None)


def test_who_chose_nothing_lives_as_their_region_does(connection: Connection) -> None:
    found = quiet_hours(connection, [1, 2, 3, 99], ZONES)
    assert found == {
        1: QuietHours("Europe/Moscow"),
        2: QuietHours("Asia/Kamchatka"),
        3: QuietHours("Europe/Moscow"),
    }


def test_what_was_chosen_counts(connection: Connection) -> None:
    chosen = NotificationSettings("Asia/Omsk", 22 * 60, 7 * 60, 0, holidays_off=False)
    save(connection, 1, NotificationSettings())
    save(connection, 1, chosen)
    assert settings_of(connection, 1) == chosen
    assert quiet_hours(connection, [1], ZONES) == {
        1: QuietHours("Asia/Omsk", 1320, 420, 0, holidays_off=False)
    }


def test_the_zone_may_be_left_to_the_region(connection: Connection) -> None:
    save(connection, 2, NotificationSettings(days_off=0))
    assert quiet_hours(connection, [2], ZONES) == {2: QuietHours("Asia/Kamchatka", days_off=0)}


def test_nobody_chose_the_defaults_yet(connection: Connection) -> None:
    assert settings_of(connection, 1) == NotificationSettings()
    assert quiet_hours(connection, [], ZONES) == {}


@pytest.mark.parametrize(
    "wrong", [{"zone": "Mars/Olympus"}, {"quiet_from": 1440}, {"quiet_to": -1}, {"days_off": 128}]
)
def test_what_no_clock_shows_is_not_kept(connection: Connection, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"zone|minutes|week"):
        save(connection, 1, NotificationSettings(**wrong))  # type: ignore[arg-type]
    assert settings_of(connection, 1) == NotificationSettings()
