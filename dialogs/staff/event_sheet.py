"""The participants of an event as an XLSX table."""

import datetime as dt
import io
from collections.abc import Sequence

import xlsxwriter

from bot.domain.events.event import Event
from bot.services.events.door import Participant
from locales.text import Text

COLUMNS = ("number", "code", "person", "group", "organisation", "state", "came-at", "came-by")
WIDTHS = (6, 12, 26, 14, 34, 16, 18, 16)
"""Of the columns, in characters."""

TITLE_ROW, MARK_ROW, HEAD_ROW = 0, 1, 3

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a table program may take for a formula, at the latest when saved as CSV."""


def participants_table(
    text: Text, event: Event, people: Sequence[Participant], taken_by: str, at: dt.datetime
) -> bytes:
    """The file's content. It says who took it and when: a list of names is not to lie around unmarked."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        grey = book.add_format({"font_color": "#666666", "italic": True})
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEEEEE"})
        sheet = book.add_worksheet(text.plain("event-sheet-name"))
        local = event.local_start
        title = text.plain("event-sheet-title", title=event.title, when=f"{local:%d.%m.%Y %H:%M}")
        mark = text.plain(
            "event-sheet-mark", who=taken_by, when=f"{at.astimezone(local.tzinfo):%d.%m.%Y %H:%M}"
        )
        sheet.write_string(TITLE_ROW, 0, harmless(title), bold)
        sheet.write_string(MARK_ROW, 0, harmless(mark), grey)
        sheet.set_footer(f"&L{_in_footer(mark)}&R&P / &N")
        for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(HEAD_ROW, column, text.plain(f"event-sheet-{name}"), head)
        for number, person in enumerate(people, start=1):
            row = HEAD_ROW + number
            sheet.write_number(row, 0, number)
            for column, cell in enumerate(_cells(text, event, person), start=1):
                sheet.write_string(row, column, harmless(cell))
        sheet.freeze_panes(HEAD_ROW + 1, 0)
        if people:
            sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(people), len(COLUMNS) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
    return file.getvalue()


def harmless(cell: str) -> str:
    """Words that no table program takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _cells(text: Text, event: Event, person: Participant) -> list[str]:
    came_at = person.came_at.astimezone(event.local_start.tzinfo) if person.came_at else None
    return [
        person.code,
        person.name or "",
        person.group or "",
        person.organisation or "",
        text.plain(f"event-state-{person.state}"),
        f"{came_at:%d.%m.%Y %H:%M}" if came_at else "",
        text.plain(f"event-came-{person.came_by}") if person.came_by else "",
    ]


def _in_footer(words: str) -> str:
    """An ampersand begins a command there; 255 characters are the most."""
    return words.replace("&", "&&")[:200]
