"""States of the staff's dialogs. Their names are stored: renaming one closes every open dialog."""

from aiogram.fsm.state import State, StatesGroup


class StudentStates(StatesGroup):
    found = State()
    card = State()
    history = State()
    fact = State()
    value = State()
    comment = State()
    confirm = State()


class InvitationStates(StatesGroup):
    role = State()
    organisation = State()
    link = State()
