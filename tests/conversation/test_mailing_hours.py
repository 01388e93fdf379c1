"""When a student is not to be written to: hours, days, the clock that counts."""

import pytest

from storage.tables import notification_settings
from tests.conversation.conftest import World
from tests.conversation.stored import rows
from tests.conversation.student import profiled
from tests.conversation.subscribing import own, subscriber

HOURS = [
    ("с\u00a022:00", "quiet_from", 22 * 60),
    ("до\u00a08:00", "quiet_to", 8 * 60),
    ("Сб", "days_off", 0b110_0000),
    ("✅ Вс", "days_off", 0),
    ("✅ Праздники", "holidays_off", False),
]


@pytest.mark.parametrize(("choice", "name", "value"), HOURS, ids=[name for name, *_ in HOURS])
async def test_when_not_to_write(world: World, choice: str, name: str, value: object) -> None:
    student = await profiled(world)
    await student.write("/subscriptions")
    shown = await student.choose("Когда не писать")
    assert "с\u00a021:00 до\u00a09:00" in shown.text
    await student.choose(choice)
    (row,) = await rows(world.app, notification_settings)
    assert row[name] == value


async def test_another_zone_moves_the_next_turn(world: World) -> None:
    student = await subscriber(world)
    (before,) = await own(student)
    await student.write("/subscriptions")
    await student.choose("Когда не писать")
    zones = await student.choose("Сменить часовой пояс")
    (kamchatka,) = (one for one in zones.button_texts if one.startswith("Камчатка"))
    await student.choose(kamchatka)
    (after,) = await own(student)
    hours = (before["next_at"] - after["next_at"]).total_seconds() / 3600
    assert hours % 24 == 9
