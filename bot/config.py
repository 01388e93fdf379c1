"""Settings, from the environment and from `.env`. A wrong one is a readable line that names it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    HttpUrl,
    PositiveInt,
    SecretStr,
    StringConstraints,
    ValidationError,
    field_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.delivery.pace import Limits
from storage.database import DatabaseUrlError, database_address

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


def _usable_database(url: str) -> str:
    try:
        database_address(url)
    except DatabaseUrlError as error:
        raise ValueError(str(error)) from None
    return url


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        raise ValueError("is not a time zone such as Europe/Moscow") from None
    return name


RegionCode = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9]{13}$")]
EmployerCode = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^([0-9]{10}|[0-9]{12})$")]


class DatabaseSettings(BaseSettings):
    """What commands need that do not speak to Telegram."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    database_url: Annotated[str, AfterValidator(_usable_database)] = "sqlite+aiosqlite:///data/marshrut.db"
    vacancy_rules: Annotated[Path, AfterValidator(_readable)] = STANDARD / "vacancy_rules.yaml"
    vacancy_regions: Annotated[tuple[RegionCode, ...], NoDecode, BeforeValidator(_split)] = ()
    vacancy_employers: Annotated[tuple[EmployerCode, ...], NoDecode, BeforeValidator(_split)] = ()
    trudvsem_url: HttpUrl = HttpUrl("https://opendata.trudvsem.ru/api/v1")

    @classmethod
    def load(cls, **given: object) -> Self:
        """Settings of this process; `given` goes before the environment. Raises SettingsError."""
        try:
            return cls(**given)  # type: ignore[arg-type]  # pydantic validates whatever is given
        except ValidationError as error:
            raise SettingsError("\n".join(map(_line, error.errors()))) from None


class Settings(DatabaseSettings):
    """Names are fixed: others' scripts set them."""

    bot_token: SecretStr
    telegram_api_url: HttpUrl = HttpUrl("https://api.telegram.org")
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_split)] = frozenset()
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Moscow"
    default_language: str = "ru"
    questionnaire: Annotated[Path, AfterValidator(_readable)] = STANDARD / "questionnaire.yaml"
    criteria: Annotated[Path, AfterValidator(_readable)] = STANDARD / "criteria.yaml"
    privacy: Privacy = Privacy.STANDARD
    sends_per_second: PositiveInt = 30
    sends_per_chat_per_second: PositiveInt = 1
    sends_per_group_per_minute: PositiveInt = 20
    log_format: LogFormat = LogFormat.TEXT
    log_level: str = "INFO"

    @property
    def limits(self) -> Limits:
        """How fast may be written."""
        return Limits(self.sends_per_second, self.sends_per_chat_per_second, self.sends_per_group_per_minute)

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


def _line(problem: ErrorDetails) -> str:
    name = str(problem["loc"][0]).upper() if problem["loc"] else "settings"
    if problem["type"] == "missing":
        return f"{name} is not set: put it into .env or into the environment (see README.md, Settings)"
    return f"{name}: {problem['msg'].removeprefix('Value error, ')}"
