"""The one place for text: Fluent for strings, Jinja2 for messages with layout, per language."""

import datetime as dt
from collections.abc import Callable
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Resource
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

FOLDER = Path(__file__).parent
LANGUAGES = ("ru", "en")


class MissingTextError(KeyError):
    """A key has no text, or its variables are not the ones given."""


class Text:
    """Texts of one language. `plain` is for buttons, toasts and files; `html` and `render` for messages.

    Whatever a person wrote is escaped on its way into HTML; the project's own strings may hold tags.
    """

    def __init__(self, language: str, timezone: str) -> None:
        self.language = language
        self._zone = ZoneInfo(timezone)
        self._constant: dict[str, str] = {}

    def plain(self, key: str, **variables: Any) -> str:
        """A string as it is. Raises MissingTextError."""
        if not variables and key in self._constant:
            return self._constant[key]
        message = self._bundle.get_message(key) if self._bundle.has_message(key) else None
        if message is None or message.value is None:
            raise MissingTextError(key)
        text, errors = self._bundle.format_pattern(message.value, variables)
        if errors:
            raise MissingTextError(f"{key}: {errors[0]}")
        if not variables:
            self._constant[key] = str(text)
        return str(text)

    def find(self, key: str) -> str | None:
        """A string without variables that may be missing: for what a centre has added itself."""
        return self.plain(key) if self._bundle.has_message(key) else None

    def html(self, key: str, **variables: Any) -> Markup:
        """A string with what it is filled with escaped."""
        safe = {
            name: str(escape(value)) if isinstance(value, str) else value for name, value in variables.items()
        }
        return Markup(self.plain(key, **safe))  # noqa: S704 - the string is the project's own, the rest is escaped

    def render(self, template: str, **context: Any) -> str:
        """A message from a template; `t` in it is `html`."""
        return self._environment.get_template(template).render(context).strip()

    def date(self, instant: dt.datetime | dt.date) -> str:
        """A day, "14 марта 2027"."""
        day = instant.astimezone(self._zone) if isinstance(instant, dt.datetime) else instant
        return format_date(day, "d MMMM y", locale=self.language).replace(" ", "\u00a0")

    def moment(self, instant: dt.datetime) -> str:
        """A day and a time in the centre's zone, "14 марта 2027, 15:00"."""
        local = instant.astimezone(self._zone)
        time = format_datetime(local, "HH:mm", locale=self.language)
        return f"{self.date(instant)}, {time}"

    @cached_property
    def _bundle(self) -> FluentBundle:
        # isolating marks around every value would stand in buttons and files; names bring their own direction
        bundle = FluentBundle([self.language], use_isolating=False)
        for file in sorted((FOLDER / self.language).glob("*.ftl")):
            bundle.add_resource(_resource(file))
        return bundle

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(FOLDER / self.language),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        functions: dict[str, Callable[..., object]] = {
            "t": self.html,
            "date": self.date,
            "moment": self.moment,
        }
        environment.globals.update(functions)
        return environment


@cache
def _resource(file: Path) -> Resource:
    """Read once in a process: parsing all strings of a language takes a fifth of a second."""
    return FluentResource(file.read_text(encoding="utf-8"))


class Texts:
    """Text by language; a language that is not spoken here gets the default one."""

    def __init__(self, default_language: str, timezone: str) -> None:
        self._texts = {language: Text(language, timezone) for language in LANGUAGES}
        self.default = self._texts[default_language]

    def of(self, language: str) -> Text:
        return self._texts.get(language, self.default)

    def all(self) -> tuple[Text, ...]:
        return tuple(self._texts.values())
