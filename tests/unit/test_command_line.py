"""The commands for a centre's computer person, run as they are: import and check."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.config import STANDARD

PROJECT = Path(__file__).parents[2]
STATISTICS = """region,year,specialty,rate
7700000000000,2026,*,0.8
7700000000000,2026,09.02.07,0.3
7700000000000,2026,nonsense,0.5
7700000000000,2026,43.01.09,80
"""
GROUPS = """organisation_code,organisation,kind,region,group,specialty,graduation_year
ktt,Колледж транспорта,college,7700000000000,ИСП-21,09.02.07,2027
ktt,Колледж транспорта,college,7700000000000,ИСП-22,nonsense,2027
"""

Bot = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    """Runs a command with a database of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "BOT_TOKEN"}
    environment |= {"PYTHONPATH": str(PROJECT), "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/bot.db"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bot", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    return run


def stored(tmp_path: Path, table: str) -> int:
    engine = create_engine(f"sqlite:///{tmp_path}/bot.db")
    with engine.connect() as connection:
        count = int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())
    engine.dispose()
    return count


def test_good_statistics_go_in_and_bad_rows_are_told(tmp_path: Path, bot: Bot) -> None:
    file = tmp_path / "rates.csv"
    file.write_text(STATISTICS, encoding="utf-8")
    done = bot("import-statistics", str(file))
    assert done.returncode == 0, done.stderr
    assert "2 rates stored" in done.stdout
    told = done.stderr.splitlines()
    assert len(told) == 2
    assert "4" in told[0]
    assert "specialty" in told[0]
    assert "5" in told[1]
    assert "rate" in told[1]
    assert stored(tmp_path, "statistics") == 2

    assert bot("import-statistics", str(file)).returncode == 0
    assert stored(tmp_path, "statistics") == 2


def test_strict_stores_nothing_if_a_row_is_bad(tmp_path: Path, bot: Bot) -> None:
    file = tmp_path / "rates.csv"
    file.write_text(STATISTICS, encoding="utf-8")
    done = bot("import-statistics", "--strict", str(file))
    assert done.returncode == 1
    assert "nothing was stored" in done.stderr
    assert "rates stored" not in done.stdout
    assert not (tmp_path / "bot.db").exists() or stored(tmp_path, "statistics") == 0


def test_groups_get_links_that_stay(tmp_path: Path, bot: Bot) -> None:
    file = tmp_path / "groups.csv"
    file.write_text(GROUPS, encoding="utf-8")
    done = bot("import-groups", str(file))
    assert done.returncode == 0, done.stderr
    college, group, parameter = done.stdout.strip().split("\t")
    assert (college, group) == ("Колледж транспорта", "ИСП-21")
    assert parameter.startswith("g_")
    assert "3" in done.stderr
    assert "specialty" in done.stderr
    assert bot("import-groups", str(file)).stdout == done.stdout
    assert stored(tmp_path, "groups") == 1


def test_a_file_that_is_no_such_table_or_not_there(tmp_path: Path, bot: Bot) -> None:
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    for command in ("import-statistics", "import-groups"):
        for name in (str(file), str(tmp_path / "missing.csv")):
            done = bot(command, name)
            assert done.returncode == 1
            assert name in done.stderr
            assert len(done.stderr.strip().splitlines()) == 1
            assert "Traceback" not in done.stderr


def test_a_questionnaire_is_checked(tmp_path: Path, bot: Bot) -> None:
    shipped = STANDARD / "questionnaire.yaml"
    right = bot("check-questionnaire", str(shipped))
    assert right.returncode == 0
    assert "all right" in right.stdout
    wrong = tmp_path / "own.yaml"
    wrong.write_text(shipped.read_text(encoding="utf-8").replace("kind: single", "kind: simple", 1), "utf-8")
    line = next(n for n, row in enumerate(wrong.read_text("utf-8").splitlines(), 1) if "kind: simple" in row)
    done = bot("check-questionnaire", str(wrong))
    assert done.returncode == 1
    assert done.stderr.startswith(f"{wrong}:{line}: ")
    assert "Traceback" not in done.stderr


def test_a_wrong_database_is_said(tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text(STATISTICS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "import-statistics", str(file)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "DATABASE_URL": "mysql://h/n"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "DATABASE_URL: names a database that is not supported" in done.stderr
    assert "Traceback" not in done.stderr
