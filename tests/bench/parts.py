"""Which part of the work a sampled stack belongs to."""

from collections.abc import Iterable

# The innermost frame that a rule knows decides; frames of none (json, …) leave it to their callers.
RULES = (
    ("waking: selector, hops between threads", ("selectors.py", "concurrent/", "threading.py", "queue.py")),
    ("sockets and event loop", ("asyncio/",)),
    ("HTTP client (aiohttp)", ("aiohttp/", "yarl/", "multidict/", "propcache/", "aiosignal/")),
    ("pydantic: updates, replies, keyboards", ("pydantic/", "aiogram/types/", "aiogram/methods/")),
    ("Telegram client (aiogram): forms, replies", ("aiogram/client/",)),
    ("dispatcher (aiogram): routers, filters", ("aiogram/", "magic_filter/", "handlers/")),
    (
        "rendering: texts, screens, buttons",
        ("dialogs/", "locales/", "jinja2/", "fluent/", "babel/", "markupsafe/"),
    ),
    ("questionnaire engine", ("bot/domain/", "bot/services/")),
    ("database", ("thread database", "storage/", "sqlalchemy/", "sqlite3/")),
    ("inbox", ("bot/delivery/",)),
)
OTHER = "other"


def part_of(stack: Iterable[str]) -> str:
    """The part that a stack, outermost frame first, was at work for."""
    for frame in reversed(tuple(stack)):
        for part, prefixes in RULES:
            if frame.startswith(prefixes):
                return part
    return OTHER
