"""The town of an address: what is marked as a settlement, or what stands first and looks like one."""

import re
from collections.abc import Iterable

LONGEST_TOWN = 80
LONGEST_PLACE = 1_000
"""Characters that are looked at."""

_PARTS = re.compile(r"[,;\n()]")
_ABBREVIATED = re.compile(r"(?<=[^\W\d_])\.(?=\S)")
_NAME = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,4}")
_IO, _IE = "\u0451", "\u0435"
_SHORT = 2
"""Letters of the small words inside a name: Rostov-na-Donu."""


class Towns:
    """`marks` are the words for settlements, `others` those that make a part of an address something else.

    Names come out the same however they were written: a list of towns has each of them once.
    """

    def __init__(self, marks: Iterable[str], others: Iterable[str]) -> None:
        self._marks = sorted({_folded(mark) for mark in marks}, key=len, reverse=True)
        self._others = frozenset(map(_folded, others))

    def find(self, place: str, *, unmarked: bool = False) -> str | None:
        """The first settlement that is marked as one; with `unmarked`, else a first part that may be a name.

        People write «Казань, ул. Гагарина»; in a source's address an unmarked part may be anything.
        """
        parts = [" ".join(part.split()) for part in _PARTS.split(place[:LONGEST_PLACE])]
        parts = [part for part in parts if part]
        for part in parts:
            if found := self._marked(part):
                return found
        return self._name(parts[0]) if unmarked and parts else None

    def _marked(self, part: str) -> str | None:
        spaced = _ABBREVIATED.sub(". ", part)
        folded = _folded(spaced)
        for mark in self._marks:
            if folded.startswith((f"{mark} ", f"{mark}. ")):
                return self._name(spaced[len(mark) :].lstrip(". "))
            if folded.rstrip(".").endswith(f" {mark}"):
                return self._name(spaced.rstrip(".")[: -len(mark)].strip())
        return None

    def _is_other(self, part: str) -> bool:
        """A street, a district, a region. Words count with and without the dots inside: г.о, р-н."""
        words = _folded(part).split()
        dotted = {word.rstrip(".") for word in words}
        parted = {piece for word in words for piece in word.split(".")}
        return not self._others.isdisjoint(dotted | (parted if len(words) > 1 or "." in part else set()))

    def _name(self, words: str) -> str | None:
        name = " ".join(words.split())
        if not _NAME.fullmatch(name) or len(name) > LONGEST_TOWN:
            return None
        if self._is_other(name) or _folded(name) in self._marks:
            return None
        return " ".join(_capital(word) for word in name.split())


def _folded(text: str) -> str:
    """Lower case, of the same length."""
    return text.lower().replace(_IO, _IE)


def _capital(word: str) -> str:
    """Kazan, however loud it was written; the small words between hyphens stay small."""
    first, *others = word.lower().replace(_IO, _IE).split("-")
    inner = [part if len(part) <= _SHORT and part != others[-1] else part.capitalize() for part in others]
    return "-".join([first.capitalize(), *inner])
