"""Logging: one line per event, for people or as JSON; the words of a message and secrets never reach it."""

from __future__ import annotations

import logging
import sys
from typing import Literal

import structlog

# Libraries that say at INFO which addresses they call.
CHATTY = ("faiss", "numba", "httpx", "httpcore", "alembic", "rasa_sdk", "sentence_transformers", "uvicorn.error")


def set_up_logging(level: Literal["debug", "info", "warning", "error"], style: Literal["console", "json"]) -> None:
    """Send our events and the libraries' to standard error, in one form."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if style == "json":
        last: list[structlog.typing.Processor] = [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    else:
        # Plain tracebacks: the rich ones print local variables, and with them what people wrote.
        last = [
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback, colors=sys.stderr.isatty())
        ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level.upper())  # some libraries set their own loggers lower when they are imported
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[strip, *last]))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(root.level, logging.WARNING))
