"""Who writes: looked up once for every update."""

from functools import partial

from bot.domain.people import Visitor
from storage import people
from storage.unit_of_work import UnitOfWork

LANGUAGES = ("ru", "en")


class Visitors:
    """Tells who a Telegram account is to the career centre."""

    def __init__(self, administrators: frozenset[int], default_language: str) -> None:
        self._administrators = administrators
        self._default_language = default_language

    async def identify(self, unit: UnitOfWork, telegram_id: int, app_language: str | None) -> Visitor:
        """`app_language` is the language of the person's Telegram: it counts until one is chosen here."""
        known = await unit.read(partial(people.known, telegram_id=telegram_id))
        chosen = known.staff or known.person
        return Visitor(
            telegram_id=telegram_id,
            language=chosen.language if chosen else self._spoken(app_language),
            person=known.person,
            profiling=known.profiling,
            staff=known.staff,
            administrator=telegram_id in self._administrators,
        )

    def choose_language(self, unit: UnitOfWork, visitor: Visitor, language: str) -> None:
        """From now on this language; one that is not spoken here changes nothing."""
        if language in LANGUAGES:
            unit.add(partial(people.set_language, telegram_id=visitor.telegram_id, language=language))

    def _spoken(self, app_language: str | None) -> str:
        language = (app_language or "").partition("-")[0]
        return language if language in LANGUAGES else self._default_language
