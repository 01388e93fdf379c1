"""What the words of vacancies mean, from the data file `bot/standard/trudvsem_words.yaml`."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.domain.vacancies.vacancy import Schedule, VacancyKind
from bot.sources.definition_file import read_definition
from bot.sources.plain_text import PlainText
from bot.sources.towns import Towns

FILE = Path(__file__).parents[2] / "standard" / "trudvsem_words.yaml"


class _Meaning(BaseModel):
    model_config = ConfigDict(extra="forbid")

    word: str
    kind: VacancyKind | None = None
    schedule: Schedule | None = None


class _WordsFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    employment: list[_Meaning]
    schedule: list[_Meaning]
    table_kinds: dict[VacancyKind, list[str]]
    table_schedules: dict[Schedule, list[str]]
    phone_words: list[str]
    town_marks: list[str]
    no_town_words: list[str]
    table_columns: dict[str, list[str]]


class Words:
    """Looks words up; `plain` cleans texts and knows which words announce a phone number."""

    def __init__(self, file: Path = FILE) -> None:
        """Raises DefinitionError if the file is wrong, OSError if it cannot be read."""
        content = read_definition(file, _WordsFile)
        self.plain = PlainText(content.phone_words)
        self.towns = Towns(content.town_marks, content.no_town_words)
        self._columns = {
            column: tuple(dict.fromkeys((column, *names))) for column, names in content.table_columns.items()
        }
        self._employment = {_folded(meaning.word): meaning for meaning in content.employment}
        self._schedules = {_folded(meaning.word): meaning.schedule for meaning in content.schedule}
        self._table_kinds = dict(_table_kinds(content))
        self._table_schedules = dict(_table_schedules(content))

    def of_source(self, employment: str, schedule: str) -> tuple[VacancyKind, Schedule | None]:
        """The meaning of the fields `employment` and `schedule`; what is not known is a permanent job."""
        meaning = self._employment.get(_folded(employment))
        kind = meaning.kind if meaning is not None else None
        named = meaning.schedule if meaning is not None else None
        return kind or VacancyKind.PERMANENT, named or self._schedules.get(_folded(schedule))

    def table_column(self, column: str) -> tuple[str, ...]:
        """What a column of a table may be called, in lower case."""
        return self._columns.get(column, (column,))

    def table_kind(self, word: str) -> VacancyKind | None:
        """What a table's word for the kind means, None if it is not known."""
        return self._table_kinds.get(_folded(word))

    def table_schedule(self, word: str) -> Schedule | None:
        """What a table's word for the schedule means, None if it is not known or none of ours."""
        return self._table_schedules.get(_folded(word))

    def knows_schedule(self, word: str) -> bool:
        """Whether the word stands for a schedule, even for one that is none of ours."""
        return _folded(word) in self._table_schedules


@cache
def shipped_words() -> Words:
    """The words of the file that ships, read once."""
    return Words()


def _table_kinds(content: _WordsFile) -> Iterator[tuple[str, VacancyKind]]:
    for meaning in content.employment:
        if meaning.kind is not None:
            yield _folded(meaning.word), meaning.kind
    for kind, words in content.table_kinds.items():
        yield from ((_folded(word), kind) for word in words)


def _table_schedules(content: _WordsFile) -> Iterator[tuple[str, Schedule | None]]:
    for meaning in content.schedule:
        yield _folded(meaning.word), meaning.schedule
    for schedule, words in content.table_schedules.items():
        yield from ((_folded(word), schedule) for word in words)


def _folded(word: str) -> str:
    """Case, spaces and the marks above letters make no difference."""
    bare = (sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
    return " ".join("".join(bare).casefold().split())
