"""The people's side over HTTP: endpoints under `/sandbox/`, for the page and for scripted people."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import time
from functools import partial

from aiohttp import web

from bot.sandbox import acting
from bot.sandbox.chat import Chat, Payload, Person, Standing
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.faults import Fault
from bot.sandbox.parameters import Parameters
from bot.sandbox.transcript import transcript
from bot.sandbox.world import World

_LONGEST_WAIT = 60.0  # seconds
_dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
_Endpoint = Callable[[web.Request], Awaitable[object]]


class Control:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        person = "/sandbox/people/{person}"
        return [
            web.get("/sandbox/state", _json(self._state)),
            web.post("/sandbox/clock", _json(self._let_pass)),
            web.post("/sandbox/people", _json(self._add_person)),
            web.get(person, _json(self._person)),
            web.get(f"{person}/changes", _json(self._changes)),
            web.get(f"{person}/transcript", _json(self._transcript)),
            web.get(f"{person}/settled", _json(self._settled)),
            web.post(f"{person}/messages", _json(self._say)),
            web.post(f"{person}/messages/{{message}}", _json(self._edit)),
            web.post(f"{person}/press", _json(self._press)),
            web.post(f"{person}/tap", _json(self._tap)),
            web.post(f"{person}/standing", _json(self._set_standing)),
            web.get("/sandbox/queries/{query}", _json(self._query)),
            web.get("/sandbox/calls", _json(self._calls)),
            web.get("/sandbox/updates", _json(self._updates)),
            web.post("/sandbox/faults", _json(self._add_fault)),
            web.delete("/sandbox/faults", _json(self._clear_faults)),
        ]

    def _chat(self, request: web.Request) -> Chat:
        return self._world.chat(Parameters({"chat_id": request.match_info["person"]}))

    async def _state(self, _: web.Request) -> Payload:
        return {
            "bot": self._world.bot_user(),
            "people": [_about(chat) for chat in self._world.chats.values() if not chat.person.background],
            "clock": self._clock(),
        }

    def _clock(self) -> Payload:
        clock = self._world.now
        return {"now": clock(), "zone": clock.zone, "movable": clock.follow is not None}

    async def _let_pass(self, request: web.Request) -> Payload:
        """So many `seconds`, or the time `until` it is HH:MM."""
        parameters, clock = await Parameters.of(request), self._world.now
        try:
            until = parameters.string("until")
            clock.leap(clock.until(time.fromisoformat(until)) if until else parameters.integer("seconds"))
        except ValueError as error:
            raise bad_request(str(error)) from None
        self._world.tell_watchers()
        return self._clock()

    async def _add_person(self, request: web.Request) -> Payload:
        parameters = await Parameters.of(request)
        person = Person(
            id=parameters.integer("user_id") or self._world.free_person_id(),
            first_name=parameters.string("first_name") or "Person",
            last_name=parameters.string("last_name"),
            username=parameters.string("username"),
            language_code=parameters.string("language_code", "ru"),
            label=parameters.string("label"),
            description=parameters.string("description"),
        )
        if person.id in self._world.chats:
            raise bad_request(f"there is a person {person.id} already")
        return _about(self._world.add_person(person))

    async def _person(self, request: web.Request) -> Payload:
        """What the bot's profile looks like to this person."""
        chat, profile = self._chat(request), self._world.profile
        language = chat.person.language_code
        return {
            **_about(chat),
            "commands": profile.commands_seen_by(chat.person.id, language),
            "bot_description": profile.text("description", language),
            "bot_short_description": profile.text("short_description", language),
        }

    async def _changes(self, request: web.Request) -> Payload:
        """Waits for a change past `after`; with `by=bot`, for one that the bot has made."""
        chat, parameters = self._chat(request), Parameters(request.query)
        after = parameters.integer("after")
        seen = parameters.integer("seen", after)
        by_bot = parameters.string("by") == "bot"
        await chat.changed.wait_until(
            lambda: (chat.bot_revision if by_bot else chat.revision) > after, _patience(parameters)
        )
        return chat.changes_after(seen)

    async def _transcript(self, request: web.Request) -> Payload:
        return {"text": transcript(self._chat(request))}

    async def _settled(self, request: web.Request) -> Payload:
        chat, parameters = self._chat(request), Parameters(request.query)
        updates = self._world.updates
        settled = await updates.left.wait_until(
            lambda: not updates.pending_of(chat.person.id), _patience(parameters)
        )
        return {"settled": settled}

    async def _say(self, request: web.Request) -> Payload:
        chat = self._chat(request)
        message = acting.say(self._world, chat, await Parameters.of(request))
        return {"message_id": message.id, "revision": chat.revision}

    async def _edit(self, request: web.Request) -> Payload:
        chat, parameters = self._chat(request), await Parameters.of(request)
        message = acting.edit_own(self._world, chat, int(request.match_info["message"]), parameters)
        return {"message_id": message.id, "revision": chat.revision}

    async def _press(self, request: web.Request) -> Payload:
        chat = self._chat(request)
        query, message = acting.press(self._world, chat, await Parameters.of(request))
        return {"query_id": query.id, "message_id": message.id, "revision": chat.revision}

    async def _tap(self, request: web.Request) -> Payload:
        chat, parameters = self._chat(request), await Parameters.of(request)
        message = acting.tap(self._world, chat, parameters.string("text"))
        return {"message_id": message.id, "revision": chat.revision}

    async def _set_standing(self, request: web.Request) -> Payload:
        chat, parameters = self._chat(request), await Parameters.of(request)
        try:
            standing = Standing(parameters.string("standing"))
        except ValueError:
            raise bad_request("unknown standing") from None
        acting.set_standing(self._world, chat, standing)
        return {"revision": chat.revision}

    async def _query(self, request: web.Request) -> Payload:
        query = self._world.queries.get(request.match_info["query"])
        if query is None:
            raise bad_request("there is no such query")
        chat = self._world.chats[query.person_id]
        await chat.changed.wait_until(lambda: query.answer is not None, _patience(Parameters(request.query)))
        return {"answer": query.answer}

    async def _calls(self, request: web.Request) -> Payload:
        calls = self._world.calls
        since = Parameters(request.query).integer("since")
        return {"count": len(calls), "calls": [asdict(call) for call in calls[since:]]}

    async def _updates(self, _: web.Request) -> Payload:
        updates = self._world.updates
        return {"acknowledged": updates.highest_acknowledged, "pending": len(updates)}

    async def _add_fault(self, request: web.Request) -> Payload:
        self._world.faults.add(Fault.of(await Parameters.of(request)))
        return {}

    async def _clear_faults(self, _: web.Request) -> Payload:
        self._world.faults.clear()
        return {}


def _patience(parameters: Parameters) -> float:
    return min(parameters.number("timeout"), _LONGEST_WAIT)


def _about(chat: Chat) -> Payload:
    return {**asdict(chat.person), "standing": chat.standing, "revision": chat.revision}


def _json(endpoint: _Endpoint) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def respond(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response(await endpoint(request), dumps=_dumps)
        except ApiError as error:
            return web.json_response({"error": error.description}, status=error.code, dumps=_dumps)

    return respond
