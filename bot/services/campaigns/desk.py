"""How campaigns go, and stopping them: colleagues of one centre see and stop each other's."""

from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from bot.domain.access import AccessDenied, staff_member
from bot.domain.campaigns import CAMPAIGNS, CampaignState, Report, before, report
from bot.domain.clock import now
from bot.domain.people import StaffMember, Visitor
from bot.services.campaigns.drafts import audit
from bot.services.profiling import NoProfileError
from storage import campaigns, people
from storage.campaigns import Campaign
from storage.unit_of_work import UnitOfWork

LISTED = 10

_ACTIONS = {
    CampaignState.PAUSED: "campaign_paused",
    CampaignState.RUNNING: "campaign_resumed",
    CampaignState.CANCELLED: "campaign_cancelled",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """A campaign and how far it is."""

    campaign: Campaign
    report: Report


class CampaignDesk:
    """Use cases of `/campaigns`. Each raises AccessDenied for staff of other centres and for anyone else."""

    def __init__(self, consent_version: str) -> None:
        self._consent_version = consent_version

    async def listed(self, unit: UnitOfWork, visitor: Visitor) -> list[Progress]:
        """The newest campaigns of the asker's centre, or of the region."""
        member = staff_member(visitor)

        def look(connection: Connection) -> list[Progress]:
            ours = campaigns.of_organisation(connection, member.organisation_id, LISTED)
            return [progress_of(connection, campaign) for campaign in ours]

        return await unit.read(look)

    async def look(self, unit: UnitOfWork, visitor: Visitor, campaign_id: int) -> Progress:
        """One campaign."""
        member = staff_member(visitor)
        return await unit.read(partial(_look, member=member, campaign_id=campaign_id))

    def shown_in(self, unit: UnitOfWork, visitor: Visitor, campaign_id: int, message_id: int) -> None:
        """The message in the author's chat that tells how it goes."""
        member = staff_member(visitor)
        unit.add(
            partial(campaigns.show_in, campaign_id=campaign_id, message_id=message_id, author_id=member.id)
        )

    async def pause(self, unit: UnitOfWork, visitor: Visitor, campaign_id: int) -> bool:
        """Send nothing until it is resumed; False if it was not running."""
        return await self._move(unit, visitor, campaign_id, (CampaignState.RUNNING,), CampaignState.PAUSED)

    async def resume(self, unit: UnitOfWork, visitor: Visitor, campaign_id: int) -> bool:
        """Go on; False if it was not paused."""
        return await self._move(unit, visitor, campaign_id, (CampaignState.PAUSED,), CampaignState.RUNNING)

    async def cancel(self, unit: UnitOfWork, visitor: Visitor, campaign_id: int) -> bool:
        """Send nothing any more; False if it was over."""
        former = before(CampaignState.CANCELLED)
        return await self._move(unit, visitor, campaign_id, former, CampaignState.CANCELLED)

    async def subscribe(self, unit: UnitOfWork, visitor: Visitor, *, wanted: bool) -> None:
        """The asker wants the centre's mailings, or no more of them. Raises NoProfileError."""
        if visitor.person is None:
            raise NoProfileError
        unit.add(
            partial(
                people.add_consent,
                person_id=visitor.person.id,
                purpose=CAMPAIGNS,
                version=self._consent_version,
                given=wanted,
                at=now(),
            )
        )

    async def _move(
        self,
        unit: UnitOfWork,
        visitor: Visitor,
        campaign_id: int,
        former: tuple[CampaignState, ...],
        state: CampaignState,
    ) -> bool:
        member = staff_member(visitor)

        def move(connection: Connection) -> bool:
            _look(connection, member, campaign_id)
            moved = campaigns.move(connection, campaign_id, former, state)
            if moved:
                audit(connection, member, _ACTIONS[state], campaign_id)
            return moved

        return await unit.decide(move)


def progress_of(connection: Connection, campaign: Campaign) -> Progress:
    """A campaign with what became of its messages so far; when it is over, with its outcome."""
    counts = campaign.outcome
    if counts is None:
        counts = campaigns.messages(connection, campaign.id)
    return Progress(campaign, report(campaign.total, counts))


def _look(connection: Connection, member: StaffMember, campaign_id: int) -> Progress:
    campaign = campaigns.find(connection, campaign_id)
    if campaign is None or campaign.state is CampaignState.DRAFT:
        raise AccessDenied
    if campaign.organisation_id != member.organisation_id:
        raise AccessDenied
    return progress_of(connection, campaign)
