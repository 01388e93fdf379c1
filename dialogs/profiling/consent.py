"""Consent screens: to processing before anything is stored, and to the delicate questions at the end."""

from bot.domain.questionnaire import SENSITIVE_CONSENT
from dialogs.presses import Act, ConsentAct, ConsentPress, ProfilingPress
from dialogs.screen import Screen, button, screen
from locales.text import Text

OTHER_LANGUAGE = {"ru": "en", "en": "ru"}


def welcome_screen(text: Text, group: str, group_name: str | None, version: str) -> Screen:
    """Who the bot is for, and the question whether it may know the person."""

    def press(act: ConsentAct, language: str = text.language) -> str:
        return ConsentPress(act=act, language=language, group=group).pack()

    return screen(
        text.render("welcome.j2", group=group_name, version=version),
        [
            [button(text.plain("button-agree"), press(ConsentAct.AGREE))],
            [button(text.plain("button-read-consent"), press(ConsentAct.READ))],
            [
                button(text.plain("button-refuse"), press(ConsentAct.REFUSE)),
                button(
                    text.plain("button-other-language"),
                    press(ConsentAct.LANGUAGE, OTHER_LANGUAGE[text.language]),
                ),
            ],
        ],
    )


def refused_screen(text: Text, group: str) -> Screen:
    """The refusal is respected: what that means, and the way back."""
    back = ConsentPress(act=ConsentAct.RECONSIDER, language=text.language, group=group).pack()
    return screen(text.render("refused.j2"), [[button(text.plain("button-reconsider"), back)]])


def sensitive_consent_screen(text: Text) -> Screen:
    """Why the last two questions are asked, said before they are."""
    return screen(
        text.render("sensitive_consent.j2"),
        [
            [button(text.plain("button-sensitive-yes"), ProfilingPress(act=Act.CONSENT_SENSITIVE).pack())],
            [button(text.plain("button-sensitive-no"), ProfilingPress(act=Act.REFUSE_SENSITIVE).pack())],
            [
                button(
                    text.plain("button-back"), ProfilingPress(act=Act.BACK, question=SENSITIVE_CONSENT).pack()
                )
            ],
        ],
    )
