"""Who a campaign is for, in words: counts and conditions, never names of people."""

from bot.domain.campaigns import Dimension
from bot.domain.risk.criteria import Criteria
from bot.services.campaigns.drafts import Campaigns, Draft, Option
from bot.services.colleges import Colleges
from dialogs.chat import Chat
from dialogs.staff.student_card import factor_title
from locales.text import Text

LONGEST_TITLE = 60
"""Characters of a value on a button."""

SHOWN_VALUES = 4


def shortened(title: str) -> str:
    """A value that fits on a button."""
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"


async def audience_text(chat: Chat, campaigns: Campaigns, draft: Draft, colleges: Colleges) -> str:
    """The draft's conditions, and how many it reaches, in HTML."""
    lines = []
    for dimension, _ in draft.segment.narrowed():
        options = await campaigns.options(chat.unit, chat.visitor, draft.id, dimension)
        titles = [
            shortened(value_title(chat.text, campaigns.criteria, colleges, dimension, option))
            for option in options
            if option.chosen
        ]
        name = chat.text.plain(f"campaign-dimension-{dimension}")
        lines.append((name, ", ".join(titles[:SHOWN_VALUES]), max(len(titles) - SHOWN_VALUES, 0)))
    return chat.text.render("campaign_audience.j2", lines=lines, reach=draft.reach)


def value_title(
    text: Text, criteria: Criteria, colleges: Colleges, dimension: Dimension, option: Option
) -> str:
    """What a value of a dimension is called."""
    match dimension:
        case Dimension.LEVEL:
            return text.plain(f"value-{option.value}")
        case Dimension.REQUEST:
            return text.plain(f"campaign-request-{option.value}")
        case Dimension.FACTOR:
            return factor_title(text, criteria, option.value)
        case Dimension.SPECIALTY:
            entry = colleges.specialties.get(option.value)
            return entry.title if entry else option.value
        case Dimension.GROUP | Dimension.YEAR:
            return option.name or option.value
