"""Small rooms: no long file, no long function, no text for people in Python."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "dialogs", "storage", "locales")
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
CYRILLIC = re.compile(r"[а-яёА-ЯЁ]")
SPEAKING = {
    "send",
    "say",
    "show",
    "answer",
    "reply",
    "button",
    "link",
    "ack",
    "send_message",
    "screen",
    "render",
}
"""Calls whose words people read; `render` takes a template's name."""

CYRILLIC_ALLOWED = {
    "bot/domain/directory.py": "the Russian keyboard's letters, for words typed in the wrong layout",
    "bot/domain/questionnaire/reading.py": "the two dots of the Russian yo, which do not matter",
    "bot/domain/vacancies/words.py": "letters as the stemmer and the look-alikes need them, written as codes",
    "bot/sources/towns.py": "the two dots of the Russian yo, which do not matter",
    "bot/sources/table_cells.py": "words that a table's cells may hold, and the hint that names them",
    "bot/sandbox/person.py": "a scripted person's default name",
    "bot/sandbox/acting.py": "the hidden sender of a forwarded message",
}


def files(*packages: str) -> list[Path]:
    return [file for package in packages or PACKAGES for file in sorted((PROJECT / package).rglob("*.py"))]


def _name(file: Path) -> str:
    return str(file.relative_to(PROJECT))


def strings(tree: ast.AST) -> Iterator[ast.Constant]:
    """String literals, docstrings left out."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(node.value)
        if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None:
            skipped.add(node.body[0].value)  # type: ignore[attr-defined]  # a docstring is an expression
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped:
            yield node


def long_functions(tree: ast.AST) -> list[str]:
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [
        f"{function.name}: {length}"
        for function in functions
        if (length := (function.end_lineno or function.lineno) - function.lineno + 1) > LONGEST_FUNCTION
    ]


def spoken_literals(tree: ast.AST) -> list[str]:
    """Literals handed to calls that speak to people."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [
            *node.args,
            *(keyword.value for keyword in node.keywords if keyword.arg in ("text", "caption")),
        ]
        if name in SPEAKING - {"render"}:
            found += [f"{name}({ast.unparse(one)})" for one in given if _is_words(one)]
        if name == "render":
            found += [ast.unparse(one) for one in given if _is_words(one) and ".j2" not in ast.unparse(one)]
    return found


def _is_words(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


@pytest.mark.parametrize("file", files(), ids=_name)
def test_a_file_is_short_and_speaks_no_russian(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_FILE
    tree = ast.parse(source)
    if "versions" not in file.parts:  # a migration is one list of tables
        assert long_functions(tree) == []
    if _name(file) not in CYRILLIC_ALLOWED:
        assert [node.value for node in strings(tree) if CYRILLIC.search(str(node.value))] == []


def test_the_allow_list_is_needed() -> None:
    for name in CYRILLIC_ALLOWED:
        tree = ast.parse((PROJECT / name).read_text(encoding="utf-8"))
        assert any(CYRILLIC.search(str(node.value)) for node in strings(tree)), name


@pytest.mark.parametrize("file", files("handlers", "dialogs"), ids=_name)
def test_handlers_and_dialogs_say_nothing_of_their_own(file: Path) -> None:
    assert spoken_literals(ast.parse(file.read_text(encoding="utf-8"))) == []


def test_tests_are_short_too() -> None:
    long = [
        _name(file) for file in files("tests") if len(file.read_text("utf-8").splitlines()) > LONGEST_FILE
    ]
    assert long == []


def test_the_guards_bite() -> None:
    assert spoken_literals(ast.parse('await chat.say("Hello")')) == ["say('Hello')"]
    assert spoken_literals(ast.parse('button(f"{name}!", data)')) == ["button(f'{name}!')"]
    assert spoken_literals(ast.parse("bot.send_message(1, text='x')")) == ["send_message('x')"]
    assert spoken_literals(ast.parse("await chat.say(text.html('key'))")) == []
    assert spoken_literals(ast.parse("text.render('home.j2', name=name)")) == []
    assert long_functions(ast.parse("def long():\n" + "    pass\n" * LONGEST_FUNCTION)) == ["long: 41"]
    russian = ast.parse('"""Документация."""\nx = "привет"\ndef f():\n    "и это"\n')
    assert [node.value for node in strings(russian)] == ["привет"]
