"""`python -m bot assess`: a table in, levels and reasons out, through the real command."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it has no stubs
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.domain.facts import Value
from bot.domain.risk.assessment import assess
from bot.domain.risk.rates import Rates
from tests.unit.risk_samples import known, raw, shipped
from tests.unit.test_risk_assessment import PEOPLE

HEADER = "id,level,factors,override,unknown"


@pytest.fixture(autouse=True)
def _own_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(people: str | bytes, *options: str) -> Result:
    Path("people.csv").write_bytes(people.encode() if isinstance(people, str) else people)
    return CliRunner().invoke(app, ["assess", "people.csv", "--format", "csv", *options])


def assessed(people: str | bytes, *options: str) -> list[dict[str, str]]:
    result = run(people, *options)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def refused(people: str | bytes, *options: str) -> list[str]:
    result = run(people, *options)
    assert (result.exit_code, result.stdout) == (1, "")
    return result.stderr.splitlines()


class TestOutput:
    PEOPLE = "id;disability;employment;resume\nИв;да;;1\n2;нет;in_field;да\n3;ДА;in_field;\n"

    def test_csv(self) -> None:
        first, second, third = assessed(self.PEOPLE)
        assert (first["id"], first["level"], first["factors"]) == ("Ив", "high", "disability")
        assert first["unknown"].split(";")[:3] == ["low_employment_specialty", "orphan", "orphan_at_risk"]
        assert "no_job_search_skills" not in first["unknown"]
        assert (second["level"], second["factors"], second["override"]) == (
            "not_high",
            "",
            "employed_in_field",
        )
        assert (third["level"], third["factors"], third["override"]) == (
            "not_high",
            "disability",
            "employed_in_field",
        )
        assert run(self.PEOPLE).stdout.startswith(HEADER + "\n")

    def test_json_has_the_same_keys_and_lists(self) -> None:
        rows = assessed(self.PEOPLE)
        people = json.loads(run(self.PEOPLE, "--format", "json").stdout)
        assert [[*person] for person in people] == [HEADER.split(",")] * 3
        for person in people:
            person["factors"], person["unknown"] = ";".join(person["factors"]), ";".join(person["unknown"])
        assert people == rows

    def test_nobody_is_a_list_too(self) -> None:
        assert json.loads(run("id\n", "--format", "json").stdout) == []
        assert run("id\n").stdout == HEADER + "\n"

    def test_a_table_by_default_without_markup_of_others(self) -> None:
        Path("people.csv").write_text("id,disability\n[red]x[/red],yes\n", encoding="utf-8")
        result = CliRunner().invoke(app, ["assess", "people.csv"], env={"COLUMNS": "160"})
        assert "[red]x[/red]" in result.stdout
        assert "disability" in result.stdout
        assert result.stdout.endswith("1 assessed: 1 high, 0 not high\n")


class TestStatistics:
    PEOPLE = "id,specialty\n1,09.02.07\n2,15.02.16\n3,43.02.15\n4,\n"

    def test_the_specialtys_rate_is_compared_with_the_regions(self) -> None:
        Path("rates.csv").write_text("specialty;rate\n*;0,6\n09.02.07;0,3\n15.02.16;0,31\n", encoding="utf-8")
        low = [
            (
                "low_employment_specialty" in row["factors"],
                "low_employment_specialty" in row["unknown"],
            )
            for row in assessed(self.PEOPLE, "--statistics", "rates.csv")
        ]
        assert low == [(True, False), (False, False), (False, True), (False, True)]

    def test_without_the_region_nothing_is_known(self) -> None:
        Path("rates.csv").write_text("specialty,rate\n09.02.07,0.3\n", encoding="utf-8")
        for row in assessed(self.PEOPLE, "--statistics", "rates.csv"):
            assert row["unknown"].startswith("low_employment_specialty")

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            ("specialty,rate\n*,62\n", "row 2, column `rate`: expected a share"),
            ("specialty,rate\n*,0.6\n*,0.6\n", "row 3, column `specialty`: expected a specialty's code"),
            ("specialty,rate\n,0.6\n", "row 2, column `specialty`"),
            ("specialty\n*\n", "there is no column `rate`"),
        ],
    )
    def test_mistakes_are_told(self, content: str, reason: str) -> None:
        Path("rates.csv").write_text(content, encoding="utf-8")
        (line,) = refused(self.PEOPLE, "--statistics", "rates.csv")
        assert line.startswith("rates.csv")
        assert reason in line


class TestMistakes:
    def test_every_bad_cell_is_told_and_nothing_printed(self) -> None:
        lines = refused("id,resume,employer_events,work_experience\n1,yes,1,\n\n2,maybe,-1,good\n")
        assert lines == [
            "people.csv, row 4, column `work_experience`: expected one of in_field, other_field, none,"
            " or nothing if it is not known",
            "people.csv, row 4, column `employer_events`: expected a count: 0, 1, 2, …,"
            " or nothing if it is not known",
            "people.csv, row 4, column `resume`: expected yes or no (да, нет, 1, 0),"
            " or nothing if it is not known",
        ]

    def test_a_cell_is_never_repeated(self) -> None:
        assert "Иванов" not in "".join(refused("id,resume\nИванов,Иванов\nИванов,\nИванов,\n"))

    @pytest.mark.parametrize("row", ["1,maybe\n", "1,yes\n"])
    def test_no_more_than_twenty(self, row: str) -> None:
        assert len(refused("id,resume\n" + row * 100)) == 20

    def test_ids_are_there_and_their_own(self) -> None:
        assert refused("id,orphan\n7,\n ,yes\n8,\n7 ,no\n7,\n") == [
            "people.csv, row 3, column `id`: expected the person's id",
            "people.csv, row 5, column `id`: expected an id of its own, row 2 has the same",
            "people.csv, row 6, column `id`: expected an id of its own, row 2 has the same",
        ]

    @pytest.mark.parametrize(
        ("people", "reason"),
        [
            ("", "people.csv: the file is empty"),
            ("name\n1\n", "people.csv: there is no column `id` in the header"),
            ("id,resume,Resume\n1,,\n", "people.csv, row 1, column `resume`: the column stands twice"),
            (b"\x89PNG\r\n\0\0", "people.csv: expected a table: CSV or XLSX"),
        ],
    )
    def test_a_file_that_is_no_table(self, people: str | bytes, reason: str) -> None:
        assert refused(people) == [reason]

    def test_a_file_that_is_not_there(self) -> None:
        result = CliRunner().invoke(app, ["assess", "nowhere.csv"])
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == "nowhere.csv: there is no such file\n"

    def test_criteria_that_are_wrong_or_not_there(self) -> None:
        Path("own.yaml").write_text("version: 1\n", encoding="utf-8")
        assert refused("id\n1\n", "--criteria", "own.yaml")[0].startswith("own.yaml:1: ")
        assert refused("id\n1\n", "--criteria", "none.yaml") == ["none.yaml: No such file or directory"]


def test_xlsx_is_read_like_csv() -> None:
    rows: Sequence[Sequence[Any]] = [
        ["id", "disability", "resume", "interview_training", "employer_events", "orphan"],
        [1, True, 0.0, "нет", 0, None],
        ["2", False, 1, "", 3.0, "Да"],
    ]
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save("people.xlsx")
    result = CliRunner().invoke(app, ["assess", "people.xlsx", "--format", "csv"])
    first, second = csv.DictReader(io.StringIO(result.stdout))
    assert (first["id"], first["factors"]) == ("1", "disability;no_employer_events;no_job_search_skills")
    assert (second["id"], second["factors"]) == ("2", "orphan")


def test_a_spreadsheets_yes_is_no_count_even_after_a_one() -> None:
    workbook = openpyxl.Workbook()
    for row in (["id", "employer_events"], ["1", 1], ["2", True]):
        workbook.active.append(row)
    workbook.save("people.xlsx")
    result = CliRunner().invoke(app, ["assess", "people.xlsx"])
    assert result.stderr.startswith("people.xlsx, row 3, column `employer_events`: expected a count")


class TestCentresOwnCriteria:
    """A centre asks for more than the standard: a column and some YAML, no line of Python."""

    def criteria(self, **holds: dict[str, Any]) -> str:
        content = raw()
        content["criteria"] += [
            {
                "code": code,
                "title": {"ru": "Своё", "en": "Own"},
                "holds": condition,
                "steps": ["talk_to_centre"],
            }
            for code, condition in holds.items()
        ]
        Path("own.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return "own.yaml"

    def factors(self, people: str, **holds: dict[str, Any]) -> list[tuple[str, str]]:
        rows = assessed(people, "--criteria", self.criteria(**holds))
        return [(row["factors"], row["unknown"].rpartition(";")[2]) for row in rows]

    def test_yes_and_no(self) -> None:
        people = "id,far_away,colour\n1,ДА,red\n2,no,\n3,,\n4,1,\n5,0,\n"
        assert self.factors(people, commutes={"fact": "far_away", "is": True}) == [
            ("commutes", "prior_offences"),
            ("", "prior_offences"),
            ("", "commutes"),
            ("commutes", "prior_offences"),
            ("", "prior_offences"),
        ]

    def test_whole_numbers(self) -> None:
        people = "id,missed_days\n1,30\n2,1\n3,\n"
        rows = self.factors(people, absent={"fact": "missed_days", "at_least": 30})
        assert [row[0] for row in rows] == ["absent", "", ""]
        assert rows[2][1] == "absent"

    def test_words_and_digits_that_are_words(self) -> None:
        people = "id,dormitory\n1,far\n2,101\n3,102\n"
        rows = self.factors(people, lives={"all": [{"not": {"fact": "dormitory", "in": ["102", "103"]}}]})
        assert [row[0] for row in rows] == ["lives", "lives", ""]

    def test_a_missing_column_is_not_known(self) -> None:
        assert self.factors("id\n1\n", commutes={"fact": "far_away", "is": True}) == [("", "commutes")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(PEOPLE)
def test_a_row_is_judged_as_the_facts_are(person: dict[str, Value]) -> None:
    words = {True: "да", False: "no"}
    cells = {name: words[value] if isinstance(value, bool) else value for name, value in person.items()}
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows([["id", *cells], ["1", *cells.values()]])
    (row,) = assessed(stream.getvalue())
    expected = assess(shipped(), known(**person), Rates())
    assert (row["level"], row["factors"]) == (expected.level.value, ";".join(expected.factors))
    assert (row["override"], row["unknown"]) == (expected.override or "", ";".join(expected.unknown))


@pytest.mark.parametrize("output", ["csv", "json", "table"])
def test_a_reader_that_leaves_early_hears_no_complaint(output: str) -> None:
    Path("people.csv").write_text("id\n" + "".join(f"{number}\n" for number in range(3000)), encoding="utf-8")
    command = [sys.executable, "-m", "bot", "assess", "people.csv", "--format", output]
    path = os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": path}
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, bot.__main__; print({'pydantic', 'rich', 'yaml', 'python_calamine'} & set(sys.modules))"
    )
    path = {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=os.environ | path
    )
    assert done.stdout.strip() == b"set()"
