"""Colleges, groups and specialties: the directories that a student chooses from."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import partial

from sqlalchemy import Connection

from bot.domain.access import administrator, coordinator, specialist
from bot.domain.directory import Directory, Entry
from bot.domain.people import Visitor
from bot.domain.questionnaire import Answer, Question, Session
from bot.sources.group_table import GroupLine
from storage import organisations, people
from storage.database import Database
from storage.organisations import GroupRow
from storage.unit_of_work import UnitOfWork

SHOWN_AT_ONCE = 8
"""A directory of no more entries is shown whole, as buttons; in a longer one people write."""


@dataclass(frozen=True, slots=True)
class GroupJoined:
    """A group with its deep link's code: how many people joined, how many have a finished profile."""

    name: str
    code: str
    people: int
    profiled: int


@dataclass(frozen=True, slots=True)
class CollegeJoined:
    """A college: how many people joined, how many have a finished profile."""

    name: str
    people: int
    profiled: int


@dataclass(frozen=True, slots=True)
class GroupLink:
    """A group and the code of its deep link, which cannot be guessed from another one."""

    organisation: str
    group: str
    code: str


class Colleges:
    """Directories for questions, deep links of groups, and how many have joined."""

    def __init__(self, specialties: Directory) -> None:
        self.specialties = specialties

    async def directory(self, unit: UnitOfWork, question: Question, session: Session) -> Directory:
        """What a directory question chooses from; a group's depends on the college that was answered."""
        if question.directory == "organisations":
            colleges = await unit.read(organisations.all_organisations)
            return Directory(Entry(college["code"], college["name"]) for college in colleges)
        if question.directory == "groups":
            college = session.answers.get("organisation")
            code = str(college.value) if college is not None and college.value else ""
            groups = await unit.read(partial(organisations.groups_of, organisation_code=code))
            return Directory(
                Entry(
                    group["code"],
                    group["name"],
                    {"specialty": group["specialty"], "graduation_year": group["graduation_year"]},
                )
                for group in groups
            )
        return self.specialties

    async def deep_link(self, unit: UnitOfWork, group_code: str) -> dict[str, Answer]:
        """The answers that a group's link knows already; none if there is no such group."""
        group = await unit.read(partial(organisations.group_by_code, code=group_code))
        if group is None:
            return {}
        specialty = self.specialties.get(group["specialty"])
        return {
            "organisation": Answer(group["organisation_code"], group["organisation"]),
            "group": Answer(group["code"], group["name"]),
            "specialty": Answer(group["specialty"], specialty.title if specialty else None),
            "graduation_year": Answer(group["graduation_year"]),
        }

    async def groups(self, unit: UnitOfWork, visitor: Visitor) -> list[GroupJoined]:
        """The groups of a specialist's college. Raises AccessDenied."""
        member = specialist(visitor)
        rows = await unit.read(
            partial(organisations.groups_with_people, organisation_id=member.organisation_id or 0)
        )
        return [GroupJoined(**row) for row in rows]

    async def invitable(self, unit: UnitOfWork, visitor: Visitor) -> list[Entry]:
        """The colleges that an administrator can invite a specialist to. Raises AccessDenied."""
        administrator(visitor)
        colleges = await unit.read(organisations.all_organisations)
        return [Entry(college["code"], college["name"]) for college in colleges]

    async def colleges(self, unit: UnitOfWork, visitor: Visitor) -> list[CollegeJoined]:
        """The colleges of a coordinator's region, in sums. Raises AccessDenied."""
        coordinator(visitor)
        return [CollegeJoined(**row) for row in await unit.read(people.profiled_by_organisation)]


async def save_groups(database: Database, lines: Iterable[GroupLine]) -> list[GroupLink]:
    """Add or correct groups and their colleges, all or none; a known group keeps its deep link."""
    listed = list(lines)

    def save(connection: Connection) -> list[GroupLink]:
        return [
            GroupLink(
                line.organisation,
                line.group,
                organisations.save_group(connection, GroupRow(**asdict(line), code=secrets.token_hex(5))),
            )
            for line in listed
        ]

    return await database.write(save)
