from pathlib import Path
from textwrap import indent

import pytest
from pydantic import ValidationError

from bot.domain.questionnaire import Definition, in_language
from bot.sources.definition_file import DefinitionError, read_definition

TEXTS = 'section: s\ntext: {ru: "Вопрос", en: "Question"}\nhelp: {ru: "Зачем", en: "Why"}\n'
TITLE = 'title: {ru: "Слово", en: "Word"}\n'
YES_NO = """options:
  - {id: have, value: true, text: {ru: Да, en: Yes}}
  - {id: lack, text: {ru: Нет, en: No}}
"""


def question(head: str, *, options: bool = True) -> str:
    """A question of the file: what the test is about comes first, in the lines 3 and on of the first one."""
    body = indent(head.strip() + "\n" + TEXTS + (YES_NO if options else "") + TITLE, "    ")
    return f"  - {body.strip()}\n"


def read(tmp_path: Path, *questions: str) -> Definition:
    file = tmp_path / "q.yaml"
    file.write_text('version: "1"\nquestions:\n' + "".join(questions), encoding="utf-8")
    return read_definition(file, Definition)


def problems(tmp_path: Path, *questions: str) -> tuple[tuple[int, str], ...]:
    with pytest.raises(DefinitionError) as caught:
        read(tmp_path, *questions)
    return caught.value.problems


SINGLE = question("id: first\nkind: single")  # takes the lines 3 to 11
AFTER = 12
BROKEN = {
    "id": (question("id: Имя\nkind: single"), 3, "should match pattern"),
    "long id": (question(f"id: {'a' * 25}\nkind: single"), 3, "should match pattern"),
    "no id": (question("kind: single"), 3, "questions.0.id: Field required"),
    "kind": (question("id: a\nkind: slider"), 4, "'single', 'multiple'"),
    "unknown key": (question("id: a\nkind: single\nshow: x"), 5, "Extra inputs"),
    "sensitive and required": (
        question("id: a\nkind: single\nsensitive: true\noptional: false"),
        6,
        "can always be skipped",
    ),
    "no options": (question("id: a\nkind: single", options=False), 3, "have 1 to 10 options"),
    "options of a number": (question("id: a\nkind: number"), 9, "other kinds have none"),
    "directory of a number": (
        question("id: a\nkind: number\ndirectory: groups", options=False),
        5,
        "a directory belongs",
    ),
    "no directory": (question("id: a\nkind: directory", options=False), 3, "a directory belongs"),
    "unknown directory": (question("id: a\nkind: directory\ndirectory: towns", options=False), 5, "'groups'"),
    "otherwise without options": (
        question("id: a\nkind: number\notherwise: {x: true}", options=False),
        5,
        "otherwise belongs",
    ),
    "a value of another type": (question("id: a\nkind: multiple"), 9, "multiple question is a text"),
    "limits of buttons": (question("id: a\nkind: single\nminimum: 1"), 5, "limits belong"),
    "limit of another type": (question("id: a\nkind: date\nmaximum: 1", options=False), 5, "YYYY-MM-DD"),
    "no such day": (question("id: a\nkind: date\nmaximum: 2026-02-30", options=False), 5, "YYYY-MM-DD"),
    "limits crossed": (
        question("id: a\nkind: number\nmaximum: 1\nminimum: 2", options=False),
        6,
        "above the maximum",
    ),
    "dates crossed": (
        question("id: a\nkind: date\nmaximum: 2026-01-01\nminimum: 2026-01-02", options=False),
        6,
        "above the maximum",
    ),
    "pattern": (question("id: a\nkind: text\npattern: '['", options=False), 5, "not a regular expression"),
    "pattern of a number": (
        question("id: a\nkind: number\npattern: a", options=False),
        5,
        "belongs to a text question",
    ),
    "long text": (
        question("id: a\nkind: text", options=False).replace("Вопрос", "В" * 601),
        6,
        "at most 600",
    ),
    "long button": (question("id: a\nkind: single").replace("Да", "Д" * 65), 9, "at most 64"),
    "empty button": (question("id: a\nkind: single").replace("Да", '" "'), 9, "at least 1"),
    "same option twice": (question("id: a\nkind: single").replace("lack", "have"), 10, "have is used twice"),
    "alone in a single": (
        question("id: a\nkind: single").replace("{id: lack,", "{id: lack, alone: true,"),
        10,
        "in a multiple question only",
    ),
    "no Russian": (question("id: a\nkind: single").replace("ru: Да, ", ""), 9, "no text in: ru"),
    "no English help": (
        question("id: a\nkind: single").replace(', en: "Why"', ""),
        7,
        "questions.0.help: no text in: en",
    ),
    "no help": (
        question("id: a\nkind: single").replace('help: {ru: "Зачем", en: "Why"}', ""),
        3,
        "help: Field required",
    ),
}


@pytest.mark.parametrize(("broken", "line", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_broken_question_is_told_with_line_and_reason(
    tmp_path: Path, broken: str, line: int, reason: str
) -> None:
    told = problems(tmp_path, broken)
    assert len(told) == 1
    assert told[0][0] == line
    assert reason in told[0][1]


def test_too_many_options(tmp_path: Path) -> None:
    options = "".join(f"      - {{id: o{number}, text: {{ru: т, en: t}}}}\n" for number in range(11))
    broken = question("id: a\nkind: single", options=False) + "    options:\n" + options
    assert problems(tmp_path, broken)[0] == (10, problems(tmp_path, broken)[0][1])
    assert "at most 10" in problems(tmp_path, broken)[0][1]


BROKEN_AFTER_A_GOOD_ONE = {
    "same id twice": (question("id: first\nkind: single"), AFTER, "first is used twice"),
    "a language of the first is missing": (
        question("id: a\nkind: single").replace(", en: Yes", ""),
        AFTER + 6,
        "no text in: en",
    ),
    "a fact that nobody sets": (
        question("id: a\nkind: single\nshow_if: {fact: later, is: true}"),
        AFTER + 2,
        "sets the fact later (privacy: ",
    ),
    "its own fact": (
        question("id: a\nkind: single\nshow_if: {not: {fact: a, is: 1}}"),
        AFTER + 2,
        "sets the fact a",
    ),
    "a wrong condition": (
        question("id: a\nkind: single\nshow_if: {some: []}"),
        AFTER + 2,
        "starts with one of",
    ),
    "resets the unknown": (question("id: a\nkind: single\nresets: [z]"), AFTER + 2, "z is not a later"),
    "resets an earlier one": (
        question("id: a\nkind: single\nresets: [first]"),
        AFTER + 2,
        "first is not a later",
    ),
    "resets itself": (question("id: a\nkind: single\nresets: [a]"), AFTER + 2, "a is not a later"),
}


@pytest.mark.parametrize(
    ("broken", "line", "reason"), BROKEN_AFTER_A_GOOD_ONE.values(), ids=BROKEN_AFTER_A_GOOD_ONE
)
def test_a_question_that_does_not_fit_the_others(tmp_path: Path, broken: str, line: int, reason: str) -> None:
    told = problems(tmp_path, SINGLE, broken)
    assert told[0][0] == line
    assert reason in told[0][1]


def test_sensitive_questions_come_last(tmp_path: Path) -> None:
    told = problems(
        tmp_path, question("id: a\nkind: single\nsensitive: true"), question("id: b\nkind: single")
    )
    assert told == ((5, "questions.0.sensitive: sensitive questions come last"),)


def test_a_condition_needs_its_fact_in_every_mode_that_asks(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        question("id: a\nkind: single\nprivacy: [standard]"),
        question("id: b\nkind: single\nshow_if: {fact: a, is: true}"),
    )
    assert len(told) == 1
    assert "(privacy: pseudonymous)" in told[0][1]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        question("id: a\nkind: single\npattern: x\nminimum: 1"),
        question("id: b\nkind: text"),
    )
    assert [line for line, _ in told] == [5, 6, 20]


def definition(tmp_path: Path) -> Definition:
    return read(
        tmp_path,
        question("id: a\nkind: single\nfact: null\nresets: [b, c]"),
        question("id: b\nkind: multiple\nprivacy: [standard]").replace("value: true, ", ""),
        question("id: c\nkind: single\nprivacy: [pseudonymous]\nfact: b"),
        question("id: d\nkind: date\nmaximum: 2030-01-01\nshow_if: {fact: b, is: true}", options=False),
        question("id: e\nkind: single\nsensitive: true\nprivacy: [standard]"),
    )


def test_a_definition_survives_storage(tmp_path: Path) -> None:
    whole = definition(tmp_path)
    for one in (whole, whole.for_privacy("standard"), whole.for_privacy("pseudonymous")):
        stored = Definition.model_validate_json(one.to_json())
        assert stored == one
        assert stored.digest == one.digest
        plain = one.model_dump_json(by_alias=True, exclude_defaults=True)
        assert Definition.model_validate_json(plain) == one


def test_a_mode_asks_only_its_own(tmp_path: Path) -> None:
    whole = definition(tmp_path)
    standard = whole.for_privacy("standard")
    assert [one.id for one in standard.questions] == ["a", "b", "d", "e"]
    assert standard.questions[0].resets == ("b",)
    assert standard.for_privacy("standard").digest == standard.digest
    assert len({whole.digest, standard.digest, whole.for_privacy("pseudonymous").digest}) == 3
    with pytest.raises(ValidationError):
        standard.for_privacy("pseudonymous")


def test_defaults_and_look_ups(tmp_path: Path) -> None:
    whole = definition(tmp_path)
    first, sensitive = whole.question("a"), whole.question("e")
    assert first is not None
    assert sensitive is not None
    assert (first.fact, first.optional, sensitive.fact, sensitive.optional) == (None, False, "e", True)
    lack = first.option("lack")
    assert lack is not None
    assert lack.value == "lack"
    assert first.option("none") is None
    assert whole.question("none") is None
    assert whole.languages == ("ru", "en")
    assert in_language(lack.text, "en") == "No"
    assert in_language(lack.text, "tt") == "Нет"


def test_the_digest_is_of_the_content(tmp_path: Path) -> None:
    one = read(tmp_path, SINGLE)
    assert one.digest == read(tmp_path, SINGLE).digest
    assert one.digest != read(tmp_path, SINGLE.replace("Да", "Ага")).digest
    assert len(one.digest) == 12
    assert set(one.digest) <= set("0123456789abcdef")
