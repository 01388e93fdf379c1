"""The chat's routers, in the order in which they are asked."""

from aiogram import Dispatcher, Router

from handlers import account, consent, errors, fallback, middlewares, profile, profiling, start

__all__ = ["include_routers"]


def include_routers(dispatcher: Dispatcher, staff: Router, chat: middlewares.ChatMiddleware) -> None:
    """Commands stand before typed answers, dialogs of staff before what nothing took."""
    dispatcher.update.outer_middleware(chat)
    dispatcher.include_routers(
        errors.router,
        start.router,
        consent.router,
        account.router,
        profile.router,
        profiling.router,
        staff,
        fallback.router,
    )
