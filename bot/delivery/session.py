"""The way to Telegram: aiogram's session, without what costs it most of its processor time."""

from collections.abc import Callable
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import Response, SendDocument, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientError, ClientTimeout

_JSON = {"Content-Type": "application/json"}


class Session(AiohttpSession):
    """Calls go as JSON instead of forms, and the models of replies are kept.

    aiogram asks pydantic for `Response[T]` at every reply; pydantic holds it by a weak reference only, so it
    would be built anew for most calls.
    """

    def __init__(self, note: Callable[[int], None], **options: Any) -> None:
        """`note` is told of every direct answer, and to whom: the sender's pace leaves room for them."""
        super().__init__(**options)
        self._note = note
        self._replies: dict[Any, type[Response[Any]]] = {}
        self._timeouts: dict[float, ClientTimeout] = {}

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> TelegramType:
        self._keep_reply(method.__returning__)
        if type(method) in (SendMessage, SendDocument):
            self._note(int(cast(SendMessage, method).chat_id))
        files: dict[str, Any] = {}
        given = method.model_dump(warnings=False, exclude_none=True)
        body = {
            name: self.prepare_value(value, bot, files, _dumps_json=False) for name, value in given.items()
        }
        if files:
            return await super().make_request(bot, method, timeout)
        body = {name: value for name, value in body.items() if value is not None}
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        try:
            async with session.post(
                url, data=self.json_dumps(body).encode(), headers=_JSON, timeout=self._timeout(timeout)
            ) as response:
                content = await response.text("utf-8")
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        except ClientError as error:
            raise TelegramNetworkError(method=method, message=f"{type(error).__name__}: {error}") from error
        # PostgreSQL takes no zero characters; callbacks stay as long in bytes as Telegram lets them be
        content = content.replace("\\u0000", "\\u001a")
        reply = self.check_response(bot=bot, method=method, status_code=response.status, content=content)
        return cast(TelegramType, reply.result)

    async def close(self) -> None:
        """Without aiogram's quarter of a second for TLS to say goodbye: aiohttp waits for that itself."""
        if self._session is not None:
            await self._session.close()

    def _keep_reply(self, returning: Any) -> None:
        if returning not in self._replies:
            self._replies[returning] = Response[returning]

    def _timeout(self, seconds: float | None) -> ClientTimeout:
        seconds = self.timeout if seconds is None else seconds
        if seconds not in self._timeouts:
            self._timeouts[seconds] = ClientTimeout(total=seconds)
        return self._timeouts[seconds]
