"""A wrong or missing setting is one readable line that names it, and the command ends with 1."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.config import DatabaseSettings, Privacy, Settings, SettingsError
from bot.logs import OWN

TOKEN = "123456:abcdefgh"

WRONG = {
    "BOT_TOKEN": ("nonsense", "does not look like a token from @BotFather"),
    "TELEGRAM_API_URL": ("not an address", "valid URL"),
    "DATABASE_URL": ("mysql://host/name", "names a database that is not supported"),
    "ADMIN_IDS": ("1,two", "valid integer"),
    "VACANCY_EMPLOYERS": ("7700000001,77", "should match pattern"),
    "TIMEZONE": ("Europe/Nowhere", "is not a time zone such as Europe/Moscow"),
    "DEFAULT_LANGUAGE": ("de", "is one of ru, en"),
    "QUESTIONNAIRE": ("/no/such/file.yaml", "there is no file /no/such/file.yaml"),
    "CRITERIA": ("/no/such/file.yaml", "there is no file /no/such/file.yaml"),
    "PRIVACY": ("secret", "'standard' or 'pseudonymous'"),
    "LOG_FORMAT": ("xml", "'text' or 'json'"),
    "LOG_LEVEL": ("LOUD", "is one of DEBUG, INFO, WARNING, ERROR"),
}


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings but those of the test, no .env."""
    monkeypatch.chdir(tmp_path)
    for name in WRONG:
        monkeypatch.delenv(name, raising=False)


def run(tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in WRONG}
    project = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path,
        env={**kept, "PYTHONPATH": str(project), **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_one_line_that_names_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    value, reason = WRONG[name]
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{name}: ")
    assert reason in line


def test_a_missing_token_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match=r"^BOT_TOKEN is not set: put it into \.env"):
        Settings.load()
    assert DatabaseSettings.load().database_url.startswith("sqlite")


def test_several_wrong_settings_are_several_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TIMEZONE", "PRIVACY"):
        monkeypatch.setenv(name, "nonsense")
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert sorted(line.split()[0].strip(":") for line in str(caught.value).splitlines()) == [
        "BOT_TOKEN",
        "PRIVACY",
        "TIMEZONE",
    ]


def test_settings_come_from_env_files_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"BOT_TOKEN={TOKEN}\nADMIN_IDS=1; 2,3\nPRIVACY=pseudonymous\nOTHER=1\n")
    settings = Settings.load()
    assert settings.admin_ids == {1, 2, 3}
    assert settings.privacy is Privacy.PSEUDONYMOUS
    assert TOKEN not in repr(settings)


def test_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    settings = Settings.load()
    assert settings.database_url == "sqlite+aiosqlite:///data/marshrut.db"
    assert (settings.timezone, settings.default_language, settings.log_level) == (
        "Europe/Moscow",
        "ru",
        "INFO",
    )
    assert str(settings.telegram_api_url) == "https://api.telegram.org/"
    assert settings.admin_ids == frozenset()


def test_the_command_without_a_token(tmp_path: Path) -> None:
    done = run(tmp_path, TIMEZONE="Europe/Nowhere")
    assert done.returncode == 1
    assert sorted(line.split()[0] for line in done.stderr.splitlines()) == ["BOT_TOKEN", "TIMEZONE:"]
    assert done.stdout == ""


@pytest.fixture
def command() -> Iterator[CliRunner]:
    """The command in this process, whose logging is put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield CliRunner()
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in OWN:
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_the_command_with_a_broken_questionnaire(tmp_path: Path, command: CliRunner) -> None:
    broken = tmp_path / "own.yaml"
    broken.write_text("version: 1\nquestions: []\n")
    database = f"sqlite:///{tmp_path}/x.db"
    done = command.invoke(
        app, ["run"], env={"BOT_TOKEN": TOKEN, "QUESTIONNAIRE": str(broken), "DATABASE_URL": database}
    )
    assert done.exit_code == 1
    assert f"{broken}:1" in done.stderr


def test_the_command_with_a_database_that_cannot_be_opened(tmp_path: Path, command: CliRunner) -> None:
    (tmp_path / "folder").mkdir()
    database = f"sqlite:///{tmp_path}/folder"
    done = command.invoke(app, ["run"], env={"BOT_TOKEN": TOKEN, "DATABASE_URL": database})
    assert done.exit_code == 1
    assert "DATABASE_URL: the database cannot be used" in done.stderr
