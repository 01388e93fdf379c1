"""Imports run one way, and the guard that says so bites."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "dialogs", "storage", "locales")
LINT = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [str(LINT), "--config", str(folder / "pyproject.toml"), "--no-cache"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages to do wrong in."""
    folder = tmp_path_factory.mktemp("copy")
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / package, folder / package, ignore=ignored)
    shutil.copy(PROJECT / "pyproject.toml", folder)
    return folder


def test_imports_run_one_way() -> None:
    done = lint(PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("bot/domain/access.py", "import aiogram", "The rules are pure"),
        ("bot/domain/access.py", "from storage import people", "Imports run one way"),
        ("bot/services/erasure.py", "from locales.text import Text", "Use cases return codes"),
        ("bot/sandbox/world.py", "from bot.domain import facts", "The sandbox is a server of its own"),
    ],
)
def test_a_planted_violation_is_caught(copy: Path, file: str, line: str, contract: str) -> None:
    planted = copy / file
    source = planted.read_text(encoding="utf-8")
    planted.write_text(f"{source}\n{line}  # noqa\n", encoding="utf-8")
    try:
        done = lint(copy)
    finally:
        planted.write_text(source, encoding="utf-8")
    assert done.returncode == 1, done.stdout + done.stderr
    told = " ".join(done.stdout.split("Contracts:")[0].split())  # long names are wrapped
    broken = told.partition(contract)[2]
    assert contract in told
    assert min(broken.find("BROKEN") % 10_000, 10_000) < broken.find("KEPT") % 10_000, done.stdout
