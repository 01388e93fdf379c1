"""/campaign and /campaigns: writing one, how they go, stopping them; and a recipient's "no more of these"."""

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from aiogram_dialog import DialogManager

from bot.domain.access import AccessDenied, staff_member
from bot.domain.campaigns import LONGEST_BODY
from bot.services.campaigns.desk import CampaignDesk, Progress
from bot.services.campaigns.drafts import BodyProblem, Campaigns, problem_of
from dialogs.campaigns import campaigns_screen, cancel_screen, progress_screen
from dialogs.chat import Chat, ack, pressed_message
from dialogs.notices.campaign import back_keyboard, stop_keyboard
from dialogs.presses import CampaignAct, CampaignPress
from dialogs.screen import Screen
from dialogs.staff.campaign import open_campaign

IDS = range(2**63)  # what the database can hold


async def campaign_asked(
    message: Message, command: CommandObject, chat: Chat, dialog_manager: DialogManager, campaigns: Campaigns
) -> None:
    """/campaign, or /campaign with the text."""
    staff_member(chat.visitor)
    body = command.args or ""
    if problem_of(body) is BodyProblem.TOO_LONG:
        await chat.say(chat.text.html("campaign-body-too-long", maximum=LONGEST_BODY))
        return
    await open_campaign(dialog_manager, chat, campaigns, body)


async def new_pressed(
    query: CallbackQuery, chat: Chat, dialog_manager: DialogManager, campaigns: Campaigns
) -> None:
    """A new one, from the list."""
    staff_member(chat.visitor)
    await ack(query)
    await open_campaign(dialog_manager, chat, campaigns)


async def campaigns_asked(
    message: Message, command: CommandObject, chat: Chat, campaign_desk: CampaignDesk
) -> None:
    """/campaigns, /campaigns 12, or /campaigns 12 and what to do with it."""
    shown = await campaign_desk.listed(chat.unit, chat.visitor)
    number, _, word = (command.args or "").strip().partition(" ")
    if not number:
        await chat.send(campaigns_screen(chat.text, shown))
        return
    campaign_id = _number(number)
    try:
        progress = await campaign_desk.look(chat.unit, chat.visitor, campaign_id)
    except AccessDenied:
        await chat.say(chat.text.html("campaign-not-found"))
        return
    act = _act(chat, word.strip().casefold()) if word.strip() else CampaignAct.OPEN
    if act is None:
        example = chat.text.plain("campaign-word-pause")
        await chat.say(chat.text.html("campaign-usage", word=example))
    elif act is CampaignAct.CANCEL:
        await chat.send(cancel_screen(chat.text, progress))
    else:
        refusal = await _move(chat, campaign_desk, act, campaign_id)
        if refusal:
            await chat.say(refusal)
        progress = await campaign_desk.look(chat.unit, chat.visitor, campaign_id)
        await chat.send(progress_screen(chat.text, progress))


async def listed(
    query: CallbackQuery, callback_data: CampaignPress, chat: Chat, campaign_desk: CampaignDesk
) -> None:
    """The list, from one campaign."""
    shown = await campaign_desk.listed(chat.unit, chat.visitor)
    progress = await campaign_desk.look(chat.unit, chat.visitor, callback_data.campaign)
    await ack(query)
    await _turn_to(query, chat, progress, campaigns_screen(chat.text, shown))


async def opened(
    query: CallbackQuery, callback_data: CampaignPress, chat: Chat, campaign_desk: CampaignDesk
) -> None:
    """One campaign as it stands now."""
    progress = await campaign_desk.look(chat.unit, chat.visitor, callback_data.campaign)
    await ack(query)
    await chat.show(pressed_message(query), progress_screen(chat.text, progress))


async def cancelling(
    query: CallbackQuery, callback_data: CampaignPress, chat: Chat, campaign_desk: CampaignDesk
) -> None:
    """Cancel it, really?"""
    progress = await campaign_desk.look(chat.unit, chat.visitor, callback_data.campaign)
    await ack(query)
    await _turn_to(query, chat, progress, cancel_screen(chat.text, progress))


async def moved(
    query: CallbackQuery, callback_data: CampaignPress, chat: Chat, campaign_desk: CampaignDesk
) -> None:
    """Paused, resumed or cancelled: and how it stands after that."""
    refusal = await _move(chat, campaign_desk, callback_data.act, callback_data.campaign)
    progress = await campaign_desk.look(chat.unit, chat.visitor, callback_data.campaign)
    await ack(query, refusal)
    await chat.show(pressed_message(query), progress_screen(chat.text, progress))


async def mailings(
    query: CallbackQuery, callback_data: CampaignPress, chat: Chat, campaign_desk: CampaignDesk
) -> None:
    """A recipient wants no more of these, or wants them again."""
    if chat.visitor.person is None and chat.visitor.staff is not None:
        await ack(query, chat.text.plain("mailings-of-staff"))
        return
    wanted = callback_data.act is CampaignAct.BACK
    await campaign_desk.subscribe(chat.unit, chat.visitor, wanted=wanted)
    await ack(query, chat.text.plain("mailings-back" if wanted else "mailings-stopped"))
    keyboard = stop_keyboard if wanted else back_keyboard
    await _change_buttons(query, chat, keyboard(chat.text, callback_data.campaign))


async def _turn_to(query: CallbackQuery, chat: Chat, progress: Progress, screen: Screen) -> None:
    """Another screen; below, if the message at hand is the one that is kept up to date."""
    campaign, message_id = progress.campaign, pressed_message(query)
    if (campaign.telegram_id, campaign.progress_message) == (chat.visitor.telegram_id, message_id):
        await chat.send(screen)
    else:
        await chat.show(message_id, screen)


async def _move(chat: Chat, desk: CampaignDesk, act: CampaignAct, campaign_id: int) -> str | None:
    """Do it, or say why it cannot be done (any more)."""
    moves = {
        CampaignAct.PAUSE: desk.pause,
        CampaignAct.RESUME: desk.resume,
        CampaignAct.CANCELLED: desk.cancel,
    }
    if act not in moves or await moves[act](chat.unit, chat.visitor, campaign_id):
        return None
    stands = (await desk.look(chat.unit, chat.visitor, campaign_id)).campaign.state
    return chat.text.plain("campaign-not-now", state=chat.text.plain(f"campaign-state-{stands}"))


async def _change_buttons(query: CallbackQuery, chat: Chat, keyboard: InlineKeyboardMarkup) -> None:
    """Other buttons under the same words; a message that is too old for it keeps its own."""
    try:
        await chat.bot.edit_message_reply_markup(
            chat_id=chat.visitor.telegram_id, message_id=pressed_message(query), reply_markup=keyboard
        )
    except TelegramBadRequest:
        return


def _act(chat: Chat, word: str) -> CampaignAct | None:
    words = {
        chat.text.plain("campaign-word-pause"): CampaignAct.PAUSE,
        chat.text.plain("campaign-word-resume"): CampaignAct.RESUME,
        chat.text.plain("campaign-word-cancel"): CampaignAct.CANCEL,
    }
    return words.get(word)


def _number(written: str) -> int:
    """A campaign's number as typed; 0, which none has, for what is no number."""
    digits = written.lstrip("#№")
    return int(digits) if digits.isascii() and digits.isdecimal() and int(digits) in IDS else 0


def _press(*acts: CampaignAct) -> CallbackQueryFilter:
    return CampaignPress.filter(F.act.in_(set(acts)) & F.campaign.in_(IDS))


def make_router() -> Router:
    """What leads where."""
    router = Router(name="campaigns")
    act = CampaignAct
    router.message.register(campaign_asked, Command("campaign"))
    router.message.register(campaigns_asked, Command("campaigns"))
    router.callback_query.register(new_pressed, _press(act.NEW))
    router.callback_query.register(listed, _press(act.LIST))
    router.callback_query.register(opened, _press(act.OPEN))
    router.callback_query.register(cancelling, _press(act.CANCEL))
    router.callback_query.register(moved, _press(act.PAUSE, act.RESUME, act.CANCELLED))
    router.callback_query.register(mailings, _press(act.STOP, act.BACK))
    return router
