"""The hourly import: one pass over every region and employer of the settings."""

import logging
from collections import Counter
from collections.abc import Sequence

import aiohttp

from bot.services.vacancies.importing import VacancyImport
from bot.sources.trudvsem.client import Trudvsem
from bot.sources.trudvsem.download import Settings
from bot.sources.trudvsem.faults import SourceError

logger = logging.getLogger(__name__)


async def import_everything(
    importing: VacancyImport, base_url: str, regions: Sequence[str], employers: Sequence[str]
) -> Counter[str]:
    """What the passes brought, in counts. A source that is down is asked again in an hour."""
    counts: Counter[str] = Counter()
    async with aiohttp.ClientSession() as session:
        source = Trudvsem(session, Settings(base_url=base_url))
        for code in (*regions, *employers):
            try:
                kept, closed = await (
                    importing.import_region(source, code)
                    if code in regions
                    else importing.import_employer(source, code, regions)
                )
                counts.update(new=kept.new, changed=kept.changed, closed=closed)
            except SourceError as error:
                logger.warning("vacancies of %s: %s", code, error)
                counts.update(unreachable=1)
    return counts
