"""What every handler is given: the chat, and with it who writes and in which language."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import Chat as TelegramChat
from aiogram.types import TelegramObject, User

from bot.services.visitors import Visitors
from dialogs.chat import Chat
from locales.text import Texts
from storage import people

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class ChatMiddleware(BaseMiddleware):
    """Adds `chat`. Only private chats are served: a profile is nobody else's business."""

    def __init__(self, visitors: Visitors, texts: Texts) -> None:
        self._visitors = visitors
        self._texts = texts

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user: User | None = data.get("event_from_user")
        where: TelegramChat | None = data.get("event_chat")
        if user is None or where is None or where.type != ChatType.PRIVATE:
            return None
        visitor = await self._visitors.identify(data["unit"], user.id, user.language_code)
        if visitor.blocked:
            # whoever writes lets the bot in, even where Telegram's word of it was lost
            data["unit"].add(partial(people.mark_back, telegram_id=user.id))
        data["chat"] = Chat(data["bot"], data["unit"], visitor, self._texts.of(visitor.language))
        return await handler(event, data)
