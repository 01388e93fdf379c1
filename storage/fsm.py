"""aiogram's storage for conversation states, on the project's database and in the update's unit of work."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey
from sqlalchemy import Connection, bindparam, delete, select

from bot.domain.clock import now
from storage.dialects import insert
from storage.tables import fsm
from storage.unit_of_work import Conversation, current_unit

_NOTHING = Conversation(None, {})
_keys = DefaultKeyBuilder(with_destiny=True, with_bot_id=False)  # aiogram_dialog keeps stacks as destinies
_one = select(fsm.c.state, fsm.c.data).where(fsm.c.key == bindparam("key"))


class DatabaseStorage(BaseStorage):
    """States live in rows; inside an update they are read back from the unit of work first."""

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        self._keep(key, (await self._load(key))._replace(state=name))

    async def get_state(self, key: StorageKey) -> str | None:
        return (await self._load(key)).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        self._keep(key, (await self._load(key))._replace(data=dict(data)))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return dict((await self._load(key)).data)

    async def close(self) -> None:
        """Nothing is held here."""

    async def _load(self, key: StorageKey) -> Conversation:
        unit = current_unit.get()
        name = _keys.build(key)
        if name not in unit.conversations:
            unit.conversations[name] = await unit.read(partial(_read, name=name))
        return unit.conversations[name]

    def _keep(self, key: StorageKey, conversation: Conversation) -> None:
        unit = current_unit.get()
        name = _keys.build(key)
        unit.conversations[name] = conversation
        unit.add(partial(_write, name=name, telegram_id=key.user_id, conversation=conversation))


def forget(connection: Connection, before: dt.datetime) -> int:
    """Drop conversations that nobody has touched since that instant."""
    return connection.execute(delete(fsm).where(fsm.c.updated_at < before)).rowcount


def _read(connection: Connection, name: str) -> Conversation:
    row = connection.execute(_one, {"key": name}).one_or_none()
    return Conversation(row.state, row.data) if row else _NOTHING


def _write(connection: Connection, name: str, telegram_id: int, conversation: Conversation) -> None:
    if conversation == _NOTHING:
        connection.execute(delete(fsm).where(fsm.c.key == name))
        return
    changed = {"state": conversation.state, "data": dict(conversation.data), "updated_at": now()}
    statement = insert(fsm).values(key=name, telegram_id=telegram_id, **changed)
    connection.execute(statement.on_conflict_do_update(index_elements=[fsm.c.key], set_=changed))
