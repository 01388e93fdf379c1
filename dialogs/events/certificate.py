"""A certificate of attendance, filled into the document in locales/<language>/certificate.docx."""

import datetime as dt
from io import BytesIO

from bot.services.events.cards import Card
from dialogs.events import words
from locales.text import FOLDER, Text

TEMPLATE = "certificate.docx"


def certificate(text: Text, card: Card, holder: str, at: dt.datetime) -> bytes:
    """A DOCX that says who was where and when. Takes its time: not for the event loop."""
    from docxtpl import DocxTemplate

    event = card.event
    document = DocxTemplate(FOLDER / text.language / TEMPLATE)
    filled = {
        "holder": holder,
        "title": event.title,
        "kind": text.plain(f"event-kind-{event.kind}"),
        "when": words.when(text, event, dt.date.min),  # on paper the year is always told
        "place": event.place,
        "employer": event.employer or "",
        "organiser": card.organisation or text.plain("event-organiser-region"),
        "issued": text.date(at.astimezone(event.local_start.tzinfo).date()),
        "code": event.code.upper(),
    }
    document.render(filled, autoescape=True)
    made = BytesIO()
    document.save(made)
    return made.getvalue()
