"""What must be in the database: the pure engine, fed with what each person did, in order and once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from bot.config import Privacy
from bot.domain.questionnaire import (
    REVIEW,
    Back,
    Choose,
    Confirm,
    ConsentSensitive,
    Definition,
    Edit,
    Finish,
    Kind,
    Session,
    Skip,
    Step,
    Toggle,
    Write,
    answer,
    begin,
)
from bot.sandbox.updates import Update
from bot.sources.definition_file import read_definition
from dialogs.presses import Act, ConsentAct, ConsentPress, ProfilingPress
from storage.tables import assessments, consents, inbox, persons, profiling_sessions
from storage.unit_of_work import UnitOfWork
from tests.faults.stage import Stage


@dataclass
class Expected:
    """Where a person stands after their first `folded` updates."""

    folded: int = 0
    session: Session | None = None
    sensitive: list[bool] = field(default_factory=list)
    assessed: int = 0


@dataclass
class Stored:
    """What the database says of a person."""

    session: Session | None = None
    consents: list[tuple[str, bool]] = field(default_factory=list)
    assessed: int = 0


@dataclass
class Found:
    """The database at one moment: every update with whether it is done, every person by Telegram id."""

    done: dict[int, bool]
    people: dict[int, Stored]


def look(connection: Connection) -> Found:
    rows = connection.execute(select(inbox.c.update_id, inbox.c.done_at))
    found = Found({row.update_id: row.done_at is not None for row in rows}, {})
    owner = {
        row.id: row.telegram_id for row in connection.execute(select(persons.c.id, persons.c.telegram_id))
    }
    found.people = {telegram_id: Stored() for telegram_id in owner.values()}
    for row in connection.execute(select(profiling_sessions)):
        found.people[owner[row.person_id]].session = Session.from_json(row.state)
    for row in connection.execute(select(consents).order_by(consents.c.id)):
        found.people[owner[row.person_id]].consents.append((row.purpose, row.given))
    for row in connection.execute(select(assessments.c.person_id)):
        found.people[owner[row.person_id]].assessed += 1
    return found


class Ledger:
    """Compares the database with the record of a stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._expected: dict[int, Expected] = {}
        self._unit = UnitOfWork(stage.database)
        definition = read_definition(stage.questionnaire, Definition)
        self._definition = definition.for_privacy(Privacy.STANDARD.value)

    async def check(self) -> None:
        """No update acknowledged but not stored; each person's done in order; effects as of what is done."""
        record = self._stage.record
        acknowledged = {number for number in record.all if number <= record.highest_acknowledged}
        found = await self._stage.database.read(look)
        assert acknowledged <= set(found.done), "acknowledged, but not stored"
        for person_id, updates in list(record.of_person.items()):  # people go on meanwhile
            done = [found.done.get(update.id, False) for update in updates]
            assert done == sorted(done, reverse=True), f"handled out of order: {person_id}"
            expected = await self._fold(person_id, updates[: sum(done)])
            compare(person_id, expected, found.people.get(person_id, Stored()))

    async def check_all_done(self) -> None:
        """The same, and nothing is left."""
        await self.check()
        found = await self._stage.database.read(look)
        assert found.done == dict.fromkeys(self._stage.record.all, True)

    def expected(self, person_id: int) -> Expected:
        return self._expected[person_id]

    async def _fold(self, person_id: int, updates: list[Update]) -> Expected:
        expected = self._expected.setdefault(person_id, Expected())
        assert expected.folded <= len(updates), f"undone again: {person_id}"
        for update in updates[expected.folded :]:
            await self._take(expected, update.payload)
            expected.folded += 1
        return expected

    async def _take(self, expected: Expected, payload: Mapping[str, Any]) -> None:
        data = payload["callback_query"]["data"] if "callback_query" in payload else ""
        before = expected.session
        if before is None:
            if data.startswith("c:") and (press := ConsentPress.unpack(data)).act is ConsentAct.AGREE:
                known = await self._stage.colleges.deep_link(self._unit, press.group)
                expected.session = begin(self._definition, known)
            return
        step = pressed(data) if data else written(payload["message"]["text"], before)
        if step is None:
            return
        question = self._definition.question(before.at)
        directory = None
        if question is not None and question.kind is Kind.DIRECTORY:
            directory = await self._stage.colleges.directory(self._unit, question, before)
        after = answer(self._definition, before, step, directory).session
        if after.sensitive != before.sensitive:
            expected.sensitive.append(after.sensitive is True)
        changed = after.answers != before.answers or after.completed != before.completed
        expected.assessed += after.completed and changed
        expected.session = after


def pressed(data: str) -> Step | None:
    if not data.startswith("p:"):
        return None
    press = ProfilingPress.unpack(data)
    steps: dict[Act, Step] = {
        Act.CHOOSE: Choose(press.question, press.option),
        Act.TOGGLE: Toggle(press.question, press.option),
        Act.FINISH: Finish(press.question),
        Act.SKIP: Skip(press.question),
        Act.BACK: Back(press.question),
        Act.EDIT: Edit(press.question),
        Act.CONSENT_SENSITIVE: ConsentSensitive(given=True),
        Act.REFUSE_SENSITIVE: ConsentSensitive(given=False),
        Act.CONFIRM: Confirm(),
    }
    return steps.get(press.act)


def written(text: str, session: Session) -> Step | None:
    finished = session.completed and session.at == REVIEW
    return None if finished or text.startswith("/") else Write(text)


def compare(person_id: int, expected: Expected, stored: Stored) -> None:
    assert stored.session == expected.session, f"answers of {person_id}"
    processing = [("processing", True)] if expected.session else []
    assert stored.consents == [*processing, *(("sensitive", given) for given in expected.sensitive)]
    assert stored.assessed == expected.assessed, f"assessments of {person_id}"
