"""The composition root: settings in, a runnable bot out. The only place that knows every part."""

import asyncio
import csv
import datetime as dt
import logging
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from uuid import uuid4
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramUnauthorizedError
from aiogram.types import Update

from bot.config import STANDARD, Settings
from bot.delivery.editing import Editor
from bot.delivery.housekeeping import tidy_up
from bot.delivery.inbox import Inbox
from bot.delivery.letters import Composer
from bot.delivery.pace import Pace
from bot.delivery.schedule import Job, Schedule
from bot.delivery.sender import Sender
from bot.delivery.session import Session
from bot.delivery.taking_up import TakingUp
from bot.domain.directory import Directory, Entry
from bot.domain.notices import NoticeKind
from bot.domain.questionnaire import Definition
from bot.domain.recurring import Daily, Every
from bot.domain.risk.criteria import Criteria
from bot.domain.vacancies.rules import VacancyRules
from bot.health import Heartbeat
from bot.memory import spare_the_collector
from bot.services.assessments import Assessments
from bot.services.campaigns.desk import CampaignDesk
from bot.services.campaigns.drafts import Campaigns
from bot.services.campaigns.running import ProgressMessages, advance_campaigns
from bot.services.colleges import Colleges
from bot.services.consents import Consents
from bot.services.erasure import Erasure
from bot.services.events.check_in import EventCheckIn
from bot.services.events.desk import EventDesk
from bot.services.events.door import EventDoor
from bot.services.events.jobs import close_past_events, pass_offers_on, queue_reminders
from bot.services.events.planning import EventPlanning
from bot.services.events.student import Events
from bot.services.invitations import Invitations
from bot.services.jobs import Jobs
from bot.services.mailings import Mailings
from bot.services.next_steps import NextSteps
from bot.services.profile_again import ProfileAgain, invite_again
from bot.services.profiling import Profiling
from bot.services.student_desk import StudentDesk
from bot.services.vacancies.desk import VacancyDesk
from bot.services.vacancies.importing import VacancyImport
from bot.services.vacancies.matching import forget_matches, match_vacancies, queue_digests
from bot.services.vacancies.passes import import_everything
from bot.services.vacancies.student import Vacancies
from bot.services.vacancies.subscriptions import Subscriptions
from bot.services.vacancies.tables import VacancyTables
from bot.services.visitors import Visitors
from bot.sources.definition_file import DefinitionError, read_definition
from bot.sources.region_codes import read_region_codes
from bot.sources.region_zones import read_region_zones
from dialogs.campaigns import progress_letter
from dialogs.notices.campaign import CampaignComposer
from dialogs.notices.events import KINDS as EVENT_NOTICES
from dialogs.notices.events import EventComposer
from dialogs.notices.profile_again import ProfileAgainComposer
from dialogs.notices.vacancies import VacanciesComposer
from dialogs.staff import staff_dialogs
from handlers import include_routers
from handlers import staff as staff_commands
from handlers.command_menu import set_commands
from handlers.middlewares import ChatMiddleware
from locales.text import Texts
from storage.database import Database, Unavailable, reason
from storage.fsm import DatabaseStorage
from storage.migrate import upgrade
from storage.notification_settings import quiet_hours
from storage.unit_of_work import UnitOfWork

logger = logging.getLogger(__name__)

CONSENT_VERSION = "2026-11"
"""Changes with the consent's wording in locales/*/consent_document.j2."""

MAILINGS_VERSION = "2026-11"
"""The same for locales/*/mailings_consent_document.j2: a consent of its own, a document of its own."""


class StartUpError(Exception):
    """The bot cannot start; the text is a readable line that names the setting."""


class App:
    """A bot with its database, ready to serve."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self.texts = Texts(settings.default_language, settings.timezone)
        self.zones = read_region_zones(STANDARD / "region_zones.csv", settings.timezone)
        self.colleges = Colleges(specialties())
        self.assessments = Assessments(read_definition(settings.criteria, Criteria))
        self.vacancy_rules = read_definition(settings.vacancy_rules, VacancyRules)
        definition = read_definition(settings.questionnaire, Definition).for_privacy(settings.privacy.value)
        self.profiling = Profiling(definition, self.colleges, self.assessments, CONSENT_VERSION)
        self.consents = Consents(self.profiling, CONSENT_VERSION)
        self.visitors = Visitors(settings.admin_ids, settings.default_language)
        self.pace = Pace(settings.limits)
        self.bot = _bot(settings, self.pace)
        self.heartbeat = Heartbeat(settings.database_url)
        self.progress = ProgressMessages(
            database, partial(progress_letter, self.texts), Editor(self.bot, database, self.pace).edit
        )
        self.jobs = self._jobs()
        self.dispatcher = self._dispatcher()
        taking_up = TakingUp(self._composers(), partial(quiet_hours, zones=self.zones))
        process = uuid4().hex
        self.sender = Sender(self.bot, database, taking_up, self.pace, process)
        self.schedule = Schedule(database, self.jobs, process)

    def _composers(self) -> dict[NoticeKind, Composer]:
        """Who makes the messages of each kind."""
        campaign = CampaignComposer(self.texts)
        return {
            NoticeKind.CAMPAIGN: campaign,
            NoticeKind.CAMPAIGN_TEST: campaign,
            NoticeKind.PROFILE_AGAIN: ProfileAgainComposer(self.texts),
            NoticeKind.VACANCIES: VacanciesComposer(self.texts),
            **dict.fromkeys(EVENT_NOTICES, EventComposer(self.texts, self.zones)),
        }

    def _dispatcher(self) -> Dispatcher:
        mailings = Mailings(self.zones, MAILINGS_VERSION)
        looked_for = Vacancies(self.assessments, self.profiling, self.vacancy_rules)
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
            vacancies=looked_for,
            mailings=mailings,
            subscriptions=Subscriptions(mailings, looked_for),
            student_desk=StudentDesk(self.assessments),
            vacancy_desk=VacancyDesk(self.vacancy_rules, self.colleges.specialties),
            vacancy_tables=VacancyTables(
                self.database, self.vacancy_rules, read_region_codes(STANDARD / "regions.csv")
            ),
            erasure=Erasure(),
            campaigns=Campaigns(self.assessments.criteria, ZoneInfo(self.settings.timezone)),
            campaign_desk=CampaignDesk(CONSENT_VERSION),
            jobs=Jobs([job.name for job in self.jobs]),
            profile_again=ProfileAgain(self.profiling, self.assessments, CONSENT_VERSION),
            events=Events(),
            event_check_in=EventCheckIn(self.assessments),
            event_desk=EventDesk(self.assessments, self.zones),
            event_door=EventDoor(self.assessments),
            event_planning=EventPlanning(),
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
            async with asyncio.TaskGroup() as group:
                # beside the inbox: what was left over does not wait for Telegram
                menu = group.create_task(set_commands(self.bot, self.texts))
                group.create_task(self.sender.run(stop))
                group.create_task(self.schedule.run(stop))
                await inbox.run(stop)
                menu.cancel()
        except ExceptionGroup as errors:
            refused, others = errors.split(TelegramUnauthorizedError)
            if refused is None or others is not None:
                raise
            raise StartUpError("BOT_TOKEN: Telegram does not know this token") from None
        logger.info("stopped")

    def _jobs(self) -> list[Job]:
        """What is done now and then; each has a name in locales/*/jobs.ftl."""
        hourly = Every(dt.timedelta(hours=1))
        minutely = Every(dt.timedelta(minutes=1))
        often = Every(dt.timedelta(seconds=3))
        night = Daily(dt.time(4), self.settings.timezone)
        morning = Daily(dt.time(10), self.settings.timezone)
        jobs = [
            Job("clean_up", hourly, partial(tidy_up, self.database)),
            Job("match_vacancies", minutely, partial(match_vacancies, self.database, self.zones)),
            Job("digests", minutely, partial(queue_digests, self.database, self.zones)),
            Job("forget_matches", night, partial(forget_matches, self.database)),
            Job("campaigns", often, self.run_campaigns),
            Job("profile_again", morning, partial(invite_again, self.database, self.zones)),
            Job("event_offers", minutely, partial(pass_offers_on, self.database)),
            Job("event_reminders", minutely, partial(queue_reminders, self.database, self.zones)),
            Job("event_closing", hourly, partial(close_past_events, self.database, self.assessments)),
        ]
        if self.settings.vacancy_regions or self.settings.vacancy_employers:
            jobs.append(Job("import_vacancies", hourly, self.import_vacancies))
        return jobs

    async def run_campaigns(self) -> Counter[str]:
        """Bring campaigns on, and tell their authors how they go."""
        counts = Counter(await advance_campaigns(self.database, self.assessments.criteria.codes))
        counts.update(edited=await self.progress.refresh())
        return counts

    async def import_vacancies(self) -> Counter[str]:
        """One pass over every region and employer of the settings."""
        importing = VacancyImport(self.database, self.vacancy_rules)
        regions, employers = self.settings.vacancy_regions, self.settings.vacancy_employers
        return await import_everything(importing, str(self.settings.trudvsem_url), regions, employers)

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
            spare_the_collector()
            await app.serve(stop)
    except DefinitionError as error:
        raise StartUpError(str(error)) from None
    except Unavailable as error:
        raise StartUpError(f"DATABASE_URL: the database cannot be used: {reason(error)}") from None


def specialties() -> Directory:
    """The shipped directory of specialties, by code."""
    with (STANDARD / "specialties.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"]]
    return Directory(Entry(row["code"], f"{row['code']} {row['name']}") for row in rows)


def _bot(settings: Settings, pace: Pace) -> Bot:
    server = TelegramAPIServer.from_base(str(settings.telegram_api_url).rstrip("/"))
    return Bot(
        settings.bot_token.get_secret_value(),
        session=Session(pace.note, api=server),
        default=DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True),
    )
