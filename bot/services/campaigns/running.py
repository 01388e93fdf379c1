"""What the schedule does about campaigns every few seconds: they start, go on, stop, are over, are shown.

Each step is a short transaction that holds whatever another process does meanwhile; a step that was missed
is made up for by the next tick.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from sqlalchemy import Connection

from bot.delivery.letters import Letter
from bot.domain.campaigns import CampaignState
from bot.domain.clock import now
from bot.services.campaigns.desk import Progress, progress_of
from bot.services.campaigns.drafts import mask_of
from storage import campaigns
from storage.campaigns import Campaign
from storage.database import Database

Edit = Callable[[int, int, Letter], Awaitable[bool]]
"""Puts a letter into an own message: account, message, letter. False: not now, it is worth another try."""

Compose = Callable[[Progress], Letter]


async def advance_campaigns(database: Database, codes: Sequence[str]) -> dict[str, int]:
    """Bring every open campaign on as far as it can go now; returns how many messages and campaigns.

    `codes` are those of all factors, in the order of their bits.
    """
    done: Counter[str] = Counter()
    for campaign in await database.read(partial(campaigns.open_campaigns, at=now())):
        await _advance(database, campaign, codes, done)
    return dict(done)


async def _advance(database: Database, campaign: Campaign, codes: Sequence[str], done: Counter[str]) -> None:
    state = campaign.state
    if state is CampaignState.SCHEDULED:
        former, state = [state], CampaignState.RUNNING
        start = partial(campaigns.move, campaign_id=campaign.id, former=former, state=state)
        if not await database.write(start):
            return  # cancelled meanwhile: the next tick sees it
        done["started"] += 1
    if state is CampaignState.RUNNING:
        following = partial(
            campaigns.next_chunk, campaign_id=campaign.id, mask=mask_of(codes, campaign.segment)
        )
        while (chunk := await database.read(following)) is not None:
            await database.write(partial(campaigns.queue_chunk, chunk=chunk))
    sweep = {
        CampaignState.RUNNING: partial(campaigns.release, campaign_id=campaign.id, at=now()),
        CampaignState.PAUSED: partial(campaigns.hold, campaign_id=campaign.id),
        CampaignState.CANCELLED: partial(campaigns.drop, campaign_id=campaign.id, at=now()),
    }[state]
    while await database.write(sweep):
        pass
    if state is not CampaignState.PAUSED:
        done["finished"] += await database.write(partial(campaigns.finish, campaign_id=campaign.id, at=now()))


class ProgressMessages:
    """Keeps the authors' progress messages up to date; remembers what they say, not to edit in vain."""

    def __init__(self, database: Database, compose: Compose, edit: Edit) -> None:
        self._database = database
        self._compose = compose
        self._edit = edit
        self._said: dict[int, Letter] = {}

    async def refresh(self) -> int:
        """Edit what has changed, for the last time when a campaign is over; returns how many were edited."""
        edited = 0
        shown = await self._database.read(_shown)
        for progress in shown:
            edited += await self._show(progress)
        open_still = {progress.campaign.id for progress in shown}
        self._said = {number: said for number, said in self._said.items() if number in open_still}
        return edited

    async def _show(self, progress: Progress) -> bool:
        campaign = progress.campaign
        assert campaign.progress_message is not None, "it is what they were chosen by"
        letter = self._compose(progress)
        changed = self._said.get(campaign.id) != letter
        if changed:
            if not await self._edit(campaign.telegram_id, campaign.progress_message, letter):
                return False
            self._said[campaign.id] = letter
        if campaign.finished_at is not None:
            over = partial(campaigns.show_in, campaign_id=campaign.id, message_id=None)
            await self._database.write(over)
        return changed


def _shown(connection: Connection) -> list[Progress]:
    return [progress_of(connection, campaign) for campaign in campaigns.shown_campaigns(connection)]
