"""What would help: the list of steps, and one step with what to do today."""

from collections.abc import Sequence

from bot.domain.questionnaire import in_language
from bot.domain.risk.criteria import Step
from dialogs.presses import MenuPress, Place, StepAct, StepPress
from dialogs.screen import Screen, button, link, screen
from locales.text import Text


def steps_screen(text: Text, steps: Sequence[tuple[str, Step]], *, just_finished: bool = False) -> Screen:
    """Up to five steps, each a button that leads to what to do."""
    rows = [
        [
            button(
                in_language(step.title.model_dump(), text.language),
                StepPress(act=StepAct.OPEN, code=code).pack(),
            )
        ]
        for code, step in steps
    ]
    rows.append([button(text.plain("button-home"), MenuPress(place=Place.HOME).pack())])
    return screen(text.render("steps.j2", count=len(steps), just_finished=just_finished), rows)


def step_screen(text: Text, code: str, step: Step, contact: str | None) -> Screen:
    """One step: what it is, why it helps, where it leads, where the career centre is found."""
    rows = []
    if step.link:
        rows.append([link(text.plain("button-open-link"), step.link)])
    if step.done_sets:
        rows.append([button(text.plain("button-step-done"), StepPress(act=StepAct.DONE, code=code).pack())])
    rows.append([button(text.plain("button-all-steps"), StepPress(act=StepAct.LIST).pack())])
    body = in_language(step.text.model_dump(), text.language)
    return screen(text.render("step.j2", title=_title(text, step), body=body, contact=contact), rows)


def _title(text: Text, step: Step) -> str:
    return in_language(step.title.model_dump(), text.language)
