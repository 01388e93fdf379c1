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


class VacancyNewStates(StatesGroup):
    question = State()
    preview = State()
    change = State()
    specialties = State()
    published = State()


class VacancyCloseStates(StatesGroup):
    listed = State()
    card = State()
    sure = State()


class VacancyTableStates(StatesGroup):
    report = State()
    done = State()
    refused = State()


class CampaignStates(StatesGroup):
    audience = State()
    values = State()
    body = State()
    preview = State()
    when = State()
    day = State()
    hour = State()
    confirm = State()


class EventNewStates(StatesGroup):
    start = State()
    question = State()
    day = State()
    hour = State()
    audience = State()
    values = State()
    colleges = State()
    quota = State()
    preview = State()
    change = State()
    done = State()


class EventDeskStates(StatesGroup):
    listed = State()
    card = State()
    sure = State()
    day = State()
    hour = State()
    moving = State()
    people = State()
    door = State()
    summary = State()
    weeks = State()
    repeated = State()
