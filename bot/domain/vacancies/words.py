"""Texts as sets of stems: what is written in any form, case or spelling is found by any other.

Stems are Snowball's for Russian without its verbs. What grammar alone does not know (words that say nothing,
spellings of one word, kinds of one trade) is data: the `language` of the rules file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import cached_property, lru_cache
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator
from snowballstemmer.russian_stemmer import RussianStemmer  # type: ignore[import-untyped]

from bot.domain.conditions import Model
from bot.domain.questionnaire.problems import Problem, refuse

LONGEST_TEXT = 20_000
"""Characters that are looked at: enough for any description, too few to be an attack."""

_LONGEST_WORD = 40

_TOKEN = re.compile(r"[^\W_]+")
_RUSSIAN = re.compile("[\u0430-\u044f]")
_DIGIT = re.compile("[0-9]")
_IO, _IE = "\u0451", "\u0435"

# Latin letters that look like Russian ones: they slip into Russian words and into "1C" unseen.
_LOOKALIKES = str.maketrans(
    "aceopxykmtb", "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u043a\u043c\u0442\u0432"
)

# The vowel that comes and goes in the last syllable (prodavets, prodavtsy; stanok, stanki), which Snowball
# leaves in place: without it both forms have one stem. After a vowel and in short words it does not go.
_FLEETING = re.compile(
    "(?<=.[\u0431-\u0434\u0436\u0437\u0439-\u043d\u043f-\u0442\u0444-\u0449])(?:\u0435(?=\u0446$)|[\u0435\u043e](?=\u043a$))"
)


class _NounStemmer(RussianStemmer):  # type: ignore[misc]
    """Snowball's steps for nouns, adjectives and participles only.

    Names of jobs hardly have verbs, and the steps for verbs and gerunds take the ends of nouns for theirs
    (pechat, detali, zashchite, pristav), so that two forms of one noun would not meet.
    """

    def _RussianStemmer__r_verb(self) -> bool:  # noqa: N802 - the name that the base class has
        return False

    def _RussianStemmer__r_perfective_gerund(self) -> bool:  # noqa: N802 - as above
        return False


Word = Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST_WORD)]


class Language(Model):
    """What only data can tell about words.

    `skip`: words without meaning for a search. `forms`: a word and other spellings of the very same.
    `kinds`: a word and narrower ones; a text with a narrower one is found by the wider word, not the reverse.
    """

    skip: tuple[Word, ...] = ()
    forms: Mapping[Word, tuple[Word, ...]] = {}
    kinds: Mapping[Word, tuple[Word, ...]] = {}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        refuse("Language", _problems(self))
        return self

    def stems(self, text: str) -> frozenset[str]:
        """The stems of a query or of a name, numbers included, without the words that are skipped."""
        skipped, same = self._skipped, self._same
        read = map(_read, _split(text))
        return frozenset([same.get(stem, stem) for word, stem in read if word not in skipped])

    def searchable(self, text: str) -> frozenset[str]:
        """The stems of a text in which people search: with the wider words that its words are kinds of."""
        stems = self.stems(text)
        wider = [self._wider[stem] for stem in stems & self._wider.keys()]
        return stems.union(*wider)

    def extended(self, own: Language) -> Language:
        """With the words of a centre's own file; its spellings and kinds of a word replace."""
        return Language(
            skip=tuple(dict.fromkeys(self.skip + own.skip)),
            forms={**self.forms, **own.forms},
            kinds={**self.kinds, **own.kinds},
        )

    @cached_property
    def _skipped(self) -> frozenset[str]:
        return frozenset(token for word in self.skip for token in tokens(word))

    @cached_property
    def _same(self) -> dict[str, str]:
        return {_only(form): _only(word) for word, forms in self.forms.items() for form in forms}

    @cached_property
    def _wider(self) -> dict[str, frozenset[str]]:
        wider: dict[str, frozenset[str]] = {}
        for word, kinds in self.kinds.items():
            for stem in map(_only, kinds):
                wider[stem] = wider.get(stem, frozenset()) | self.stems(word)
        return wider


def matches(query: Set[str], text: Set[str]) -> bool:
    """Whether every stem of the query is in the text. A query that says nothing finds nothing."""
    return bool(query) and query <= text


def tokens(text: str) -> list[str]:
    """Words and numbers in lower case, hyphenated ones by their parts, look-alike letters made Russian."""
    return [_read(token)[0] for token in _split(text)]


def _split(text: str) -> list[str]:
    return _TOKEN.findall(text[:LONGEST_TEXT].lower().replace(_IO, _IE))


@lru_cache(maxsize=65_536)
def _read(token: str) -> tuple[str, str]:
    """The word and its stem. The memory is bounded: people may write whatever they like.

    Each word gets a stemmer of its own, because stemmers keep state and imports run in threads.
    """
    word = token[:_LONGEST_WORD]
    if _RUSSIAN.search(word) or _DIGIT.search(word):
        word = word.translate(_LOOKALIKES)
    if not _RUSSIAN.search(word):
        return word, word
    return word, _FLEETING.sub("", _NounStemmer().stemWord(word))


def _only(word: str) -> str:
    return " ".join(_read(token)[1] for token in _split(word))


def _problems(language: Language) -> Iterator[Problem]:
    for index, word in enumerate(language.skip):
        if len(tokens(word)) != 1:
            yield Problem("this is not one word", "skip", index)
    bases = {_only(word) for word in language.forms}
    seen: dict[str, str] = {}
    for part, entries in (("forms", language.forms), ("kinds", language.kinds)):
        for word, others in entries.items():
            if len(tokens(word)) != 1:
                yield Problem("this is not one word", part, word)
            for index, other in enumerate(others):
                if len(tokens(other)) != 1:
                    yield Problem("this is not one word", part, word, index)
                elif part == "forms" and _only(other) in bases - {_only(word)}:
                    yield Problem(f"{other} has forms of its own", part, word, index)
                elif part == "forms" and seen.setdefault(_only(other), word) != word:
                    yield Problem(f"{other} is a form of {seen[_only(other)]} already", part, word, index)
