"""One page over HTTP: paced, retried, never more than a limit of bytes."""

import asyncio
import datetime as dt
import logging
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import aiohttp

from bot.domain import clock
from bot.sources.trudvsem.asked import Asked
from bot.sources.trudvsem.faults import TRANSIENT, Fault, SourceError
from bot.sources.trudvsem.page import LONGEST_BODY, RawPage, read_page

logger = logging.getLogger(__name__)

PAGE_SIZE = 100
"""The source clamps a greater limit to this in silence."""

_CHUNK = 1 << 16

Window = tuple[dt.datetime | None, dt.datetime | None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How the source is asked. Times are in seconds; an answer takes 5 to 6 as a rule.

    `pause` lies between an answer and the next request. A failed request is tried `attempts` times in all,
    after `first_wait`, then twice as long each time. Nothing waits longer than `longest_wait`: a source that
    asks for more is left alone. `depth` is the record from which on the source only answers HTTP 500.
    """

    base_url: str = "https://opendata.trudvsem.ru/api/v1"
    pause: float = 1.0
    timeout: float = 60.0
    attempts: int = 5
    first_wait: float = 2.0
    longest_wait: float = 60.0
    depth: int = 10_000


class Download:
    """Asks for pages, one after another; the caller owns the session."""

    def __init__(self, session: aiohttp.ClientSession, settings: Settings) -> None:
        self._session = session
        self._settings = settings
        self._free_at = 0.0

    async def page(self, asked: Asked, window: Window, index: int) -> RawPage:
        """The page with the index, from 0. Raises SourceError."""
        url = f"{self._settings.base_url.rstrip('/')}/{asked.path}"
        parameters = {"offset": str(index), "limit": str(PAGE_SIZE)} | _bounds(window)
        wait = self._settings.first_wait
        for attempt in range(1, self._settings.attempts + 1):
            try:
                return await self._attempt(url, parameters)
            except SourceError as error:
                pause = max(wait, error.retry_after or 0.0)
                patient = pause <= self._settings.longest_wait
                if error.fault not in TRANSIENT or attempt == self._settings.attempts or not patient:
                    raise
                logger.warning("page %d of %s, attempt %d: %s", index, asked.code, attempt, error)
            await asyncio.sleep(pause)
            wait = min(wait * 2, self._settings.longest_wait)
        raise SourceError(Fault.REFUSED, "no attempt is allowed")

    async def _attempt(self, url: str, parameters: dict[str, str]) -> RawPage:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, self._free_at - loop.time()))
        try:
            body = await self._body(url, parameters)
        except TimeoutError:
            raise SourceError(Fault.TIMEOUT, f"no answer in {self._settings.timeout:g} s") from None
        except aiohttp.ClientError as error:
            raise SourceError(Fault.CONNECTION, type(error).__name__) from None
        finally:
            self._free_at = loop.time() + self._settings.pause
        page = read_page(body)
        if parameters["offset"] == "0" and not page.records and page.total:
            # what vanished is closed, so an answer that contradicts itself must not pass for an empty one
            raise SourceError(Fault.WRONG_SHAPE, f"{page.total} records are told, none is there")
        return page

    async def _body(self, url: str, parameters: dict[str, str]) -> bytes:
        timeout = aiohttp.ClientTimeout(total=self._settings.timeout)
        async with self._session.get(url, params=parameters, timeout=timeout) as response:
            if response.status != 200:
                raise _refusal(response)
            body = bytearray()
            async for chunk in response.content.iter_chunked(_CHUNK):
                body += chunk
                if len(body) > LONGEST_BODY:
                    # closed, not drained: the rest is not read
                    response.close()
                    raise SourceError(Fault.TOO_LARGE, f"more than {LONGEST_BODY} bytes")
            return bytes(body)


def _refusal(response: aiohttp.ClientResponse) -> SourceError:
    detail = f"HTTP {response.status}"
    retry_after = _seconds(response.headers.get("Retry-After", ""))
    if response.status == 429:
        return SourceError(Fault.TOO_MANY_REQUESTS, detail, retry_after)
    if response.status >= 500:
        return SourceError(Fault.SERVER_ERROR, detail, retry_after)
    return SourceError(Fault.REFUSED, detail)


def _seconds(retry_after: str) -> float | None:
    """The header comes as seconds or as an HTTP date."""
    if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 10:
        return float(retry_after)
    try:
        instant = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=dt.UTC)
    return max(0.0, (instant - clock.now()).total_seconds())


def _bounds(window: Window) -> dict[str, str]:
    names = ("modifiedFrom", "modifiedTo")
    return {name: _stamp(end) for name, end in zip(names, window, strict=True) if end is not None}


def _stamp(instant: dt.datetime) -> str:
    """A full time with milliseconds and Z: for a bare date the source answers HTTP 500."""
    return instant.astimezone(dt.UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"
