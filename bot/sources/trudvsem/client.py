"""A pass over the vacancies of a region or an employer, page by page, able to go on after a crash."""

import asyncio
import datetime as dt
import logging
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field

import aiohttp

from bot.domain import clock
from bot.domain.vacancies.vacancy import Vacancy
from bot.sources.trudvsem.asked import Asked
from bot.sources.trudvsem.download import PAGE_SIZE, Download, Settings, Window
from bot.sources.trudvsem.faults import MALFORMED, Fault, SourceError
from bot.sources.trudvsem.page import RawPage
from bot.sources.trudvsem.position import Position
from bot.sources.trudvsem.record import Skipped, read_record

logger = logging.getLogger(__name__)

_SUSPICIOUS = 10
"""So many records of a page, and most of it, have to be out of place for the whole answer to be wrong."""

_DOUBTFUL_DEPTH = 0.9
"""From this share of the depth on, HTTP 500 may mean that the source does not go deeper."""

_HOLES_IN_A_ROW = 2
"""Malformed pages that are passed over; after more of them the source is taken for broken."""

_RECORDS_AT_ONCE = 5
"""Cleaning a record takes up to some milliseconds; whoever presses a button is not to wait for a page."""

_DATE_ERROR = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Batch:
    """The vacancies of one page. Keep `position` together with them: the pass goes on there.

    `skipped` counts the records that are no vacancies by reason, `repeated` those that the pass met before.
    `total` is what the source tells of the window being read. `fault`: the page could not be used at all.
    """

    vacancies: tuple[Vacancy, ...]
    position: Position
    skipped: Mapping[Skipped, int] = field(default_factory=dict)
    repeated: int = 0
    total: int | None = None
    fault: Fault | None = None


class Trudvsem:
    """The open data of the portal. One pass at a time; all passes of a client share its pace."""

    def __init__(self, session: aiohttp.ClientSession, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._download = Download(session, self._settings)
        self._depth = self._settings.depth

    async def batches(
        self, code: str, since: dt.datetime | None = None, position: Position | None = None
    ) -> AsyncIterator[Batch]:
        """Of a region or an employer: what was modified since (None: everything), or the rest of a pass.

        The last batch's position is finished. Raises SourceError when the source gives no answer that can be
        used: the pass can be taken up later at the last position. ValueError for what is neither code.
        """
        asked = Asked(code)
        position = position or Position.begin(since, clock.now())
        met: dict[str, dt.datetime] = {}
        holes = 0
        while not position.finished:
            try:
                page = await self._download.page(asked, position.window, position.page)
            except SourceError as error:
                narrower = self._below_the_depth(position, error)
                if narrower is not None:
                    position = narrower
                    continue
                holes += 1
                if error.fault not in MALFORMED or holes > _HOLES_IN_A_ROW:
                    raise
                logger.warning("page %d of %s is left out: %s", position.page, code, error)
                position = self._onward(position.with_a_hole(), 0)
                yield Batch((), position, fault=error.fault)
                continue
            holes = 0
            found, skipped = await _read(page, asked, position.window)
            narrower = self._too_much(position, page)
            if narrower is not None:
                position = narrower
                continue
            position = self._after(position, page)
            fresh = _fresh(found, met)
            yield Batch(fresh, position, skipped, len(found) - len(fresh), page.total)

    def _too_much(self, position: Position, page: RawPage) -> Position | None:
        """The total may be told no higher than what can be reached, so reaching it is too much already."""
        if position.page > 0 or page.total is None or page.total < self._depth:
            return None
        return position.narrowed(clock.now())

    def _below_the_depth(self, position: Position, error: SourceError) -> Position | None:
        depth = position.page * PAGE_SIZE
        if error.fault is not Fault.SERVER_ERROR or depth < self._settings.depth * _DOUBTFUL_DEPTH:
            return None
        self._depth = min(self._depth, depth)
        return position.narrowed(clock.now())

    def _after(self, position: Position, page: RawPage) -> Position:
        """A full page is never taken for the last: with repeated records there are more than the total."""
        received = len(page.records)
        told = page.total is not None and position.received + received >= page.total
        if not received or (told and received < PAGE_SIZE):
            return position.next_window()
        return self._onward(position, received)

    def _onward(self, position: Position, received: int) -> Position:
        onward = position.next_page(received)
        if onward.page * PAGE_SIZE < self._depth:
            return onward
        narrower = position.narrowed(clock.now())
        if narrower is not None:
            return narrower
        logger.warning("more vacancies were modified within a second than can be reached")
        return position.with_a_hole().next_window()


async def _read(page: RawPage, asked: Asked, window: Window) -> tuple[list[Vacancy], Counter[Skipped]]:
    """Raises SourceError when the source overlooked what was asked: then it answers with everything."""
    now = clock.now()
    found: list[Vacancy] = []
    skipped: Counter[Skipped] = Counter()
    for number, raw in enumerate(page.records):
        if number % _RECORDS_AT_ONCE == 0:
            await asyncio.sleep(0)
        record = read_record(raw, asked, now)
        if isinstance(record, Skipped):
            skipped[record] += 1
        else:
            found.append(record)
    if _suspicious(skipped[Skipped.NOT_ASKED], len(page.records)):
        raise SourceError(Fault.WHOLE_COUNTRY, f"most of a page is not of {asked.code}")
    if _suspicious(sum(_outside(vacancy.modified_at, window) for vacancy in found), len(page.records)):
        raise SourceError(Fault.WINDOW_IGNORED, "most of a page was not modified in the window asked for")
    return found, skipped


def _suspicious(strange: int, records: int) -> bool:
    return strange >= _SUSPICIOUS and strange * 2 > records


def _outside(instant: dt.datetime, window: Window) -> bool:
    start, end = window
    too_early = start is not None and instant < start - _DATE_ERROR
    return too_early or (end is not None and instant > end + _DATE_ERROR)


def _fresh(found: Sequence[Vacancy], met: dict[str, dt.datetime]) -> tuple[Vacancy, ...]:
    """Those that the pass did not meet before, or that were modified since."""
    fresh: list[Vacancy] = []
    for vacancy in found:
        known = met.get(vacancy.source_id)
        if known is None or known < vacancy.modified_at:
            met[vacancy.source_id] = vacancy.modified_at
            fresh.append(vacancy)
    return tuple(fresh)
