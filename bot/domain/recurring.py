"""When something that recurs is due next: after a while, or at a time of day where people live."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.quiet import zone_named


@dataclass(frozen=True, slots=True)
class Every:
    """So long after the last time."""

    pause: dt.timedelta

    def after(self, instant: dt.datetime) -> dt.datetime:
        """The next time, in UTC."""
        return instant.astimezone(dt.UTC) + self.pause


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day, when the clock of `zone` (an IANA name) shows `time`."""

    time: dt.time
    zone: str

    def after(self, instant: dt.datetime) -> dt.datetime:
        """The next time after `instant`, in UTC. Left out by the clock, it comes as much later."""
        zone = zone_named(self.zone)
        day = instant.astimezone(zone).date()
        while True:
            # the first of two, where the clock shows it twice
            found = dt.datetime.combine(day, self.time, zone).astimezone(dt.UTC)
            if found > instant:
                return found
            day += dt.timedelta(days=1)


Recurring = Every | Daily
