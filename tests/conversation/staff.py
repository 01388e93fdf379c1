"""Plays staff: the administrator who invites, specialists, coordinators."""

import re

from tests.conversation.conftest import ADMINISTRATOR, World
from tests.conversation.student import Student, newcomer

COLLEGE = "Колледж транспорта"
OTHER_COLLEGE = "Техникум питания"


async def administrator(world: World) -> Student:
    """The administrator, who has not written yet."""
    return Student(world, await world.sandbox.person(user_id=ADMINISTRATOR, first_name="Админ"))


async def invitation(world: World, college: str | None = COLLEGE, admin: Student | None = None) -> str:
    """The parameter of a new invitation's link: to a college, or for None to the region."""
    inviter = admin or await administrator(world)
    await inviter.write("/invite")
    if college is None:
        made = await inviter.choose("Координатора региона")
    else:
        await inviter.choose("Специалиста центра карьеры")
        made = await inviter.choose(college)
    found = re.search(r"https://t\.me/\w+\?start=(i_[\w-]+)", made.text)
    assert found is not None, made.text
    return found[1]


async def linked(world: World, *colleges: str | None) -> list[Student]:
    """New staff of these colleges (None: the region), by invitations of one administrator."""
    admin = await administrator(world)
    members = []
    for college in colleges:
        link = await invitation(world, college, admin)
        member = await newcomer(world)
        await member.write(f"/start {link}")
        members.append(member)
    return members


async def specialist(world: World, college: str = COLLEGE) -> Student:
    """A specialist of the college."""
    (member,) = await linked(world, college)
    return member


async def enter_fact(member: Student, fact: str, value: str, comment: str) -> str:
    """From the card: set a fact (by its name and value as shown); returns the card after it."""
    listed = await member.choose("Уточнить сведения")
    button = next(text for text in listed.button_texts if text.startswith(fact))
    await member.choose(button)
    await member.choose(value)
    asked = await member.write(comment)
    assert f"{value}. Основание: {comment}" in asked.text
    return (await member.choose("Записать")).text
