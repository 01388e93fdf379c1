"""A campaign's messages, to those it is meant for and to its author as a test."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from aiogram.types import InlineKeyboardMarkup
from sqlalchemy import Connection

from bot.delivery.letters import Later, Letter
from bot.domain.campaigns import CampaignState
from bot.domain.clock import now
from bot.domain.notices import NoticeKind
from dialogs.presses import CampaignAct, CampaignPress
from dialogs.screen import button
from locales.text import Text, Texts
from storage import campaigns, segments
from storage.campaigns import Campaign
from storage.outbox import Taken

PUT_OFF = dt.timedelta(seconds=10)
"""A message that was taken up in the moment of a pause: by then the pause has reached its row."""

_SENT_IN = {CampaignState.RUNNING, CampaignState.DONE}  # done: for those who had blocked the bot and are back


class CampaignComposer:
    """Composes `campaign` and `campaign_test`: the text is in the campaign's row, read once for many."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def load(self, connection: Connection, taken: Sequence[Taken]) -> Mapping[int, Campaign | Later]:
        """The campaign of each row, unless it is stopped or the person wants no mailings."""
        found = campaigns.several(connection, {_campaign_id(row) for row in taken})
        people = [row.person_id for row in taken if row.person_id is not None]
        gone = segments.unsubscribed(connection, people) if people else set()
        loaded: dict[int, Campaign | Later] = {}
        for row in taken:
            campaign = found.get(_campaign_id(row))
            if campaign is None or row.person_id in gone:
                continue
            if row.kind is NoticeKind.CAMPAIGN_TEST or campaign.state in _SENT_IN:
                loaded[row.id] = campaign
            elif campaign.state is CampaignState.PAUSED:
                loaded[row.id] = Later(now() + PUT_OFF)
        return loaded

    def compose(self, taken: Taken, loaded: Any) -> Letter:
        """The message with who writes, and for students with a way out."""
        campaign: Campaign = loaded
        text = self._texts.of(taken.language or "")
        html = campaign_message(text, campaign.body, campaign.organisation)
        return Letter(html, None if campaign.organisation is None else stop_keyboard(text, campaign.id))


def campaign_message(text: Text, body: str, organisation: str | None) -> str:
    """What recipients read, in HTML. No organisation: from the region's coordinator."""
    return text.render("campaign_message.j2", body=body, organisation=organisation)


def stop_keyboard(text: Text, campaign_id: int) -> InlineKeyboardMarkup:
    """No more of these."""
    return _keyboard(text.plain("button-mailings-stop"), CampaignAct.STOP, campaign_id)


def back_keyboard(text: Text, campaign_id: int) -> InlineKeyboardMarkup:
    """These again, after all."""
    return _keyboard(text.plain("button-mailings-back"), CampaignAct.BACK, campaign_id)


def _keyboard(title: str, act: CampaignAct, campaign_id: int) -> InlineKeyboardMarkup:
    press = CampaignPress(act=act, campaign=campaign_id)
    return InlineKeyboardMarkup(inline_keyboard=[[button(title, press.pack())]])


def _campaign_id(row: Taken) -> int:
    return int(row.campaign_id if row.campaign_id is not None else row.values["campaign"])
