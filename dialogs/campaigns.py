"""Campaigns on the screen: the list, how one goes, and whether to cancel it."""

from aiogram.types import InlineKeyboardButton

from bot.delivery.letters import Letter
from bot.domain.campaigns import CampaignState, bar
from bot.services.campaigns.desk import Progress
from dialogs.presses import CampaignAct, CampaignPress
from dialogs.screen import Row, Screen, screen
from dialogs.screen import button as plain_button
from locales.text import Text, Texts

BAR_WIDTH = 12
ABOUT_LENGTH = 100
WIDEST_LINE = 60
"""Characters of a button in the list."""

_ACTIONS = {
    CampaignState.SCHEDULED: (CampaignAct.CANCEL,),
    CampaignState.RUNNING: (CampaignAct.PAUSE, CampaignAct.CANCEL),
    CampaignState.PAUSED: (CampaignAct.RESUME, CampaignAct.CANCEL),
}


def campaigns_screen(text: Text, shown: list[Progress]) -> Screen:
    """The newest campaigns, each a button that opens it."""
    rows: list[Row] = [
        [_press(_line(text, progress), CampaignAct.OPEN, progress.campaign.id)] for progress in shown
    ]
    rows.append([_press(text.plain("button-campaign-new"), CampaignAct.NEW)])
    return screen(text.render("campaigns.j2", shown=bool(shown)), rows)


def progress_screen(text: Text, progress: Progress) -> Screen:
    """One campaign: its bar and report, and what can be done about it."""
    campaign, report = progress.campaign, progress.report
    full = bar(100 if campaign.finished_at else report.percent, BAR_WIDTH)
    message = text.render(
        "campaign_progress.j2",
        campaign=campaign,
        report=report,
        full=full,
        empty=BAR_WIDTH - full,
        about=_about(campaign.body, ABOUT_LENGTH),
    )
    titles = {
        CampaignAct.PAUSE: text.plain("button-campaign-pause"),
        CampaignAct.RESUME: text.plain("button-campaign-resume"),
        CampaignAct.CANCEL: text.plain("button-campaign-cancel"),
    }
    rows: list[Row] = [[_press(titles[act], act, campaign.id)] for act in _ACTIONS.get(campaign.state, ())]
    rows.append([_press(text.plain("button-campaigns"), CampaignAct.LIST, campaign.id)])
    return screen(message, rows)


def progress_letter(texts: Texts, progress: Progress) -> Letter:
    """The same, for the message that is kept up to date."""
    shown = progress_screen(texts.of(progress.campaign.language), progress)
    return Letter(shown.text, shown.keyboard)


def cancel_screen(text: Text, progress: Progress) -> Screen:
    """The question before the rest is not sent."""
    message = text.render("campaign_cancel.j2", campaign=progress.campaign, report=progress.report)
    campaign_id = progress.campaign.id
    return screen(
        message,
        [
            [_press(text.plain("button-campaign-keep"), CampaignAct.OPEN, campaign_id)],
            [_press(text.plain("button-campaign-cancel-sure"), CampaignAct.CANCELLED, campaign_id)],
        ],
    )


def _line(text: Text, progress: Progress) -> str:
    campaign = progress.campaign
    state = text.plain(f"campaign-state-{campaign.state}")
    line = text.plain("campaign-line", number=str(campaign.id), state=state, about=_about(campaign.body, 40))
    return _about(line, WIDEST_LINE)


def _about(body: str, longest: int) -> str:
    """The first words of a text, on one line."""
    line = " ".join(part.strip() for part in body.splitlines() if part.strip())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    return f"{(cut.rpartition(' ')[0] or cut).rstrip()}…"  # half an address would be a link to nowhere


def _press(title: str, act: CampaignAct, campaign_id: int = 0) -> InlineKeyboardButton:
    return plain_button(title, CampaignPress(act=act, campaign=campaign_id).pack())
