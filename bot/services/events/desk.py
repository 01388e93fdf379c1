"""Events for staff: planned, announced, moved, cancelled, closed, repeated.

A specialist has the events of the own college, a coordinator those of the region.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Connection

from bot.domain.access import staff_member
from bot.domain.clock import now
from bot.domain.events.event import Event, Plan, PlanProblem
from bot.domain.events.lifecycle import EventState, EventStep, RegistrationState, event_after
from bot.domain.events.refusals import Refusal
from bot.domain.notices import NoticeKind
from bot.domain.people import StaffMember, Visitor
from bot.domain.quiet import RegionZones, zone_named
from bot.services.assessments import Assessments
from bot.services.events.access import audit, own_event
from bot.services.events.closing import close
from bot.services.events.notices import tell_news
from bot.services.events.plans import Done, change, create, place_of, plan_of, shifted
from storage import events, registrations
from storage.unit_of_work import UnitOfWork

PAGE = 8
MOST_REPEATS = 20
WEEK = 7

Taking = Callable[[Connection, Event, dt.datetime], Done]


@dataclass(frozen=True, slots=True)
class DeskCard:
    """An event as staff see it, with how many registrations there are in each state."""

    event: Event
    quotas: Mapping[int, int]
    counts: Mapping[RegistrationState, int]

    @property
    def plan(self) -> Plan:
        return plan_of(self.event, self.quotas)


@dataclass(frozen=True, slots=True)
class DeskList:
    """A page of events; `more`: there is another after it."""

    cards: list[DeskCard]
    page: int
    more: bool


class EventDesk:
    """Use cases of staff. Each raises AccessDenied for others, and for events that are not theirs."""

    def __init__(self, assessments: Assessments, zones: RegionZones) -> None:
        self._assessments = assessments
        self._zones = zones

    async def zone(self, unit: UnitOfWork, visitor: Visitor) -> str:
        """The time zone (an IANA name) that the asker's events are in, unless a plan says otherwise."""
        return (await unit.read(partial(place_of, member=staff_member(visitor), zones=self._zones))).zone

    async def create(self, unit: UnitOfWork, visitor: Visitor, plan: Plan) -> Done:
        """A draft."""
        member = staff_member(visitor)
        return await unit.decide(partial(create, member=member, plan=plan, zones=self._zones))

    async def listed(
        self, unit: UnitOfWork, visitor: Visitor, *, past: bool = False, page: int = 0
    ) -> DeskList:
        """A page of the asker's events: those to come, drafts among them, or the past ones."""
        member, page = staff_member(visitor), max(page, 0)

        def look(connection: Connection) -> DeskList:
            asked = partial(events.of_desk, connection, member.organisation_id, now(), PAGE + 1, past=past)
            found = asked(offset=page * PAGE)
            return DeskList(_cards(connection, found[:PAGE]), page, len(found) > PAGE)

        return await unit.read(look)

    async def card(self, unit: UnitOfWork, visitor: Visitor, code: str) -> DeskCard:
        """One event."""
        member = staff_member(visitor)
        return await unit.read(
            lambda connection: _cards(connection, [own_event(connection, member, code)])[0]
        )

    async def change(self, unit: UnitOfWork, visitor: Visitor, code: str, plan: Plan) -> Done:
        """Another plan. Who has signed up is told at once of another time or place; new seats are offered."""
        member = staff_member(visitor)
        return await unit.decide(partial(change, member=member, code=code, plan=plan, zones=self._zones))

    async def move(
        self,
        unit: UnitOfWork,
        visitor: Visitor,
        code: str,
        starts_at: dt.datetime,
        ends_at: dt.datetime | None = None,
        place: str | None = None,
    ) -> Done:
        """Another time, and perhaps place; without an end it lasts as long, and the deadline moves along."""
        member = staff_member(visitor)

        def decide(connection: Connection) -> Done:
            plan = _plan(connection, member, code)
            moved = shifted(plan, starts_at)
            changed = replace(moved, ends_at=ends_at or moved.ends_at, place=place or plan.place)
            return change(connection, member, code, changed, self._zones)

        return await unit.decide(decide)

    async def publish(self, unit: UnitOfWork, visitor: Visitor, code: str) -> Done:
        """From now on it can be found and signed up for."""
        return await self._step(unit, visitor, code, EventStep.PUBLISH, self._publish)

    async def cancel(self, unit: UnitOfWork, visitor: Visitor, code: str) -> Done:
        """There will be no event; who has signed up or waits is told at once."""
        return await self._step(unit, visitor, code, EventStep.CANCEL, self._cancel)

    async def hold(self, unit: UnitOfWork, visitor: Visitor, code: str) -> Done:
        """It is over: whoever is not marked as present was absent, or came, as the event has it."""
        return await self._step(unit, visitor, code, EventStep.HOLD, self._hold)

    async def discard(self, unit: UnitOfWork, visitor: Visitor, code: str) -> Done:
        """Throw a draft away; nothing else can be."""
        member = staff_member(visitor)

        def decide(connection: Connection) -> Done:
            event = own_event(connection, member, code, lock=True)
            if event.state is not EventState.DRAFT:
                return Done(code, refusal=Refusal.PUBLISHED)
            events.remove(connection, event.id)
            return Done(code)

        return await unit.decide(decide)

    async def copy(self, unit: UnitOfWork, visitor: Visitor, code: str, starts_at: dt.datetime) -> Done:
        """A draft of the same at another time."""
        member = staff_member(visitor)

        def decide(connection: Connection) -> Done:
            plan = shifted(_plan(connection, member, code), starts_at)
            return create(connection, member, plan, self._zones)

        return await unit.decide(decide)

    async def repeat_weekly(self, unit: UnitOfWork, visitor: Visitor, code: str, times: int) -> list[Done]:
        """Drafts of the same a week later, two weeks later and so on, at the same time by the clock there.

        Weeks that are past by now are left out.
        """
        member = staff_member(visitor)

        def decide(connection: Connection) -> list[Done]:
            plan = _plan(connection, member, code)
            later = (_weeks_later(plan, week) for week in range(1, min(times, MOST_REPEATS) + 1))
            return [create(connection, member, one, self._zones) for one in later if one.starts_at > now()]

        return await unit.decide(decide)

    async def _step(
        self, unit: UnitOfWork, visitor: Visitor, code: str, step: EventStep, taken: Taking
    ) -> Done:
        member = staff_member(visitor)

        def decide(connection: Connection) -> Done:
            event = own_event(connection, member, code, lock=True)
            after = event_after(event.state, step)
            if isinstance(after, Refusal):
                return Done(code, refusal=after)
            done = taken(connection, event, now())
            if done.well:
                audit(connection, member, f"event_{after}", code)
            return done

        return await unit.decide(decide)

    def _publish(self, connection: Connection, event: Event, at: dt.datetime) -> Done:
        if event.starts_at <= at:
            return Done(event.code, problems=(PlanProblem.PAST,))
        events.change(connection, event.id, {"state": EventState.PUBLISHED, "published_at": at})
        return Done(event.code)

    def _cancel(self, connection: Connection, event: Event, at: dt.datetime) -> Done:
        version = event.version + 1
        events.change(connection, event.id, {"state": EventState.CANCELLED, "version": version})
        cancelled = replace(event, state=EventState.CANCELLED, version=version)
        return Done(
            event.code,
            told=tell_news(connection, cancelled, NoticeKind.EVENT_CANCELLED, at, self._zones),
        )

    def _hold(self, connection: Connection, event: Event, at: dt.datetime) -> Done:
        if at < event.starts_at:
            return Done(event.code, refusal=Refusal.NOT_YET)
        close(connection, self._assessments, event, at, by_itself=False)
        return Done(event.code)


def _plan(connection: Connection, member: StaffMember, code: str) -> Plan:
    event = own_event(connection, member, code)
    return plan_of(event, events.quotas_of(connection, [event.id])[event.id])


def _cards(connection: Connection, listed: Sequence[Event]) -> list[DeskCard]:
    ids = [event.id for event in listed]
    quotas, counts = events.quotas_of(connection, ids), registrations.counts(connection, ids)
    return [DeskCard(event, quotas[event.id], counts[event.id]) for event in listed]


def _weeks_later(plan: Plan, weeks: int) -> Plan:
    """So many weeks later by the clock on the wall: where it is put back, the pause is an hour longer."""
    local = plan.starts_at.astimezone(zone_named(plan.zone or "UTC"))
    return shifted(plan, (local + dt.timedelta(days=WEEK * weeks)).astimezone(dt.UTC))
