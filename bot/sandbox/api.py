"""The bot's side over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

from __future__ import annotations

import asyncio
import json
from functools import partial

from aiohttp import web

from bot.sandbox.errors import ApiError, conflict
from bot.sandbox.faults import Fault
from bot.sandbox.files import MAXIMUM_UPLOAD
from bot.sandbox.methods import METHODS
from bot.sandbox.methods.account import allow_updates
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import Call, World

_LONGEST_POLL = 50  # seconds
MAXIMUM_REQUEST = MAXIMUM_UPLOAD + 1024 * 1024
_dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


class BotApi:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self._call),
            web.get("/file/bot{token}/{path:.+}", self._download),
        ]

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        try:
            self._check_token(request)
            parameters = await Parameters.of(request)
        except ApiError as error:
            return _refusal(error)
        except web.HTTPRequestEntityTooLarge:
            return _refusal(ApiError(413, "Request Entity Too Large"))
        fault = self._world.faults.take(method)
        try:
            if fault and not fault.performed:
                await _strike(fault, request)
            result = await self._perform(method, parameters)
            if fault and fault.performed:
                await _strike(fault, request)
        except ApiError as error:
            gone = request.transport is None or request.transport.is_closing()
            if not (gone and method.lower() == "getupdates"):  # a poll of a bot that has stopped meanwhile
                self._note(method, parameters, error.description)
            return _refusal(error)
        self._note(method, parameters)
        return web.json_response({"ok": True, "result": result}, dumps=_dumps)

    def _check_token(self, request: web.Request) -> None:
        if request.match_info["token"] != self._world.token:
            raise ApiError(401, "Unauthorized")

    def _note(self, method: str, parameters: Parameters, refusal: str = "") -> None:
        if method.lower() == "getupdates" and not refusal:
            return  # a poll says nothing about the conversation, and there are many
        chat_id = parameters.string("chat_id")
        number = int(chat_id) if chat_id.lstrip("-").isdecimal() else None
        self._world.calls.append(Call(method, number, not refusal, refusal))

    async def _perform(self, method: str, parameters: Parameters) -> object:
        if method.lower() == "getupdates":
            return await self._get_updates(parameters)
        function = METHODS.get(method.lower())
        if function is None:
            raise ApiError(404, "Not Found")
        return function(self._world, parameters)

    async def _get_updates(self, parameters: Parameters) -> object:
        if self._world.webhook.webhook:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        allow_updates(self._world, parameters)
        return await self._world.updates.poll(
            offset=parameters.integer("offset"),
            limit=parameters.integer("limit", 100),
            seconds=min(parameters.integer("timeout"), _LONGEST_POLL),
        )

    async def _download(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request)
        except ApiError as error:
            return _refusal(error)
        file = self._world.files.by_path(request.match_info["path"])
        if file is None:
            return _refusal(ApiError(404, "Not Found"))
        return web.Response(body=file.content, content_type="application/octet-stream")


async def _strike(fault: Fault, request: web.Request) -> None:
    if fault.delay:
        await asyncio.sleep(fault.delay)
    if fault.reset and request.transport:
        request.transport.abort()
        raise ApiError(500, "the sandbox was told to reset this connection")
    if error := fault.error():
        raise error


def _refusal(error: ApiError) -> web.Response:
    body: dict[str, object] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.retry_after is not None:
        body["parameters"] = {"retry_after": error.retry_after}
    return web.json_response(body, status=error.code, dumps=_dumps)
