"""One raw record of the source as a vacancy, or the reason why it is none.

Who is to be contacted (`contact_person`, `contact_list`) is never read: it is personal data.
"""

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from bot.domain.vacancies.vacancy import Vacancy
from bot.sources.trudvsem.asked import INN, REGION, Asked
from bot.sources.trudvsem.words import Words, shipped_words

SOURCE = "trudvsem"
LONGEST_LINE = 300
LONGEST_TEXT = 4_000

_ID = re.compile(r"[0-9A-Za-z-]{1,80}")
_PROFESSION = re.compile(r"[0-9]{4,8}")
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.0+)?")
_HOST = "trudvsem.ru"

_PAY = range(1_000, 5_000_001)
"""Roubles a month that are believed; what lies outside is not taken for given."""

_EXPERIENCE = range(11)
"""Years that somebody asks for. The field also holds codes such as 18, 23 and 42, which mean no years."""

_EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_CLOCK_ERROR = dt.timedelta(days=1)
_MOSCOW = dt.timezone(dt.timedelta(hours=3))


class Skipped(StrEnum):
    """Why a record is no vacancy."""

    NOT_ASKED = "not_asked"
    WRONG_REGION = "wrong_region"
    NO_ID = "no_id"
    NO_NAME = "no_name"
    NO_EMPLOYER = "no_employer"
    NO_DATE = "no_date"
    WRONG_TYPE = "wrong_type"
    ABSURD = "absurd"


class _SkipError(Exception):
    def __init__(self, reason: Skipped) -> None:
        self.reason = reason
        super().__init__(reason.value)


def read_record(raw: Any, asked: Asked, now: dt.datetime, words: Words | None = None) -> Vacancy | Skipped:
    """The vacancy, if it is one of the region or the employer that was asked for. Never raises.

    What makes a vacancy (id, region, name, employer, date) has to be there and right. What is wrong in the
    rest is not known: one field that changes its type one day must not close every vacancy of a region.
    """
    try:
        return _vacancy(raw, asked, now, words or shipped_words())
    except _SkipError as skipped:
        return skipped.reason


def _vacancy(raw: Any, asked: Asked, now: dt.datetime, words: Words) -> Vacancy:
    if not isinstance(raw, dict):
        raise _SkipError(Skipped.WRONG_TYPE)
    region = _inside(raw, "region").get("region_code")
    if not asked.is_answered_by(region, _inside(raw, "company").get("inn")):
        raise _SkipError(Skipped.NOT_ASKED)
    if not isinstance(region, str) or not REGION.fullmatch(region):
        raise _SkipError(Skipped.WRONG_REGION)
    kind, schedule = words.of_source(_string(raw.get("employment")), _string(raw.get("schedule")))
    place = _place(raw, words)
    pay_from, pay_to = _pay(raw.get("salary_min"), raw.get("salary_max"))
    return Vacancy(
        source=SOURCE,
        source_id=_source_id(raw),
        name=_needed_line(raw.get("job-name"), Skipped.NO_NAME, words),
        employer=_needed_line(_inside(raw, "company").get("name"), Skipped.NO_EMPLOYER, words),
        region=region,
        modified_at=_modified_at(raw.get("date_modify"), now),
        kind=kind,
        schedule=schedule,
        employer_inn=_matching(INN, _inside(raw, "company").get("inn")),
        place=place,
        town=words.towns.find(place or ""),
        pay_from=pay_from,
        pay_to=pay_to,
        experience_years=_experience(_inside(raw, "requirement").get("experience")),
        quota=_quota(raw),
        profession_code=_matching(_PROFESSION, raw.get("code_profession")),
        duty=_text(raw.get("duty"), words),
        requirements=_text(raw.get("requirements"), words),
        link=_link(raw.get("vac_url")),
    )


def _source_id(raw: Mapping[str, Any]) -> str:
    found = _needed(raw.get("id"), Skipped.NO_ID)
    if not _ID.fullmatch(found):
        raise _SkipError(Skipped.ABSURD)
    return found


def _needed(raw: Any, missing: Skipped) -> str:
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        raise _SkipError(missing)
    if not isinstance(raw, str):
        raise _SkipError(Skipped.WRONG_TYPE)
    return raw.strip()


def _needed_line(raw: Any, missing: Skipped, words: Words) -> str:
    line = words.plain.line(_needed(raw, missing), LONGEST_LINE)
    if not any(sign.isalpha() for sign in line):
        raise _SkipError(missing)
    return line


def _modified_at(raw: Any, now: dt.datetime) -> dt.datetime:
    """Comes as 2026-08-24T16:57:25+0300; without an offset it is the source's own time, Moscow's."""
    found = _needed(raw, Skipped.NO_DATE)
    try:
        instant = dt.datetime.fromisoformat(found)
        instant = (instant if instant.tzinfo else instant.replace(tzinfo=_MOSCOW)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise _SkipError(Skipped.ABSURD) from None
    if not _EARLIEST <= instant <= now + _CLOCK_ERROR:
        raise _SkipError(Skipped.ABSURD)
    return instant


def _pay(lowest: Any, highest: Any) -> tuple[int | None, int | None]:
    """0 means not given. A highest that equals the lowest says nothing: every pay is told as "from"."""
    pay_from, pay_to = (_within(_PAY, _number(raw)) for raw in (lowest, highest))
    if pay_from is not None and pay_to is not None and pay_to <= pay_from:
        pay_to = None
    return pay_from, pay_to


def _experience(raw: Any) -> int | None:
    return _within(_EXPERIENCE, _number(raw))


def _quota(raw: Mapping[str, Any]) -> bool:
    return bool(_string(raw.get("social_protected"))) or (
        _inside(raw, "workPlaceType").get("workPlaceQuota") in (True, "true")
    )


def _place(raw: Mapping[str, Any], words: Words) -> str | None:
    addresses = _inside(raw, "addresses").get("address")
    if isinstance(addresses, list):
        addresses = addresses[0] if addresses else None
    location = addresses.get("location") if isinstance(addresses, dict) else None
    return words.plain.line(_string(location), LONGEST_LINE).rstrip("; ") or None


def _text(raw: Any, words: Words) -> str | None:
    return words.plain.lines(_string(raw), LONGEST_TEXT) or None


def _link(raw: Any) -> str | None:
    """The vacancy's card. A link that leads elsewhere is not shown to anybody."""
    link = _string(raw)
    if len(link) > LONGEST_LINE or not link.isascii() or not link.isprintable() or " " in link:
        return None
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    of_source = parts.netloc == _HOST or parts.netloc.endswith(f".{_HOST}")
    return link if parts.scheme in ("https", "http") and of_source and "@" not in parts.netloc else None


def _inside(raw: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    found = raw.get(field)
    return found if isinstance(found, dict) else {}


def _string(raw: Any) -> str:
    return raw.strip() if isinstance(raw, str) else ""


def _matching(pattern: re.Pattern[str], raw: Any) -> str | None:
    code = str(raw) if isinstance(raw, int) and 0 < raw < 10**12 else _string(raw)
    return code if pattern.fullmatch(code) else None


def _number(raw: Any) -> int | None:
    """A whole number that came as a number or as a string."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() else None
    if isinstance(raw, int):
        return raw
    digits = _string(raw)
    return int(digits.partition(".")[0]) if _NUMBER.fullmatch(digits) else None


def _within(bounds: range, number: int | None) -> int | None:
    return number if number is not None and number in bounds else None
