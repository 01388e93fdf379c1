"""The chat page in the browser: its files, what the chats carry, and news of changes."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from aiohttp import web

from bot.sandbox.errors import ApiError
from bot.sandbox.world import World

_FOLDER = Path(__file__).parent / "page"
_HEADERS = {
    # What a chat carries was written by someone else: it may neither run here nor call home.
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob: data:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
_HEARTBEAT = 15.0  # seconds: finds out that a browser has gone


class Pages:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/", self._page),
            web.static("/page", _FOLDER),
            web.get("/sandbox/files/{file}", self._file),
            web.get("/sandbox/events", self._events),
        ]

    async def _page(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(_FOLDER / "index.html", headers=_HEADERS)

    async def _file(self, request: web.Request) -> web.Response:
        try:
            file = self._world.files.by_id(request.match_info["file"])
        except ApiError as error:
            raise web.HTTPNotFound(text=error.description) from None
        response = web.Response(body=file.content, headers=_HEADERS)
        is_picture = file.mime_type.startswith("image/") and file.mime_type != "image/svg+xml"
        response.content_type = file.mime_type if is_picture else "application/octet-stream"
        return response

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: whose chat has changed; the page fetches what is new itself."""
        response = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        news: asyncio.Queue[int | None] = asyncio.Queue()
        self._world.watchers.add(news)
        try:
            await response.write(b"retry: 500\n\n")
            while True:
                try:
                    async with asyncio.timeout(_HEARTBEAT):
                        person_id = await news.get()
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                if person_id is None:
                    return response
                await response.write(f"data: {json.dumps(person_id)}\n\n".encode())
        except ConnectionError:
            return response
        finally:
            self._world.watchers.discard(news)
