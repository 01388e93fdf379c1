"""A local server that behaves like the logs of the job portal's open data, and does what a test scripts.

Run by hand: `async with TrudvsemServer() as server: ... server.url`.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from aiohttp import web

LARGEST_PAGE = 100
KNOWN = frozenset({"offset", "limit", "modifiedFrom", "modifiedTo", "text", "social_protected"})
FULL_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")

MOSCOW, ADYGEA = "7700000000000", "0100000000000"


class Failure(StrEnum):
    """What a request can meet instead of its answer."""

    SERVER_ERROR = "server_error"
    TOO_MANY = "too_many"
    FORBIDDEN = "forbidden"
    RESET = "reset"
    HANG = "hang"
    HTML = "html"
    TRUNCATED = "truncated"
    CUT = "cut"
    HUGE = "huge"
    WRONG_TYPES = "wrong_types"
    WHOLE_COUNTRY = "whole_country"
    FALSE_EMPTY = "false_empty"
    WINDOW_IGNORED = "window_ignored"


@dataclass
class Listed:
    """A record, and the region that the server lists it under: not always the one that it names."""

    record: dict[str, Any]
    region: str


@dataclass
class TrudvsemServer:
    """`depth`: the record from which on only HTTP 500 comes. `repeats`: how many of a page's last records the
    next page begins with. `slow`: seconds that an answer takes. `retry_after`: the header of a 429.
    """

    depth: int = 10_000
    repeats: int = 0
    slow: float = 0.0
    retry_after: str = "0"
    total_as_string: bool = False
    total_told: bool = True
    empty_results: Any = field(default_factory=dict)
    largest_page: int = LARGEST_PAGE
    requests: list[dict[str, str]] = field(default_factory=list)
    sent: int = 0
    before_answer: Callable[[int], None] | None = None
    """Called with the number of the request, from 1: a test changes the records while a pass goes on."""

    def __post_init__(self) -> None:
        self.url = ""
        self.listed: dict[str, Listed] = {}
        self._failures: list[Failure] = []
        self._failing: dict[int, Failure] = {}
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_get("/api/v1/vacancies", self._answer)
        application.router.add_get("/api/v1/vacancies/region/{region}", self._answer)
        application.router.add_get("/api/v1/vacancies/company/inn/{inn}", self._answer)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/api/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def publish(self, record: dict[str, Any], listed_under: str | None = None) -> None:
        region = listed_under or record["region"]["region_code"]
        self.listed[record["id"]] = Listed(record, region)

    def change(self, vacancy_id: str, **fields: Any) -> None:
        """Sets fields; their names are written with _ where the source has -, `date_modify` apart."""
        names = {"job_name": "job-name", "creation_date": "creation-date"}
        self.listed[vacancy_id].record.update(
            {names.get(name, name): value for name, value in fields.items()}
        )

    def close(self, vacancy_id: str) -> None:
        del self.listed[vacancy_id]

    def fail_next(self, *failures: Failure) -> None:
        """The next requests meet these, one each."""
        self._failures += failures

    def fail_page(self, index: int, failure: Failure) -> None:
        """Every request for the page meets this."""
        self._failing[index] = failure

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        region, inn = request.match_info.get("region", ""), request.match_info.get("inn", "")
        place = {"inn": inn} if inn else {"region": region}
        self.requests.append({**place, **request.query})
        if self.before_answer is not None:
            self.before_answer(len(self.requests))
        await asyncio.sleep(self.slow)
        index = int(request.query.get("offset", "0"))
        failure = self._failures.pop(0) if self._failures else self._failing.get(index)
        if failure in (Failure.CUT, Failure.HUGE):
            return await self._stream(request, failure)
        if failure is not None:
            failed = await self._fail(request, failure)
            if failed is not None:
                return failed
        limit = min(int(request.query.get("limit", "10")), self.largest_page)
        bounds = [request.query.get(name) for name in ("modifiedFrom", "modifiedTo")]
        if index * limit >= self.depth or any(bound and not FULL_TIME.fullmatch(bound) for bound in bounds):
            return web.Response(status=500, text="Internal Server Error")
        overlooked = failure is Failure.WHOLE_COUNTRY or set(request.query) - KNOWN
        selected = self._selected("" if overlooked else region, "" if overlooked else inn)
        if failure is not Failure.WINDOW_IGNORED:
            selected = [record for record in selected if _within(record, *bounds)]
        if failure is Failure.FALSE_EMPTY:
            return self._json([], len(selected))
        return self._json(self._page(selected, index, limit), len(selected))

    def _selected(self, region: str, inn: str) -> list[dict[str, Any]]:
        """An unknown region is overlooked like an unknown parameter: the whole country comes back."""
        if inn:
            records = (listed.record for listed in self.listed.values())
            return [record for record in records if record["company"]["inn"] == inn]
        known = region in {listed.region for listed in self.listed.values()} | {MOSCOW, ADYGEA}
        return [listed.record for listed in self.listed.values() if not known or listed.region == region]

    def _page(self, records: list[dict[str, Any]], index: int, limit: int) -> list[dict[str, Any]]:
        start = index * (limit - self.repeats)
        return records[start : start + limit]

    def _json(self, records: list[dict[str, Any]], count: int) -> web.Response:
        total = {"total": str(count) if self.total_as_string else count} if self.total_told else {}
        results = (
            {"vacancies": [{"vacancy": record} for record in records]} if records else self.empty_results
        )
        content = {
            "status": "200",
            "request": {"api": "v1"},
            "meta": total | {"limit": 100},
            "results": results,
        }
        return web.Response(text=json.dumps(content, ensure_ascii=False), content_type="application/json")

    async def _fail(self, request: web.Request, failure: Failure) -> web.Response | None:
        if failure is Failure.RESET:
            assert request.transport is not None
            request.transport.abort()
        if failure is Failure.HANG:
            await asyncio.sleep(30)
        content = '{"status": "200", "meta": {"total": 1}, "results": {"vacancies": [{"vac'
        return {
            Failure.SERVER_ERROR: web.Response(status=500, text="Internal Server Error"),
            Failure.TOO_MANY: web.Response(status=429, headers={"Retry-After": self.retry_after}),
            Failure.FORBIDDEN: web.Response(status=403),
            Failure.RESET: web.Response(),
            Failure.HTML: web.Response(
                text="<html><h1>Технические работы</h1></html>", content_type="text/html"
            ),
            Failure.TRUNCATED: web.Response(text=content, content_type="application/json"),
            Failure.WRONG_TYPES: web.json_response({"meta": [], "results": {"vacancies": "none"}}),
        }.get(failure)

    async def _stream(self, request: web.Request, failure: Failure) -> web.StreamResponse:
        """Bytes without end, or fewer than were promised."""
        response = web.StreamResponse()
        if failure is Failure.CUT:
            response.content_length = 1000
        await response.prepare(request)
        if failure is Failure.CUT:
            await response.write(b'{"results":')
            assert request.transport is not None
            request.transport.close()
            return response
        self.sent = 0
        for _ in range(50):
            await response.write(b" " * (1 << 20))
            self.sent += 1 << 20
        return response


def _within(record: dict[str, Any], since: str | None, until: str | None) -> bool:
    modified_at = dt.datetime.fromisoformat(record["date_modify"])
    after = since is None or modified_at >= dt.datetime.fromisoformat(since)
    return after and (until is None or modified_at <= dt.datetime.fromisoformat(until))


def vacancy(number: int, region: str = MOSCOW, **fields: Any) -> dict[str, Any]:
    """A record on the observed shape; `fields` replace or add whole fields."""
    modified = dt.datetime(2025, 2, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    modified += dt.timedelta(minutes=number)
    company = f"11477{number:08d}"
    record: dict[str, Any] = {
        "id": f"5c0e7a10-9f9d-11f1-9845-{number:012d}",
        "source": "Вакансия работодателя",
        "region": {"region_code": region, "name": "Город Москва"},
        "company": {
            "companycode": company,
            "name": f'ООО "ПРИМЕР {number}"',
            "inn": "7700000001",
            "ogrn": company,
        },
        "creation-date": "2019-08-24",
        "date_modify": modified.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "salary": "от 60000",
        "salary_min": 60000,
        "salary_max": 65000,
        "job-name": "Электромонтер по ремонту электрооборудования",
        "vac_url": f"https://trudvsem.ru/vacancy/card/{company}/5c0e7a10-9f9d-11f1-9845-{number:012d}",
        "employment": "Полная занятость",
        "schedule": "Полный рабочий день",
        "duty": "<p>Осмотр и ремонт.</p>",
        "requirements": "Знание ПУЭ.",
        "requirement": {"education": "Среднее профессиональное образование", "experience": 0},
        "addresses": {
            "address": [{"location": "г Москва, Примерная улица;", "lng": "37.58", "lat": "55.79"}]
        },
        "social_protected": "",
        "contact_list": [{"contact_type": "Телефон", "contact_value": "+7(000) 000-00-00"}],
        "contact_person": "Иванова Анна Петровна",
        "work_places": 3,
        "code_profession": "203191",
        "workPlaceType": {"workPlaceOrdinary": True, "workPlaceQuota": False},
        "currency": "«руб.»",
    }
    return record | fields
