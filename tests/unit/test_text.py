"""Both languages say the same: every key and template, with the same variables, and none is left over."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor
from jinja2 import Environment, FileSystemLoader, meta

from bot.domain.facts import Source
from bot.domain.people import Role
from bot.domain.questionnaire import Reason
from bot.domain.risk.assessment import Level
from bot.services.assessments import Cause
from locales.text import FOLDER, LANGUAGES, MissingTextError, Text
from tests.unit.text_tails import TAILS

PROJECT = FOLDER.parent
TEXT_METHODS = {"plain", "html", "find"}
IN_TEMPLATES = re.compile(r"\bt\('([\w-]+)'(\s*~)?")
RENDERED = re.compile(r"\w+\.j2")


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.names.add(node.id.name)


@cache
def strings(language: str) -> dict[str, set[str]]:
    """Every key with its variables."""
    found: dict[str, set[str]] = {}
    for file in sorted((FOLDER / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{file}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                variables = _Variables()
                variables.visit(entry)
                found[entry.id.name] = variables.names
    return found


def templates(language: str) -> dict[str, set[str]]:
    """Every template with what it is filled with."""
    environment = Environment(loader=FileSystemLoader(FOLDER / language), autoescape=True)
    return {
        file.name: meta.find_undeclared_variables(environment.parse(file.read_text(encoding="utf-8")))
        for file in (FOLDER / language).glob("*.j2")
    }


def trees() -> Iterator[ast.Module]:
    for folder in ("bot", "handlers", "dialogs", "locales"):
        for file in (PROJECT / folder).rglob("*.py"):
            yield ast.parse(file.read_text(encoding="utf-8"))


@cache
def literals() -> set[str]:
    """Every string that stands in the code."""
    nodes = (node for tree in trees() for node in ast.walk(tree))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def prefixes() -> set[str]:
    """How the keys begin that code and templates put together."""
    found = set()
    for tree in trees():
        for node in ast.walk(tree):
            key = _key_of(node)
            if isinstance(key, ast.JoinedStr):
                first = key.values[0]
                assert isinstance(first, ast.Constant), "a key begins with what it is about"
                found.add(str(first.value))
    return found | {name for name, joined in _in_templates() if joined}


def _key_of(node: ast.AST) -> ast.expr | None:
    """What a call names its text by; `_choice(text, key, …)` hands it on."""
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Attribute) and node.func.attr in TEXT_METHODS:
        return node.args[0] if node.args else None
    handed_on = isinstance(node.func, ast.Name) and node.func.id == "_choice"
    return node.args[1] if handed_on else None


def _in_templates() -> set[tuple[str, bool]]:
    texts = (file.read_text(encoding="utf-8") for file in FOLDER.rglob("*.j2"))
    return {(match[1], bool(match[2])) for text in texts for match in IN_TEMPLATES.finditer(text)}


VACANCIES = {"запись": "вакансия", "записи": "вакансии", "записей": "вакансий"}


def made_keys() -> set[str]:
    return {prefix + tail for prefix, tails in TAILS.items() for tail in tails}


def test_both_languages_have_every_string_with_the_same_variables() -> None:
    assert strings("ru") == strings("en")
    assert len(strings("ru")) > 100


def test_both_languages_have_every_template_with_the_same_variables() -> None:
    assert templates("ru") == templates("en")
    assert len(templates("ru")) > 15


def test_every_prefix_is_known_and_every_tail_has_its_text() -> None:
    assert prefixes() == set(TAILS)
    assert made_keys() <= strings("ru").keys(), made_keys() - strings("ru").keys()


def test_no_string_is_left_over() -> None:
    used = literals() | made_keys() | {name for name, joined in _in_templates() if not joined}
    assert strings("ru").keys() - used == set()


def test_no_template_is_left_over() -> None:
    used = {name for literal in literals() for name in RENDERED.findall(literal)}
    assert templates("ru").keys() == used


@pytest.mark.parametrize("codes", [Reason, Role, Cause, Source, Level])
def test_codes_have_texts_that_are_not_the_code(codes: type[StrEnum]) -> None:
    prefix = {Reason: "refused-", Role: "role-", Cause: "cause-", Source: "source-", Level: "value-"}[codes]
    for language in LANGUAGES:
        for code in codes:
            key = prefix + (code.replace("_", "-") if codes is Reason else code)
            said = Text(language, "Europe/Moscow").plain(key, minimum=1, maximum=2, length=3)
            assert language == "en" or said != code.value
            assert "_" not in said


def test_a_missing_key_or_variable_is_an_error() -> None:
    text = Text("ru", "Europe/Moscow")
    with pytest.raises(MissingTextError):
        text.plain("there-is-no-such-key")
    with pytest.raises(MissingTextError):
        text.plain("resume-left")
    assert text.find("there-is-no-such-key") is None


@pytest.mark.parametrize(
    ("count", "questions", "people", "entries", "ticks"),
    [
        (0, "Осталось проверить ответы", "Нашлось 0 человек", "0 записей", "0 пунктов"),
        (1, "Остался 1 вопрос", "Нашёлся 1 человек", "1 запись", "1 пункт"),
        (2, "Осталось 2 вопроса", "Нашлось 2 человека", "2 записи", "2 пункта"),
        (5, "Осталось 5 вопросов", "Нашлось 5 человек", "5 записей", "5 пунктов"),
        (11, "Осталось 11 вопросов", "Нашлось 11 человек", "11 записей", "11 пунктов"),
        (12, "Осталось 12 вопросов", "Нашлось 12 человек", "12 записей", "12 пунктов"),
        (21, "Остался 21 вопрос", "Нашёлся 21 человек", "21 запись", "21 пункт"),
        (101, "Остался 101 вопрос", "Нашёлся 101 человек", "101 запись", "101 пункт"),
        (111, "Осталось 111 вопросов", "Нашлось 111 человек", "111 записей", "111 пунктов"),
    ],
)
def test_russian_counts(count: int, questions: str, people: str, entries: str, ticks: str) -> None:
    text = Text("ru", "Europe/Moscow")
    said = {
        "resume-left": f"{questions}.",
        "student-found": f"{people}. Кого показать?",
        "erased-assessments": f"{entries} в истории",
        "button-finish": f"Готово: {ticks}",
    }
    assert {key: text.plain(key, count=count) for key in said} == said
    found = text.plain("vacancy-count", count=count)
    assert found == (f"{count} {VACANCIES[entries.split()[1]]}." if count else "Пока ничего не нашлось.")
    kinds = {text.plain(key, count=count).split()[1] for key in ("erased-facts", "erased-consents")}
    assert kinds <= {"сведение", "сведения", "сведений", "согласие", "согласия", "согласий"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_typography(language: str) -> None:
    for file in [*(FOLDER / language).glob("*.ftl"), *(FOLDER / language).glob("*.j2")]:
        _check_typography(file)


def _check_typography(file: Path) -> None:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or "{%" in line:
            continue
        words = re.sub(r"\{.*?\}+|<[^>]*>", "", line)
        if file.parent.name == "ru":
            assert '"' not in words, f"{file.name}: {line}"
            assert " - " not in words, f"{file.name}: {line}"
        assert "..." not in words, f"{file.name}: {line}"
        assert "  " not in line.strip(), f"{file.name}: {line}"
