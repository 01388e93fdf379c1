"""What nothing else took: unknown commands, stray messages, buttons from long ago, blocking."""

from functools import partial

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.domain.clock import now
from dialogs.chat import Chat, ack
from storage import people


async def unknown_command(message: Message, chat: Chat) -> None:
    await chat.say(chat.text.html("unknown-command"))


async def stray_message(message: Message, chat: Chat) -> None:
    """Not understood: said kindly, with where to go."""
    known = chat.visitor.person or chat.visitor.staff
    await chat.say(chat.text.html("stray-message" if known else "no-profile"))


async def unknown_press(query: CallbackQuery, chat: Chat) -> None:
    """A button that nothing knows any more, or forged data: nothing changes."""
    await ack(query, chat.text.plain("press-unknown"))


async def membership(event: ChatMemberUpdated, chat: Chat) -> None:
    """The person blocked the bot, or let it in again."""
    left = event.new_chat_member.status in (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT)
    if left:
        chat.unit.add(partial(people.mark_blocked, telegram_ids=[chat.visitor.telegram_id], at=now()))
    else:
        chat.unit.add(partial(people.mark_back, telegram_id=chat.visitor.telegram_id))


def make_router() -> Router:
    """What leads where."""
    router = Router(name="fallback")
    router.message.register(unknown_command, F.text.startswith("/"))
    router.message.register(stray_message)
    router.callback_query.register(unknown_press)
    router.my_chat_member.register(membership)
    return router
