"""Plans of events become events, inside a transaction; what changes in a published one is told."""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import Connection

from bot.domain.clock import now
from bot.domain.events.event import TOLD, Event, Plan, PlanProblem, problems
from bot.domain.events.lifecycle import EventState, EventStep, event_after
from bot.domain.events.refusals import Refusal
from bot.domain.events.seating import Seating
from bot.domain.notices import NoticeKind
from bot.domain.people import StaffMember
from bot.domain.quiet import RegionZones
from bot.services.events.access import audit, own_event
from bot.services.events.notices import tell_news
from bot.services.events.seats import pass_on
from storage import events, registrations

# no letters that look like digits or like each other
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_CODE_LENGTH = 8
_SECRET_BYTES = 24


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a wish: the event's code, what is wrong with the plan, why not, how many were told."""

    code: str
    problems: tuple[PlanProblem, ...] = ()
    refusal: Refusal | None = None
    told: int = 0

    @property
    def well(self) -> bool:
        return not self.problems and self.refusal is None


class Place(NamedTuple):
    """Where staff's events are, unless a plan says otherwise. No region: there are several."""

    region: str | None
    zone: str


def place_of(connection: Connection, member: StaffMember, zones: RegionZones) -> Place:
    """The region of the college, or the only one that there is."""
    if member.organisation_id is not None:
        region: str | None = events.region_of(connection, member.organisation_id)
    else:
        known = events.regions(connection)
        region = known[0] if len(known) == 1 else None
    return Place(region, zones.zone(region))


def plan_of(event: Event, quotas: Mapping[int, int]) -> Plan:
    """The plan that an event follows."""
    named = {name: getattr(event, name) for name in Plan.__slots__ if name != "quotas"}
    return Plan(**named, quotas=dict(quotas))


def shifted(plan: Plan, starts_at: dt.datetime) -> Plan:
    """The same at another time: it lasts as long, and the deadline is as long before."""
    later = starts_at - plan.starts_at
    return replace(
        plan, starts_at=starts_at, ends_at=plan.ends_at + later, deadline_at=plan.deadline_at + later
    )


def create(connection: Connection, member: StaffMember, plan: Plan, zones: RegionZones) -> Done:
    """A draft."""
    place, at = place_of(connection, member, zones), now()
    complete = _complete(plan, member, place, zones)
    wrong = _wrong(complete, member, at)
    if wrong:
        return Done("", problems=wrong)
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    values = {
        **_columns(complete),
        "code": code,
        "organisation_id": member.organisation_id,
        "author_id": member.id,
        "secret": secrets.token_urlsafe(_SECRET_BYTES),
        "state": EventState.DRAFT,
        "version": 1,
        "created_at": at,
    }
    events.add(connection, values, complete.quotas)
    audit(connection, member, "event_created", code)
    return Done(code)


def change(connection: Connection, member: StaffMember, code: str, plan: Plan, zones: RegionZones) -> Done:
    """Another plan for an event; of another time or place people are told, and free seats are offered."""
    event, at = own_event(connection, member, code, lock=True), now()
    allowed = event_after(event.state, EventStep.CHANGE)
    if isinstance(allowed, Refusal):
        return Done(code, refusal=allowed)
    complete = _complete(plan, member, Place(event.region, event.zone), zones)
    wrong = _wrong(complete, member, at, event)
    if wrong:
        return Done(code, problems=wrong)
    if _too_few(connection, event, complete):
        return Done(code, refusal=Refusal.SEATS_TAKEN)
    published = event.state is EventState.PUBLISHED
    telling = published and any(getattr(complete, name) != getattr(event, name) for name in TOLD)
    version = event.version + telling
    events.change(connection, event.id, {**_columns(complete), "version": version})
    events.set_quotas(connection, event.id, complete.quotas)
    audit(connection, member, "event_moved" if telling else "event_changed", code)
    changed = events.several(connection, [event.id])[event.id]
    told = 0
    if telling:
        told = tell_news(connection, changed, NoticeKind.EVENT_CHANGE, at, zones, event.starts_at)
    pass_on(connection, changed, at)
    return Done(code, told=told)


def _complete(plan: Plan, member: StaffMember, place: Place, zones: RegionZones) -> Plan:
    """With the region and the zone that follow, and tidy words. A college's events are in its region."""
    region = place.region if member.organisation_id is not None else plan.region or place.region
    return replace(
        plan,
        title=_line(plan.title) or "",
        place=_line(plan.place) or "",
        employer=_line(plan.employer),
        map_link=_line(plan.map_link),
        description=(plan.description or "").replace("\x00", "").strip() or None,
        region=region,
        zone=plan.zone or (zones.zone(region) if region != place.region else place.zone),
    )


def _line(written: str | None) -> str | None:
    return " ".join((written or "").replace("\x00", "").split()) or None


def _wrong(
    plan: Plan, member: StaffMember, at: dt.datetime, event: Event | None = None
) -> tuple[PlanProblem, ...]:
    wrong = dict.fromkeys(problems(plan, at))
    if event is not None and event.starts_at == plan.starts_at:
        wrong.pop(PlanProblem.PAST, None)  # it has begun, and something else is put right
    if plan.region is None:
        wrong[PlanProblem.REGION] = None
    if plan.quotas and member.organisation_id is not None:
        wrong[PlanProblem.QUOTAS] = None
    return tuple(wrong)


def _too_few(connection: Connection, event: Event, plan: Plan) -> bool:
    """Whether there would be fewer seats than people who have one."""
    taken = registrations.taken(connection, [event.id])[event.id]
    seating = Seating(plan.seats, plan.quotas)
    return any(seating.overfull(taken, organisation) for organisation in taken)


def _columns(plan: Plan) -> dict[str, Any]:
    named = {name: getattr(plan, name) for name in Plan.__slots__ if name != "quotas"}
    return {**named, "audience": plan.audience.to_json()}
