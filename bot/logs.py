"""Logs: what happened and where, without what people wrote and without their names."""

import datetime as dt
import json
import logging
import traceback
from types import TracebackType

from aiogram.exceptions import TelegramAPIError

from bot.config import LogFormat

OWN = ("bot", "handlers", "dialogs", "storage", "locales")
"""Packages whose own log lines are known to hold nothing personal; others speak from WARNING up."""

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _PlainFormatter(logging.Formatter):
    """Tracebacks with places and types only: an exception's words may quote what a person wrote."""

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the base class names it so
        return _places(ei[1]) if ei[1] is not None else ""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None
        return super().format(record)


class _JsonFormatter(_PlainFormatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["traceback"] = _places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def set_up_logs(level: str, log_format: LogFormat) -> None:
    """Log to standard error."""
    handler = logging.StreamHandler()
    if log_format is LogFormat.JSON:
        handler.setFormatter(_JsonFormatter())
    else:
        handler.setFormatter(_PlainFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OWN:
        logging.getLogger(name).setLevel(level)


def _places(error: BaseException) -> str:
    lines = []
    cause: BaseException | None = error
    while cause is not None:
        name = f"{type(cause).__module__}.{type(cause).__qualname__}"
        # what Telegram says of a call is about the call, not about the person
        words = f": {cause.message}" if isinstance(cause, TelegramAPIError) else ""
        lines.append(f"{name}{words}")
        frames = traceback.extract_tb(cause.__traceback__)
        lines += [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)
