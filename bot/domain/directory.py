"""Look-up directories that forgive: typing errors, the wrong keyboard layout, codes without their dots."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from bot.domain.facts import Value

LONGEST_QUERY = 100
"""Characters of a query that are looked at; a longer one is not something to look up."""

# The keys of a Latin keyboard and the Russian letters on the same keys, row by row: whoever forgets to
# switch the layout types the first and means the second.
_RUSSIAN_KEYS = str.maketrans(
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`",
    "\u0439\u0446\u0443\u043a\u0435\u043d\u0433\u0448\u0449\u0437\u0445\u044a"
    "\u0444\u044b\u0432\u0430\u043f\u0440\u043e\u043b\u0434\u0436\u044d"
    "\u044f\u0447\u0441\u043c\u0438\u0442\u044c\u0431\u044e\u0435",
)
_CODE = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_CODE_QUERY = re.compile(r"[0-9][0-9 .,/-]+")
_LATIN = re.compile(r"[a-z]")
_WORD = re.compile(r"\w+")

# Measured on the queries of tests/unit/test_directory.py. Below _SAME_WORD a word is another word, whatever
# the typing errors; a common root speaks for it. Below _NEAR too little of the query was found, and what is
# worse than the best hit by more than _BEHIND_BEST is noise.
_SAME_WORD = 0.7
_SAME_ROOT = 0.1
_NEAR = 0.6
_BEHIND_BEST = 0.2
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `value` is stored and travels in a button: at most 32 ASCII characters.

    `fills` are answers to other questions (by their ids) that follow from this one.
    """

    value: str
    title: str
    fills: Mapping[str, Value] = field(default_factory=dict)


class Directory:
    """Entries in their own order, found by value, by code or by something like the title.

    A value counts as a code only if it looks like 09.02.07: nobody types the row ids of a college's groups,
    and whoever writes "3" does not mean the third row.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._by_value = {entry.value: entry for entry in self._entries}
        self._exact: dict[str, list[Entry]] = {}
        self._codes: list[tuple[tuple[str, ...], Entry]] = []
        self._titles: list[tuple[str, tuple[str, ...]]] = []
        for entry in self._entries:
            words = _words(entry.title)
            self._titles.append(("".join(words), words))
            keys = {"".join(words)}
            if _CODE.fullmatch(entry.value):
                self._codes.append((tuple(entry.value.split(".")), entry))
                code = entry.value.replace(".", "")
                keys |= {code, code + "".join(words)}
            for key in keys - {""}:
                self._exact.setdefault(key, []).append(entry)
        self._vocabulary = tuple(sorted({word for _, words in self._titles for word in words}))

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, value: str) -> Entry | None:
        """The entry with exactly this value."""
        return self._by_value.get(value)

    def first(self, limit: int) -> tuple[Entry, ...]:
        """The first entries in the directory's own order."""
        return self._entries[:limit]

    def exact(self, text: str) -> tuple[Entry, ...]:
        """Entries whose code, title, or code with title this is; spaces, dots and case do not matter."""
        return tuple(self._exact.get("".join(_words(text)), ()))

    def find(self, text: str, limit: int = 6) -> tuple[Entry, ...]:
        """The nearest entries, best first; nothing when nothing is near."""
        text = text.strip().lower()[:LONGEST_QUERY]
        exact = self.exact(text)
        if exact:
            return exact[:limit]
        if self._codes and _CODE_QUERY.fullmatch(text):
            return self._find_by_code(text)[:limit]
        readings = {_words(text)}
        if _LATIN.search(text):
            readings.add(_words(text.translate(_RUSSIAN_KEYS)))
        best: dict[int, float] = {}
        for words in readings:
            for index, score in self._scores(words):
                best[index] = max(score, best.get(index, 0.0))
        near = max(best.values(), default=0.0) - _BEHIND_BEST
        ranked = sorted(
            (-score, len(self._titles[index][0]), index) for index, score in best.items() if score >= near
        )
        return tuple(self._entries[index] for _, _, index in ranked[:limit])

    def _find_by_code(self, text: str) -> tuple[Entry, ...]:
        """By the beginning of a code; if none begins so, by one wrong digit."""
        parts = re.findall(r"[0-9]+", text)
        digits = "".join(parts)
        begun = [
            (not all(one == own.zfill(len(one)) for one, own in zip(code, parts, strict=False)), entry)
            for code, entry in self._codes
            if _begins(code, parts) or "".join(code).startswith(digits)
        ]
        if begun:
            return tuple(entry for _, entry in sorted(begun, key=lambda hit: hit[0]))
        padded = "".join(part.zfill(2) for part in parts)
        return tuple(entry for code, entry in self._codes if OSA.distance("".join(code), padded) <= 1)

    def _scores(self, words: tuple[str, ...]) -> list[tuple[int, float]]:
        """Index and score (0 to 1) of every entry near enough: the share of the query found in the title."""
        words = _telling(words)
        compact = "".join(words)
        if len(compact) < 2:  # a single letter is near to everything
            return []
        likeness = [(len(word), self._like(word)) for word in words]
        scores = []
        for index, (title, own_words) in enumerate(self._titles):
            found = sum(
                length * max((like.get(own, 0.0) for own in own_words), default=0.0)
                for length, like in likeness
            )
            score = found / len(compact)
            if compact in title:
                score = max(score, 0.99 if title.startswith(compact) else 0.9)
            if score >= _NEAR:
                scores.append((index, score))
        return scores

    def _like(self, word: str) -> dict[str, float]:
        """The words of all titles that this one may mean, with a score up to 1."""
        like: dict[str, float] = {}
        for own in self._vocabulary:
            if own.startswith(word):
                score = 0.9 + 0.1 * len(word) / len(own)
            elif len(word) < 4 or (own[0] != word[0] and own[1:2] != word[1:2]):
                continue
            else:
                # beginnings are compared too: endings differ by case, number and part of speech
                beginning = OSA.normalized_similarity(word, own[: len(word)])
                score = max(OSA.normalized_similarity(word, own), 0.95 * beginning)
                if own[:4] == word[:4]:
                    score = min(score + _SAME_ROOT, 0.95)
            if score >= _SAME_WORD:
                like[own] = score
        return like


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower().replace("\u0451", "\u0435")))


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without prepositions and the like, unless there is nothing else."""
    telling = tuple(word for word in words if len(word) > 2 or not word.isalpha())
    return (telling or words)[:_MOST_WORDS]


def _begins(code: tuple[str, ...], parts: list[str]) -> bool:
    """Whether the typed parts are the beginning of the code: "9.2.7", "09.02", "09.02.0"."""
    if len(parts) < 2 or len(parts) > len(code):
        return False
    *whole, last = zip(code, parts, strict=False)
    return all(one == own.zfill(len(one)) for one, own in whole) and (
        last[0].startswith(last[1]) or last[0] == last[1].zfill(len(last[0]))
    )
