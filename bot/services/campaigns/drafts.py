"""Writing a campaign: who is meant, the text, a test to oneself, and off it goes.

A specialist writes to people of the own organisation, a coordinator to the staff of all centres. What is
being written is a draft in the database: one to each author, and nobody else's business.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.domain.access import AccessDenied, staff_member
from bot.domain.campaigns import LONGEST_BODY, CampaignState, Dimension, Segment, length
from bot.domain.clock import now
from bot.domain.notices import NoticeKind
from bot.domain.people import StaffMember, Visitor
from bot.domain.risk.assessment import Level
from bot.domain.risk.criteria import Criteria
from bot.domain.risk.factors import REQUESTS
from storage import campaigns, organisations, outbox, people, segments
from storage.campaigns import Campaign
from storage.outbox import Notice
from storage.unit_of_work import UnitOfWork

TEST_KEPT_FOR = dt.timedelta(hours=1)


class BodyProblem(StrEnum):
    """Why a text cannot be sent."""

    EMPTY = "empty"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class Draft:
    """A campaign being written, and how many it would reach now."""

    id: int
    segment: Segment
    body: str
    organisation: str | None
    reach: int


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a dimension; `name` where it is not made from the value (a group's)."""

    value: str
    name: str | None
    chosen: bool


class NoDraftError(Exception):
    """The draft has been sent, or another one has been begun since."""


class Campaigns:
    """Use cases of `/campaign`. Each raises AccessDenied for whoever is no staff or not the author."""

    def __init__(self, criteria: Criteria, zone: ZoneInfo) -> None:
        self.criteria = criteria
        self.zone = zone

    async def begin(self, unit: UnitOfWork, visitor: Visitor, body: str = "") -> int:
        """A new draft in the place of the asker's former one; returns its id."""
        member = staff_member(visitor)
        return await unit.decide(
            partial(
                campaigns.begin,
                author_id=member.id,
                organisation_id=member.organisation_id,
                body=body if problem_of(body) is None else "",
                at=now(),
            )
        )

    async def draft(self, unit: UnitOfWork, visitor: Visitor, campaign_id: int) -> Draft:
        """The draft as it stands. Raises NoDraftError."""
        campaign = await self._own_draft(unit, visitor, campaign_id)
        count = partial(
            segments.reach,
            organisation_id=campaign.organisation_id,
            segment=campaign.segment,
            mask=mask_of(self.criteria.codes, campaign.segment),
        )
        return Draft(
            campaign.id, campaign.segment, campaign.body, campaign.organisation, await unit.read(count)
        )

    async def options(
        self, unit: UnitOfWork, visitor: Visitor, campaign_id: int, dimension: Dimension
    ) -> list[Option]:
        """What can be chosen in a dimension. Raises NoDraftError."""
        campaign = await self._own_draft(unit, visitor, campaign_id, of_centre=True)
        groups = await unit.read(
            partial(organisations.groups_by_id, organisation_id=campaign.organisation_id or 0)
        )
        listed: Mapping[Dimension, Callable[[], Sequence[Any]]] = {
            Dimension.GROUP: lambda: [group["id"] for group in groups],
            Dimension.SPECIALTY: lambda: sorted({group["specialty"] for group in groups}),
            Dimension.YEAR: lambda: sorted({group["graduation_year"] for group in groups}),
            Dimension.LEVEL: lambda: list(Level),
            Dimension.REQUEST: lambda: REQUESTS,
            Dimension.FACTOR: lambda: self.criteria.codes,
        }
        names = {group["id"]: group["name"] for group in groups} if dimension is Dimension.GROUP else {}
        chosen = campaign.segment.values(dimension)
        return [Option(str(one), names.get(one), one in chosen) for one in listed[dimension]()]

    async def toggle(
        self, unit: UnitOfWork, visitor: Visitor, campaign_id: int, dimension: Dimension, value: str
    ) -> None:
        """Take a value in, or out again; what is no value changes nothing. Raises NoDraftError."""
        campaign = await self._own_draft(unit, visitor, campaign_id, of_centre=True)
        try:
            segment = campaign.segment.toggled(dimension, value)
        except ValueError:
            return
        self._change(unit, campaign, {"segment": segment.to_json()})

    async def clear(
        self, unit: UnitOfWork, visitor: Visitor, campaign_id: int, dimension: Dimension | None = None
    ) -> None:
        """Do not narrow in this dimension, or in none. Raises NoDraftError."""
        campaign = await self._own_draft(unit, visitor, campaign_id, of_centre=True)
        segment = campaign.segment.without(dimension) if dimension else Segment()
        self._change(unit, campaign, {"segment": segment.to_json()})

    async def write(
        self, unit: UnitOfWork, visitor: Visitor, campaign_id: int, body: str
    ) -> BodyProblem | None:
        """Keep the text, or say why it cannot be sent. Raises NoDraftError."""
        campaign = await self._own_draft(unit, visitor, campaign_id)
        problem = problem_of(body)
        if problem is None:
            self._change(unit, campaign, {"body": _cleaned(body)})
        return problem

    async def test(self, unit: UnitOfWork, visitor: Visitor, campaign_id: int) -> None:
        """Send the author exactly what recipients would get. Raises NoDraftError."""
        campaign = await self._own_draft(unit, visitor, campaign_id)
        at = now()
        notice = Notice(
            key=f"{NoticeKind.CAMPAIGN_TEST}:{campaign.id}:{int(at.timestamp())}",  # a double tap is one
            kind=NoticeKind.CAMPAIGN_TEST,
            telegram_id=visitor.telegram_id,
            due_at=at,
            expires_at=at + TEST_KEPT_FOR,
            values={"campaign": campaign.id},
        )
        unit.add(partial(outbox.queue, notices=[notice]))

    async def send(
        self, unit: UnitOfWork, visitor: Visitor, campaign_id: int, starts_at: dt.datetime
    ) -> bool:
        """Start at that instant; False if it has been started, or there is nothing to send or nobody to."""
        member = staff_member(visitor)
        written = await self.draft(unit, visitor, campaign_id)
        if not written.body or not written.reach:
            return False

        def start(connection: Connection) -> bool:
            draft, scheduled = CampaignState.DRAFT, CampaignState.SCHEDULED
            started = campaigns.move(connection, campaign_id, [draft], scheduled, starts_at=starts_at)
            if started:
                audit(connection, member, "campaign_started", campaign_id)
            return started

        return await unit.decide(start)

    async def _own_draft(
        self, unit: UnitOfWork, visitor: Visitor, campaign_id: int, *, of_centre: bool = False
    ) -> Campaign:
        member = staff_member(visitor)
        campaign = await unit.read(partial(campaigns.find, campaign_id=campaign_id))
        if campaign is None or campaign.state is not CampaignState.DRAFT:
            raise NoDraftError
        if campaign.author_id != member.id or campaign.organisation_id != member.organisation_id:
            raise AccessDenied
        if of_centre and campaign.organisation_id is None:
            raise AccessDenied  # staff are not divided into segments
        return campaign

    def _change(self, unit: UnitOfWork, campaign: Campaign, changed: Mapping[str, Any]) -> None:
        unit.add(partial(campaigns.change_draft, campaign_id=campaign.id, changed=changed))


def mask_of(codes: Sequence[str], segment: Segment) -> int:
    """The bits of a segment's factors; a factor that the centre has dropped since has none."""
    return sum(1 << place for place, code in enumerate(codes) if code in segment.factors)


def problem_of(body: str) -> BodyProblem | None:
    """Why a text cannot be sent."""
    if not _cleaned(body):
        return BodyProblem.EMPTY
    return BodyProblem.TOO_LONG if length(_cleaned(body)) > LONGEST_BODY else None


def audit(connection: Connection, member: StaffMember, action: str, campaign_id: int) -> None:
    """Who did what to which campaign."""
    people.add_audit(connection, f"staff:{member.id}", action, f"#{campaign_id}"[:12], now())


def _cleaned(body: str) -> str:
    return body.replace("\x00", "").strip()
