"""The composition root: settings in, a runnable bot out. The only place that knows every part."""

import asyncio
import csv
import gc
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramUnauthorizedError
from aiogram.types import Update
from sqlalchemy.exc import OperationalError

from bot.config import STANDARD, Settings
from bot.delivery.housekeeping import housekeeping
from bot.delivery.inbox import Inbox
from bot.delivery.session import Session
from bot.domain.directory import Directory, Entry
from bot.domain.questionnaire import Definition
from bot.domain.risk.criteria import Criteria
from bot.domain.vacancies.rules import VacancyRules
from bot.health import Heartbeat
from bot.services.assessments import Assessments
from bot.services.colleges import Colleges
from bot.services.consents import Consents
from bot.services.erasure import Erasure
from bot.services.invitations import Invitations
from bot.services.next_steps import NextSteps
from bot.services.profiling import Profiling
from bot.services.student_desk import StudentDesk
from bot.services.vacancies import Vacancies
from bot.services.vacancy_import import VacancyImport
from bot.services.visitors import Visitors
from bot.sources.definition_file import DefinitionError, read_definition
from bot.sources.trudvsem.client import Trudvsem
from bot.sources.trudvsem.download import Settings as SourceSettings
from bot.sources.trudvsem.faults import SourceError
from dialogs.staff import staff_dialogs
from handlers import include_routers
from handlers import staff as staff_commands
from handlers.command_menu import set_commands
from handlers.middlewares import ChatMiddleware
from locales.text import Texts
from storage.database import Database
from storage.fsm import DatabaseStorage
from storage.migrate import upgrade
from storage.unit_of_work import UnitOfWork

logger = logging.getLogger(__name__)

CONSENT_VERSION = "2026-11"
"""Changes with the consent's wording in locales/*/consent_document.j2."""


class StartUpError(Exception):
    """The bot cannot start; the text is a readable line that names the setting."""


class App:
    """A bot with its database, ready to serve."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self.texts = Texts(settings.default_language, settings.timezone)
        self.colleges = Colleges(specialties())
        self.assessments = Assessments(read_definition(settings.criteria, Criteria))
        self.vacancy_rules = read_definition(settings.vacancy_rules, VacancyRules)
        definition = read_definition(settings.questionnaire, Definition).for_privacy(settings.privacy.value)
        self.profiling = Profiling(definition, self.colleges, self.assessments, CONSENT_VERSION)
        self.consents = Consents(self.profiling, CONSENT_VERSION)
        self.visitors = Visitors(settings.admin_ids, settings.default_language)
        self.bot = _bot(settings)
        self.heartbeat = Heartbeat(settings.database_url)
        self.dispatcher = self._dispatcher()

    def _dispatcher(self) -> Dispatcher:
        # the states of dialogs are loaded by the staff's router alone: students' answers do without
        dispatcher = Dispatcher(
            disable_fsm=True,
            texts=self.texts,
            visitors=self.visitors,
            colleges=self.colleges,
            profiling=self.profiling,
            consents=self.consents,
            invitations=Invitations(),
            next_steps=NextSteps(self.assessments, self.profiling),
            vacancies=Vacancies(self.assessments, self.profiling, self.vacancy_rules),
            student_desk=StudentDesk(self.assessments),
            erasure=Erasure(),
        )
        staff = staff_dialogs(DatabaseStorage(), staff_commands.make_router())
        include_routers(dispatcher, staff, ChatMiddleware(self.visitors, self.texts))
        return dispatcher

    async def handle(self, update: Update, unit: UnitOfWork) -> None:
        """One update through the dispatcher, in its unit of work."""
        await self.dispatcher.feed_update(self.bot, update, unit=unit)

    async def serve(self, stop: asyncio.Event) -> None:
        """Long polling through the durable inbox until `stop`. Raises StartUpError for a refused token."""
        await self.dispatcher.emit_startup(bot=self.bot, **self.dispatcher.workflow_data)
        inbox = Inbox(self.bot, self.database, self.handle, self.heartbeat.beat)
        logger.info("serving")
        try:
            with housekeeping(self.database, *self._hourly()):
                async with asyncio.TaskGroup() as group:
                    # beside the inbox: what was left over does not wait for Telegram
                    menu = group.create_task(set_commands(self.bot, self.texts))
                    await inbox.run(stop)
                    menu.cancel()
        except ExceptionGroup as errors:
            refused, others = errors.split(TelegramUnauthorizedError)
            if refused is None or others is not None:
                raise
            raise StartUpError("BOT_TOKEN: Telegram does not know this token") from None
        logger.info("stopped")

    def _hourly(self) -> list[Callable[[], Awaitable[None]]]:
        return [self.import_vacancies] if self.settings.vacancy_regions else []

    async def import_vacancies(self) -> None:
        """One pass over every region of the settings; a source that is down is asked again in an hour."""
        settings = SourceSettings(base_url=str(self.settings.trudvsem_url))
        importing = VacancyImport(self.database, self.vacancy_rules)
        async with aiohttp.ClientSession() as session:
            source = Trudvsem(session, settings)
            for region in self.settings.vacancy_regions:
                try:
                    kept, closed = await importing.import_region(source, region)
                    logger.info("vacancies of %s: %s, %s closed", region, kept, closed)
                except SourceError as error:
                    logger.warning("vacancies of %s: %s", region, error)

    async def close(self) -> None:
        await self.bot.session.close()
        await self.database.close()


@asynccontextmanager
async def running_app(settings: Settings) -> AsyncIterator[App]:
    """An app on a migrated database; closed at the end. Raises the named start-up failures."""
    await asyncio.to_thread(upgrade, settings.database_url)
    app = App(settings, Database(settings.database_url))
    try:
        yield app
    finally:
        await app.close()


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. Raises StartUpError."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        async with running_app(settings) as app:
            _spare_the_collector()
            await app.serve(stop)
    except DefinitionError as error:
        raise StartUpError(str(error)) from None
    except OperationalError as error:
        raise StartUpError(f"DATABASE_URL: the database cannot be used: {error.orig}") from None


def specialties() -> Directory:
    """The shipped directory of specialties, by code."""
    with (STANDARD / "specialties.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"]]
    return Directory(Entry(row["code"], f"{row['code']} {row['name']}") for row in rows)


def _spare_the_collector() -> None:
    """Keep the collector off what was loaded at the start: it walked 200 MB of modules over and over.

    Measured: a quarter of the processor time of an answer. What an update leaves behind in circles is still
    collected, only in larger heaps.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def _bot(settings: Settings) -> Bot:
    server = TelegramAPIServer.from_base(str(settings.telegram_api_url).rstrip("/"))
    return Bot(
        settings.bot_token.get_secret_value(),
        session=Session(api=server),
        default=DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True),
    )
