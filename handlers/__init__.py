"""The chat's routers, in the order in which they are asked."""

from aiogram import Dispatcher, Router

from handlers import (
    account,
    consent,
    errors,
    events,
    fallback,
    jobs,
    mailings,
    middlewares,
    profile,
    profile_again,
    profiling,
    start,
    subscriptions,
    vacancies,
)

__all__ = ["include_routers"]


def include_routers(dispatcher: Dispatcher, staff: Router, chat: middlewares.ChatMiddleware) -> None:
    """The questionnaire first, since it is asked most; events before other links and other typed words;
    the staff's dialogs before what nothing took."""
    dispatcher.update.outer_middleware(chat)
    dispatcher.include_routers(
        errors.make_router(),
        profiling.make_router(),
        events.make_router(),
        start.make_router(),
        consent.make_router(),
        account.make_router(),
        profile.make_router(),
        profile_again.make_router(),
        vacancies.make_router(),
        subscriptions.make_router(),
        mailings.make_router(),
        jobs.make_router(),
        staff,
        fallback.make_router(),
    )
