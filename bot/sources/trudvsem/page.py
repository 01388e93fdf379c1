"""The body of an answer as raw records. Forgives the shapes that were seen, and names what is wrong."""

import json
from dataclasses import dataclass
from typing import Any

from bot.sources.trudvsem.faults import Fault, SourceError

LONGEST_BODY = 8 * 1024 * 1024
"""Bytes. A page of 100 records takes some 500 KB."""


@dataclass(frozen=True, slots=True)
class RawPage:
    """`records` are as they came, each of any type; `total` of the whole result, None if it is not told."""

    records: tuple[Any, ...]
    total: int | None


def read_page(body: bytes) -> RawPage:
    """Raises SourceError: NOT_JSON, TRUNCATED, WRONG_SHAPE or TOO_LARGE."""
    if len(body) > LONGEST_BODY:
        raise SourceError(Fault.TOO_LARGE, f"{len(body)} bytes")
    content = _json(body)
    if not isinstance(content, dict):
        raise SourceError(Fault.WRONG_SHAPE, "the answer is not an object")
    if "results" not in content:
        raise SourceError(Fault.WRONG_SHAPE, "there are no results")
    meta = content.get("meta")
    total = _total(meta.get("total")) if isinstance(meta, dict) else None
    return RawPage(tuple(_unwrapped(entry) for entry in _entries(content["results"])), total)


def _json(body: bytes) -> Any:
    try:
        text = body.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        cut_inside_a_letter = error.end == len(body)
        raise SourceError(Fault.TRUNCATED if cut_inside_a_letter else Fault.NOT_JSON, "not UTF-8") from None
    if not text:
        raise SourceError(Fault.TRUNCATED, "an empty body")
    if text[0] not in "{[":
        raise SourceError(Fault.NOT_JSON, "expected JSON")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        # a body that stops inside a text is told to be wrong where that text begins
        fault = Fault.TRUNCATED if text[-1] not in "}]" or error.pos >= len(text) - 1 else Fault.NOT_JSON
        raise SourceError(fault, f"{error.msg} at character {error.pos}") from None
    except (ValueError, RecursionError):
        raise SourceError(Fault.NOT_JSON, "numbers or nesting beyond measure") from None


def _entries(results: Any) -> list[Any]:
    """An empty result comes as {}, as [], or without the list."""
    if isinstance(results, dict):
        found = results.get("vacancies", [])
    elif results == []:
        found = []
    else:
        found = None
    if not isinstance(found, list):
        raise SourceError(Fault.WRONG_SHAPE, "the results hold no list of vacancies")
    return found


def _unwrapped(entry: Any) -> Any:
    return entry["vacancy"] if isinstance(entry, dict) and "vacancy" in entry else entry


def _total(raw: Any) -> int | None:
    """Comes as a number or as a string."""
    if isinstance(raw, str):
        raw = raw.strip()
        raw = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 12 else None
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
        return None
    return raw
