"""Settings, from the environment and from `.env`. A wrong one is a readable line that names it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, HttpUrl, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

STANDARD = Path(__file__).parent / "standard"


class SettingsError(Exception):
    """One or more settings are wrong or missing; the text has a line for each."""


class Privacy(StrEnum):
    """What the chat may ask: names and delicate questions, or only what goes with a code from the college."""

    STANDARD = "standard"
    PSEUDONYMOUS = "pseudonymous"


class LogFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


def _split(value: object) -> object:
    return (
        [part for part in value.replace(";", ",").split(",") if part.strip()]
        if isinstance(value, str)
        else value
    )


def _readable(path: Path) -> Path:
    if not path.is_file():
        raise ValueError(f"there is no file {path}")
    return path


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        raise ValueError("is not a time zone such as Europe/Moscow") from None
    return name


class Settings(BaseSettings):
    """Names are fixed: others' scripts set them."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    bot_token: SecretStr
    telegram_api_url: HttpUrl = HttpUrl("https://api.telegram.org")
    database_url: str = "sqlite+aiosqlite:///data/marshrut.db"
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_split)] = frozenset()
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Moscow"
    default_language: str = "ru"
    questionnaire: Annotated[Path, AfterValidator(_readable)] = STANDARD / "questionnaire.yaml"
    criteria: Annotated[Path, AfterValidator(_readable)] = STANDARD / "criteria.yaml"
    privacy: Privacy = Privacy.STANDARD
    log_format: LogFormat = LogFormat.TEXT
    log_level: str = "INFO"

    @field_validator("bot_token")
    @classmethod
    def _token_shape(cls, token: SecretStr) -> SecretStr:
        number, _, secret = token.get_secret_value().partition(":")
        if not (number.isdecimal() and secret):
            raise ValueError("does not look like a token from @BotFather (123456:ABC…)")
        return token

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, level: str) -> str:
        if level.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("is one of DEBUG, INFO, WARNING, ERROR")
        return level.upper()

    @field_validator("default_language")
    @classmethod
    def _known_language(cls, language: str) -> str:
        if language not in ("ru", "en"):
            raise ValueError("is one of ru, en")
        return language

    @classmethod
    def load(cls, **given: object) -> Self:
        """Settings of this process; `given` goes before the environment. Raises SettingsError."""
        try:
            return cls(**given)  # type: ignore[arg-type]  # pydantic validates whatever is given
        except ValidationError as error:
            raise SettingsError(
                "\n".join(_line(problem["loc"], problem) for problem in error.errors())
            ) from None


def _line(location: tuple[int | str, ...], problem: object) -> str:
    details = dict(problem) if isinstance(problem, dict) else {}
    name = str(location[0]).upper() if location else "settings"
    if details.get("type") == "missing":
        return f"{name} is not set: put it into .env or into the environment (see README.md, Settings)"
    return f"{name}: {str(details.get('msg', '')).removeprefix('Value error, ')}"
