"""What may follow the prefixes of keys that are put together, by prefix."""

import re
from dataclasses import fields

from bot.config import STANDARD
from bot.domain.campaign_times import TimeProblem
from bot.domain.campaigns import CAMPAIGNS, MAILINGS, CampaignState, Dimension
from bot.domain.events.audience import Audience
from bot.domain.events.event import PlanProblem
from bot.domain.events.kinds import Attendance, EventKind
from bot.domain.events.lifecycle import EventState, RegistrationState
from bot.domain.events.refusals import Refusal
from bot.domain.events.times import REMINDER_HOURS
from bot.domain.facts import Source
from bot.domain.notices import NoticeKind
from bot.domain.people import Role
from bot.domain.profile_again import PROFILE_AGAIN
from bot.domain.questionnaire import Definition, Reason
from bot.domain.risk.assessment import Level
from bot.domain.risk.factors import REQUESTS
from bot.domain.subscriptions import Frequency, Pause
from bot.domain.vacancies.vacancy import Schedule, VacancyKind
from bot.services.assessments import Cause
from bot.services.campaigns.drafts import BodyProblem
from bot.services.consents import PROCESSING
from bot.services.events import draft as event_draft
from bot.services.events.door import BY_STAFF, WALKED_IN
from bot.services.events.student import ABSENCE_REASONS
from bot.services.profiling import SENSITIVE
from bot.services.student_desk import STAFF_FACTS
from bot.services.vacancies.draft import CHOICES, Part
from bot.services.vacancies.student import HIDING_REASONS
from bot.services.vacancies.subscriptions import Refused
from bot.sources.definition_file import read_definition
from bot.sources.uploaded_table import Unusable
from dialogs.mailings import ZONES
from dialogs.staff import event_words
from dialogs.staff.event_sheet import COLUMNS
from dialogs.staff.event_shown import CARD_BUTTONS
from dialogs.staff.student import VALUES
from dialogs.staff.vacancy_preview import BAD
from handlers.command_menu import ADMINISTRATOR_COMMANDS, STAFF_COMMANDS, STUDENT_COMMANDS
from locales.text import LANGUAGES


def _questionnaire() -> Definition:
    return read_definition(STANDARD / "questionnaire.yaml", Definition)


def _facts_of_criteria() -> set[str]:
    named = re.findall(r"\bfact: (\w+)", (STANDARD / "criteria.yaml").read_text(encoding="utf-8"))
    of_rates = {"specialty", "specialty_rate", "region_rate", "ratio", "organisation_kind", "category"}
    return {*named, *of_rates}


def _values_of_criteria() -> set[str]:
    questions = [question for question in _questionnaire().questions if question.fact in _facts_of_criteria()]
    return {option.value for one in questions for option in one.options if isinstance(option.value, str)}


def _commands() -> set[str]:
    names = {
        *STUDENT_COMMANDS,
        *ADMINISTRATOR_COMMANDS,
        *(name for role in STAFF_COMMANDS.values() for name in role),
    }
    return {name.replace("_", "-") for name in names}


AUDIENCES = {line.name for line in fields(Audience)}

JOB_COUNTS = {
    "updates",
    "dialogs",
    "messages",
    "new",
    "changed",
    "closed",
    "unreachable",
    "invited",
    "edited",
}
JOB_COUNTS |= {"started", "finished", "vacancies", "matches", "notices", "subscriptions", "searches"}

DESK_STEPS = {"cancel", "hold", "discard"}

EVENT_JOBS = {"event-offers", "event-reminders", "event-closing"}
JOB_COUNTS |= {"lapsed", "offered", "reminders", "absent", "attended", "asked", "attempts"}

TAILS: dict[str, set[str]] = {
    "refused-": {reason.replace("_", "-") for reason in Reason},
    "command-": _commands(),
    "language-": set(LANGUAGES),
    "role-": set(Role),
    "fact-": _facts_of_criteria() | set(STAFF_FACTS),
    "value-": _values_of_criteria() | set(Level) | set(VALUES) | {"yes", "no"},
    "cause-": set(Cause),
    "source-": set(Source),
    "consent-": {PROCESSING, SENSITIVE, CAMPAIGNS, MAILINGS, PROFILE_AGAIN},
    "subscription-": {refused.replace("_", "-") for refused in Refused if refused is not Refused.NO_CONSENT},
    "frequency-": {frequency.replace("_", "-") for frequency in Frequency},
    "timing-weekly-": {str(day) for day in range(7)},
    "weekday-": {str(day) for day in range(7)},
    "pause-": set(Pause),
    "zone-": set(ZONES),
    "campaign-state-": {state.value for state in CampaignState if state is not CampaignState.DRAFT},
    "campaign-dimension-": set(Dimension),
    "campaign-request-": set(REQUESTS),
    "campaign-body-": set(BodyProblem),
    "campaign-time-": set(TimeProblem),
    "vacancy-kind-": set(VacancyKind),
    "vacancy-schedule-": set(Schedule),
    "vacancy-fits-": {"schedule", "no-experience"},
    "vacancy-hide-": set(HIDING_REASONS),
    "vacancy-ask-": set(Part),
    "vacancy-part-": set(Part),
    "vacancy-refused-": {part.value for part in Part if part not in CHOICES},
    "vacancy-bad-": {*BAD.values(), "text"},
    "vacancy-table-": {reason.replace("_", "-") for reason in Unusable},
    "vacancy-only-": {"no-experience", "quota", "saved"},
    "event-why-": set(ABSENCE_REASONS),
    "event-ask-": {part.value for part in event_draft.Part},
    "event-part-": {part.value for part in event_draft.Part},
    "event-new-refused-": {part.value for part in event_draft.Part} - event_draft.ONLY_CHOSEN - {"audience"},
    "event-problem-": set(PlanProblem),
    "event-deadline-": set(event_draft.CHOICES[event_draft.Part.DEADLINE]),
    "event-attendance-": set(Attendance),
    "event-desk-": set(EventState),
    "event-desk-refused-": event_words.refusals(),
    "event-desk-sure-": DESK_STEPS,
    "button-event-desk-sure-": DESK_STEPS,
    "button-event-desk-": {*CARD_BUTTONS},
    "button-event-desk-mark-": {"came", "absent"},
    "event-desk-press-": {"came", "absent"},
    "event-desk-person-": {*RegistrationState} - {RegistrationState.CANCELLED},
    "event-state-": {*RegistrationState} - {RegistrationState.CANCELLED},
    "event-came-": {Attendance.CODE, Attendance.SIGNED_UP, BY_STAFF, WALKED_IN},
    "event-sheet-": {*COLUMNS},
    "event-refused-": set(Refusal),
    "event-kind-": set(EventKind),
    "event-standing-": set(RegistrationState),
    "event-now-": set(RegistrationState),
    "event-mark-": {*RegistrationState, "off", "now", "full"} - {RegistrationState.CANCELLED},
    "event-for-": AUDIENCES,
    "event-fits-": AUDIENCES,
    "event-remind-": set(map(str, REMINDER_HOURS)),
    "job-": EVENT_JOBS
    | {"clean-up", "campaigns", "import-vacancies", "match-vacancies", "digests"}
    | {"forget-matches", "profile-again"},
    "job-count-": JOB_COUNTS,
    "notice-": {kind.replace("_", "-") for kind in NoticeKind},
}
"""What may follow a prefix."""
