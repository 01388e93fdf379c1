"""A person as staff read them: the level, each factor with its evidence and source, what is not known."""

from typing import Any

from bot.domain.facts import Fact
from bot.domain.questionnaire import in_language
from bot.domain.risk.criteria import Criteria
from bot.services.student_desk import Card
from dialogs.screen import fit
from locales.text import Text


def card_text(text: Text, card: Card, criteria: Criteria) -> str:
    """The card of one person, in HTML."""
    assessment = card.assessment
    findings = [
        (factor_title(text, criteria, finding.code), [fact_line(text, fact) for fact in finding.evidence])
        for finding in (assessment.findings if assessment else ())
    ]
    unknown = [factor_title(text, criteria, code) for code in (assessment.unknown if assessment else ())]
    entries = [
        (text.plain(f"fact-{name}"), _value(text, entry.value), entry.comment, text.date(entry.at))
        for name, entry in card.entries.items()
    ]
    return fit(
        text.render(
            "student_card.j2",
            card=card,
            assessment=assessment,
            findings=findings,
            unknown=unknown,
            entries=entries,
        )
    )


def history_text(text: Text, card: Card, criteria: Criteria) -> str:
    """The latest levels, newest first, in HTML."""
    rows = [
        {
            "at": past.at,
            "level": past.level,
            "cause": text.plain(f"cause-{past.cause}"),
            "factors": [factor_title(text, criteria, code) for code in past.factors],
        }
        for past in card.history
    ]
    return fit(text.render("student_history.j2", code=card.person.code, rows=rows))


def factor_title(text: Text, criteria: Criteria, code: str) -> str:
    """A factor's name for staff; its code if the centre has dropped it since."""
    found = next((criterion for criterion in criteria.criteria if criterion.code == code), None)
    return in_language(found.title.model_dump(), text.language) if found else code


def fact_line(text: Text, fact: Fact) -> str:
    """What is known and from where: "résumé: no (answer)"."""
    name = text.find(f"fact-{fact.name}") or fact.name
    return f"{name}: {_value(text, fact.value)} ({text.plain(f'source-{fact.source}')})"


def yes_or_no(text: Text, fact: Fact | None) -> str:
    """A yes/no fact in a word."""
    return text.plain("value-unknown") if fact is None else _value(text, fact.value)


def _value(text: Text, value: Any) -> str:
    if isinstance(value, bool):
        return text.plain("value-yes" if value else "value-no")
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return text.find(f"value-{value}") or str(value)
