"""A search that is kept: equal ones are one, whoever looks for it."""

import hashlib
import json
from dataclasses import asdict, dataclass

from bot.domain.vacancies.rules import prefixes

ANY = "*"
"""The entry of a search that takes whatever there is in its region."""

WORD = "word:"
"""How the entry of a search by words begins; a stem follows."""

_KEY = 24
"""Hexadecimal digits of a key: nobody guesses one, and it goes into a button."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; None and False do not narrow. Pay is in roubles a month.

    Words find whatever holds them all, so a search has words or a specialty. `text` are the words as typed,
    `stems` what they are found by.
    """

    region: str
    specialty: str | None = None
    text: str = ""
    stems: tuple[str, ...] = ()
    kind: str | None = None
    pay_from: int | None = None
    no_experience: bool = False
    quota: bool = False
    town: str | None = None

    @property
    def key(self) -> str:
        """The same for equal searches alone."""
        plain = json.dumps(asdict(self), ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()[:_KEY]

    @property
    def entries(self) -> tuple[str, ...]:
        """What a vacancy must have one of before anything else of it is looked at.

        Of several words the longest: the longer a word, the fewer vacancies hold it.
        """
        if self.stems:
            return (WORD + max(self.stems, key=lambda stem: (len(stem), stem)),)
        return prefixes(self.specialty) if self.specialty else (ANY,)
