"""The parameters of one call, whether they came as JSON, as a form or as multipart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from aiohttp import web

from bot.sandbox.errors import bad_request

_Shape = TypeVar("_Shape", dict[str, object], list[object])


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    values: Mapping[str, object]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    @classmethod
    async def of(cls, request: web.Request) -> Parameters:
        values: dict[str, object] = dict(request.query)
        if not request.body_exists:
            return cls(values)
        if request.content_type == "application/json":
            return cls({**values, **await _json_body(request)})
        uploads: dict[str, Upload] = {}
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = Upload(value.filename, value.content_type, value.file.read())
            else:
                values[name] = value
        return cls(values, uploads)

    def string(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(str(value))
        except ValueError:
            raise bad_request(f'can\'t parse "{name}": expected an Integer') from None

    def number(self, name: str, default: float = 0.0) -> float:
        value = self.values.get(name)
        if value is None:
            return default
        try:
            return float(str(value))
        except ValueError:
            raise bad_request(f'can\'t parse "{name}": expected a Number') from None

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes"}

    def mapping(self, name: str) -> dict[str, object] | None:
        return self._structure(name, dict, "an Object")

    def sequence(self, name: str) -> list[object] | None:
        return self._structure(name, list, "an Array")

    def _structure(self, name: str, shape: type[_Shape], expected: str) -> _Shape | None:
        """A nested value, which forms carry as a JSON string."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise bad_request(f"can't parse {name} JSON object") from None
        if not isinstance(value, shape):
            raise bad_request(f'field "{name}" must be {expected}')
        return value


async def _json_body(request: web.Request) -> dict[str, object]:
    try:
        body = await request.json()
    except ValueError:
        raise bad_request("can't parse request JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("request JSON object expected")
    return body
