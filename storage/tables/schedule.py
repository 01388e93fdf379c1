"""Jobs that the schedule runs, and when a person may be written to."""

from sqlalchemy import JSON, Boolean, Column, Float, Integer, String, Table, Text

from storage.tables.base import Instant, metadata, person_key

jobs = Table(
    "jobs",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("next_at", Instant, nullable=False),
    Column("runner", String(40)),  # the process that is at it
    Column("runs_until", Instant),  # a runner that has not finished by then has died
    Column("started_at", Instant),
    Column("finished_at", Instant),
    Column("seconds", Float),
    Column("outcome", JSON),  # what it did: counts by name
    Column("failure", Text),  # the kind of the fault, when the last run failed
)

notification_settings = Table(
    "notification_settings",
    metadata,
    person_key(primary_key=True),
    Column("zone", String(40)),  # an IANA name; none: that of the person's region
    Column("quiet_from", Integer, nullable=False),  # minutes from midnight
    Column("quiet_to", Integer, nullable=False),
    Column("days_off", Integer, nullable=False),  # bit 0 is Monday
    Column("holidays_off", Boolean, nullable=False),
)
