"""When people may be written to: what they chose, or what is usual where they learn."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, select

from bot.domain.quiet import QUIET_FROM, QUIET_TO, SUNDAY, QuietHours, RegionZones
from storage.dialects import insert
from storage.tables import notification_settings, organisations, persons


class NotificationSettings(NamedTuple):
    """What a person chose; the defaults are those of everyone. No `zone`: that of their college's region."""

    zone: str | None = None
    quiet_from: int = QUIET_FROM
    quiet_to: int = QUIET_TO
    days_off: int = SUNDAY
    holidays_off: bool = True


_names = NotificationSettings._fields
_columns = [notification_settings.c[name] for name in _names]
_hours = (
    select(persons.c.id, organisations.c.region, notification_settings.c.person_id.label("chosen"), *_columns)
    .outerjoin(organisations, organisations.c.id == persons.c.organisation_id)
    .outerjoin(notification_settings, notification_settings.c.person_id == persons.c.id)
)


def settings_of(connection: Connection, person_id: int) -> NotificationSettings:
    """What the person chose; the defaults while they chose nothing."""
    statement = select(*_columns).where(notification_settings.c.person_id == person_id)
    row = connection.execute(statement).one_or_none()
    return NotificationSettings(*row) if row else NotificationSettings()


def save(connection: Connection, person_id: int, chosen: NotificationSettings) -> None:
    """Keep what a person chose. Raises ValueError for hours or a zone that do not exist."""
    QuietHours(**{**chosen._asdict(), "zone": chosen.zone or "UTC"})
    statement = insert(notification_settings).values(person_id=person_id, **chosen._asdict())
    statement = statement.on_conflict_do_update(
        index_elements=[notification_settings.c.person_id],
        set_={name: statement.excluded[name] for name in _names},
    )
    connection.execute(statement)


def quiet_hours(
    connection: Connection, person_ids: Collection[int], zones: RegionZones
) -> dict[int, QuietHours]:
    """When each of these people (some thousands at most) may not be written to, by person."""
    rows = connection.execute(_hours.where(persons.c.id.in_(person_ids)).order_by(persons.c.id))
    found = {}
    for row in rows:
        chosen = NotificationSettings(*row[3:]) if row.chosen is not None else NotificationSettings()
        found[row.id] = QuietHours(**{**chosen._asdict(), "zone": chosen.zone or zones.zone(row.region)})
    return found
