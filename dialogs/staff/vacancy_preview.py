"""Published vacancies as staff read them: the preview, what became of one, what a table does."""

from collections.abc import Mapping
from typing import Any

from bot.services.vacancies.desk import Followed, Preview
from dialogs.screen import fit
from dialogs.vacancies import card_text
from locales.text import Text

SPECIALTIES_SHOWN = 6
"""Specialties in a preview; the others are counted."""


def preview_text(text: Text, preview: Preview) -> str:
    """The card exactly as a student sees it, then whom it fits and why."""
    row = preview.row
    reasons = ["no_experience"] if row["experience_years"] == 0 else []
    shown = sorted(preview.fitting, key=lambda one: -one.students)[:SPECIALTIES_SHOWN]
    whom = text.render(
        "vacancy_preview.j2",
        students=preview.students,
        fitting=shown,
        more=len(preview.fitting) - len(shown),
        elsewhere=preview.elsewhere,
    )
    return fit(f"{card_text(text, row, preview.because, reasons)}\n\n{whom}")


def followed_text(text: Text, followed: Followed) -> str:
    """One published vacancy in figures; nobody is named."""
    return fit(text.render("vacancy_published.j2", row=followed.row, figures=followed.figures))


BAD = {
    "name": "name",
    "employer": "employer",
    "region": "region",
    "id": "id",
    "kind": "kind",
    "schedule": "schedule",
    "pay_from": "pay",
    "pay_to": "pay",
    "experience_years": "experience",
    "quota": "quota",
    "link": "link",
}
"""What is told about a bad cell, by its column; `text` for the others."""


def account_text(text: Text, account: Mapping[str, Any], *, applied: bool) -> str:
    """What a table would do, or did: counts, and the first bad rows with what is wrong."""
    lines = []
    for row, column, repeats in account["shown"]:
        if repeats is not None:
            lines.append(text.html("vacancy-table-repeated", row=str(row), first=str(repeats)))
        else:
            key = BAD.get(column, "text")
            lines.append(
                text.html("vacancy-table-row", row=str(row), reason=text.plain(f"vacancy-bad-{key}"))
            )
    more = max(0, account["bad"] - len(lines))
    return fit(text.render("vacancy_table.j2", account=account, lines=lines, more=more, applied=applied))
