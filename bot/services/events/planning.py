"""What staff need while they plan an event: whom it can be for, what it was like last time, how it looks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Connection

from bot.domain.access import coordinator, staff_member
from bot.domain.campaigns import Dimension
from bot.domain.events.event import Event, Plan
from bot.domain.events.lifecycle import EventState
from bot.domain.people import Role, Visitor
from bot.domain.risk.factors import REQUESTS
from bot.services.events.access import audit, own_event
from bot.services.events.cards import Card
from storage import event_figures, event_planning, events
from storage.unit_of_work import UnitOfWork

TEMPLATES = 5
LOOKED_THROUGH = 60
"""Events of which the templates are taken: a series is one template."""

LINES = (Dimension.SPECIALTY, Dimension.GROUP, Dimension.REQUEST, Dimension.YEAR)
"""What an audience can be narrowed by; their values are the fields of Audience."""


@dataclass(frozen=True, slots=True)
class Preview:
    """An event as a student will see it, and how many people it is meant for."""

    card: Card
    reach: int


class EventPlanning:
    """Use cases of planning. Each raises AccessDenied for others than staff, and for others' events."""

    async def templates(self, unit: UnitOfWork, visitor: Visitor) -> list[Event]:
        """The last events of different names, the newest first."""
        member = staff_member(visitor)

        def look(connection: Connection) -> list[Event]:
            ids = event_planning.latest(connection, member.organisation_id, LOOKED_THROUGH)
            found = events.several(connection, ids)
            newest: dict[tuple[str, str], Event] = {}
            for event_id in ids:
                if event := found.get(event_id):
                    newest.setdefault((event.kind, event.title), event)
            return list(newest.values())[:TEMPLATES]

        return await unit.read(look)

    async def preview(self, unit: UnitOfWork, visitor: Visitor, code: str, plan: Plan) -> Preview:
        """The event as it would be announced with this plan."""
        member = staff_member(visitor)

        def look(connection: Connection) -> Preview:
            event = own_event(connection, member, code)
            planned = {name: getattr(plan, name) for name in Plan.__slots__ if name != "quotas"}
            given = {
                name: value for name, value in planned.items() if value or name not in ("zone", "region")
            }
            shown = replace(event, **given, state=EventState.PUBLISHED)
            of = shown.organisation_id
            names = events.organisation_names(connection, [of]) if of is not None else {}
            card = Card(
                event=shown,
                organisation=names.get(of or 0),
                seats_left=plan.seats,
                waiting=0,
                registration=None,
                place_in_line=None,
                refusal=None,
            )
            return Preview(card, event_figures.reach(connection, shown))

        return await unit.read(look)

    async def options(self, unit: UnitOfWork, visitor: Visitor, line: Dimension) -> dict[str, str | None]:
        """What can be chosen in a line of the audience, with names where values have some (groups)."""
        member = staff_member(visitor)
        rows = await unit.read(partial(event_planning.groups_meant, organisation_id=member.organisation_id))
        if line is Dimension.GROUP:
            return {str(row["id"]): row["name"] for row in rows} if member.role is Role.SPECIALIST else {}
        listed: Mapping[Dimension, Callable[[], Sequence[str]]] = {
            Dimension.SPECIALTY: lambda: sorted({row["specialty"] for row in rows}),
            Dimension.YEAR: lambda: sorted({str(row["graduation_year"]) for row in rows}),
            Dimension.REQUEST: lambda: REQUESTS,
        }
        return dict.fromkeys(listed[line]())

    async def colleges(self, unit: UnitOfWork, visitor: Visitor) -> dict[int, str]:
        """The colleges that seats of a regional event can be kept for, by id. Coordinators only."""
        coordinator(visitor)
        return await unit.read(event_planning.colleges)

    async def note_export(self, unit: UnitOfWork, visitor: Visitor, code: str) -> None:
        """The list of participants leaves the bot: who took it stands in the audit."""
        member = staff_member(visitor)
        await unit.read(lambda connection: own_event(connection, member, code))
        unit.add(lambda connection: audit(connection, member, "event_exported", code))
