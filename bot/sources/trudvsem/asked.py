"""What a pass is over: all vacancies of a region, or those of one employer, wherever they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

REGION = re.compile(r"[0-9]{13}")
INN = re.compile(r"[0-9]{10}|[0-9]{12}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A region's code of 13 digits, or an employer's number (INN) of 10 or 12: the lengths tell them apart.

    Raises ValueError for anything else: a path that names neither would bring the whole country.
    """

    code: str

    def __post_init__(self) -> None:
        if not (self.code.isascii() and (REGION.fullmatch(self.code) or INN.fullmatch(self.code))):
            raise ValueError("expected a region's code of 13 digits, or an INN of 10 or 12")

    @property
    def region(self) -> str | None:
        """The region, if that is what is asked for."""
        return self.code if REGION.fullmatch(self.code) else None

    @property
    def path(self) -> str:
        """Where the source has it."""
        return f"vacancies/region/{self.code}" if self.region else f"vacancies/company/inn/{self.code}"

    def is_answered_by(self, region: Any, inn: Any) -> bool:
        """Whether a record with these is one that was asked for; an unknown path brings everybody's."""
        return (region == self.code) if self.region else (str(inn).strip() == self.code)
