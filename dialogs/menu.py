"""The menu, the language, the help and the farewell: small screens that lead to the rest."""

from collections.abc import Mapping

from bot.domain.people import Visitor
from bot.services.colleges import CollegeJoined, GroupJoined
from dialogs.presses import (
    Act,
    ErasePress,
    EventAct,
    EventPress,
    LanguagePress,
    MenuPress,
    Place,
    ProfilingPress,
    StepAct,
    StepPress,
    VacancyAct,
    VacancyPress,
)
from dialogs.screen import Screen, button, screen
from locales.text import LANGUAGES, Text


def home_screen(text: Text, name: str | None) -> Screen:
    """Where a person with a finished profile can go."""
    return screen(
        text.render("home.j2", name=name),
        [
            [button(text.plain("button-steps"), StepPress(act=StepAct.LIST).pack())],
            [button(text.plain("button-vacancies"), VacancyPress(act=VacancyAct.LIST).pack())],
            [button(text.plain("button-events"), EventPress(act=EventAct.LIST).pack())],
            [button(text.plain("button-profile"), MenuPress(place=Place.PROFILE).pack())],
            [
                button(text.plain("button-language"), MenuPress(place=Place.LANGUAGE).pack()),
                button(text.plain("button-help"), MenuPress(place=Place.HELP).pack()),
            ],
        ],
    )


def resume_screen(text: Text, left: int) -> Screen:
    """An unfinished questionnaire: go on, or begin anew."""
    return screen(
        text.render("resume.j2", left=left),
        [
            [button(text.plain("button-resume"), ProfilingPress(act=Act.RESUME).pack())],
            [button(text.plain("button-start-over"), ProfilingPress(act=Act.START_OVER).pack())],
        ],
    )


def help_text(text: Text, visitor: Visitor) -> str:
    """What the asker can do here."""
    role = visitor.staff.role if visitor.staff else None
    return text.render("help.j2", role=role, administrator=visitor.administrator)


def language_screen(text: Text) -> Screen:
    return screen(
        text.render("language.j2"),
        [[button(text.plain(f"language-{code}"), LanguagePress(language=code).pack())] for code in LANGUAGES],
    )


def erase_screen(text: Text) -> Screen:
    """The question before everything is erased."""
    return screen(
        text.render("erase.j2"),
        [
            [button(text.plain("button-keep"), ErasePress(sure=False).pack())],
            [button(text.plain("button-erase"), ErasePress(sure=True).pack())],
        ],
    )


def groups_text(text: Text, groups: list[GroupJoined], links: Mapping[str, str]) -> str:
    """A college's groups with their invitation links (by the group's code) and how many have joined."""
    return text.render("groups.j2", groups=groups, links=links)


def colleges_text(text: Text, colleges: list[CollegeJoined]) -> str:
    """The region's colleges, in sums."""
    return text.render("colleges.j2", colleges=colleges)
