"""What the tests of the risk rules share: the shipped criteria, and people in few words."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

import bot
from bot.domain.facts import Fact, Source, Value
from bot.domain.risk.criteria import Criteria
from bot.sources.definition_file import read_definition

SHIPPED = Path(bot.__file__).parent / "standard" / "criteria.yaml"


@cache
def shipped() -> Criteria:
    return read_definition(SHIPPED, Criteria)


def raw() -> dict[str, Any]:
    """The shipped file as plain data, to change and load again."""
    content: dict[str, Any] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return content


def known(**values: Value) -> dict[str, Fact]:
    return {name: Fact(name, value, Source.ANSWER) for name, value in values.items()}
