"""Whose event it is: a specialist's college's own, or for a coordinator the region's."""

from sqlalchemy import Connection

from bot.domain.access import AccessDenied, same_organisation
from bot.domain.clock import now
from bot.domain.events.event import Event
from bot.domain.people import Role, StaffMember
from storage import events, people


def own_event(connection: Connection, member: StaffMember, code: str, *, lock: bool = False) -> Event:
    """The event, locked if wanted. Raises AccessDenied for others', and if there is none."""
    event = (events.lock if lock else events.by_code)(connection, code)
    if event is None or (member.role is Role.COORDINATOR and event.organisation_id is not None):
        raise AccessDenied
    if member.role is not Role.COORDINATOR:
        same_organisation(member, event.organisation_id)
    return event


def audit(connection: Connection, member: StaffMember, action: str, subject: str) -> None:
    """Who did what: to which event, or about whom at one."""
    people.add_audit(connection, f"staff:{member.id}", action, subject, now())
