"""Who may do what. Every service asks here; a hidden button protects nothing."""

from bot.domain.people import Role, StaffMember, Visitor


class AccessDenied(Exception):  # noqa: N818 - a refusal, not a fault
    """The asker may not do this. The chat answers as if the thing did not exist."""


def specialist(visitor: Visitor) -> StaffMember:
    """The asker as a specialist. Raises AccessDenied for others; coordinators see sums only."""
    if visitor.staff is None or visitor.staff.role is not Role.SPECIALIST:
        raise AccessDenied
    return visitor.staff


def coordinator(visitor: Visitor) -> StaffMember:
    """The asker as a coordinator. Raises AccessDenied for anyone else."""
    if visitor.staff is None or visitor.staff.role is not Role.COORDINATOR:
        raise AccessDenied
    return visitor.staff


def staff_member(visitor: Visitor) -> StaffMember:
    """The asker as staff of either role, for what both do each in their own field. Raises AccessDenied."""
    if visitor.staff is None:
        raise AccessDenied
    return coordinator(visitor) if visitor.staff.role is Role.COORDINATOR else specialist(visitor)


def administrator(visitor: Visitor) -> int:
    """The asker's Telegram id as an administrator. Raises AccessDenied for anyone else."""
    if not visitor.administrator:
        raise AccessDenied
    return visitor.telegram_id


def same_organisation(staff: StaffMember, organisation_id: int | None) -> None:
    """A specialist works with the people of one organisation. Raises AccessDenied for others' people."""
    if organisation_id is None or staff.organisation_id != organisation_id:
        raise AccessDenied
