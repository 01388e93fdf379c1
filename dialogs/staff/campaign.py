"""/campaign: who is meant, the text, how it will look. When it starts is in `campaign_start`."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group, Select, SwitchTo
from aiogram_dialog.widgets.text import Format
from markupsafe import Markup

from bot.domain.campaigns import LONGEST_BODY, Dimension
from bot.services.campaigns.drafts import Campaigns
from bot.services.colleges import Colleges
from dialogs.chat import Chat
from dialogs.notices.campaign import campaign_message
from dialogs.staff.campaign_audience import audience_text, shortened, value_title
from dialogs.staff.campaign_start import campaign_of, draft_of, start_windows
from dialogs.staff.states import CampaignStates
from dialogs.staff.windows import ANSWERS, MESSAGE, chat_of, choice, close_button

_DELICATE = (Dimension.LEVEL, Dimension.FACTOR)


async def open_campaign(manager: DialogManager, chat: Chat, campaigns: Campaigns, body: str = "") -> None:
    """Begin a new campaign; a text that is given already leads on to how it will look."""
    campaign_id = await campaigns.begin(chat.unit, chat.visitor, body)
    draft = await campaigns.draft(chat.unit, chat.visitor, campaign_id)
    if draft.body:
        state = CampaignStates.preview
    else:
        state = CampaignStates.audience if draft.organisation else CampaignStates.body
    await manager.start(state, {"campaign": campaign_id}, StartMode.RESET_STACK)


def campaign_dialog() -> Dialog:
    """The dialog of `/campaign`."""
    return Dialog(_audience_window(), _values_window(), _body_window(), _preview_window(), *start_windows())


def _audience_window() -> Window:
    dimensions = Select(
        Format("{item[0]}"),
        id="dimensions",
        item_id_getter=lambda item: item[1],
        items="dimensions",
        on_click=_dimension_chosen,
    )
    return Window(
        MESSAGE,
        Group(dimensions, width=2),
        Button(Format("{everybody}"), id="everybody", on_click=_everybody, when="narrowed"),
        Button(Format("{write}"), id="write", on_click=_on_to_text, when="reach"),
        close_button(),
        state=CampaignStates.audience,
        getter=_audience_data,
    )


async def _audience_data(
    dialog_manager: DialogManager, campaigns: Campaigns, colleges: Colleges, **_: Any
) -> dict[str, Any]:
    chat = chat_of(dialog_manager)
    draft = await draft_of(dialog_manager)
    message = await audience_text(chat, campaigns, draft, colleges)
    to_text = "button-campaign-to-text" if draft.body else "button-campaign-write"
    return {
        "message": message,
        "dimensions": [[chat.text.plain(f"campaign-dimension-{one}"), one.value] for one in Dimension],
        "everybody": chat.text.plain("button-campaign-everybody"),
        "narrowed": bool(draft.segment.to_json()),
        "reach": draft.reach,
        "write": chat.text.plain(to_text),
        "close": chat.text.plain("button-close"),
    }


async def _dimension_chosen(_: CallbackQuery, __: Any, manager: DialogManager, dimension: str) -> None:
    if dimension in set(Dimension):
        manager.dialog_data["dimension"] = dimension
        await manager.switch_to(CampaignStates.values)


async def _everybody(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    chat = chat_of(manager)
    campaigns: Campaigns = manager.middleware_data["campaigns"]
    await campaigns.clear(chat.unit, chat.visitor, campaign_of(manager))
    await chat.unit.commit()  # what is shown next is read from the database


async def _on_to_text(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    draft = await draft_of(manager)
    await manager.switch_to(CampaignStates.preview if draft.body else CampaignStates.body)


def _values_window() -> Window:
    return Window(
        MESSAGE,
        choice("options", _toggled),
        Button(Format("{any}"), id="any", on_click=_any, when="chosen"),
        SwitchTo(Format("{back}"), id="back_to_audience", state=CampaignStates.audience),
        state=CampaignStates.values,
        getter=_values_data,
    )


async def _values_data(
    dialog_manager: DialogManager, campaigns: Campaigns, colleges: Colleges, **_: Any
) -> dict[str, Any]:
    chat = chat_of(dialog_manager)
    text = chat.text
    dimension = _dimension(dialog_manager)
    draft = await draft_of(dialog_manager)
    options = await campaigns.options(chat.unit, chat.visitor, draft.id, dimension)
    shown = []
    for option in options:
        title = shortened(value_title(text, campaigns.criteria, colleges, dimension, option))
        shown.append([text.plain("option-ticked", option=title) if option.chosen else title, option.value])
    asked = text.html("campaign-choose", dimension=text.plain(f"campaign-dimension-{dimension}"))
    reach = text.html("campaign-reach", count=draft.reach)
    return {
        "message": f"{asked}\n\n{reach}" if options else text.html("campaign-nothing-to-choose"),
        "options": shown,
        "any": text.plain("button-campaign-any"),
        "chosen": any(option.chosen for option in options),
        "back": text.plain("button-back"),
    }


async def _toggled(_: CallbackQuery, __: Any, manager: DialogManager, value: str) -> None:
    chat = chat_of(manager)
    campaigns: Campaigns = manager.middleware_data["campaigns"]
    await campaigns.toggle(chat.unit, chat.visitor, campaign_of(manager), _dimension(manager), value)
    await chat.unit.commit()


async def _any(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    chat = chat_of(manager)
    campaigns: Campaigns = manager.middleware_data["campaigns"]
    await campaigns.clear(chat.unit, chat.visitor, campaign_of(manager), _dimension(manager))
    await chat.unit.commit()
    await manager.switch_to(CampaignStates.audience)


def _dimension(manager: DialogManager) -> Dimension:
    return Dimension(str(manager.dialog_data["dimension"]))


def _body_window() -> Window:
    return Window(
        MESSAGE,
        MessageInput(_body_written),
        SwitchTo(Format("{back}"), id="back_from_body", state=CampaignStates.audience, when="of_centre"),
        close_button(),
        state=CampaignStates.body,
        getter=_body_data,
    )


async def _body_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    draft = await draft_of(dialog_manager)
    lines = [text.html("campaign-write", maximum=LONGEST_BODY)]
    if any(draft.segment.values(dimension) for dimension in _DELICATE):
        lines.append(text.html("campaign-write-delicate"))
    return {
        "message": "\n\n".join(lines),
        "of_centre": draft.organisation is not None,
        "back": text.plain("button-back"),
        "close": text.plain("button-close"),
    }


async def _body_written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    chat = chat_of(manager)
    campaigns: Campaigns = manager.middleware_data["campaigns"]
    problem = await campaigns.write(chat.unit, chat.visitor, campaign_of(manager), message.text or "")
    if problem is None:
        await chat.unit.commit()
        await manager.switch_to(CampaignStates.preview)
        return
    refusal = chat.text.html(f"campaign-body-{problem}", maximum=LONGEST_BODY)
    await message.reply(refusal, allow_sending_without_reply=True)
    manager.show_mode = ShowMode.NO_UPDATE


def _preview_window() -> Window:
    return Window(
        MESSAGE,
        Button(Format("{test}"), id="test", on_click=_tested),
        SwitchTo(Format("{when}"), id="on_to_start", state=CampaignStates.when, when="reach"),
        SwitchTo(Format("{edit_text}"), id="edit_text", state=CampaignStates.body),
        SwitchTo(
            Format("{edit_audience}"), id="edit_audience", state=CampaignStates.audience, when="of_centre"
        ),
        close_button(),
        state=CampaignStates.preview,
        getter=_preview_data,
    )


async def _preview_data(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    text = chat_of(dialog_manager).text
    draft = await draft_of(dialog_manager)
    message = Markup(campaign_message(text, draft.body, draft.organisation))  # noqa: S704 - escaped there
    return {
        "message": text.render("campaign_preview.j2", reach=draft.reach, message=message),
        "reach": draft.reach,
        "of_centre": draft.organisation is not None,
        "test": text.plain("button-campaign-test"),
        "when": text.plain("button-campaign-when"),
        "edit_text": text.plain("button-campaign-edit-text"),
        "edit_audience": text.plain("button-campaign-edit-audience"),
        "close": text.plain("button-close"),
    }


async def _tested(query: CallbackQuery, _: Button, manager: DialogManager) -> None:
    chat = chat_of(manager)
    campaigns: Campaigns = manager.middleware_data["campaigns"]
    await campaigns.test(chat.unit, chat.visitor, campaign_of(manager))
    await ANSWERS.say(query, chat.text.plain("campaign-tested"))
    manager.show_mode = ShowMode.NO_UPDATE
