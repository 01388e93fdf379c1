"""The plan that the dialog of a new event holds: what is asked next, what is stored, what is wrong."""

from aiogram_dialog import DialogManager

from bot.domain.access import staff_member
from bot.domain.events.event import PlanProblem
from bot.domain.events.kinds import Attendance
from bot.domain.events.lifecycle import EventState
from bot.domain.people import Role
from bot.services.events.desk import EventDesk
from bot.services.events.draft import PART_OF, Draft, DraftError, Part
from bot.services.events.plans import Done
from dialogs.staff.states import EventNewStates
from dialogs.staff.windows import chat_of

STATES = {
    Part.WHEN: EventNewStates.day,
    Part.QUOTAS: EventNewStates.colleges,
    Part.AUDIENCE: EventNewStates.audience,
}
"""Parts that have windows of their own."""


def draft_of(manager: DialogManager) -> Draft:
    return Draft.from_json(manager.dialog_data.get("draft", {}))


def keep(manager: DialogManager, draft: Draft) -> None:
    manager.dialog_data["draft"] = draft.to_json()


def code_of(manager: DialogManager) -> str:
    """The event's code; empty until the draft is stored."""
    return str(manager.dialog_data.get("event", ""))


def part_of(manager: DialogManager) -> Part:
    return Part(manager.dialog_data.get("part", Part.KIND))


def desk_of(manager: DialogManager) -> EventDesk:
    desk: EventDesk = manager.middleware_data["event_desk"]
    return desk


def parts_for(manager: DialogManager, draft: Draft) -> list[Part]:
    """What is asked of this member of staff about this event. Raises AccessDenied."""
    regional = staff_member(chat_of(manager).visitor).role is Role.COORDINATOR
    left_out = {Part.QUOTAS: not regional, Part.ROTATING: draft.attendance != Attendance.CODE}
    return [part for part in Part if not left_out.get(part)]


async def go_to(manager: DialogManager, part: Part) -> None:
    """Ask this."""
    manager.dialog_data["part"] = part.value
    await manager.switch_to(STATES.get(part, EventNewStates.question))


async def go_on(manager: DialogManager, after: Part) -> None:
    """To what is asked next; when one part was changed, or all are answered, to the preview."""
    manager.dialog_data.pop("refused", None)
    following = [
        part for part in parts_for(manager, draft_of(manager)) if list(Part).index(part) > _place(after)
    ]
    if manager.dialog_data.pop("changing", False) or not following:
        await to_preview(manager)
    else:
        await go_to(manager, following[0])


async def go_back(manager: DialogManager, before: Part) -> None:
    """To what was asked before; a part that is being changed stays as it was."""
    manager.dialog_data.pop("refused", None)
    earlier = [
        part for part in parts_for(manager, draft_of(manager)) if list(Part).index(part) < _place(before)
    ]
    if manager.dialog_data.pop("changing", False):
        await manager.switch_to(EventNewStates.preview)
    elif earlier:
        await go_to(manager, earlier[-1])
    else:
        await manager.switch_to(EventNewStates.start)


async def to_preview(manager: DialogManager) -> None:
    """Store what is planned, unless people can see it already, and show how it looks."""
    try:
        plan = draft_of(manager).plan()
    except DraftError as error:
        await _put_right(manager, error.part)
        return
    if not manager.dialog_data.get("announced"):
        chat, code = chat_of(manager), code_of(manager)
        if code:
            done = await desk_of(manager).change(chat.unit, chat.visitor, code, plan)
        else:
            done = await desk_of(manager).create(chat.unit, chat.visitor, plan)
        if not await accepted(manager, done):
            return
    await manager.switch_to(EventNewStates.preview)


async def accepted(manager: DialogManager, done: Done) -> bool:
    """Whether the plan was taken; if not, what is wrong is asked again, or said."""
    text = chat_of(manager).text
    if done.well:
        manager.dialog_data["event"] = done.code
        return True
    if done.problems:
        await _put_right(manager, PART_OF[done.problems[0]], done.problems[0])
    else:
        manager.dialog_data["refused"] = text.html(f"event-desk-refused-{done.refusal}")
        await manager.switch_to(EventNewStates.preview if code_of(manager) else EventNewStates.start)
    return False


async def _put_right(manager: DialogManager, part: Part, problem: PlanProblem | None = None) -> None:
    if problem is not None:
        manager.dialog_data["refused"] = chat_of(manager).text.html(f"event-problem-{problem}")
    manager.dialog_data["changing"] = True
    await go_to(manager, part)


def announced(state: EventState) -> bool:
    """Whether people can see the event, so that changes wait until they are saved."""
    return state is not EventState.DRAFT


def _place(part: Part) -> int:
    return list(Part).index(part)
