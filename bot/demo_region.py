"""The invented region that a newcomer meets in the sandbox: colleges, figures, sixty students, staff."""

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from bot.app import App
from bot.domain.clock import now
from bot.domain.people import Role
from bot.domain.questionnaire import (
    REVIEW,
    SENSITIVE_CONSENT,
    Choose,
    Confirm,
    ConsentSensitive,
    Finish,
    Kind,
    Question,
    Skip,
    Step,
    Toggle,
    Write,
)
from bot.domain.vacancies.vacancy import Schedule, Vacancy, VacancyKind
from bot.services.profiling import Turn
from bot.services.vacancies.importing import VacancyImport
from bot.sources.definition_file import read_definition
from storage import organisations, risk, staff
from storage.organisations import GroupRow
from storage.unit_of_work import UnitOfWork

FILE = Path(__file__).parent / "standard" / "demo_region.yaml"
FIRST_STUDENT = 6_000_000_001
FIRST_PERSONA = 5_000_000_001
HALF_WAY_STEPS = 7
SEED = 2026


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoOrganisation(_Model):
    code: str
    name: str
    kind: str
    contact: str


class DemoGroup(_Model):
    organisation: str
    name: str
    specialty: str
    graduation_year: int
    code: str


class DemoRate(_Model):
    year: int
    specialty: str
    rate: str


class DemoVacancy(_Model):
    """Pay is in roubles a month."""

    name: str
    employer: str
    kind: VacancyKind = VacancyKind.PERMANENT
    schedule: Schedule
    pay_from: int
    pay_to: int | None = None
    experience_years: int
    place: str | None = None
    town: str | None = None
    duty: str | None = None
    quota: bool = False


class Persona(_Model):
    """Someone to be on the chat page."""

    name: str
    label: str
    description: str
    group: str | None = None
    organisation: str | None = None


class DemoRegion(_Model):
    """The file `bot/standard/demo_region.yaml`."""

    region: str
    organisations: tuple[DemoOrganisation, ...]
    groups: tuple[DemoGroup, ...]
    statistics: tuple[DemoRate, ...]
    students: int
    vacancies: tuple[DemoVacancy, ...]
    names: tuple[str, ...]
    personas: dict[str, Persona]

    def telegram_id(self, persona: str) -> int:
        """The account of a persona in the sandbox."""
        return FIRST_PERSONA + list(self.personas).index(persona)


def accounts(demo: DemoRegion) -> Iterator[tuple[int, str]]:
    """Account and first name of every invented student: whom staff write to must be there."""
    for number in range(demo.students):
        yield FIRST_STUDENT + number, demo.names[number % len(demo.names)]


def load() -> DemoRegion:
    return read_definition(FILE, DemoRegion)


async def seed(app: App, demo: DemoRegion) -> None:
    """Fill an empty database with the region."""
    await app.database.write(partial(_seed_register, demo=demo))
    offered = [
        Vacancy("demo", str(number), region=demo.region, modified_at=now(), **dict(vacancy))
        for number, vacancy in enumerate(demo.vacancies)
    ]
    await VacancyImport(app.database, app.vacancy_rules).keep(offered)
    async with asyncio.TaskGroup() as group:
        for number in range(demo.students):
            random = Random(f"{SEED}/{number}")  # noqa: S311 - a demonstration, the same every time
            group_code = demo.groups[number % len(demo.groups)].code
            steps = 10_000 if random.random() < 0.85 else random.randrange(3, 12)
            group.create_task(_answer(app, demo, FIRST_STUDENT + number, group_code, random, steps))
        half_way = demo.telegram_id("half_way")
        group_code = demo.personas["half_way"].group or ""
        random = Random(SEED)  # noqa: S311 - as above
        group.create_task(_answer(app, demo, half_way, group_code, random, HALF_WAY_STEPS))


def _seed_register(connection: Connection, demo: DemoRegion) -> None:
    colleges = {college.code: college for college in demo.organisations}
    for group in demo.groups:
        college = colleges[group.organisation]
        row = GroupRow(
            organisation_code=college.code,
            organisation=college.name,
            kind=college.kind,
            region=demo.region,
            group=group.name,
            specialty=group.specialty,
            graduation_year=group.graduation_year,
            code=group.code,
            contact=college.contact,
        )
        organisations.save_group(connection, row)
    risk.save_statistics(
        connection, [{"region": demo.region, **rate.model_dump()} for rate in demo.statistics]
    )
    workplace = organisations.organisation_by_code(connection, demo.personas["specialist"].organisation or "")
    for persona, role in (("specialist", Role.SPECIALIST), ("coordinator", Role.COORDINATOR)):
        organisation_id = workplace["id"] if workplace and role is Role.SPECIALIST else None
        staff.link(connection, demo.telegram_id(persona), role, organisation_id, "ru", now())


async def _answer(
    app: App, demo: DemoRegion, telegram_id: int, group_code: str, random: Random, steps: int
) -> None:
    """One invented student answers up to that many steps, the way everybody does."""
    unit = UnitOfWork(app.database)
    visitor = await app.visitors.identify(unit, telegram_id, "ru")
    turn = await app.consents.agree(unit, visitor, "ru", group_code, None)
    await unit.commit()
    for _ in range(steps):
        if turn.session.completed:
            return
        unit = UnitOfWork(app.database)
        visitor = await app.visitors.identify(unit, telegram_id, "ru")
        turn = await app.profiling.take(unit, visitor, _step(turn, demo, random), None)
        await unit.commit()


def _step(turn: Turn, demo: DemoRegion, random: Random) -> Step:
    if turn.session.at == REVIEW:
        return Confirm()
    question = turn.question
    if turn.session.at == SENSITIVE_CONSENT or question is None:
        return ConsentSensitive(given=random.random() < 0.5)
    if question.kind is Kind.SINGLE:
        return Choose(question.id, _option(question, random))
    if question.kind is Kind.MULTIPLE:
        if turn.session.draft:
            return Finish(question.id)
        return Toggle(question.id, _option(question, random))
    return Write(random.choice(demo.names)) if question.id == "name" else Skip(question.id)


def _option(question: Question, random: Random) -> str:
    """A delicate or a rare thing is rare here too: the last options of such questions are the usual ones."""
    if question.sensitive or question.id == "military":
        return question.options[-1].id if random.random() < 0.9 else random.choice(question.options).id
    return random.choice(question.options).id
